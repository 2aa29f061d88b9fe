//! In horizontal text quotations stand in “”, not in 「」 or 〝〞 (GB/T 15834-2011,
//! 4.8 and 5.2).

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("corner-quote"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut out = Vec::new();
    let mut quoted = false;
    for i in line.positions(|c| "「『〝」』〞〟“”".contains(c)) {
        let c = line.chars[i];
        if "“”".contains(c) {
            quoted = c == '“';
            continue;
        }
        if "「『〝".contains(c) {
            open.push((i, quoted));
            continue;
        }
        // Without its other half a mark is for a person to see.
        let Some((start, within)) = open.pop() else { continue };
        let inner = !open.is_empty() || within;
        let (first, last) = if inner { ("‘", "’") } else { ("“", "”") };
        out.push(Change::suggested(start..start + 1, first));
        out.push(Change::suggested(i..i + 1, last));
    }
    out
}
