//! A word that the department's list knows as taken for another.

use crate::check::fold::fold;
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("confused-word");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for entry in subject.lists.confusions.iter().filter(|e| subject.may_hold(&e.wrong)) {
        for line in &subject.lines {
            for at in line.find(&entry.wrong) {
                // 截止 within 报名截止 is right where the list says so.
                if line.holds_at(at, &entry.wrong, &entry.right) {
                    continue;
                }
                let end = at + entry.wrong.chars().count();
                out.push(
                    Finding::warning(CODE)
                        .arg("wrong", &entry.wrong)
                        .arg("right", &entry.right)
                        .arg("note", said(&entry.note))
                        .excerpt(line.around(at, end))
                        .place(line.place.clone()),
                );
            }
        }
    }
    fold(out)
}

/// The department's own words behind the message.
fn said(note: &str) -> String {
    if note.is_empty() { String::new() } else { format!("；{note}") }
}
