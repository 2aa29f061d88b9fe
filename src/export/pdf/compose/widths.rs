//! Marks that are half as wide as they are. Typst halves neighbours that it shapes
//! together; those that meet where strong text or a link begins or ends it does not
//! see (typst#5474), nor an opening mark after a paragraph's indent (typst#2348). A
//! half mark is an inline of its own, which a look sets in a box.

use super::line::Line;
use super::marks::{closes, opens, stops};

/// Halves the marks of a line.
pub(super) fn halve(line: &mut Line, opens_paragraph: bool) {
    if opens_paragraph && chinese_mark(line, 0, opens) {
        line.set_half(0);
    }
    let mut places: Vec<usize> = (1..line.len()).rev().collect();
    while let Some(at) = places.pop() {
        if let Some(mark) = to_halve(line, at) {
            line.set_half(mark);
            // It stands apart from its neighbours now, which are ours to look at too.
            places.extend([mark, mark + 1].into_iter().filter(|at| (1..line.len()).contains(at)));
        }
    }
}

/// Which of the two marks that meet before `at` gives up its empty half (CLREQ,
/// adjustment of adjacent marks): the one that closes, else the second that opens.
fn to_halve(line: &Line, at: usize) -> Option<usize> {
    if line.shaped_together(at) {
        return None;
    }
    let ends = |c| closes(c) || stops(c);
    let mark = |c| ends(c) || opens(c);
    let loser = if chinese_mark(line, at - 1, ends) && chinese_mark(line, at, mark) {
        at - 1
    } else if chinese_mark(line, at - 1, opens) && chinese_mark(line, at, opens) {
        at
    } else {
        return None;
    };
    (!line.half(loser)).then_some(loser)
}

fn chinese_mark(line: &Line, at: usize, is: impl Fn(char) -> bool) -> bool {
    line.text(Some(at)).is_some_and(is) && !line.foreign(at)
}
