//! An article without a date cannot be ordered by date.

use crate::article::{Part, Place};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

pub(in crate::check) const CODE: Code = Code::new("date-missing");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let meta = &subject.article.meta;
    // A date that stands there and could not be read is another rule's affair.
    let missing = meta.date.is_none() && meta.date_raw.is_none();
    missing.then(|| Finding::warning(CODE).place(Place::part(Part::Meta))).into_iter().collect()
}
