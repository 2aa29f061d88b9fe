//! What every reader of text begins with: characters in NFC, lines ended by
//! line feeds, no control characters. Whatever goes is reported.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diag::{Code, Fault, Finding, Warned, size};

use super::encoding;

const EMPTY: Code = Code::new("read-empty");
const ENCODING_UNKNOWN: Code = Code::new("read-encoding-unknown");
const ENCODING_GUESSED: Code = Code::new("read-encoding-guessed");
const BROKEN: Code = Code::new("read-broken-bytes");
const FOREIGN_LINE: Code = Code::new("read-encoding-mixed");
const TRADITIONAL: Code = Code::new("read-encoding-traditional");
const TOO_LARGE: Code = Code::new("read-too-large");
const TOO_MANY_LINES: Code = Code::new("read-too-many-lines");
const CONTROLS: Code = Code::new("read-control-characters");

/// The largest file of text that is read, in bytes: some hundred books.
const MOST_BYTES: usize = 16_000_000;
/// The most lines a file of text may have.
const MOST_LINES: usize = 200_000;

/// The text of a file.
///
/// # Errors
/// Where the file is empty, too large, or in no encoding that makes sense.
pub(super) fn text(name: &str, bytes: &[u8]) -> Result<Warned<String>, Fault> {
    cleaned(name, bytes, false)
}

/// As [`text`], with the page breaks left in, which elsewhere are control
/// characters like others.
///
/// # Errors
/// As [`text`].
pub(super) fn paged_text(name: &str, bytes: &[u8]) -> Result<Warned<String>, Fault> {
    cleaned(name, bytes, true)
}

fn cleaned(name: &str, bytes: &[u8], paged: bool) -> Result<Warned<String>, Fault> {
    if bytes.len() > MOST_BYTES {
        let too_large = Finding::error(TOO_LARGE).file(name).arg("size", bytes_of(bytes.len()));
        return Err(Fault::work(too_large.arg("limit", bytes_of(MOST_BYTES))));
    }
    let Some(decoded) = encoding::decode(bytes) else {
        return Err(Fault::work(Finding::error(ENCODING_UNKNOWN).file(name)));
    };
    let mut findings = encoding_findings(name, &decoded);
    let (mut line, mut pages) = (1, 0);
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
            '\u{c}' if paged => {
                pages += 1;
                text.push(c);
            }
            c if c.is_control() || is_invisible(c) => match removed.last_mut() {
                Some((at, count)) if *at == line => *count += 1,
                _ => removed.push((line, 1)),
            },
            c => text.push(c),
        }
    }
    if line + pages > MOST_LINES {
        let too_many = Finding::error(TOO_MANY_LINES).file(name).arg("limit", MOST_LINES);
        return Err(Fault::work(too_many));
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

fn bytes_of(count: usize) -> String {
    size(count.try_into().unwrap_or(u64::MAX))
}

/// What there is to say about how a file was decoded.
fn encoding_findings(name: &str, decoded: &encoding::Decoded) -> Vec<Finding> {
    let mut out = Vec::new();
    match decoded.guessed {
        Some("Big5") => out.push(Finding::warning(TRADITIONAL)),
        Some(encoding) => out.push(Finding::note(ENCODING_GUESSED).arg("encoding", encoding)),
        None => {}
    }
    if decoded.foreign_line.is_some() {
        out.push(Finding::warning(FOREIGN_LINE).line(decoded.foreign_line));
    }
    if decoded.broken > 0 {
        let before = decoded.text.split('\u{fffd}').next().unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        out.push(Finding::warning(BROKEN).arg("count", decoded.broken).line(line));
    }
    out.into_iter().map(|finding| finding.file(name)).collect()
}

/// Characters that print nothing and only disturb comparing: marks of order and
/// of width, and what no text may hold. The joiners stay, for names of
/// nationalities need them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}')
        || (u32::from(c) & 0xfffe) == 0xfffe
}
