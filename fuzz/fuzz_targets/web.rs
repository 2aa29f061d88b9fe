//! Any bytes as a saved web page.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| kanyin_fuzz::whole_way("a.html", data));
