//! Reading a PDF without its photographs: what draws text is a small part of the
//! file, and a year's pictures would fill the memory. The bytes that are left out
//! stand there as zeros, which cost nothing until somebody looks at them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use crate::print::object_ranges;

/// Objects smaller than this are read whatever they are.
const LARGE: usize = 64 << 10;
/// So much of an object is enough to tell what it is.
const HEAD: usize = 2 << 10;
/// So much of its end holds the words that close it.
const FOOT: usize = 128;
/// The end of a file, in which it says where its table lies.
const TAIL: usize = 2 << 10;

/// The bytes of the PDF at `path`, pictures left out where the file has one
/// classic table of its objects, as ours have; else all of them.
///
/// # Errors
/// Where the file cannot be read.
pub fn without_pictures(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let mut bytes = vec![0; length];
    let mut fill = |bytes: &mut [u8], range: Range<usize>| -> io::Result<()> {
        file.seek(SeekFrom::Start(range.start as u64))?;
        file.read_exact(&mut bytes[range])
    };
    let tail = length.saturating_sub(TAIL)..length;
    fill(&mut bytes, tail.clone())?;
    let table = table_at(&bytes[tail]).filter(|at| *at < length);
    let objects = match table {
        Some(at) => {
            fill(&mut bytes, at..length)?;
            object_ranges(&bytes).filter(|all| all.iter().all(|range| range.end <= at))
        }
        None => None,
    };
    let Some(objects) = objects else {
        fill(&mut bytes, 0..length)?;
        return Ok(bytes);
    };
    let mut from = 0;
    for object in objects.into_iter().filter(|range| range.len() > LARGE) {
        let head = object.start..object.start + HEAD;
        fill(&mut bytes, from..head.end)?;
        from = if is_picture(&bytes[head.clone()]) { object.end - FOOT } else { head.end };
    }
    fill(&mut bytes, from..length)?;
    Ok(bytes)
}

/// Where the file says that its table lies.
fn table_at(tail: &[u8]) -> Option<usize> {
    let text = String::from_utf8_lossy(tail);
    text.rsplit_once("startxref")?.1.split_whitespace().next()?.parse().ok()
}

fn is_picture(head: &[u8]) -> bool {
    let solid: Vec<u8> = head.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    solid.windows(15).any(|window| window == b"/Subtype/Image/" || window == b"/Subtype/Image>")
}
