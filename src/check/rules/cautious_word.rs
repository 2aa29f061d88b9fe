//! A word that the department wants an editor to look at twice.

use crate::check::fold::fold;
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("cautious-word");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for entry in subject.lists.cautious.iter().filter(|e| subject.may_hold(&e.word)) {
        for line in &subject.lines {
            for at in line.find(&entry.word) {
                if entry.except.iter().any(|longer| line.holds_at(at, &entry.word, longer)) {
                    continue;
                }
                let end = at + entry.word.chars().count();
                out.push(
                    Finding::note(CODE)
                        .arg("word", &entry.word)
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
    if note.is_empty() { String::new() } else { format!("：{note}") }
}
