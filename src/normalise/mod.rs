//! Corrections that a person can see and take back: each rule proposes edits,
//! and only the engine here applies them. One rule, one file.

use crate::article::Article;
use crate::diag::{Decisions, Edit};

/// Corrects an article in place and lists every edit: those applied, those only
/// proposed and those a person refused. Doing it twice changes nothing more.
pub fn normalise(article: &mut Article, decisions: &Decisions) -> Vec<Edit> {
    let _ = (article, decisions);
    unimplemented!()
}

/// Takes back the applied edits of `edits`, which must be the list that
/// [`normalise`] gave for this article: the text is as it was before.
pub fn undo(article: &mut Article, edits: &[Edit]) {
    let _ = (article, edits);
    unimplemented!()
}
