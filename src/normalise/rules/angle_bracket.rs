//! Titles stand in 《》 (GB/T 15834-2011, 4.15), not in the signs for less and more.

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("angle-bracket"), propose };

/// No title is longer than so many characters.
const LONGEST: usize = 40;

fn propose(line: &Line) -> Vec<Change> {
    let mut out = Vec::new();
    let signs = line.stretches(|c| matches!(c, '<' | '>' | '＜' | '＞'));
    for pair in signs.windows(2) {
        let [open, close] = pair else { continue };
        let sign = |i: usize, signs: &[char]| signs.contains(&line.chars[i]);
        let opens = open.clone().all(|i| sign(i, &['<', '＜']));
        let closes = close.clone().all(|i| sign(i, &['>', '＞']));
        let doubled = open.len() == close.len() && open.len() <= 2;
        let inner = &line.chars[open.end..close.start];
        // x<5且y>3 compares; so does 甲<乙，丙>丁.
        let title = inner.len() <= LONGEST
            && [inner.first(), inner.last()].iter().all(|c| c.is_some_and(|c| is_han(*c)))
            && !inner.iter().any(|c| "，。；=".contains(*c));
        let shielded = line.shielded(open.start) || line.shielded(close.start);
        if opens && closes && doubled && title && !shielded {
            out.push(Change::suggested(open.clone(), "《"));
            out.push(Change::suggested(close.clone(), "》"));
        }
    }
    out
}
