//! The form of a ZIP file (APPNOTE 6.3.10), written from front to back: heads before the
//! entries, and the list of contents behind them. Time and mode are fixed. Knows neither
//! what an entry is nor where its bytes come from.

use std::io;

use serde::{Deserialize, Serialize};

/// How an entry's bytes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Method {
    /// As they are.
    Stored,
    /// Deflated (RFC 1951).
    Deflated,
}

/// An entry as it lies in the container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Packed {
    /// Its path within the container.
    pub(super) path: String,
    pub(super) method: Method,
    /// The CRC-32 of its bytes, unpacked.
    pub(super) crc: u32,
    /// How many bytes lie there.
    pub(super) packed: u64,
    /// How many they are, unpacked.
    pub(super) length: u64,
    /// Where its head begins.
    pub(super) at: u64,
}

/// Bytes of a head without its path (4.3.7).
const HEAD: u64 = 30;
/// Bytes of a line of the list of contents without its path (4.3.12).
const LINE: u64 = 46;
/// From so much on, a number does not fit its field and stands elsewhere (4.4.1.4).
const WIDE: u64 = 0xFFFF_FFFF;
/// The first of January 1980, the earliest day that a container knows (4.4.6).
const DAY: u16 = 1 << 5 | 1;
/// Made by a Unix program: the mode of the file stands in the upper half (4.4.2, 4.4.15).
const UNIX: u16 = 3 << 8;
const MODE: u32 = 0o100_644 << 16;
/// The versions of the format that deflated entries and wide numbers need (4.4.3).
const DEFLATING: u16 = 20;
const WIDENING: u16 = 45;

impl Packed {
    /// Where the next entry begins.
    pub(super) fn end(&self) -> u64 {
        self.at + HEAD + self.path.len() as u64 + self.packed
    }

    /// How many bytes of the container an entry takes whose bytes are stored.
    pub(super) fn weight(path: &str, length: u64) -> u64 {
        length + HEAD + LINE + 2 * path.len() as u64
    }

    /// Its head.
    ///
    /// # Errors
    /// Where it is larger than four gigabytes, as no file of a book is.
    pub(super) fn head(&self) -> io::Result<Vec<u8>> {
        if self.packed >= WIDE || self.length >= WIDE {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, self.path.clone()));
        }
        let mut head = b"PK\x03\x04".to_vec();
        self.facts(&mut head, DEFLATING)?;
        head.extend(0_u16.to_le_bytes());
        head.extend(self.path.as_bytes());
        Ok(head)
    }

    /// What a head and a line of the list have in common.
    fn facts(&self, out: &mut Vec<u8>, needs: u16) -> io::Result<()> {
        let name = u16::try_from(self.path.len()).map_err(io::Error::other)?;
        let text = if self.path.is_ascii() { 0 } else { 1 << 11 };
        let method: u16 = if self.method == Method::Stored { 0 } else { 8 };
        for number in [needs, text, method, 0, DAY] {
            out.extend(number.to_le_bytes());
        }
        for number in [self.crc, self.packed as u32, self.length as u32] {
            out.extend(number.to_le_bytes());
        }
        out.extend(name.to_le_bytes());
        Ok(())
    }

    /// Its line in the list of contents.
    fn line(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let wide = self.at >= WIDE;
        let needs = if wide { WIDENING } else { DEFLATING };
        out.extend(b"PK\x01\x02");
        out.extend((UNIX | needs).to_le_bytes());
        self.facts(out, needs)?;
        let extra: u16 = if wide { 12 } else { 0 };
        for number in [extra, 0, 0, 0] {
            out.extend(number.to_le_bytes());
        }
        out.extend(MODE.to_le_bytes());
        out.extend((self.at.min(WIDE) as u32).to_le_bytes());
        out.extend(self.path.as_bytes());
        if wide {
            out.extend([1, 0, 8, 0]);
            out.extend(self.at.to_le_bytes());
        }
        Ok(())
    }
}

/// The list of contents of these entries, which begins behind the last, and the end of
/// the container (4.3.12 to 4.3.16).
pub(super) fn contents(entries: &[Packed]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for entry in entries {
        entry.line(&mut out)?;
    }
    let (at, length) = (entries.last().map_or(0, Packed::end), out.len() as u64);
    let count = entries.len() as u64;
    if at >= WIDE || length >= WIDE || count >= 0xFFFF {
        let end = at + length;
        out.extend(b"PK\x06\x06");
        out.extend(44_u64.to_le_bytes());
        out.extend((UNIX | WIDENING).to_le_bytes());
        out.extend(WIDENING.to_le_bytes());
        out.extend([0; 8]);
        for number in [count, count, length, at] {
            out.extend(number.to_le_bytes());
        }
        out.extend(b"PK\x06\x07\0\0\0\0");
        out.extend(end.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
    }
    out.extend(b"PK\x05\x06\0\0\0\0");
    let few = (count.min(0xFFFF) as u16).to_le_bytes();
    out.extend(few);
    out.extend(few);
    for number in [length, at] {
        out.extend((number.min(WIDE) as u32).to_le_bytes());
    }
    out.extend([0, 0]);
    Ok(out)
}
