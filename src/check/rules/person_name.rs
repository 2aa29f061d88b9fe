//! A name behind a post that is one character off the name the list has for it.

use crate::article::script::is_han;
use crate::check::people::{names, posts, same_post};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("person-name");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let lists = subject.lists;
    let names = names(lists);
    let mut out = Vec::new();
    let mut posts = posts(lists);
    posts.retain(|post| subject.may_hold(post));
    for line in &subject.lines {
        // 副校长 holds 校长: the longer post comes first.
        let mut told = Vec::new();
        for post in &posts {
            for at in line.find(post) {
                let start = at + post.chars().count();
                let Some(said) = line.chars.get(start..start + 3) else { continue };
                let known = names.iter().any(|name| line.string_at(start, name));
                if known || told.contains(&start) || !said.iter().all(|c| is_han(*c)) {
                    continue;
                }
                let deputy = at > 0 && line.chars[at - 1] == '副';
                let post = if deputy { format!("副{post}") } else { (*post).to_owned() };
                let meant = lists
                    .people
                    .iter()
                    .find(|person| same_post(&person.title, &post) && one_off(said, &person.name));
                if let Some(person) = meant {
                    told.push(start);
                    out.push(
                        Finding::warning(CODE)
                            .arg("said", said.iter().collect::<String>())
                            .arg("name", &person.name)
                            .arg("post", &person.title)
                            .excerpt(line.around(at, start + 3))
                            .place(line.place.clone()),
                    );
                }
            }
        }
    }
    out
}

/// The same surname and one of two other characters: two people of one post who are
/// named so alike are rare.
fn one_off(said: &[char], name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    name.len() == 3
        && said.first() == name.first()
        && said.iter().zip(&name).filter(|(a, b)| a != b).count() == 1
}
