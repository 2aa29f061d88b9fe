//! The photographer at the end of a caption, as the figure's credit.

use crate::article::{Figure, Inline, Step, plain_text};
use crate::diag::Code;

use super::byline;
use super::draft::{Draft, SourceLine};
use super::runs;

const CREDIT: Code = Code::new("read-picture-credit");

/// Moves who took the picture from the end of a figure's caption to its credit,
/// where the caption ends in plain text and the figure has no credit yet. The place
/// is that which the draft's next block will have.
pub(super) fn take(draft: &mut Draft, figure: &mut Figure, line: usize) {
    let Some(Inline::Text(last)) = figure.caption.last() else { return };
    let Some((end, by)) = byline::at_end_of_caption(last) else { return };
    if figure.credit.is_some() || (end == 0 && figure.caption.len() == 1) {
        return;
    }
    let credit = last[by].to_owned();
    let whole = plain_text(&figure.caption);
    let start = whole.len() - last.len() + end;
    let place = draft.next_place().then(Step::Caption);
    draft.consume(
        &place,
        SourceLine { number: line, text: &whole },
        start..whole.len(),
        CREDIT,
        "",
    );
    if let Some(Inline::Text(last)) = figure.caption.last_mut() {
        last.truncate(end);
    }
    runs::trim(&mut figure.caption);
    figure.credit = Some(credit);
}
