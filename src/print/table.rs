//! The classic cross-reference table of a PDF (ISO 32000-1, 7.5.4): where each object
//! begins, in ten digits and no more.

use std::collections::BTreeMap;
use std::io::{self, Write};

/// The last place in a file that ten digits can tell, in bytes.
const LAST: u64 = 9_999_999_999;

/// Whether a file with so many bytes before its table can have one.
///
/// # Errors
/// Of the kind [`FileTooLarge`](io::ErrorKind::FileTooLarge) where it cannot.
pub(super) fn has_room(bytes: u64) -> io::Result<()> {
    if bytes > LAST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(())
}

/// Writes the table of `size` objects, object 0 included, of which some begin at these
/// places.
///
/// # Errors
/// Where `out` fails; where an object begins behind what ten digits can tell.
pub(super) fn write(
    out: &mut impl Write,
    size: u32,
    offsets: &BTreeMap<u32, u64>,
) -> io::Result<()> {
    write!(out, "xref\n0 {size}\n")?;
    for number in 0..size {
        match offsets.get(&number) {
            Some(offset) => {
                has_room(*offset)?;
                writeln!(out, "{offset:010} 00000 n ")?;
            }
            None => writeln!(out, "0000000000 65535 f ")?,
        }
    }
    Ok(())
}
