//! Preflight of a file on disk: opens it and has it judged. Of a file with a classic
//! table of objects, photographs stay on disk and are looked at one by one; any other is
//! read whole.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::diag::{Code, Fault, Finding};
use crate::print::preflight::{self, Order, Preflight};
use crate::verify;

const UNOPENED: Code = Code::new("preflight-unopened");

/// Judges the PDF at `path`.
///
/// # Errors
/// A usage fault where the file cannot be opened, is no PDF or is damaged beyond
/// reading.
pub fn preflight(path: &Path, order: &Order) -> Result<Preflight, Fault> {
    let name = path.display().to_string();
    let unopened = |e: io::Error| Fault::usage(Finding::error(UNOPENED).arg("why", e).file(&name));
    let short = verify::without(path, is_plain).map_err(unopened)?;
    let file = File::open(path).map_err(unopened)?;
    let file = Mutex::new(file);
    let elsewhere = |object: u32| {
        let range = short.cut.get(&object)?;
        let mut data = vec![0; usize::try_from(range.end - range.start).ok()?];
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start)).ok()?;
        file.read_exact(&mut data).ok()?;
        Some(data)
    };
    preflight::preflight_with(short.bytes, order, &elsewhere).map_err(|mut fault| {
        for finding in &mut fault.findings {
            finding.file = Some(name.clone());
        }
        fault
    })
}

/// Whether a picture of this dictionary can be judged without its data, or from them
/// alone, so that they need not be held: a JPEG in colours that it names itself.
fn is_plain(dictionary: &[u8]) -> bool {
    let solid: Vec<u8> = dictionary.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    let says = |wanted: &[u8]| solid.windows(wanted.len()).any(|window| window == wanted);
    let spaces: [&[u8]; 3] =
        [b"/ColorSpace/DeviceGray", b"/ColorSpace/DeviceRGB", b"/ColorSpace/DeviceCMYK"];
    says(b"/Filter/DCTDecode") && spaces.into_iter().any(says)
}
