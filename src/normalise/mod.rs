//! Corrections that a person can see and take back: each rule proposes edits,
//! and only the engine here applies them. One rule, one file under `rules/`.
//! A rule sees the plain text of one run and knows nothing of mark-up.

mod apply;
mod engine;
mod leaves;
mod line;
mod rules;
mod shield;

use crate::article::{Article, Run};
use crate::diag::{Code, Decisions, Edit, Grade, Status};

use line::Kind;

/// Corrects an article in place and lists every edit: those applied, those only
/// proposed and those a person refused. Doing it twice changes nothing more.
///
/// The edits of one run stand together: first the applied ones in the order of
/// applying, then those that wait or were refused, whose `at` counts in the text
/// as it is left. `before` and `after` are always taken from the text as it came,
/// so that a decision about one edit does not depend on its neighbours.
pub fn normalise(article: &mut Article, decisions: &Decisions) -> Vec<Edit> {
    let mut kinds = Vec::new();
    article.for_each_run(&mut |run: Run<'_>| kinds.push(Kind::of(article, &run.place)));
    let mut kinds = kinds.into_iter();
    let mut edits = Vec::new();
    article.for_each_run_mut(&mut |run| {
        let kind = kinds.next().unwrap_or(Kind::Text);
        engine::run(&run.place, run.inlines, kind, decisions, &mut edits);
    });
    edits
}

/// Takes back the applied edits of `edits`, which must be the list that
/// [`normalise`] gave for this article: the text is as it was before.
pub fn undo(article: &mut Article, edits: &[Edit]) {
    article.for_each_run_mut(&mut |run| {
        let here = |e: &&Edit| {
            e.status == Status::Applied && e.grade != Grade::Consumed && e.place == run.place
        };
        for edit in edits.iter().rev().filter(here) {
            apply::take_back(run.inlines, edit);
        }
    });
}

/// The codes of all rules, in the order in which they are asked.
pub fn codes() -> impl Iterator<Item = Code> {
    rules::ALL.iter().map(|rule| rule.code)
}
