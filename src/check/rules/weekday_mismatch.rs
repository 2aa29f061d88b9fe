//! A date and a day of the week beside it that do not agree. A date without a year
//! is of the year that brings it nearest to the article's own date.

use crate::check::calendar::{WEEKDAYS, dates, weekday_after};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("weekday-mismatch");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for line in &subject.lines {
        for found in dates(&line.chars) {
            let Some((said, end)) = weekday_after(&line.chars, found.range.end) else { continue };
            let right = found.weekday(subject.article.meta.date);
            let Some(right) = right.filter(|w| *w != said) else { continue };
            out.push(
                Finding::warning(CODE)
                    .arg("date", line.text(found.range.start, found.range.end))
                    .arg("said", WEEKDAYS[said])
                    .arg("right", WEEKDAYS[right])
                    .excerpt(line.around(found.range.start, end))
                    .place(line.place.clone()),
            );
        }
    }
    out
}
