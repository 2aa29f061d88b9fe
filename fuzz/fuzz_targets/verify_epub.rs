//! Any bytes as a finished e-book, held against a small publication: an archive as
//! it is, or its entries as a text, parted by lines `== path`, so that the search
//! does not end at the archive's check sums.
#![no_main]

use std::io::{Cursor, Write as _};

use kanyin_fuzz::verify;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

fn packed(text: &str) -> Option<Vec<u8>> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in kanyin_fuzz::parts(text) {
        out.start_file(path, SimpleFileOptions::default()).ok()?;
        out.write_all(text.as_bytes()).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

fuzz_target!(|data: &[u8]| {
    let file = match data.starts_with(b"PK") {
        true => Some(data.to_vec()),
        false => packed(&String::from_utf8_lossy(data)),
    };
    let Some(file) = file else { return };
    if let Ok(text) = verify::epub(Cursor::new(file)) {
        kanyin_fuzz::compared(&text, verify::Shown::Whole);
    }
});
