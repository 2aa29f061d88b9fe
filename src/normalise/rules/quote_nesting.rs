//! Within “” stand ‘’, within 《》 stand 〈〉 (GB/T 15834-2011, 4.8 and 4.15).

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("quote-nesting"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut out = nested(line, ['“', '”'], ["‘", "’"]);
    out.extend(nested(line, ['《', '》'], ["〈", "〉"]));
    out
}

/// The inner pairs of a run whose pairs are all whole and never more than two deep:
/// anything else is a slip somewhere, and nobody can say where.
fn nested(line: &Line, [open, close]: [char; 2], [inner, outer]: [&str; 2]) -> Vec<Change> {
    let mut starts = Vec::new();
    let mut pairs = Vec::new();
    for i in line.positions(|c| c == open || c == close) {
        if line.chars[i] == open {
            starts.push(i);
        } else if let Some(start) = starts.pop() {
            if starts.len() == 1 {
                pairs.push((start, i));
            }
        } else {
            return Vec::new();
        }
        if starts.len() > 2 {
            return Vec::new();
        }
    }
    if !starts.is_empty() {
        return Vec::new();
    }
    // “甲“和”乙” has two turned quotes rather than a quotation within one.
    let sound = |&(start, end): &(usize, usize)| {
        end - start > 2 && line.chars[start + 1..end].iter().any(|c| is_han(*c))
    };
    pairs
        .into_iter()
        .filter(sound)
        .flat_map(|(start, end)| {
            [Change::suggested(start..start + 1, inner), Change::suggested(end..end + 1, outer)]
        })
        .collect()
}
