//! 省略号 is six dots on two squares (GB/T 15834-2011, 4.13).

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
    for range in line.stretches(|c| c == '…') {
        if range.len() == 1 && beside_chinese(line, &range) {
            out.push(Change::suggested(range, "……"));
        }
    }
    out
}

fn beside_chinese(line: &Line, range: &std::ops::Range<usize>) -> bool {
    line.chinese_before(range.start) || line.chinese_after(range.end)
}
