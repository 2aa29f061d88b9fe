//! Quotes typed the wrong way round: ”甲“.

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("turned-quote"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let quotes: Vec<usize> = line.positions(|c| matches!(c, '“' | '”' | '"')).collect();
    let turned = |pair: &[usize]| match *pair {
        [a, b] => line.chars[a] == '”' && line.chars[b] == '“' && begins(line, a),
        _ => false,
    };
    // Every pair of the run, or it is the end of a quotation from further up.
    if !quotes.chunks(2).all(turned) {
        return Vec::new();
    }
    let new = |i: usize| if line.chars[i] == '”' { "“" } else { "”" };
    quotes.into_iter().map(|i| Change::suggested(i..i + 1, new(i))).collect()
}

/// Whether a quotation can begin here and none can end.
fn begins(line: &Line, i: usize) -> bool {
    line.before(i).is_none_or(|c| "，：、；（".contains(c)) && line.at(i + 1).is_some_and(is_han)
}
