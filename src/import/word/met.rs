//! What a walk through a Word file meets that a person may want to know, and saying
//! it once for each kind.

use crate::diag::{Code, Finding};
use crate::import::draft::Draft;

const CHANGES: Code = Code::new("read-word-changes");
const HIDDEN: Code = Code::new("read-word-hidden");
const STRUCK: Code = Code::new("read-word-struck");
const FORMULAS: Code = Code::new("read-word-formulas");
const TOO_DEEP: Code = Code::new("read-word-too-deep");
const OUTSIDE: Code = Code::new("read-word-picture-outside");
const FOREIGN_PARTS: Code = Code::new("read-word-foreign-parts");
const ADDRESS: Code = Code::new("read-word-address");

/// What was met on the way that a person may want to know.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// How many insertions, deletions and moves were taken as accepted.
    pub(super) changes: usize,
    /// Text that Word does not show.
    pub(super) hidden: Vec<String>,
    /// Text that is struck through and yet stands.
    pub(super) struck: Vec<String>,
    /// How many formulas were written in a line.
    pub(super) formulas: usize,
    /// How many passages lay too deep.
    pub(super) too_deep: usize,
    /// How many text boxes were taken into the text.
    pub(super) boxes: usize,
    /// Pictures that lie outside of the file.
    pub(super) outside: Vec<String>,
    /// Drawings, diagrams and objects of which only text could be kept.
    pub(super) foreign: usize,
    /// Addresses of links that are no web or mail address.
    pub(super) addresses: Vec<String>,
}

/// Says what was met on the way.
pub(super) fn say(draft: &mut Draft, met: &Met) {
    let counts = [
        (CHANGES, met.changes, false),
        (FORMULAS, met.formulas, false),
        (TOO_DEEP, met.too_deep, true),
        (FOREIGN_PARTS, met.foreign, true),
    ];
    for (code, count, grave) in counts.into_iter().filter(|(_, count, _)| *count > 0) {
        let finding = if grave { Finding::warning(code) } else { Finding::note(code) };
        draft.say(finding.arg("count", count));
    }
    let told = [
        (HIDDEN, &met.hidden),
        (STRUCK, &met.struck),
        (OUTSIDE, &met.outside),
        (ADDRESS, &met.addresses),
    ];
    for (code, texts) in told.into_iter().filter(|(_, texts)| !texts.is_empty()) {
        let between = if matches!(code, OUTSIDE | ADDRESS) { "、" } else { "" };
        let all = texts.join(between);
        draft.say(Finding::warning(code).arg("count", texts.len()).arg("text", short(&all)));
    }
}

/// The beginning of a text, for a message.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let mut out: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}
