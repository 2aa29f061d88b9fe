//! A heading two levels below the one it stands under.

use crate::article::{Block, Step, plain_text};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("heading-skipped");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut above = 0;
    let mut out = Vec::new();
    for (place, block) in &subject.blocks {
        let [Step::Block(_)] = place.steps.as_slice() else { continue };
        let Block::Heading(heading) = block else { continue };
        if heading.level > above + 1 {
            out.push(
                Finding::warning(CODE)
                    .arg("level", heading.level)
                    .arg("above", above)
                    .arg("expected", above + 1)
                    .excerpt(plain_text(&heading.text))
                    .place(place.clone()),
            );
        }
        above = heading.level;
    }
    out
}
