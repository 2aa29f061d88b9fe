//! Bytes to characters: byte order mark, strict UTF-8, then the guess of
//! chardetng with a hint for Chinese, then a look at whether the result is
//! Chinese at all. Where it is not, nothing is guessed: the file is refused.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

/// The characters of a file and, where they had to be guessed, the name of the
/// encoding they were in.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) guessed: Option<&'static str>,
}

/// Decodes a file, or nothing where no encoding makes sense of it.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!broken).then(|| Decoded { text: text.into_owned(), guessed: None });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: text.to_owned(), guessed: None });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // GB18030 holds all of GBK and of GB 2312, so it serves for each of them.
    let guess = if guess == GBK { GB18030 } else { guess };
    [guess, GB18030].into_iter().filter(|encoding| *encoding != UTF_8).find_map(|encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        is_chinese(&text)
            .then(|| Decoded { text: text.into_owned(), guessed: Some(encoding.name()) })
    })
}

/// The most frequent characters of modern written Chinese. In running text they
/// are more than a tenth of all Han characters; in bytes read in a wrong
/// encoding, nearly none.
const FREQUENT: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经部部校党院教育";

/// Whether decoded text reads like Chinese: among its Han characters enough are
/// frequent ones, and there is little else beyond ASCII.
fn is_chinese(text: &str) -> bool {
    let (mut han, mut frequent, mut strange) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{4e00}'..='\u{9fff}' => {
                han += 1;
                frequent += usize::from(FREQUENT.contains(c));
            }
            '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{80}'..='\u{9f}' => strange += 1,
            '\u{a0}'..='\u{24f}' | '\u{ff61}'..='\u{ff9f}' => strange += 1,
            _ => {}
        }
    }
    // A short text has too few characters for a frequency to mean much.
    let needed = if han < 20 { 0 } else { han / 20 };
    han > 0 && frequent >= needed && strange * 10 <= han
}
