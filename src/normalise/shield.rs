//! Characters that no rule may touch: addresses, file names, numbers and times,
//! whose marks only look like those of a sentence.

use std::ops::Range;

use crate::article::script::{is_han, is_space, is_wide_mark};

/// Why a character is not to be touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shield {
    /// It may be.
    None,
    /// Part of a web or mail address, a path or an entity.
    Address,
    /// Part of a file name.
    FileName,
    /// Part of a number, a time or a ratio.
    Number,
}

/// Endings by which a word is known for a file name.
const ENDINGS: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "svg", "heic", "pdf", "doc", "docx",
    "wps", "xls", "xlsx", "et", "ppt", "pptx", "dps", "ofd", "txt", "md", "html", "htm", "epub",
    "zip", "rar", "7z", "mp3", "mp4", "mov", "avi", "wav", "csv", "json", "xml",
];

/// For each character, why it is not to be touched.
pub(super) fn shields(chars: &[char]) -> Vec<Shield> {
    let mut out = vec![Shield::None; chars.len()];
    let mut cover = |range: Range<usize>, shield| out[range].fill(shield);
    for i in 0..chars.len() {
        match chars[i] {
            ':' | ',' | '.' => {
                if let Some(range) = number(chars, i) {
                    cover(range, Shield::Number);
                }
            }
            _ => {}
        }
    }
    for i in 0..chars.len() {
        let found = match chars[i] {
            '.' => file_name(chars, i).map(|r| (r, Shield::FileName)),
            ':' => scheme(chars, i).or_else(|| path(chars, i)).map(|r| (r, Shield::Address)),
            'w' | 'W' => www(chars, i).map(|r| (r, Shield::Address)),
            '@' => mail(chars, i).map(|r| (r, Shield::Address)),
            '&' => entity(chars, i).map(|r| (r, Shield::Address)),
            _ => None,
        };
        if let Some((range, shield)) = found {
            cover(range, shield);
        }
    }
    out
}

fn digit(chars: &[char], i: usize) -> bool {
    chars.get(i).is_some_and(char::is_ascii_digit)
}

/// Where the stretch of characters around `i` begins for which `f` holds.
fn back(chars: &[char], i: usize, f: impl Fn(char) -> bool) -> usize {
    i - chars[..i].iter().rev().take_while(|c| f(**c)).count()
}

/// Where the stretch of characters from `i` ends for which `f` holds.
fn ahead(chars: &[char], i: usize, f: impl Fn(char) -> bool) -> usize {
    i + chars[i..].iter().take_while(|c| f(**c)).count()
}

/// `10:30`, `3:1`, `3.14`, `2022.1.14` and `1,000,000`, but not `3,5,7`: of the
/// digits round a comma, those after it must be groups of three.
fn number(chars: &[char], i: usize) -> Option<Range<usize>> {
    if i == 0 || !digit(chars, i - 1) || !digit(chars, i + 1) {
        return None;
    }
    if chars[i] != ',' {
        return Some(i - 1..i + 2);
    }
    let start = back(chars, i, |c| c.is_ascii_digit() || c == ',');
    let end = ahead(chars, i, |c| c.is_ascii_digit() || c == ',');
    let mut groups = chars[start..end].split(|c| *c == ',');
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
    (first && groups.all(|g| g.len() == 3)).then_some(start..end)
}

fn of_address(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '`' | '{' | '}' | '|' | '^')
}

/// The marks at the end of an address that belong to the sentence around it.
fn trim(chars: &[char], start: usize, end: usize) -> usize {
    let text = &chars[start..end];
    let tail = text
        .iter()
        .rev()
        .take_while(|c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | '\''));
    let mut cut = end - tail.count();
    // A closing bracket stays where its opening one stands within the address.
    if chars.get(cut) == Some(&')') && chars[start..cut].contains(&'(') {
        cut += 1;
    }
    cut
}

fn scheme(chars: &[char], i: usize) -> Option<Range<usize>> {
    let start = back(chars, i, |c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let web = chars.get(i + 1) == Some(&'/') && chars.get(i + 2) == Some(&'/');
    let name: String = chars[start..i].iter().collect();
    let mail = name.eq_ignore_ascii_case("mailto");
    if start == i || !(web || mail) {
        return None;
    }
    Some(start..trim(chars, start, ahead(chars, i, of_address)))
}

fn www(chars: &[char], i: usize) -> Option<Range<usize>> {
    let head: String = chars[i..].iter().take(4).collect();
    let fresh = i == 0 || !chars[i - 1].is_ascii_alphanumeric();
    (fresh && head.eq_ignore_ascii_case("www."))
        .then(|| i..trim(chars, i, ahead(chars, i, of_address)))
}

/// `C:\photos`, and the names of code such as `std::io`.
fn path(chars: &[char], i: usize) -> Option<Range<usize>> {
    let drive = i > 0 && chars[i - 1].is_ascii_alphabetic() && chars.get(i + 1) == Some(&'\\');
    let double = chars.get(i + 1) == Some(&':');
    if drive {
        Some(i - 1..ahead(chars, i, |c| !is_space(c) && !is_wide_mark(c)))
    } else {
        double.then_some(i..i + 2)
    }
}

fn mail(chars: &[char], i: usize) -> Option<Range<usize>> {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let (start, end) = (back(chars, i, local), ahead(chars, i + 1, host));
    let end = trim(chars, i + 1, end);
    (start < i && chars[i + 1..end].contains(&'.')).then_some(start..end)
}

/// `&amp;`, left over from a web page.
fn entity(chars: &[char], i: usize) -> Option<Range<usize>> {
    let end = ahead(chars, i + 1, |c| c.is_ascii_alphanumeric() || c == '#');
    (end > i + 1 && end < i + 12 && chars.get(end) == Some(&';')).then_some(i..end + 1)
}

/// A word with a known ending after its last dot. It reaches back to the marks
/// of a sentence; a space is let through where only a number stands between it
/// and the dot, as in `合影 3.jpg`.
fn file_name(chars: &[char], dot: usize) -> Option<Range<usize>> {
    let end = ahead(chars, dot + 1, |c| c.is_ascii_alphanumeric());
    let ending: String = chars[dot + 1..end].iter().collect::<String>().to_ascii_lowercase();
    if !ENDINGS.contains(&ending.as_str()) {
        return None;
    }
    let stem = |c: char| {
        !is_space(c)
            && !is_wide_mark(c)
            && !matches!(c, '“' | '”' | '‘' | '’' | '"' | ',' | ':' | ';' | '!' | '?' | '…')
    };
    let mut start = back(chars, dot, stem);
    let number = chars[start..dot].iter().all(|c| c.is_ascii_digit() || matches!(c, '(' | ')'));
    if number && start > 1 && chars[start - 1] == ' ' && is_han(chars[start - 2]) {
        start = back(chars, start - 1, stem);
    }
    (start < dot).then_some(start..end)
}
