//! No-break spaces that came from a web page become plain ones.

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("no-break-space"), propose };

fn propose(line: &Line) -> Vec<Change> {
    line.stretches(|c| c == '\u{A0}')
        .into_iter()
        .filter(|range| !unit(line, range.start, range.end))
        .map(|range| {
            let new = " ".repeat(range.len());
            Change::safe(range, new)
        })
        .collect()
}

/// Between a number and its unit (10 km) it is meant.
fn unit(line: &Line, start: usize, end: usize) -> bool {
    end - start == 1
        && line.before(start).is_some_and(|c| c.is_ascii_digit())
        && line.at(end).is_some_and(|c| c.is_alphabetic() && c.is_ascii() || c == '℃' || c == '%')
}
