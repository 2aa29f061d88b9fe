//! What stands apart from the order of the text: titles above it, credits below
//! it, captions, cells and notes where a look puts them. Each is looked for where
//! it belongs, then anywhere among the pages of its article, and no two may share
//! a character. The longest go first: a cell that says 1 must not take the 1 of
//! another that says 1,100.

use std::cmp::Reverse;
use std::ops::Range;

use super::compare::Ledger;
use super::follow::{Followed, follow, places};
use super::pieces::Stand;

/// Finds all pieces that are not settled yet.
pub(super) fn find(ledger: &mut Ledger<'_>) {
    let around = around(ledger);
    let mut first = 0;
    while let Some(piece) = ledger.pieces.get(first) {
        let article = piece.article;
        let count = ledger.pieces[first..].iter().take_while(|p| p.article == article).count();
        let pieces = first..first + count;
        let reach = reach(ledger, &around, &pieces);
        let mut open: Vec<usize> = pieces.clone().filter(|n| !ledger.is_settled(*n)).collect();
        open.sort_by_key(|n| Reverse(ledger.pieces[*n].len()));
        for n in open {
            settle(ledger, n, &around[n], &reach);
        }
        first = pieces.end;
    }
}

/// For each piece, the end of the last piece found before it and the beginning of
/// the first one found after it.
fn around(ledger: &Ledger<'_>) -> Vec<Range<usize>> {
    let mut out = vec![0..ledger.text.chars.len(); ledger.pieces.len()];
    let mut end = 0;
    for (around, span) in out.iter_mut().zip(&ledger.spans) {
        around.start = end;
        end = span.as_ref().map_or(end, |span| span.end);
    }
    let mut start = ledger.text.chars.len();
    for (around, span) in out.iter_mut().zip(&ledger.spans).rev() {
        around.end = start;
        start = span.as_ref().map_or(start, |span| span.start);
    }
    out
}

/// Where the pieces of an article may stand at all. On paper its notes may stand
/// below the next article's beginning, or even on the page after.
fn reach(ledger: &Ledger<'_>, around: &[Range<usize>], pieces: &Range<usize>) -> Range<usize> {
    let text = ledger.text;
    let first = &around[pieces.start];
    let last = &around[pieces.end - 1];
    // A piece's own span is not around it.
    let end = ledger.spans[pieces.end - 1].as_ref().map_or(last.end, |s| last.end.max(s.end));
    if text.flows_on {
        text.start(text.page(first.start))..text.start(text.page(end) + 2)
    } else {
        first.start..end
    }
}

fn settle(ledger: &mut Ledger<'_>, n: usize, around: &Range<usize>, reach: &Range<usize>) {
    let piece = &ledger.pieces[n];
    let whole = |f: &Followed| f.matched == piece.chars.len();
    let ranges = match piece.stand {
        Stand::Above => vec![reach.start..around.end, reach.clone()],
        Stand::Below => vec![around.start..reach.end, reach.clone()],
        _ => vec![around.clone(), around.start..reach.end, reach.clone()],
    };
    let mut best: Option<Followed> = None;
    for range in ranges {
        let mut all: Vec<usize> = places(ledger.text, piece, range).collect();
        if piece.stand == Stand::Above {
            // The contents and running heads have the title, too, further away.
            all.reverse();
        }
        let tried = all.into_iter().map(|at| follow(ledger.text, piece, at, reach.end, None));
        for followed in tried.filter(|f| ledger.is_free(f)) {
            if whole(&followed) {
                ledger.take(n, &followed);
                return;
            }
            if best.as_ref().is_none_or(|b| b.matched < followed.matched) {
                best = Some(followed);
            }
        }
    }
    match best.filter(|f| f.matched * 2 >= piece.chars.len()) {
        Some(followed) => {
            ledger.take_part(n, &followed, reach.end);
        }
        None => ledger.miss(n),
    }
}
