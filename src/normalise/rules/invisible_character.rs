//! Characters without width that came from a web page: nobody sees them, and
//! they break searching and line ends.

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("invisible-character"), propose };

fn propose(line: &Line) -> Vec<Change> {
    line.stretches(invisible)
        .into_iter()
        .filter(|range| !line.shielded(range.start) && !joins(line, range.start, range.end))
        .map(|range| Change::safe(range, ""))
        .collect()
}

fn invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Joiners hold the parts of an emoji together, and letters of other scripts.
fn joins(line: &Line, start: usize, end: usize) -> bool {
    let other = |c: Option<char>| {
        c.is_some_and(|c| u32::from(c) > 0x2190 && !crate::normalise::line::chinese(c))
            || c.is_some_and(|c| c.is_alphabetic() && ('\u{590}'..'\u{1100}').contains(&c))
    };
    line.chars[start..end].iter().any(|c| matches!(c, '\u{200C}'..='\u{200F}'))
        && (other(line.before(start)) || other(line.at(end)))
}
