//! A full stop between Chinese words: 。 rather than a dot.

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("half-width-stop"), propose };

fn propose(line: &Line) -> Vec<Change> {
    if is_reference(line) {
        return Vec::new();
    }
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

/// Whether a line names a work as lists of references do, with the mark of its kind:
/// [M], [J], [EB/OL]. There a half-width stop is the rule.
fn is_reference(line: &Line) -> bool {
    const KINDS: [&str; 12] =
        ["M", "J", "C", "D", "N", "R", "S", "P", "Z", "EB/OL", "M/OL", "J/OL"];
    let mut opened: Option<usize> = None;
    for (i, c) in line.chars.iter().enumerate() {
        match c {
            '[' | '［' => opened = Some(i + 1),
            ']' | '］' => {
                let kind = opened.take().filter(|from| i - from <= 5);
                let kind = kind.map(|from| line.chars[from..i].iter().collect::<String>());
                if kind.is_some_and(|kind| KINDS.contains(&kind.as_str())) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether nothing more stands there than what closes a quotation.
fn ends(line: &Line, from: usize) -> bool {
    line.chars[from..].iter().all(|c| "”’》）".contains(*c))
}
