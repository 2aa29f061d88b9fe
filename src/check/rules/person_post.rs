//! A person with another post before the name than the department's list has, or
//! outside the time for which the list has it.

use crate::check::people::{entries, names, post_before, posts, same_post};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("person-post");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let posts = posts(subject.lists);
    let mut out = Vec::new();
    for name in names(subject.lists).into_iter().filter(|name| subject.may_hold(name)) {
        for line in &subject.lines {
            for at in line.find(name) {
                let Some(post) = post_before(line, at, &posts) else { continue };
                let date = subject.article.meta.date;
                let holds = entries(subject.lists, name).any(|person| {
                    same_post(&person.title, &post) && date.is_none_or(|d| person.term.holds(d))
                });
                if holds {
                    continue;
                }
                let end = at + name.chars().count();
                out.push(
                    Finding::warning(CODE)
                        .arg("name", name)
                        .arg("post", &post)
                        .arg("known", known(subject, name))
                        .excerpt(line.around(at - post.chars().count(), end))
                        .place(line.place.clone()),
                );
            }
        }
    }
    out
}

/// What the list has about a person.
fn known(subject: &Subject<'_>, name: &str) -> String {
    let entries = entries(subject.lists, name).map(|person| {
        let term =
            if person.term.is_open() { String::new() } else { format!("（{}）", person.term) };
        format!("{}{}{term}", person.unit, person.title)
    });
    entries.collect::<Vec<_>>().join("、")
}
