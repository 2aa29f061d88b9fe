//! The names of files in a folder of sources: which are pictures, which are nobody's
//! concern, and what number a picture's name carries.

use crate::import::numeral;

/// Endings of pictures, those that no edition can use among them: they are told later.
const PICTURES: &[&str] = &[
    "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif",
    "svg", "emf", "wmf", "avif", "psd", "raw", "cr2", "nef",
];

/// Words for a picture that stand before its number.
pub(super) const WORDS: &[&str] = &[
    "图片", "照片", "配图", "插图", "附图", "题图", "图", "pictures", "picture", "photos", "photo",
    "images", "image", "pics", "pic", "fig",
];

/// Whether a file of that name is a picture.
pub fn is_picture(name: &str) -> bool {
    let ending = crate::import::format::ending(name).unwrap_or_default();
    PICTURES.contains(&ending.as_str())
}

/// Whether a file or folder of that name is nobody's concern: hidden, a lock of an open
/// document, what systems leave behind.
pub fn passed_over(name: &str) -> bool {
    const LEFT: &[&str] = &["thumbs.db", "desktop.ini", "__macosx", "icon\r"];
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with(".~")
        || LEFT.contains(&name.to_lowercase().as_str())
}

/// The name of the page whose pictures and scripts a browser has saved in a folder of
/// that name.
pub fn is_saved_folder(name: &str) -> Option<&str> {
    ["_files", ".files", "_文件", "_file"].iter().find_map(|end| name.strip_suffix(end))
}

/// A name in the one form in which names are compared: without spaces and title marks,
/// small and narrow letters.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !"《》〈〉“”\"‘’「」『』".contains(*c))
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// What parts the words of a name.
pub(super) fn is_mark(c: char) -> bool {
    "-_—–·.,、，:：+~()[]{}【】〔〕#&".contains(c)
}

/// What is left of a picture's name behind or before that of its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// Nothing, or a number: the article's own picture.
    Numbered(Option<u32>),
    /// Other words, parted by a mark: its picture, with a word about what it shows.
    Worded,
}

/// Reads what is left of a name. `text` is plain.
pub(super) fn rest(text: &str) -> Option<Rest> {
    if let Some(number) = numbered(text) {
        return Some(Rest::Numbered(number));
    }
    let marked = text.starts_with(is_mark) || text.ends_with(is_mark);
    marked.then_some(Rest::Worded)
}

/// The number in a text that holds nothing but words for a picture, marks and at most
/// one number; `Some(None)` where there is no number. What counts beyond a hundred is a
/// camera's count or a width.
pub(super) fn numbered(text: &str) -> Option<Option<u32>> {
    let mut text = text.trim_matches(is_mark);
    if let Some(word) = WORDS.iter().find(|word| text.starts_with(**word)) {
        text = text[word.len()..].trim_matches(is_mark);
    } else if let Some(word) = WORDS.iter().find(|word| text.ends_with(**word)) {
        text = text[..text.len() - word.len()].trim_matches(is_mark);
    }
    let text = text.strip_prefix('第').unwrap_or(text);
    let text = text.strip_suffix(['张', '幅']).unwrap_or(text);
    if text.is_empty() {
        return Some(None);
    }
    let number = text.trim_start_matches('0');
    let number = if number.is_empty() { text } else { number };
    numeral::read(number).filter(|n| *n < 100).map(Some)
}

/// A key by which names sort as people count: 2 before 10.
pub(super) fn counted(name: &str) -> Vec<(u64, String)> {
    let mut out = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number = rest[..digits].parse().unwrap_or(u64::MAX);
        rest = &rest[digits..];
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let number = if digits == 0 { 0 } else { number };
        out.push((number, rest[..words].to_owned()));
        rest = &rest[words..];
    }
    out
}
