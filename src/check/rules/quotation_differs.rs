//! A quotation that is nearly, but not quite, what the stored text says.

use crate::check::near::Letters;
use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("quotation-differs");
pub(super) const RULE: Rule = Rule { code: CODE, look };

/// Shorter quotations are words, not passages.
const LENGTH: usize = 12;

/// Longer ones are compared piece by piece.
const PIECE: usize = 120;

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let passages = &subject.lists.passages;
    if passages.is_empty() {
        return out;
    }
    for line in &subject.lines {
        for (start, end) in quotations(line) {
            let quoted = Letters::of(&line.chars[start..end]);
            for piece in quoted.chars.chunks(PIECE).filter(|piece| piece.len() >= LENGTH) {
                let allowed = (piece.len() / 6).clamp(1, 20);
                let found =
                    passages.iter().filter_map(|p| Some((p.letters.nearest(piece, allowed)?, p)));
                let best = found.min_by_key(|(near, _)| near.distance);
                let Some((near, passage)) = best else { continue };
                if near.distance > 0 {
                    out.push(
                        Finding::warning(CODE)
                            .arg("name", &passage.name)
                            .arg("right", passage.part(&near))
                            .excerpt(line.text(start, end))
                            .place(line.place.clone()),
                    );
                    break;
                }
            }
        }
    }
    out
}

/// What stands between “ and ”, parted where words are left out.
fn quotations(line: &Line) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in line.chars.iter().enumerate() {
        match (c, start) {
            ('“', _) => start = Some(i + 1),
            ('”' | '…', Some(from)) => {
                if i > from {
                    out.push((from, i));
                }
                start = (*c == '…').then_some(i + 1);
            }
            _ => {}
        }
    }
    out
}
