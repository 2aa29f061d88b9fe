//! Radicals that a PDF gives in place of characters: ⼤ for 大. They look alike,
//! and no search finds them.

use crate::article::script::{is_han, unified};
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("radical-character"), propose };

fn propose(line: &Line) -> Vec<Change> {
    line.stretches(|c| unified(c).is_some())
        .into_iter()
        .filter(|range| {
            // By itself a radical may be what is talked about.
            range.len() > 1
                || line.before(range.start).is_some_and(is_han)
                || line.at(range.end).is_some_and(is_han)
        })
        .map(|range| {
            let new: String =
                line.chars[range.clone()].iter().filter_map(|c| unified(*c)).collect();
            Change::suggested(range, new)
        })
        .collect()
}
