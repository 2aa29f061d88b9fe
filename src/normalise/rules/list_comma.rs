//! No 、 between neighbouring quotations or titles (GB/T 15834-2011, 4.5.3.5).

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("list-comma"), propose };

fn propose(line: &Line) -> Vec<Change> {
    line.positions(|c| c == '、')
        .filter(|&i| {
            // With a remark in brackets between them the mark is wanted.
            matches!(
                (line.before(i), line.at(i + 1)),
                (Some('”'), Some('“')) | (Some('》'), Some('《'))
            )
        })
        .map(|i| Change::suggested(i..i + 1, ""))
        .collect()
}
