//! 破折号 takes two squares (GB/T 15834-2011, 4.10).

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("dash"), propose };

/// What a time ends with.
const TIMES: &str = "年月日时点一二三四五六七八九十";

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
            // One long stroke from Monday to Friday is right.
            "—" | "─" if line.before(range.start).is_some_and(|c| TIMES.contains(c)) => {}
            // It may also join two names, and three may be a slip of either kind.
            "—" | "─" | "———" | "---" => out.push(Change::suggested(range, "——")),
            _ => {}
        }
    }
    out
}
