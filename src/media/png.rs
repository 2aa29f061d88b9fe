//! The chunks of a PNG (W3C PNG, third edition): what they say of the picture,
//! and which of them travel with it.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use super::exif;

/// What the chunks say.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: u8,
    pub(super) components: u8,
    pub(super) alpha: bool,
    /// Grey or RGB, eight bits, not interlaced, no palette, no transparency.
    pub(super) plain: bool,
    /// All of it but metadata and what follows its end.
    pub(super) clean: Vec<Range<u64>>,
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Orientation is all that is read of EXIF, and it stands near its beginning.
const EXIF_LIMIT: u32 = 1 << 16;

/// Whether a file that begins so is a PNG.
pub(super) fn is_png(start: &[u8]) -> bool {
    start.starts_with(SIGNATURE)
}

/// Reads the chunks of a PNG file; their data is skipped. `None` where the first
/// chunk is no IHDR.
///
/// # Errors
/// `UnexpectedEof` where the file ends before its IEND; else the reader's own.
pub(super) fn scan(file: &mut (impl Read + Seek), size: u64) -> io::Result<Option<Header>> {
    let mut at = SIGNATURE.len() as u64;
    let (name, length) = chunk(file, at)?;
    if &name != b"IHDR" || length != 13 {
        return Ok(None);
    }
    let mut ihdr = [0; 13];
    file.read_exact(&mut ihdr)?;
    let mut header = read_ihdr(&ihdr);
    header.clean.push(0..at);
    loop {
        let (name, length) = chunk(file, at)?;
        let end = at + 12 + u64::from(length);
        if end > size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match &name {
            b"tRNS" => (header.alpha, header.plain) = (true, false),
            b"eXIf" if length <= EXIF_LIMIT => {
                let mut tiff = vec![0; length as usize];
                file.read_exact(&mut tiff)?;
                header.orientation = exif::orientation(&tiff);
            }
            _ => {}
        }
        // What is needed to show the picture: its kind, its data, its colours.
        if matches!(&name, b"IHDR" | b"IDAT" | b"IEND" | b"gAMA" | b"sRGB" | b"iCCP") {
            match header.clean.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => header.clean.push(at..end),
            }
        }
        if &name == b"IEND" {
            return Ok(Some(header));
        }
        at = end;
    }
}

fn read_ihdr(ihdr: &[u8; 13]) -> Header {
    let number =
        |at: usize| u32::from_be_bytes([ihdr[at], ihdr[at + 1], ihdr[at + 2], ihdr[at + 3]]);
    let (depth, colour, interlaced) = (ihdr[8], ihdr[9], ihdr[12] != 0);
    Header {
        width: number(0),
        height: number(4),
        orientation: 1,
        components: if matches!(colour, 0 | 4) { 1 } else { 3 },
        alpha: matches!(colour, 4 | 6),
        plain: depth == 8 && matches!(colour, 0 | 2) && !interlaced,
        clean: Vec::new(),
    }
}

/// The name and length of the chunk at `at`; the reader stands at its data then.
fn chunk(file: &mut (impl Read + Seek), at: u64) -> io::Result<([u8; 4], u32)> {
    file.seek(SeekFrom::Start(at))?;
    let mut head = [0; 8];
    file.read_exact(&mut head)?;
    let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
    Ok(([head[4], head[5], head[6], head[7]], length))
}
