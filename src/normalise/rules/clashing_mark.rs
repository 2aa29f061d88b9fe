//! Two marks of which one is left over from rewriting: ，。

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("clashing-mark"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let marks = |c: char| "，、；：。！？".contains(c);
    let mut out = Vec::new();
    for range in line.stretches(marks).into_iter().filter(|r| r.len() == 2) {
        let stays = match (line.chars[range.start], line.chars[range.start + 1]) {
            ('，' | '、' | '；' | '：', end @ ('。' | '！' | '？')) => end,
            (end @ ('！' | '？'), '。') => end,
            ('、', '，') | ('，', '、') => '，',
            _ => continue,
        };
        out.push(Change::suggested(range, stays));
    }
    out
}
