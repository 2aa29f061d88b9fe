//! No 、 between neighbouring quotations or titles (GB/T 15834-2011, 4.5.3.5).

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("list-comma"), propose };

fn propose(line: &Line) -> Vec<Change> {
    line.positions(|c| c == '、')
        .filter(|&i| match (line.before(i), line.at(i + 1)) {
            (Some('”'), Some('“')) => plain(line, i, ['“', '”']),
            (Some('》'), Some('《')) => plain(line, i, ['《', '》']),
            _ => false,
        })
        .map(|i| Change::suggested(i..i + 1, ""))
        .collect()
}

/// Whether the items on both sides are like each other as far as the next mark. With
/// a remark in brackets behind one of them, or an item without marks, the whole
/// enumeration keeps its marks.
fn plain(line: &Line, at: usize, [open, close]: [char; 2]) -> bool {
    let end = (at + 2..line.chars.len()).find(|&i| line.chars[i] == close);
    let start = (0..at - 1).rev().find(|&i| line.chars[i] == open);
    let (Some(end), Some(start)) = (end, start) else { return false };
    let behind = match line.at(end + 1) {
        Some('（') => false,
        Some('、') => line.at(end + 2) == Some(open),
        _ => true,
    };
    let before = match line.before(start) {
        Some('、') => start > 1 && line.chars[start - 2] == close,
        _ => true,
    };
    behind && before
}
