//! Before 等 stands neither an ellipsis, which says the same once more
//! (GB/T 15834-2011, 4.11), nor a 顿号.

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("etc-mark"), propose };

fn propose(line: &Line) -> Vec<Change> {
    line.stretches(|c| matches!(c, '…' | '、'))
        .into_iter()
        .filter(|range| range.start > 0 && line.etc_at(range.end))
        .map(|range| Change::suggested(range, ""))
        .collect()
}
