//! An expression that has one fixed wording, worded otherwise.

use crate::check::near::{Letters, only_numbers};
use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("fixed-formula");
pub(super) const RULE: Rule = Rule { code: CODE, look };

/// Shorter expressions are only found by the slips that the list names.
const LONG: usize = 8;

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let formulas = &subject.lists.formulas;
    if formulas.is_empty() {
        return out;
    }
    for line in &subject.lines {
        let letters = Letters::of(&line.chars);
        for formula in formulas {
            let known = formula.wrong.iter().find_map(|wrong| {
                let at = line.find(wrong).find(|at| !line.holds_at(*at, wrong, &formula.right))?;
                Some(at..at + wrong.chars().count())
            });
            let Some(range) = known.or_else(|| near(line, &letters, &formula.right)) else {
                continue;
            };
            out.push(
                Finding::warning(CODE)
                    .arg("said", line.text(range.start, range.end))
                    .arg("right", &formula.right)
                    .excerpt(line.around(range.start, range.end))
                    .place(line.place.clone()),
            );
        }
    }
    out
}

/// The wording that is nearly, but not quite, the right one.
fn near(line: &Line, letters: &Letters, right: &str) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<char> = right.chars().filter(|c| c.is_alphanumeric()).collect();
    if wanted.len() < LONG {
        return None;
    }
    let near = letters.nearest(&wanted, if wanted.len() < 2 * LONG { 1 } else { 2 })?;
    let said = &letters.chars[near.range.clone()];
    let span = letters.span(&near.range);
    // A part of it within another sentence is no slip: where an end differs, the
    // words must end there.
    let word = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    let begins = said.first() == wanted.first()
        || !word(span.start.checked_sub(1).and_then(|i| line.chars.get(i)));
    let ends = said.last() == wanted.last() || !word(line.chars.get(span.end));
    (near.distance > 0 && begins && ends && !only_numbers(said, &wanted)).then_some(span)
}
