//! Brackets round Chinese text, or within it, stand on a full square.

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule, chinese};

pub(super) const RULE: Rule = Rule { code: Code::new("half-width-bracket"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for i in line.positions(|c| matches!(c, '(' | ')' | '（' | '）')) {
        if matches!(line.chars[i], '(' | '（') {
            open.push(i);
            continue;
        }
        match open.pop() {
            Some(start) if wants_wide(line, start, i) => {
                if line.chars[start] == '(' {
                    out.push(Change::safe(start..start + 1, "（"));
                }
                if line.chars[i] == ')' {
                    out.push(Change::safe(i..i + 1, "）"));
                }
            }
            _ => {}
        }
    }
    out
}

/// Whether the pair belongs to Chinese text: by what it holds, by its other
/// half, or by the word it follows. `f(x)为` keeps its narrow pair.
fn wants_wide(line: &Line, start: usize, end: usize) -> bool {
    let within = line.chars[start + 1..end].iter().any(|c| chinese(*c));
    let half = line.chars[start] == '（' || line.chars[end] == '）';
    let alone = start == 0 && line.chinese_after(end + 1);
    within || half || alone || line.chinese_before(start)
}
