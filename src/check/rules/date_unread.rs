//! A date that the reader kept as it was written.

use crate::article::{Part, Place};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("date-unread");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let meta = &subject.article.meta;
    let raw = meta.date_raw.as_ref().filter(|_| meta.date.is_none());
    raw.map(|raw| {
        Finding::warning(CODE).arg("date", raw).excerpt(raw).place(Place::part(Part::Meta))
    })
    .into_iter()
    .collect()
}
