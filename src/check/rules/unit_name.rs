//! A unit under a name that the department's list knows as wrong.

use crate::check::fold::fold;
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("unit-name");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for unit in &subject.lists.units {
        let wrong = unit.wrong.iter().filter(|wrong| subject.may_hold(wrong));
        for (wrong, line) in wrong.flat_map(|w| subject.lines.iter().map(move |l| (w, l))) {
            let right = || std::iter::once(&unit.name).chain(&unit.short);
            for at in line.find(wrong) {
                if right().any(|name| line.holds_at(at, wrong, name)) {
                    continue;
                }
                out.push(
                    Finding::warning(CODE)
                        .arg("wrong", wrong)
                        .arg("right", right().cloned().collect::<Vec<_>>().join("、"))
                        .excerpt(line.around(at, at + wrong.chars().count()))
                        .place(line.place.clone()),
                );
            }
        }
    }
    fold(out)
}
