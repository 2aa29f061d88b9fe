//! What would break the reader of PDF syntax itself: brackets nested without end
//! and trees of pages that loop or multiply. Both are found in the bytes, before
//! anything follows them. And the room in which files of others are read.

use std::collections::HashMap;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::read::ZlibDecoder;

/// So deep may arrays and dictionaries be nested. Chance brackets in compressed
/// data come to some hundreds.
const DEPTH: usize = 10_000;
/// So deep may the tree of pages be.
const TREE: usize = 200;
/// So many pages may a file have.
const PAGES: u64 = 100_000;
/// So much of all streams of objects is looked at, in bytes.
const LONGEST: u64 = 256 << 20;

/// Why a file is not opened at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Brackets within brackets, without end.
    Nested,
    /// The tree of pages loops, is far too deep, or has more pages than a file can.
    Pages,
    /// Something else that the reader gave up at.
    Broken,
}

/// The stack of the threads that read files: brackets may be nested deeply.
const STACK: usize = 64 << 20;
/// So many pages are looked at side by side at most: each may hold a picture open.
const SIDE_BY_SIDE: usize = 8;

/// Reads a file of whatever making: `read` is given its bytes and whether it packs
/// objects into streams, on threads with room for deep nesting.
///
/// # Errors
/// Why the file is not read, or not to its end: the reader of PDF syntax is not ours,
/// and files can be made to break it.
pub fn guarded<T: Send>(
    bytes: Vec<u8>,
    read: impl FnOnce(Vec<u8>, bool) -> T + Send,
) -> Result<T, Refusal> {
    let packed = guard(&bytes)?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.min(SIDE_BY_SIDE))
        .stack_size(STACK)
        .build()
        .map_err(|_| Refusal::Broken)?;
    let read = || pool.install(|| read(bytes, packed));
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| Refusal::Broken)
}

/// Looks for what would break the reader. Says whether the file packs objects into
/// streams.
pub(super) fn guard(bytes: &[u8]) -> Result<bool, Refusal> {
    let mut tree = Tree::default();
    scan(bytes, &[], &mut tree)?;
    let streams = std::mem::take(&mut tree.packed);
    let (mut left, mut before) = (LONGEST, None);
    for at in &streams {
        let Some((first, start)) = packed(bytes, *at) else { continue };
        // A dictionary may name its type without end, and many may lead to one stream.
        if before.replace(start) == Some(start) {
            continue;
        }
        let data = unpacked(&bytes[start..], left);
        left =
            left.checked_sub(data.len() as u64).filter(|left| *left > 0).ok_or(Refusal::Broken)?;
        // Its head gives number and offset of each object (ISO 32000-1, 7.5.7).
        let mut head = Numbers(&data);
        let mut objects = Vec::new();
        while let (Some(number), Some(offset)) = (head.next(), head.next()) {
            objects.push((first.saturating_add(offset), number));
        }
        objects.sort_unstable();
        scan(&data, &objects, &mut tree)?;
    }
    tree.check()?;
    Ok(!streams.is_empty())
}

/// Who has which kids, by the numbers of objects.
#[derive(Default)]
struct Tree {
    kids: HashMap<u64, Vec<u64>>,
    /// Where the dictionaries of object streams name their type.
    packed: Vec<usize>,
}

/// Goes over bytes once. In a stream of objects `objects` says where which begins.
fn scan(bytes: &[u8], objects: &[(u64, u64)], tree: &mut Tree) -> Result<(), Refusal> {
    let (mut depth, mut owner, mut at) = (0_usize, 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'<' if bytes.get(at + 1) == Some(&b'<') => (depth, at) = (depth + 1, at + 1),
            b'>' if bytes.get(at + 1) == Some(&b'>') => {
                (depth, at) = (depth.saturating_sub(1), at + 1);
            }
            b'o' if bytes[at..].starts_with(b"obj") && !bytes[..at].ends_with(b"end") => {
                owner = number_before(bytes, at).unwrap_or(owner);
                depth = 0;
            }
            b'/' if bytes[at..].starts_with(b"/Kids") => {
                let kids = references(&bytes[at + 5..]);
                // The trees of names and of forms have kids, too, and may not loop either.
                let before = objects.partition_point(|(start, _)| *start <= at as u64);
                let packed = before.checked_sub(1).map(|nth| objects[nth].1);
                tree.kids.entry(packed.unwrap_or(owner)).or_default().extend(kids);
            }
            b'/' if objects.is_empty() && bytes[at..].starts_with(b"/ObjStm") => {
                tree.packed.push(at);
            }
            _ => {}
        }
        if depth > DEPTH {
            return Err(Refusal::Nested);
        }
        at += 1;
    }
    Ok(())
}

