//! 叹号 and 问号 stand at most three in a row, and together as ？！
//! (GB/T 15834-2011, 4.2 and 4.3).

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("piled-mark"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut out = Vec::new();
    for range in line.stretches(|c| matches!(c, '！' | '？')) {
        let marks: String = line.chars[range.clone()].iter().collect();
        let first = line.chars[range.start];
        if marks.chars().all(|c| c == first) {
            if range.len() > 3 {
                out.push(Change::suggested(range, String::from(first).repeat(3)));
            }
        } else if marks == "！？" {
            out.push(Change::suggested(range, "？！"));
        }
    }
    out
}
