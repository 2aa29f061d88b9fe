//! Any bytes as a plain text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| kanyin_fuzz::whole_way("a.txt", data));
