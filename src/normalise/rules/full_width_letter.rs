//! Digits and Latin letters take half a square, as GB/T 15835-2011 prints them.

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("full-width-letter"), propose };

fn propose(line: &Line) -> Vec<Change> {
    line.stretches(|c| half(c).is_some())
        .into_iter()
        .map(|range| {
            let new: String = line.chars[range.clone()].iter().filter_map(|c| half(*c)).collect();
            Change::safe(range, new)
        })
        .collect()
}

fn half(c: char) -> Option<char> {
    let half = u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32)?;
    half.is_ascii_alphanumeric().then_some(half)
}
