//! A day that the calendar does not have, such as 2月30日.

use crate::check::calendar::dates;
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("impossible-date");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for line in &subject.lines {
        for found in dates(&line.chars).into_iter().filter(|d| !d.exists()) {
            out.push(
                Finding::warning(CODE)
                    .arg("date", line.text(found.range.start, found.range.end))
                    .excerpt(line.around(found.range.start, found.range.end))
                    .place(line.place.clone()),
            );
        }
    }
    out
}
