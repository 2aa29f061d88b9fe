//! 省略号 is six dots on two squares (GB/T 15834-2011, 4.11).

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("ellipsis"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut out = Vec::new();
    for dot in ['.', '。', '·', '・'] {
        for range in line.stretches(|c| c == dot) {
            // Longer rows are the leaders of a table of contents.
            let dots = (3..=6).contains(&range.len());
            let ours = dot != '.' || beside_chinese(line, &range);
            if dots && ours && !line.shielded(range.start) {
                out.push(Change::safe(range, "……"));
            }
        }
    }
    for range in line.stretches(|c| matches!(c, '…' | '⋯')) {
        let raised = range.clone().any(|i| line.chars[i] == '⋯');
        // Four are two ellipses, which stand for whole paragraphs left out.
        match range.len() {
            1 | 3 if beside_chinese(line, &range) => out.push(Change::suggested(range, "……")),
            2 if raised => out.push(Change::safe(range, "……")),
            _ => {}
        }
    }
    out
}

fn beside_chinese(line: &Line, range: &std::ops::Range<usize>) -> bool {
    line.chinese_before(range.start) || line.chinese_after(range.end)
}
