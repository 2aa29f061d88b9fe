//! Any bytes as a finished PDF, held against a small publication.
#![no_main]

use kanyin_fuzz::{print, verify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: kanyin_fuzz::forgive_the_reader_of_syntax(), |data: &[u8]| {
    print::object_ranges(data);
    if let Ok(text) = verify::pdf(data.to_vec()) {
        kanyin_fuzz::compared(&text, verify::Shown::Whole);
    }
});
