//! Straight quotes round Chinese text become “ and ” (GB/T 15834-2011, 4.8).

use crate::article::script::{is_han, is_space};
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule, chinese};

pub(super) const RULE: Rule = Rule { code: Code::new("straight-quote"), propose };

fn propose(line: &Line) -> Vec<Change> {
    if !line.chars.iter().copied().any(is_han) {
        return Vec::new();
    }
    let quotes: Vec<usize> = line.positions(|c| matches!(c, '"' | '＂')).collect();
    let curly = line.chars.iter().any(|c| matches!(c, '“' | '”'));
    let sure = quotes.len().is_multiple_of(2) && !curly;
    let mut out = Vec::new();
    for pair in quotes.chunks(2) {
        match *pair {
            [open, close] if sure && sits(line, open, close) => {
                if ours(line, open, close) {
                    out.push(Change::safe(open..open + 1, "“"));
                    out.push(Change::safe(close..close + 1, "”"));
                }
            }
            _ => out.extend(pair.iter().filter_map(|&i| guess(line, i))),
        }
    }
    out
}

/// Whether the two can be the ends of one quotation.
fn sits(line: &Line, open: usize, close: usize) -> bool {
    let inner = &line.chars[open + 1..close];
    let (first, last) = (inner.first(), inner.last());
    first.is_some_and(|c| !is_space(*c)) && last.is_some_and(|c| !is_space(*c))
}

fn ours(line: &Line, open: usize, close: usize) -> bool {
    line.chars[open + 1..close].iter().any(|c| chinese(*c))
        || line.chinese_before(open)
        || line.chinese_after(close + 1)
}

/// What a quote without a sure partner looks like by its neighbours.
fn guess(line: &Line, i: usize) -> Option<Change> {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
    let (before, after) = (word(line.before(i)), word(line.at(i + 1)));
    if !line.chinese_before(i) && !line.chinese_after(i + 1) {
        return None;
    }
    match (before, after) {
        (false, true) => Some(Change::suggested(i..i + 1, "“")),
        (true, false) => Some(Change::suggested(i..i + 1, "”")),
        _ => None,
    }
}
