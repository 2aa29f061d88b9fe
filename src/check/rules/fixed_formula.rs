//! An expression that has one fixed wording, worded otherwise.

use crate::check::lists::Formula;
use crate::check::near::{Letters, only_numbers};
use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("fixed-formula");
pub(super) const RULE: Rule = Rule { code: CODE, look };

/// Shorter expressions are only found by the slips that the list names.
const LONG: usize = 8;

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let formulas: Vec<_> = subject.lists.formulas.iter().filter(|f| possible(subject, f)).collect();
    if formulas.is_empty() {
        return out;
    }
    for line in &subject.lines {
        let letters = Letters::of(&line.chars);
        for formula in &formulas {
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

/// Whether a slip, or an unchanged piece of the right wording, can stand in the text.
fn possible(subject: &Subject<'_>, formula: &Formula) -> bool {
    let letters: Vec<char> = formula.right.chars().filter(|c| c.is_alphanumeric()).collect();
    let piece = |piece: &[char]| subject.may_hold(&piece.iter().collect::<String>());
    let pieces = allowed(&letters) + 1;
    formula.wrong.iter().any(|wrong| subject.may_hold(wrong))
        || letters.chunks_exact((letters.len() / pieces).max(1)).any(piece)
}

/// How many slips may stand in a wording of so many letters.
fn allowed(letters: &[char]) -> usize {
    if letters.len() < 2 * LONG { 1 } else { 2 }
}

/// The wording that is nearly, but not quite, the right one.
fn near(line: &Line, letters: &Letters, right: &str) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<char> = right.chars().filter(|c| c.is_alphanumeric()).collect();
    if wanted.len() < LONG {
        return None;
    }
    let near = letters.nearest(&wanted, allowed(&wanted))?;
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
