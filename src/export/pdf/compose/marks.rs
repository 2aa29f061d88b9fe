//! What the marks of Chinese text are, as far as lines depend on it. Unicode's
//! line breaking (UAX #14) knows most of them; what it lets pass is said here.

/// Brackets and quotes that open: an empty half on their left.
pub(super) fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '〖' | '［' | '｛')
}

/// Brackets and quotes that close: an empty half on their right.
pub(super) fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '〗' | '］' | '｝')
}

/// Points, whose empty half is on their right as well (GB/T 15834-2011, 5.1).
pub(super) fn stops(c: char) -> bool {
    matches!(c, '，' | '。' | '．' | '、' | '：' | '；' | '？' | '！')
}

/// Marks that never begin a line (CLREQ, line start and line end, strict).
pub(super) fn not_first(c: char) -> bool {
    closes(c) || stops(c) || not_first_by_us(c)
}

/// Those of them before which UAX #14 lets a line part, somewhere at least:
/// connectors, the interpunct, slashes, and, for the strict level, two-em dashes and
/// ellipses.
pub(super) fn not_first_by_us(c: char) -> bool {
    matches!(
        c,
        '·' | '‧'
            | '・'
            | '•'
            | '—'
            | '…'
            | '⋯'
            | '–'
            | '－'
            | '～'
            | '~'
            | '/'
            | '／'
            | '％'
            | '‰'
            | '℃'
            | '′'
            | '″'
    )
}

/// Marks that end no line although UAX #14 would let them (GB/T 15834-2011, 5.1.9).
pub(super) fn not_last_by_us(c: char) -> bool {
    matches!(c, '/' | '／')
}

/// Han characters and the marks that are only theirs. Quotes, dashes and ellipses
/// belong to both scripts.
pub(super) fn chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff65}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Han characters.
pub(super) fn han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Latin letters, with accents or without.
pub(super) fn latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}
