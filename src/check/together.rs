//! What is seen only when the articles lie beside each other: one unit under two
//! short forms, one person under two posts.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, Origins};
use crate::diag::{Code, Finding};

use super::lists::Lists;
use super::people::{entries, names, post_before, posts};
use super::subject::Subject;

const UNIT: Code = Code::new("unit-forms-vary");
const PERSON: Code = Code::new("person-posts-vary");

/// The codes of what is found between articles.
pub(super) const CODES: [Code; 2] = [UNIT, PERSON];

/// What the articles of a project say differently from each other, each with the
/// name of its file. Only what the department's lists name is looked for.
pub fn together(articles: &[(&str, &Article)], lists: &Lists) -> Vec<Finding> {
    let origins = Origins::default();
    let mut forms: BTreeMap<(&str, &str), (usize, &str)> = BTreeMap::new();
    let mut held: BTreeMap<(&str, String), (usize, &str)> = BTreeMap::new();
    let posts = posts(lists);
    let names = names(lists);
    if names.is_empty() && lists.units.is_empty() {
        return Vec::new();
    }
    for (file, article) in articles {
        let subject = Subject::new(article, &origins, lists);
        for line in &subject.lines {
            for unit in &lists.units {
                for short in distinct(&unit.short, &unit.name).filter(|s| subject.may_hold(s)) {
                    let count = line.find(short).count();
                    if count > 0 {
                        forms.entry((&unit.name, short)).or_insert((0, file)).0 += count;
                    }
                }
            }
            for name in names.iter().filter(|name| subject.may_hold(name)) {
                // A list that gives terms has said itself that the post changed.
                if entries(lists, name).count() < 2
                    || entries(lists, name).any(|p| !p.term.is_open())
                {
                    continue;
                }
                for post in line.find(name).filter_map(|at| post_before(line, at, &posts)) {
                    held.entry((name, post)).or_insert((0, file)).0 += 1;
                }
            }
        }
    }
    let units = vary(UNIT, forms.iter().map(|((of, form), seen)| (*of, *form, *seen)));
    let people = vary(PERSON, held.iter().map(|((of, form), seen)| (*of, form.as_str(), *seen)));
    units.into_iter().chain(people).collect()
}

/// Short forms that are no part of another form: 特藏部 within 图书馆特藏部 is found
/// wherever the longer one is.
fn distinct<'a>(short: &'a [String], name: &'a str) -> impl Iterator<Item = &'a str> {
    let part = move |form: &str| {
        name.contains(form) || short.iter().any(|other| other != form && other.contains(form))
    };
    short.iter().map(String::as_str).filter(move |form| !part(form))
}

/// One finding for each thing that has more than one form: where the rarest stands.
fn vary<'a>(
    code: Code,
    seen: impl Iterator<Item = (&'a str, &'a str, (usize, &'a str))>,
) -> Vec<Finding> {
    let mut by: BTreeMap<&str, BTreeSet<(usize, &str, &str)>> = BTreeMap::new();
    for (of, form, (count, file)) in seen {
        by.entry(of).or_default().insert((count, form, file));
    }
    let found = by.into_iter().filter(|(_, forms)| forms.len() > 1);
    found
        .filter_map(|(of, forms)| {
            let (_, rarest, file) = *forms.first()?;
            let list = forms.iter().rev().map(|(count, form, _)| format!("{form}（{count}）"));
            Some(
                Finding::note(code)
                    .arg("name", of)
                    .arg("forms", list.collect::<Vec<_>>().join("、"))
                    .excerpt(rarest)
                    .file(file),
            )
        })
        .collect()
}
