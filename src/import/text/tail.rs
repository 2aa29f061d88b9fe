//! What stands below a text: credits, source, date, read backwards from the end.

use crate::article::{Part, Place};
use crate::diag::Code;

use crate::import::draft::{Draft, SourceLine};
use crate::import::{fields, values};

const CREDIT_LINE: Code = Code::new("read-credit-line");

/// The number of the line with which the credits begin.
pub(super) fn begins(lines: &[SourceLine<'_>]) -> usize {
    let is_tail = |line: &SourceLine<'_>| {
        fields::parse(line.text).is_some_and(|f| f.is_credit_line() || f.is_date_only())
    };
    lines.iter().rposition(|line| !is_tail(line)).map_or(0, |last| last + 1)
}

/// Takes over the credits.
pub(super) fn read(draft: &mut Draft, lines: &[SourceLine<'_>]) {
    for line in lines {
        if let Some(found) = fields::parse(line.text) {
            values::apply(draft, *line, &found);
            draft.origin(Place::part(Part::Meta), line.number, 0.9, CREDIT_LINE);
        }
    }
}
