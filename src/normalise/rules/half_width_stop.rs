//! A full stop between Chinese words: 。 rather than a dot.

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("half-width-stop"), propose };

fn propose(line: &Line) -> Vec<Change> {
    line.positions(|c| matches!(c, '.' | '．'))
        .filter(|&i| {
            let before = line.before(i).is_some_and(|c| is_han(c) || "”’》）".contains(c));
            let after = line.at(i + 1);
            before
                && after.is_none_or(|c| c != '.' && c != '．')
                && (ends(line, i + 1) || line.chinese_after(i + 1))
        })
        .map(|i| Change::suggested(i..i + 1, "。"))
        .collect()
}

/// Whether nothing more stands there than what closes a quotation.
fn ends(line: &Line, from: usize) -> bool {
    line.chars[from..].iter().all(|c| "”’》）".contains(*c))
}
