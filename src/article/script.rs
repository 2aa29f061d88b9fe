//! Which kind of character this is: the few classes that Chinese typesetting
//! and proofreading turn on.

use unicode_normalization::UnicodeNormalization as _;

/// Whether it is a Chinese character: the unified ideographs with their
/// extensions and compatibility forms, 〇 and 々.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '〇' | '々')
}

/// Whether it is a mark that belongs to Chinese text alone: it fills, or is
/// squeezed from, a full square. Curly quotes, dashes and the ellipsis are
/// shared with Latin text and therefore not among them.
pub fn is_wide_mark(c: char) -> bool {
    matches!(c,
        '、' | '。' | '〈'..='】' | '〔'..='〗' | '，' | '：' | '；' | '！' | '？' | '（' | '）'
        | '［' | '］' | '｛' | '｝' | '～' | '．')
}

/// Whether it is a space of any width, the tabulator included; not a line end.
pub fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// The character that a radical looks like: a PDF often gives one for the other.
/// `None` for what is no radical, or one that is no character by itself.
pub fn unified(c: char) -> Option<char> {
    if ('\u{2F00}'..='\u{2FD5}').contains(&c) {
        return std::iter::once(c).nfkc().next().filter(|new| is_han(*new));
    }
    SIMPLIFIED.iter().find(|(radical, _)| *radical == c).map(|(_, character)| *character)
}

/// Simplified radicals of the supplement, which Unicode maps to nothing.
const SIMPLIFIED: [(char, char); 20] = [
    ('\u{2E9F}', '\u{6BCD}'),
    ('\u{2EA0}', '\u{6C11}'),
    ('\u{2EC4}', '\u{897F}'),
    ('\u{2EC5}', '\u{89C1}'),
    ('\u{2EC6}', '\u{89D2}'),
    ('\u{2EC9}', '\u{8D1D}'),
    ('\u{2ECB}', '\u{8F66}'),
    ('\u{2ED3}', '\u{957F}'),
    ('\u{2ED4}', '\u{95E8}'),
    ('\u{2ED8}', '\u{9752}'),
    ('\u{2ED9}', '\u{97E6}'),
    ('\u{2EDA}', '\u{9875}'),
    ('\u{2EDB}', '\u{98CE}'),
    ('\u{2EDC}', '\u{98DE}'),
    ('\u{2EE2}', '\u{9A6C}'),
    ('\u{2EE5}', '\u{9C7C}'),
    ('\u{2EE6}', '\u{9E1F}'),
    ('\u{2EE9}', '\u{9EC4}'),
    ('\u{2EEC}', '\u{9F50}'),
    ('\u{2EF0}', '\u{9F99}'),
];

/// Whether a character counts in a comparison of editions: white space and what has
/// neither shape nor width do not, since editions are free to add or drop them.
pub fn counts(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
