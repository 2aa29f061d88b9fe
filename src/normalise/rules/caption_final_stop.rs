//! A caption takes no full stop at its end (GB/T 15834-2011, appendix A.1).

use crate::diag::Code;
use crate::normalise::line::{Change, Kind, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("caption-final-stop"), propose };

fn propose(line: &Line) -> Vec<Change> {
    let Some(last) = line.chars.len().checked_sub(1) else { return Vec::new() };
    // A row of stops is an ellipsis, and a lone stop is no caption.
    let ends = line.at(last) == Some('。') && line.before(last).is_some_and(|c| c != '。');
    if line.kind != Kind::Caption || !ends {
        return Vec::new();
    }
    vec![Change::safe(last..last + 1, "")]
}
