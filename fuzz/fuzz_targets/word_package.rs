//! Any bytes as a Word file: most are no zip archive, so its seeds matter.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| kanyin_fuzz::whole_way("a.docx", data));
