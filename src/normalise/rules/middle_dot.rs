//! The dot between the parts of a foreign name is U+00B7 (GB/T 15834-2011, 4.14).

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("middle-dot"), propose };

fn propose(line: &Line) -> Vec<Change> {
    line.positions(|c| matches!(c, '•' | '・' | '‧' | '∙' | '⋅' | '･'))
        .filter(|&i| line.before(i).is_some_and(is_han) && line.at(i + 1).is_some_and(is_han))
        .map(|i| Change::suggested(i..i + 1, "·"))
        .collect()
}
