//! The zero of a year in Chinese numerals is 〇 (GB/T 15835-2011, 5.2.5).

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("year-zero"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let numeral = |c: char| "〇零一二三四五六七八九".contains(c);
    line.stretches(numeral)
        .into_iter()
        .filter(|r| {
            r.len() == 4 && line.at(r.end) == Some('年') && "一二".contains(line.chars[r.start])
        })
        .flat_map(|r| r.filter(|&i| line.chars[i] == '零'))
        .map(|i| Change::suggested(i..i + 1, "〇"))
        .collect()
}
