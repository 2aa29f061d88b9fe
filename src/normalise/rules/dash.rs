//! 破折号 takes two squares (GB/T 15834-2011, 4.10).

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("dash"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let mut out = Vec::new();
    for range in line.stretches(|c| matches!(c, '-' | '—' | '─' | '–' | '―' | '－')) {
        let within = line.chinese_before(range.start) && line.chinese_after(range.end);
        if !within || range.clone().any(|i| line.shielded(i)) {
            continue;
        }
        let old: String = line.chars[range.clone()].iter().collect();
        match old.as_str() {
            "--" | "──" | "――" | "－－" => out.push(Change::safe(range, "——")),
            // One long stroke between two places or two times is right.
            "—" | "─" if !clause(line, range.start) => {}
            "—" | "─" | "———" | "---" => out.push(Change::suggested(range, "——")),
            _ => {}
        }
    }
    out
}

/// Whether what stands before is long enough for a part of a sentence: the name of
/// a place or a day is short, and ends with a numeral or a unit if it is a time.
fn clause(line: &Line, end: usize) -> bool {
    let before = line.chars[..end].iter().rev();
    let words = before.clone().take_while(|c| is_han(**c)).count();
    words >= CLAUSE && !before.clone().next().is_some_and(|c| TIMES.contains(*c))
}

/// From how many characters on words are a clause.
const CLAUSE: usize = 6;

/// What a time ends with.
const TIMES: &str = "年月日时点一二三四五六七八九十";
