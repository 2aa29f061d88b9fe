//! 三审三校: who edits a text should not be the one who approves it.

use crate::article::{Part, Place, Role};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("editor-is-reviewer");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let credits = &subject.article.meta.credits;
    let names =
        |role: Role| credits.iter().filter(move |c| c.role == role).flat_map(|c| c.names.iter());
    let mut told: Vec<&String> = Vec::new();
    for name in names(Role::Editor) {
        if names(Role::Reviewer).any(|n| n == name) && !told.contains(&name) {
            told.push(name);
        }
    }
    told.into_iter()
        .map(|name| {
            Finding::note(CODE).arg("name", name).excerpt(name).place(Place::part(Part::Meta))
        })
        .collect()
}
