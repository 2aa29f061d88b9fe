//! How editor's notes and marked leads begin: [编者按], 【编者按】, 编者按：.

use std::ops::Range;

use crate::article::AsideKind;

/// The words that begin an aside.
const WORDS: &[(&str, AsideKind)] = &[
    ("编者按语", AsideKind::EditorsNote),
    ("编者按", AsideKind::EditorsNote),
    ("编者的话", AsideKind::EditorsNote),
    ("编者语", AsideKind::EditorsNote),
    ("导语", AsideKind::Lead),
    ("导读", AsideKind::Lead),
];

/// The opening of an aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opening {
    /// What it opens.
    pub(super) kind: AsideKind,
    /// The mark in the line, brackets and colon included.
    pub(super) mark: Range<usize>,
}

/// The mark at the start of `text` that opens an aside. A bare word opens one
/// only where nothing follows it on its line or `spaced` allows a space.
pub(super) fn opening(text: &str, spaced: bool) -> Option<Opening> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let unbracketed = rest.strip_prefix(['[', '【', '（', '(', '〔', '［']);
    let inner = unbracketed.unwrap_or(rest).trim_start();
    let (word, kind) = WORDS.iter().find(|(word, _)| inner.starts_with(word))?;
    let after = inner[word.len()..].trim_start_matches([':', '：']);
    let after = match unbracketed {
        Some(_) => after.trim_start().strip_prefix([']', '】', '）', ')', '〕', '］'])?,
        None => after,
    };
    let after = after.strip_prefix([':', '：']).unwrap_or(after);
    let mark = start..text.len() - after.len();
    let marked = unbracketed.is_some() || text[mark.clone()].ends_with([':', '：']);
    let alone = after.trim().is_empty() || (spaced && after.starts_with(char::is_whitespace));
    (marked || alone).then_some(Opening { kind: *kind, mark })
}
