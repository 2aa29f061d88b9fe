//! The same mark typed twice.

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("doubled-mark"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut out = Vec::new();
    for mark in ['，', '、', '；', '：', '。'] {
        for range in line.stretches(|c| c == mark) {
            // Three full stops and more are an ellipsis.
            if range.len() > 1 && (mark != '。' || range.len() == 2) {
                out.push(Change::safe(range, mark));
            }
        }
    }
    out
}
