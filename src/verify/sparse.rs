//! Reading a PDF without its photographs: what draws text is a small part of the
//! file, and a year's pictures would fill the memory. What comes of it is a PDF of
//! the same objects, in which the large pictures have lost all but their heads.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use crate::print::{Listed, listed_objects};

/// Objects smaller than this are read whatever they are.
const LARGE: usize = 64 << 10;
/// So much of an object is enough to tell what it is.
const HEAD: usize = 2 << 10;
/// So much of its end holds the words that close it.
const FOOT: usize = 128;
/// The end of a file, in which it says where its table lies.
const TAIL: usize = 2 << 10;

/// A PDF some of whose pictures have lost all but their heads.
pub struct Short {
    /// The file.
    pub bytes: Vec<u8>,
    /// Where in the whole file the data lie that are not here, by the numbers of their
    /// objects.
    pub cut: BTreeMap<u32, Range<u64>>,
}

/// The PDF at `path`, large pictures cut short where the file has one classic table of
/// its objects, as ours have; else the file as it is.
///
/// # Errors
/// Where the file cannot be read.
pub fn without_pictures(path: &Path) -> io::Result<Vec<u8>> {
    without(path, |_| true).map(|short| short.bytes)
}

/// The same of those pictures alone of whose dictionaries `may_go` says so.
///
/// # Errors
/// Where the file cannot be read.
pub fn without(path: &Path, may_go: impl Fn(&[u8]) -> bool) -> io::Result<Short> {
    let mut file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    match shortened(&mut file, length, may_go)? {
        Some(short) => Ok(short),
        None => {
            let mut bytes = Vec::with_capacity(length);
            file.seek(SeekFrom::Start(0))?;
            file.read_to_end(&mut bytes)?;
            Ok(Short { bytes, cut: BTreeMap::new() })
        }
    }
}

/// The file without its large pictures; `None` where it is not made as ours are.
fn shortened(
    file: &mut File,
    length: usize,
    may_go: impl Fn(&[u8]) -> bool,
) -> io::Result<Option<Short>> {
    let mut tail = Vec::new();
    read(file, length.saturating_sub(TAIL)..length, &mut tail)?;
    let Some((table, _)) = said(&tail).filter(|(table, _)| *table < length) else {
        return Ok(None);
    };
    let mut end = Vec::new();
    read(file, table..length, &mut end)?;
    let Some(objects) = listed_objects(&end, table) else { return Ok(None) };
    let mut out = Vec::new();
    // What was cut so far, and up to where the file has been read.
    let (mut cut, mut done) = (0, 0);
    let mut gone = BTreeMap::new();
    let mut moves: Vec<(Range<usize>, usize)> = Vec::with_capacity(objects.len());
    for Listed { range, said } in objects {
        moves.push((said, range.start - cut));
        if range.len() <= LARGE {
            continue;
        }
        let head = out.len() + (range.start - done);
        read(file, done..range.start + HEAD, &mut out)?;
        done = range.start + HEAD;
        let foot = range.end - FOOT;
        if let Some((object, data)) = shorten(&mut out[head..], range.len(), foot - done, &may_go) {
            let [from, to] = [data.start, data.end].map(|at| (range.start + at) as u64);
            gone.insert(object, from..to);
            cut += foot - done;
            done = foot;
        }
    }
    read(file, done..table, &mut out)?;
    let begins = out.len();
    out.extend(&end);
    for (at, offset) in moves {
        put(&mut out[begins + at.start..begins + at.end], offset);
    }
    match said(&out[begins..]) {
        Some((_, at)) => put(&mut out[begins + at.start..begins + at.end], table - cut),
        None => return Ok(None),
    }
    Ok(Some(Short { bytes: out, cut: gone }))
}

/// Reads a part of a file behind what was read.
fn read(file: &mut File, range: Range<usize>, out: &mut Vec<u8>) -> io::Result<()> {
    let before = out.len();
    file.seek(SeekFrom::Start(range.start as u64))?;
    out.resize(before + range.len(), 0);
    file.read_exact(&mut out[before..])
}

/// Where the end of a file says that its table lies, and where it says so.
fn said(tail: &[u8]) -> Option<(usize, Range<usize>)> {
    let word = tail.windows(9).rposition(|window| window == b"startxref")? + 9;
    let digits = number(tail, word)?;
    let table = std::str::from_utf8(&tail[digits.clone()]).ok()?.parse().ok()?;
    Some((table, digits))
}

/// The digits of the number that stands at a place, after white space.
fn number(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let rest = bytes.get(at..)?;
    let start = at + rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let end = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
    (start < end).then_some(start..end)
}

/// Writes a number over one that was not smaller.
fn put(digits: &mut [u8], number: usize) {
    let text = format!("{number:0width$}", width = digits.len());
    digits.copy_from_slice(&text.as_bytes()[text.len() - digits.len()..]);
}

/// Where this is the head of a picture `length` bytes long from which `gone` bytes may
/// be taken, its head now says so: the object's number, and where in it its data lie.
fn shorten(
    head: &mut [u8],
    length: usize,
    gone: usize,
    may_go: impl Fn(&[u8]) -> bool,
) -> Option<(u32, Range<usize>)> {
    let find = |wanted: &[u8]| head.windows(wanted.len()).position(|window| window == wanted);
    let stream = find(b"stream")?;
    let may = is_picture(&head[..stream]) && may_go(&head[..stream]);
    let key = find(b"/Length").filter(|key| *key < stream && may)?;
    let object = number(head, 0)?;
    let object = std::str::from_utf8(&head[object]).ok()?.parse().ok()?;
    // A reference to a length that stands elsewhere is not followed.
    let digits = number(head, key + 7)?;
    let rest = head[digits.end..stream].trim_ascii_start();
    if !rest.starts_with(b"/") && !rest.starts_with(b">") {
        return None;
    }
    let said: usize = std::str::from_utf8(&head[digits.clone()]).ok()?.parse().ok()?;
    let left = said.checked_sub(gone)?;
    let data = &head[stream + 6..];
    let line = usize::from(data.starts_with(b"\r")) + 1;
    // The stream must reach into the foot, or its end would be gone.
    if stream + 8 + left + gone + FOOT < length {
        return None;
    }
    put(&mut head[digits], left);
    let from = stream + 6 + line;
    Some((object, from..from + said))
}

fn is_picture(dictionary: &[u8]) -> bool {
    let solid: Vec<u8> = dictionary.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    solid.windows(15).any(|window| window == b"/Subtype/Image/" || window == b"/Subtype/Image>")
}