/// The object number of `12 0 obj` where `obj` stands at `at`.
fn number_before(bytes: &[u8], at: usize) -> Option<u64> {
    let line = &bytes[at.saturating_sub(24)..at];
    let text = String::from_utf8_lossy(line);
    let mut words = text.split_ascii_whitespace().rev();
    words.next()?.parse::<u64>().ok()?;
    words.next()?.parse().ok()
}

/// The numbers of `[1 0 R 2 0 R]`, or of `1 0 R` where the array lies elsewhere.
fn references(bytes: &[u8]) -> Vec<u64> {
    let inside = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    let rest = &bytes[inside..];
    let (rest, array) = rest.strip_prefix(b"[").map_or((rest, false), |rest| (rest, true));
    let end =
        rest.iter().position(|b| !(b.is_ascii_digit() || b.is_ascii_whitespace() || *b == b'R'));
    let text = String::from_utf8_lossy(&rest[..end.unwrap_or(rest.len())]);
    let all = text.split('R').filter_map(|one| one.split_ascii_whitespace().next()?.parse().ok());
    if array { all.collect() } else { all.take(1).collect() }
}

/// The numbers at the head of bytes, as long as there is nothing else.
struct Numbers<'a>(&'a [u8]);

impl Iterator for Numbers<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let start = self.0.iter().position(|b| !b.is_ascii_whitespace())?;
        let rest = &self.0[start..];
        let end = rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
        self.0 = &rest[end..];
        std::str::from_utf8(&rest[..end]).ok()?.parse().ok()
    }
}

/// Where in a stream of objects the first one begins, and where the stream begins whose
/// dictionary names its type at `at`.
fn packed(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let near = &bytes[at..bytes.len().min(at + 4096)];
    let stream = at + near.windows(6).position(|window| window == b"stream")?;
    let head = &bytes[at.saturating_sub(1024)..stream];
    let first = head.windows(6).rposition(|window| window == b"/First")? + 6;
    let first = Numbers(&head[first..]).next()?;
    let data = &bytes[stream + 6..];
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    Some((first, bytes.len() - data.len()))
}

/// What a stream of objects holds, at most so many bytes.
fn unpacked(data: &[u8], most: u64) -> Vec<u8> {
    let mut out = Vec::new();
    // What was read before an error counts: the reader, too, takes what it gets.
    let _ = ZlibDecoder::new(data).take(most).read_to_end(&mut out);
    if out.is_empty() {
        let end = data.windows(9).position(|window| window == b"endstream").unwrap_or(data.len());
        out.extend(&data[..end.min(usize::try_from(most).unwrap_or(usize::MAX))]);
    }
    out
}

impl Tree {
    /// Counts the leaves below every node; a node met again below itself is a loop.
    fn check(&self) -> Result<(), Refusal> {
        let mut leaves: HashMap<u64, u64> = HashMap::new();
        let mut roots: Vec<u64> = self.kids.keys().copied().collect();
        roots.sort_unstable();
        for root in roots {
            // Nodes on the way, each with how many of its kids are done.
            let mut way: Vec<(u64, usize, u64)> = vec![(root, 0, 0)];
            while let Some((node, done, sum)) = way.last_mut() {
                if let Some(known) = leaves.get(node) {
                    let known = *known;
                    way.pop();
                    if let Some((_, _, sum)) = way.last_mut() {
                        *sum = sum.saturating_add(known);
                    }
                    continue;
                }
                let kids = self.kids.get(node).map_or(&[][..], Vec::as_slice);
                match kids.get(*done) {
                    Some(kid) => {
                        *done += 1;
                        let kid = *kid;
                        if way.len() > TREE || way.iter().any(|(node, ..)| *node == kid) {
                            return Err(Refusal::Pages);
                        }
                        way.push((kid, 0, 0));
                    }
                    None => {
                        let sum = if kids.is_empty() { 1 } else { *sum };
                        leaves.insert(*node, sum);
                    }
                }
            }
            if leaves.get(&root).is_some_and(|pages| *pages > PAGES) {
                return Err(Refusal::Pages);
            }
        }
        Ok(())
    }
}
