//! English within Chinese: whole runs of which there is no doubt. A name, a word or
//! two, or letters of which nobody knows the language (pinyin, for one) are none.

use std::ops::Range;

/// Fewer words are a name or a term, which belong to the text about them (WCAG 2.2,
/// 3.1.2).
const FEWEST_WORDS: usize = 3;

/// Words that English sentences and titles have and other text in Latin letters, above
/// all pinyin, has not.
const ENGLISH: [&str; 16] = [
    "the", "of", "and", "with", "that", "this", "from", "our", "your", "are", "which", "their",
    "for", "into", "have", "what",
];

/// The runs of a text that are English, in bytes.
pub(super) fn english(text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '。')]) {
        if !may_stand(c) {
            runs.extend(trimmed(text, start..at).filter(|run| is_english(&text[run.clone()])));
            start = at + c.len_utf8();
        }
    }
    runs
}

/// Whether a character may stand in an English sentence.
fn may_stand(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == ' '
        || c.is_ascii_punctuation()
        || matches!(c, '\u{c0}'..='\u{24f}' | '’' | '–')
}

/// A run from its first letter or figure to its last, or to the mark that ends a
/// sentence.
fn trimmed(text: &str, run: Range<usize>) -> Option<Range<usize>> {
    let words = |c: char| c.is_alphanumeric();
    let within = &text[run.clone()];
    let first = within.find(words)?;
    let (last, c) = within.char_indices().rfind(|(_, c)| words(*c))?;
    let mut end = last + c.len_utf8();
    if within[end..].starts_with(['.', '!', '?']) {
        end += 1;
    }
    Some(run.start + first..run.start + end)
}

fn is_english(run: &str) -> bool {
    let is_word = |word: &&str| word.starts_with(char::is_alphabetic);
    let bare = |word: &str| word.trim_end_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let words = || run.split(' ').filter(is_word).map(bare);
    words().count() >= FEWEST_WORDS && words().any(|word| ENGLISH.contains(&word.as_str()))
}
