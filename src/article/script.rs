//! Which kind of character this is: the few classes that Chinese typesetting
//! and proofreading turn on.

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
