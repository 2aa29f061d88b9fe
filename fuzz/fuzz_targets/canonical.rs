//! Any bytes as an article in canonical form: what was read can be written, and what
//! is written is read as the same.
#![no_main]

use kanyin_fuzz::canonical;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let Ok(read) = canonical::parse("a.md", &text) else { return };
    let written = canonical::write(&read.value);
    match canonical::parse("a.md", &written) {
        Ok(again) => assert_eq!(again.value, read.value, "what is written is read:\n{written}"),
        Err(fault) => panic!("what is written cannot be read: {fault}\n{written}"),
    }
});
