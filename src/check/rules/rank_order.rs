//! People named in a row in another order than the department's list has.

use crate::check::people::names;
use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("rank-order");
pub(super) const RULE: Rule = Rule { code: CODE, look };

/// How many characters may stand between two names of one row: a post, a unit.
const BETWEEN: usize = 20;

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let date = subject.article.meta.date;
    let rank = |name: &str| {
        let entries = crate::check::people::entries(subject.lists, name);
        entries.filter(|p| date.is_none_or(|d| p.term.holds(d))).filter_map(|p| p.rank).min()
    };
    let named = names(subject.lists).into_iter().filter(|name| subject.may_hold(name));
    let ranked: Vec<(&str, u32)> = named.filter_map(|name| Some((name, rank(name)?))).collect();
    let mut out = Vec::new();
    for line in &subject.lines {
        let mut named: Vec<(usize, &str, u32)> = Vec::new();
        for (name, rank) in &ranked {
            named.extend(line.find(name).map(|at| (at, *name, *rank)));
        }
        named.sort_unstable();
        for pair in named.windows(2) {
            let [(a, first, high), (b, second, low)] = *pair else { continue };
            let end = a + first.chars().count();
            if high > low && in_a_row(line, end, b) {
                out.push(
                    Finding::warning(CODE)
                        .arg("first", first)
                        .arg("second", second)
                        .excerpt(line.around(a, b + second.chars().count()))
                        .place(line.place.clone()),
                );
            }
        }
    }
    out
}

/// Whether 、 and at most a post stand between the two.
fn in_a_row(line: &Line, end: usize, next: usize) -> bool {
    let Some(between) = line.chars.get(end..next) else { return false };
    between.len() <= BETWEEN
        && matches!(between.first(), Some('、' | '和' | '，' | '及'))
        && between[1..].iter().all(|c| c.is_alphanumeric())
}
