//! The signs of a number are as narrow as its digits: 5.5%.

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("full-width-sign"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    line.positions(|c| matches!(c, '％' | '．'))
        .filter(|&i| digit(line.before(i)))
        .filter_map(|i| match line.chars[i] {
            '％' => Some(Change::safe(i..i + 1, "%")),
            // It may also be the dot of a number that opens the paragraph.
            _ if digit(line.at(i + 1)) => Some(Change::suggested(i..i + 1, ".")),
            _ => None,
        })
        .collect()
}
