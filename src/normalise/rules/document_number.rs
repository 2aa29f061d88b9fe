//! The year in an official number stands in 六角括号 (GB/T 9704-2012, 7.2.5).

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("document-number"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut out = Vec::new();
    for start in line.positions(|c| matches!(c, '[' | '［' | '【' | '(' | '（')) {
        let end = start + 5;
        let year = line.chars.get(start + 1..end);
        let year = year.is_some_and(|y| {
            y.iter().all(char::is_ascii_digit) && matches!(y, ['1', '9', ..] | ['2', '0', ..])
        });
        let closed = line.at(end).is_some_and(|c| matches!(c, ']' | '］' | '】' | ')' | '）'));
        if !year || !closed || !line.before(start).is_some_and(is_han) {
            continue;
        }
        let first = end + 1 + usize::from(line.at(end + 1) == Some('第'));
        let rest = line.chars.get(first..).unwrap_or_default();
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        if digits > 0 && rest.get(digits) == Some(&'号') {
            out.push(Change::suggested(start..start + 1, "〔"));
            out.push(Change::suggested(end..end + 1, "〕"));
        }
    }
    out
}
