//! Proofreading: rules that look at an article and say what they find, and never
//! change it. One rule, one file under `rules/`; what stands between articles is
//! looked at in `together`.

mod calendar;
mod duplicates;
mod fold;
mod lists;
mod near;
mod people;
mod rules;
mod series;
mod subject;
mod together;

use crate::article::{Article, Origins};
use crate::diag::{Code, Finding};

pub use duplicates::duplicates;
pub use lists::{Cautious, Confusion, Formula, Lists, Passage, Person, Reading, Term, Unit};
pub use series::{Member, SeriesPass, series};
pub use together::together;

use subject::Subject;

/// What is said of an article without a date. Forewords and the like need none.
pub const DATE_MISSING: Code = rules::DATE_MISSING;
/// What is said of structure that a reader only guessed.
pub const LOW_CONFIDENCE: Code = rules::LOW_CONFIDENCE;

/// All that the rules have to say about one article, in the order of the text.
/// `file` is what the findings name as the file, `lists` what the department keeps
/// about its own words.
pub fn check(file: &str, article: &Article, origins: &Origins, lists: &Lists) -> Vec<Finding> {
    let subject = Subject::new(article, origins, lists);
    let mut findings: Vec<Finding> =
        rules::ALL.iter().flat_map(|rule| (rule.look)(&subject)).collect();
    for finding in &mut findings {
        finding.file = Some(file.to_owned());
        finding.line = finding.line.or_else(|| subject.line(finding.place.as_ref()?));
    }
    // What is about the article as a whole comes first; a stable sort keeps the
    // order of the rules and of the text within one place.
    findings.sort_by(|a, b| a.place.cmp(&b.place));
    findings
}

/// The codes of all rules, in the order in which they are asked; those about several
/// articles come last.
pub fn codes() -> impl Iterator<Item = Code> {
    rules::ALL.iter().map(|rule| rule.code).chain(together::CODES)
}
