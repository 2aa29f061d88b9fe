//! What every reader of text begins with: characters in NFC, lines ended by
//! line feeds, no control characters. Whatever goes is reported.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diag::{Code, Fault, Finding, Warned};

use super::encoding;

const EMPTY: Code = Code::new("read-empty");
const ENCODING_UNKNOWN: Code = Code::new("read-encoding-unknown");
const ENCODING_GUESSED: Code = Code::new("read-encoding-guessed");
const CONTROLS: Code = Code::new("read-control-characters");

/// The text of a file.
///
/// # Errors
/// Where the file is empty or in no encoding that makes sense.
pub(super) fn text(name: &str, bytes: &[u8]) -> Result<Warned<String>, Fault> {
    let Some(decoded) = encoding::decode(bytes) else {
        return Err(Fault::work(Finding::error(ENCODING_UNKNOWN).file(name)));
    };
    let mut findings = Vec::new();
    if let Some(encoding) = decoded.guessed {
        findings.push(Finding::note(ENCODING_GUESSED).arg("encoding", encoding).file(name));
    }
    let mut line = 1;
    let mut removed: Vec<(usize, usize)> = Vec::new();
    let mut text = String::with_capacity(decoded.text.len());
    let mut chars = decoded.text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                text.push('\n');
                line += 1;
            }
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => {
                text.push('\n');
                line += 1;
            }
            '\t' => text.push(c),
            c if c.is_control() || is_invisible(c) => match removed.last_mut() {
                Some((at, count)) if *at == line => *count += 1,
                _ => removed.push((line, 1)),
            },
            c => text.push(c),
        }
    }
    for (line, count) in removed {
        findings.push(Finding::warning(CONTROLS).arg("count", count).file(name).line(line));
    }
    if !is_nfc(&text) {
        text = text.nfc().collect();
    }
    if text.trim().is_empty() {
        return Err(Fault::work(Finding::error(EMPTY).file(name)));
    }
    Ok(Warned { value: text, findings })
}

/// Characters that print nothing and only disturb comparing: marks of order and
/// of width, and what no text may hold. The joiners stay, for names of
/// nationalities need them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}')
        || (u32::from(c) & 0xfffe) == 0xfffe
}
