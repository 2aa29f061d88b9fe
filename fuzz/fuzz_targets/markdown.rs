//! Any bytes as Markdown, foreign or canonical.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| kanyin_fuzz::whole_way("a.md", data));
