//! The segments of a JPEG (ITU-T T.81, Annex B): what they say of the picture,
//! and which of them travel with it.

use std::ops::Range;

use super::exif;

/// What the segments say.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: u8,
    pub(super) orientation: u8,
    /// The colour transform of Adobe's APP14 segment, where there is one.
    pub(super) adobe: Option<u8>,
    /// Whether every PDF reader, e-reader and browser decodes it, and to the same
    /// colours: eight bits, Huffman-coded, no doubt about the colour space.
    pub(super) plain: bool,
    /// Whether there are fewer data than any picture of this size can do with.
    pub(super) short: bool,
    /// All of it but metadata and what follows its end.
    pub(super) clean: Vec<Range<u64>>,
}

/// Why a file that begins like a JPEG is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The file ends before the picture does.
    Truncated,
    /// The segments make no sense.
    Malformed,
}

/// Whether a file that begins so is a JPEG.
pub(super) fn is_jpeg(start: &[u8]) -> bool {
    start.starts_with(&[0xFF, 0xD8, 0xFF])
}

/// Reads the segments of a whole JPEG file; its pixels are skipped, not decoded.
pub(super) fn scan(bytes: &[u8]) -> Result<Header, Wrong> {
    let mut header = Header {
        width: 0,
        height: 0,
        components: 0,
        orientation: 1,
        adobe: None,
        plain: true,
        short: false,
        clean: Vec::new(),
    };
    keep(&mut header.clean, 0..2);
    let (mut at, mut coded) = (2, 0);
    loop {
        let (marker, start) = next_marker(bytes, at)?;
        if marker == 0xD9 {
            keep(&mut header.clean, start..start + 2);
            break;
        }
        if matches!(marker, 0x01 | 0xD0..=0xD7) {
            at = start + 2;
            continue;
        }
        let length = bytes.get(start + 2..start + 4).ok_or(Wrong::Truncated)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        if length < 2 {
            return Err(Wrong::Malformed);
        }
        let end = start + 2 + length;
        let body = bytes.get(start + 4..end).ok_or(Wrong::Truncated)?;
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                frame(marker, body, &mut header)?;
            }
            0xE1 if body.starts_with(b"Exif\0\0") => {
                header.orientation = exif::orientation(&body[6..]);
            }
            0xEE if body.starts_with(b"Adobe") => header.adobe = body.get(11).copied(),
            _ => {}
        }
        if travels(marker, body) {
            keep(&mut header.clean, start..end);
        }
        at = end;
        if marker == 0xDA {
            let data = end_of_data(bytes, end)?;
            keep(&mut header.clean, end..data);
            coded += data - end;
            at = data;
        }
    }
    if header.width == 0 || header.height == 0 {
        return Err(Wrong::Malformed);
    }
    header.short = header.plain && coded < least(&header);
    // Without Adobe's marker it is unsettled whether 255 is full ink or none.
    header.plain &= header.components != 4 || header.adobe.is_some();
    Ok(header)
}

/// The least bytes of coded data that a picture of this size can have: a unit is at most
/// 32 pixels a side (A.2.4) and takes a bit at least. Fewer, and the size is a lie.
fn least(header: &Header) -> usize {
    let units = u64::from(header.width.div_ceil(32)) * u64::from(header.height.div_ceil(32));
    usize::try_from(units / 8).unwrap_or(usize::MAX)
}

/// The next marker and where its 0xFF stands; fill bytes before it are skipped.
fn next_marker(bytes: &[u8], mut at: usize) -> Result<(u8, usize), Wrong> {
    if *bytes.get(at).ok_or(Wrong::Truncated)? != 0xFF {
        return Err(Wrong::Malformed);
    }
    loop {
        match *bytes.get(at + 1).ok_or(Wrong::Truncated)? {
            0xFF => at += 1,
            0x00 => return Err(Wrong::Malformed),
            marker => return Ok((marker, at)),
        }
    }
}

fn frame(marker: u8, body: &[u8], header: &mut Header) -> Result<(), Wrong> {
    let [bits, h1, h0, w1, w0, components, rest @ ..] = body else { return Err(Wrong::Malformed) };
    header.height = u32::from(u16::from_be_bytes([*h1, *h0]));
    header.width = u32::from(u16::from_be_bytes([*w1, *w0]));
    header.components = *components;
    // Three components named R, G and B are read as RGB by some programs and as
    // YCbCr by others.
    let names: Vec<u8> = rest.iter().step_by(3).copied().collect();
    header.plain = matches!(marker, 0xC0..=0xC2)
        && *bits == 8
        && matches!(components, 1 | 3 | 4)
        && (names != b"RGB" || header.adobe.is_some());
    Ok(())
}

/// Whether a segment is needed to show the picture: not EXIF, XMP, IPTC,
/// comments, thumbnails or makers' notes.
fn travels(marker: u8, body: &[u8]) -> bool {
    match marker {
        0xE0 => body.starts_with(b"JFIF\0"),
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        0xEE => body.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// Where the coded data that begins at `at` ends: at the next marker that is no
/// restart marker.
fn end_of_data(bytes: &[u8], mut at: usize) -> Result<usize, Wrong> {
    loop {
        let rest = bytes.get(at..).ok_or(Wrong::Truncated)?;
        at += memchr::memchr(0xFF, rest).ok_or(Wrong::Truncated)?;
        match *bytes.get(at + 1).ok_or(Wrong::Truncated)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Ok(at),
        }
    }
}

/// Adds a range, joined to the last one where they touch.
fn keep(ranges: &mut Vec<Range<u64>>, range: Range<usize>) {
    let (start, end) = (range.start as u64, range.end as u64);
    match ranges.last_mut() {
        Some(last) if last.end == start => last.end = end,
        _ => ranges.push(start..end),
    }
}
