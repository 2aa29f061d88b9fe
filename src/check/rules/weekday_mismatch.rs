//! A date and a day of the week beside it that do not agree. A date without a year
//! is of the year that brings it nearest to the article's own date.

use crate::check::calendar::{WEEKDAYS, dates, weekday_after};
use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("weekday-mismatch");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for line in &subject.lines {
        let written = dates(&line.chars);
        if written.is_empty() {
            continue;
        }
        // Where another year is spoken of, a date without one may be of that year.
        let near = subject.article.meta.date.filter(|date| !other_year(line, date.year()));
        for found in written {
            let Some((said, end)) = weekday_after(&line.chars, found.range.end) else { continue };
            let right = found.weekday(near);
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

/// Whether a full year other than this one stands in the run.
fn other_year(line: &Line, year: u16) -> bool {
    line.find("年").any(|at| {
        let digits = line.chars[..at].iter().rev().take(5).take_while(|c| c.is_ascii_digit());
        let len = digits.count();
        len == 4 && line.text(at - len, at) != year.to_string()
    })
}
