//! Any bytes as the parts of a Word file, so that the search does not end at the
//! archive's check sums: they stand behind each other, parted by a line `== name`, as
//! the cases in tests/cases/word have them.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/library/word/make.rs"]
mod make;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    // The relations are typed by hand and not what is searched.
    let text = text.replace("== relations", "== remarks");
    kanyin_fuzz::whole_way("a.docx", &make::Case::parse(&text).file());
});
