//! Bytes to characters: byte order mark, strict UTF-8, UTF-16 by its zero bytes,
//! then the guess of chardetng with a hint for Chinese, then a look at whether the
//! result is Chinese at all. A few broken bytes are replaced and counted; where
//! nothing makes sense, nothing is guessed: the file is refused.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// The characters of a file and how they were come by.
pub(super) struct Decoded {
    pub(super) text: String,
    /// The name of the encoding, where it had to be guessed.
    pub(super) guessed: Option<&'static str>,
    /// How many places could not be decoded and hold U+FFFD now.
    pub(super) broken: usize,
    /// The first line, from 1, that is in another encoding than the rest.
    pub(super) foreign_line: Option<usize>,
}

impl Decoded {
    fn whole(text: impl Into<String>, guessed: Option<&'static str>) -> Self {
        Self { text: text.into(), guessed, broken: 0, foreign_line: None }
    }
}

/// Decodes a file, or nothing where no encoding makes sense of it.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let whole = Decoded::whole(text, None);
        return if broken { damaged(whole) } else { Some(whole) };
    }
    let zeros = bytes.iter().filter(|b| **b == 0).count();
    if zeros * 10 >= bytes.len().max(1)
        && let Some(decoded) = utf_16(bytes)
    {
        return Some(decoded);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded::whole(text, None));
    }
    mixed(bytes).or_else(|| guessed(bytes)).or_else(|| utf_16(bytes)).or_else(|| {
        let (text, _) = GB18030.decode_without_bom_handling(bytes);
        damaged(Decoded::whole(text, Some(GB18030.name()))).filter(|d| is_chinese(&d.text))
    })
}

/// A text with replaced bytes, unless they are so many that it is none.
fn damaged(mut decoded: Decoded) -> Option<Decoded> {
    let (mut broken, mut all) = (0, 0);
    for c in decoded.text.chars() {
        all += 1;
        broken += usize::from(c == '\u{fffd}');
    }
    decoded.broken = broken;
    (broken <= 3 + all / 200).then_some(decoded)
}

/// UTF-16 without a byte order mark: the order in which the text makes sense.
fn utf_16(bytes: &[u8]) -> Option<Decoded> {
    [UTF_16LE, UTF_16BE].into_iter().find_map(|encoding| {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        // Newlines and digits read in the wrong order are rare characters.
        let sound = text.contains('\n') || text.chars().all(|c| !c.is_control());
        let latin = text.chars().all(|c| c.is_ascii() && (!c.is_control() || c.is_whitespace()));
        let decoded = Decoded::whole(text, Some(encoding.name()));
        if !(latin || (sound && is_chinese(&decoded.text))) {
            return None;
        }
        if broken { damaged(decoded) } else { Some(decoded) }
    })
}

/// UTF-8 with a few broken bytes, or with lines that were pasted in from a file
/// in GBK.
fn mixed(bytes: &[u8]) -> Option<Decoded> {
    let (mut sound, mut odd) = (0usize, 0usize);
    for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => sound += 1,
            Err(_) if is_nearly_utf_8(line) => sound += 1,
            Err(_) => odd += 1,
        }
    }
    if sound == 0 || odd > sound {
        return None;
    }
    let mut text = String::with_capacity(bytes.len());
    let mut foreign_line = None;
    for (number, line) in bytes.split(|b| *b == b'\n').enumerate() {
        if number > 0 {
            text.push('\n');
        }
        let other = || {
            let text = GB18030.decode_without_bom_handling_and_without_replacement(line)?;
            is_chinese(&text).then_some(text)
        };
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) if is_nearly_utf_8(line) => text.push_str(&String::from_utf8_lossy(line)),
            Err(_) => match other() {
                Some(line) => {
                    foreign_line = foreign_line.or(Some(number + 1));
                    text.push_str(&line);
                }
                None => text.push_str(&String::from_utf8_lossy(line)),
            },
        }
    }
    damaged(Decoded { foreign_line, ..Decoded::whole(text, None) })
}

/// Whether a broken line is UTF-8 but for a few bytes.
fn is_nearly_utf_8(line: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in line.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * bad
}

/// One of the encodings of Chinese, by the look of the bytes and of the result.
fn guessed(bytes: &[u8]) -> Option<Decoded> {
    // The detector is slow, and a page shows what a book is in.
    const LOOK: usize = 100_000;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(LOOK)], bytes.len() <= LOOK);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // GB18030 holds all of GBK and of GB 2312, so it serves for each of them.
    let guess = if guess == GBK { GB18030 } else { guess };
    [guess, GB18030, BIG5].into_iter().filter(|encoding| *encoding != UTF_8).find_map(|encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        is_chinese(&text).then(|| Decoded::whole(text, Some(encoding.name())))
    })
}

/// The most frequent characters of modern written Chinese, in both scripts. In
/// running text they are more than a tenth of all Han characters; in bytes read in
/// a wrong encoding, nearly none.
const FREQUENT: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经部部校党院教育這為個國時來們於對會發動過說產種後學經黨與師";

/// Whether decoded text reads like Chinese: among its Han characters enough are
/// frequent ones, and there is little else beyond ASCII.
fn is_chinese(text: &str) -> bool {
    // What the beginning does not show the rest does not either.
    const LOOK: usize = 20_000;
    let (mut han, mut frequent, mut strange) = (0usize, 0usize, 0usize);
    for c in text.chars().take(LOOK) {
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
