//! 浪纹线 between numbers is the full-width ～ (GB/T 15834-2011, 4.13).

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("range-tilde"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut out = Vec::new();
    for range in line.stretches(|c| matches!(c, '~' | '〜' | '∼' | '˜')) {
        if range.len() != 1 || line.shielded(range.start) {
            continue;
        }
        let (before, after) = (line.before(range.start), line.at(range.end));
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let amount = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "%％℃".contains(c));
        let dated = |c: Option<char>| c.is_some_and(|c| "年月日时元万".contains(c));
        if (amount(before) || dated(before)) && digit(after) {
            out.push(Change::safe(range, "～"));
        } else if before.is_some_and(is_han) && after.is_some_and(is_han) {
            out.push(Change::suggested(range, "～"));
        }
    }
    out
}
