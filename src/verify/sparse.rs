//! Reading a PDF without its photographs: what draws text is a small part of the
//! file, and a year's pictures would fill the memory. What comes of it is a PDF of
//! the same objects, in which the large pictures have lost all but their heads.

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

/// The PDF at `path`, large pictures cut short where the file has one classic table of
/// its objects, as ours have; else the file as it is.
///
/// # Errors
/// Where the file cannot be read.
pub fn without_pictures(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    match shortened(&mut file, length)? {
        Some(short) => Ok(short),
        None => {
            let mut all = Vec::with_capacity(length);
            file.seek(SeekFrom::Start(0))?;
            file.read_to_end(&mut all)?;
            Ok(all)
        }
    }
}

/// The file without its large pictures; `None` where it is not made as ours are.
fn shortened(file: &mut File, length: usize) -> io::Result<Option<Vec<u8>>> {
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
        if shorten(&mut out[head..], range.len(), foot - done) {
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
    Ok(Some(out))
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

/// Whether this is the head of a picture `length` bytes long from which `gone` bytes
/// may be taken: then its head says so.
fn shorten(head: &mut [u8], length: usize, gone: usize) -> bool {
    let find = |wanted: &[u8]| head.windows(wanted.len()).position(|window| window == wanted);
    let Some(data) = find(b"stream") else { return false };
    let Some(key) = find(b"/Length").filter(|key| *key < data && is_picture(&head[..data])) else {
        return false;
    };
    // A reference to a length that stands elsewhere is not followed.
    let Some(digits) = number(head, key + 7) else { return false };
    let rest = head[digits.end..data].trim_ascii_start();
    let said: Option<usize> =
        std::str::from_utf8(&head[digits.clone()]).ok().and_then(|said| said.parse().ok());
    match said.and_then(|said| said.checked_sub(gone)) {
        // The stream must reach into the foot, or its end would be gone.
        Some(left) if rest.starts_with(b"/") || rest.starts_with(b">") => {
            let reaches = data + 8 + left + gone + FOOT >= length;
            if reaches {
                put(&mut head[digits], left);
            }
            reaches
        }
        _ => false,
    }
}

fn is_picture(dictionary: &[u8]) -> bool {
    let solid: Vec<u8> = dictionary.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    solid.windows(15).any(|window| window == b"/Subtype/Image/" || window == b"/Subtype/Image>")
}
