//! A caption takes no full stop at its end (GB/T 15834-2011, appendix A.1).

use crate::article::Step;
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("caption-stop");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let captions = subject.lines.iter().filter(|l| l.place.steps.last() == Some(&Step::Caption));
    captions
        .filter(|line| line.chars.last() == Some(&'。'))
        .map(|line| {
            let end = line.chars.len();
            Finding::warning(CODE).excerpt(line.around(end, end)).place(line.place.clone())
        })
        .collect()
}
