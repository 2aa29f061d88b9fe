//! In horizontal text quotations stand in “”, not in 「」 or 〝〞 (GB/T 15834-2011,
//! 4.8 and 5.2).

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("corner-quote"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for i in line.positions(|c| "「『〝」』〞〟".contains(c)) {
        if "「『〝".contains(line.chars[i]) {
            open.push(i);
            continue;
        }
        // Without its other half a mark is for a person to see.
        let Some(start) = open.pop() else { continue };
        let quoted = line.chars[..start].iter().filter(|c| **c == '“').count()
            > line.chars[..start].iter().filter(|c| **c == '”').count();
        let inner = !open.is_empty() || quoted;
        let (first, last) = if inner { ("‘", "’") } else { ("“", "”") };
        out.push(Change::suggested(start..start + 1, first));
        out.push(Change::suggested(i..i + 1, last));
    }
    out
}
