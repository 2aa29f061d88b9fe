//! Marks in the small and half-width forms of old character sets.

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("variant-mark"), propose };

const FORMS: [(char, &str); 14] = [
    ('﹐', "，"),
    ('﹑', "、"),
    ('﹒', "."),
    ('﹔', "；"),
    ('﹕', "："),
    ('﹖', "？"),
    ('﹗', "！"),
    ('﹙', "（"),
    ('﹚', "）"),
    ('､', "、"),
    ('｡', "。"),
    ('｢', "「"),
    ('｣', "」"),
    ('﹪', "%"),
];

fn propose(line: &Line) -> Vec<Change> {
    let form = |c: char| FORMS.iter().find(|(old, _)| *old == c).map(|(_, new)| *new);
    line.positions(|c| form(c).is_some())
        .filter_map(|i| Some(Change::safe(i..i + 1, form(line.chars[i])?)))
        .collect()
}
