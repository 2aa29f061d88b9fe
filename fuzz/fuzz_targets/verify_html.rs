//! Any bytes as a finished post, held against a small publication.
#![no_main]

use kanyin_fuzz::verify;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = verify::html(&String::from_utf8_lossy(data));
    kanyin_fuzz::compared(&text, verify::Shown::WithoutTitle);
});
