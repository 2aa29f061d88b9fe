//! Radicals that a PDF gives in place of characters: ⼤ for 大. They look alike,
//! and no search finds them.

use unicode_normalization::UnicodeNormalization as _;

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("radical-character"), propose };

/// Simplified forms of the supplement, which Unicode does not map.
const SUPPLEMENT: [(char, char); 20] = [
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻢', '马'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻰', '龙'),
];

fn propose(line: &Line) -> Vec<Change> {
    line.stretches(|c| character(c).is_some())
        .into_iter()
        .filter(|range| {
            // By itself a radical may be what is talked about.
            range.len() > 1 || line.before(range.start).is_some_and(is_han)
                || line.at(range.end).is_some_and(is_han)
        })
        .map(|range| {
            let new: String = line.chars[range.clone()].iter().filter_map(|c| character(*c)).collect();
            Change::suggested(range, new)
        })
        .collect()
}

fn character(c: char) -> Option<char> {
    if ('\u{2F00}'..='\u{2FD5}').contains(&c) {
        return std::iter::once(c).nfkc().next().filter(|new| is_han(*new));
    }
    SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map(|(_, character)| *character)
}
