//! Spaces at the beginning and end of a paragraph: the first-line indent is the
//! layout's affair.

use crate::article::script::is_space;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("paragraph-indent"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let len = line.chars.len();
    let mut out = Vec::new();
    for range in line.stretches(is_space) {
        if range.len() < len && (range.start == 0 || range.end == len) {
            out.push(Change::safe(range, ""));
        }
    }
    out
}
