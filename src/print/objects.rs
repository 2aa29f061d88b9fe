//! The objects of a PDF file as byte ranges: the cross-reference table is read,
//! nothing else is parsed (ISO 32000-1, 7.5.4 and 7.5.5). Only for files with one
//! classic table, as Typst writes them.

use std::ops::Range;

/// Where things lie in a file.
pub(super) struct Objects {
    /// Number and range of every object, in the order of the file.
    pub(super) objects: Vec<(u32, Range<usize>)>,
    /// How many entries the table has, object 0 included.
    pub(super) size: u32,
    /// The trailer's dictionary, brackets included.
    pub(super) trailer: Range<usize>,
}

/// An object as the table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where the object lies in the file, up to where the next one begins.
    pub range: Range<usize>,
    /// Where the table says so: the digits, in bytes from where the table begins.
    pub said: Range<usize>,
}

/// The objects of a PDF, in the order of the file, from its end: `bytes` are all that
/// follow from `table` on, where the file says that its table lies. `None` where the
/// file has not just one classic cross-reference table.
pub fn listed_objects(bytes: &[u8], table: usize) -> Option<Vec<Listed>> {
    let found = read(bytes, table).ok()?;
    let more = [&b"/Prev"[..], b"/XRefStm"];
    if more.iter().any(|key| find_in(&bytes[found.trailer.clone()], key).is_some()) {
        return None;
    }
    Some(found.listed.into_iter().map(|(_, listed)| listed).collect())
}

/// Where the objects of a PDF lie, in bytes, in the order of the file; `None` where
/// the file has not just one classic cross-reference table.
pub fn object_ranges(pdf: &[u8]) -> Option<Vec<Range<usize>>> {
    Some(find(pdf).ok()?.objects.into_iter().map(|(_, range)| range).collect())
}

/// Finds the objects of a file; the error says what is not as expected.
pub(super) fn find(pdf: &[u8]) -> Result<Objects, &'static str> {
    let start = rfind(pdf, b"startxref").ok_or("no startxref")?;
    let table = number(&pdf[start + 9..]).ok_or("startxref without offset")?.0;
    let Table { listed, size, trailer } = read(pdf.get(table..).ok_or("no xref")?, table)?;
    let objects = listed.into_iter().map(|(number, listed)| (number, listed.range)).collect();
    Ok(Objects { objects, size, trailer: trailer.start + table..trailer.end + table })
}

/// A table and the trailer behind it, places counted from where the table begins.
struct Table {
    listed: Vec<(u32, Listed)>,
    size: u32,
    trailer: Range<usize>,
}

/// Reads the table that begins at `table` in the file, and all behind it.
fn read(pdf: &[u8], table: usize) -> Result<Table, &'static str> {
    let start = rfind(pdf, b"startxref").ok_or("no startxref")?;
    let mut at = find_in(pdf, b"xref").ok_or("no xref")? + 4;
    let mut offsets: Vec<(usize, u32, Range<usize>)> = Vec::new();
    let mut size = 0;
    while let Some((first, used)) = number(&pdf[at..]) {
        at += used;
        let (count, used) = number(&pdf[at..]).ok_or("no entry count")?;
        at += used;
        let last = first.checked_add(count).ok_or("too many objects")?;
        for n in first..last {
            let (offset, used) = number(&pdf[at..]).ok_or("no offset")?;
            let skipped = pdf[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            let said = at + skipped..at + used;
            at += used;
            at += number(&pdf[at..]).ok_or("no generation")?.1;
            let kind = pdf[at..].iter().position(|b| b.is_ascii_alphabetic()).ok_or("no type")?;
            let after = u32::try_from(n).ok().and_then(|n| n.checked_add(1));
            let after = after.ok_or("too many objects")?;
            if pdf[at + kind] == b'n' {
                offsets.push((offset, after - 1, said));
            }
            at += kind + 1;
            size = size.max(after);
        }
    }
    let open = at + find_in(&pdf[at..], b"<<").ok_or("no trailer")?;
    let close = rfind(&pdf[..start], b">>").ok_or("no end of trailer")? + 2;
    offsets.sort_unstable_by_key(|(offset, number, _)| (*offset, *number));
    // An object that begins after the table would end before it begins.
    let outside = offsets.last().is_some_and(|(offset, ..)| *offset > table);
    if outside || open > close {
        return Err("objects outside the body");
    }
    let ends: Vec<usize> = offsets.iter().skip(1).map(|(at, ..)| *at).chain([table]).collect();
    let listed = offsets.into_iter().zip(ends);
    let listed = listed.map(|((at, n, said), end)| (n, Listed { range: at..end, said }));
    Ok(Table { listed: listed.collect(), size, trailer: open..close })
}

/// The number that comes next, after white space, and the bytes used for both.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let skip = bytes.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let digits = bytes[skip..].iter().take_while(|b| b.is_ascii_digit()).count();
    let text = std::str::from_utf8(&bytes[skip..skip + digits]).ok()?;
    Some((text.parse().ok()?, skip + digits))
}

/// Where `needle` first stands.
pub(super) fn find_in(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

/// An object's dictionary, and its stream's bytes where it has one. The bytes
/// run to the end of the object; the stream proper may be shorter.
pub(super) fn split(object: &[u8]) -> (&[u8], Option<&[u8]>) {
    match find_in(object, b"stream") {
        Some(at) if !object[..at].ends_with(b"end") => {
            let data = &object[at + 6..];
            let data = data.strip_prefix(b"\r").unwrap_or(data);
            (&object[..at], Some(data.strip_prefix(b"\n").unwrap_or(data)))
        }
        _ => (object, None),
    }
}

/// The value of a key in a dictionary, as far as the next key or the end of an
/// array: enough for boxes and references.
pub(super) fn value<'a>(dictionary: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let rest = &dictionary[find_in(dictionary, key)? + key.len()..];
    let begin = rest.iter().position(|b| !b.is_ascii_whitespace())?;
    let rest = &rest[begin..];
    let end = if rest.starts_with(b"[") {
        rest.iter().position(|b| *b == b']')? + 1
    } else {
        1 + rest[1..].iter().position(|b| matches!(b, b'/' | b'>' | b'\n'))?
    };
    Some(&rest[..end])
}
