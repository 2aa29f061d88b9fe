//! An article without a title cannot stand in a table of contents.

use crate::article::{Part, Place};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("title-missing");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let missing = subject.article.title_text().trim().is_empty();
    missing.then(|| Finding::error(CODE).place(Place::part(Part::Title))).into_iter().collect()
}
