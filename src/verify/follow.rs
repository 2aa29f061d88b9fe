//! Following one piece through a file's text from where it begins: over marks and
//! readings at its seams, and from the foot of one page to a later one.

use std::ops::Range;

use super::pieces::{Piece, Reading};
use super::text::FileText;

/// How many characters of a piece it is known by.
const HEAD: usize = 8;
/// How long a mark at a seam may be, besides readings: `〔128〕`, `[12]`.
const MARK: usize = 6;
/// How many pages lie at most between two halves of a paragraph: plates.
const PLATES: usize = 3;
/// The last words of a paragraph, where they are few, must stand at the very top
/// of their page, below the running head.
const TOP: usize = 64;

/// How far a piece could be followed.
#[derive(Debug, Clone, Default)]
pub(super) struct Followed {
    /// How many of its characters stand there, from the first.
    pub(super) matched: usize,
    /// Where its characters stand.
    pub(super) spans: Vec<Range<usize>>,
    /// What was passed over at its seams.
    skipped: Vec<(usize, Range<usize>)>,
}

impl Followed {
    /// Where it ends.
    pub(super) fn end(&self) -> usize {
        self.spans.last().map_or(0, |span| span.end)
    }

    /// How many characters stand between its parts.
    pub(super) fn between(&self) -> usize {
        let start = self.spans.first().map_or(0, |span| span.start);
        self.end() - start - self.matched
    }

    /// The readings of the piece that stand beside their characters, counted in
    /// characters; those that do not.
    pub(super) fn readings<'p>(
        &self,
        piece: &'p Piece,
        text: &FileText,
    ) -> (usize, Vec<&'p Reading>) {
        let mut found = 0;
        let mut missing = Vec::new();
        for reading in &piece.readings {
            let Reading { from, to, chars } = reading;
            let beside = |(seam, range): &(usize, Range<usize>)| {
                (seam == from || seam == to) && text.find(chars, range.start, range.end).is_some()
            };
            if chars.is_empty() || self.skipped.iter().any(beside) {
                found += chars.len();
            } else {
                missing.push(reading);
            }
        }
        (found, missing)
    }
}

/// Follows `piece` from `at`; nothing of it stands at or after `limit`. `next` is
/// the piece that follows in the order of the text: it cannot stand between two
/// halves of this one.
pub(super) fn follow(
    text: &FileText,
    piece: &Piece,
    at: usize,
    limit: usize,
    next: Option<&Piece>,
) -> Followed {
    let mut out = Followed::default();
    let (mut i, mut t, mut start) = (0, at, at);
    let before = at.saturating_sub(slack(piece, 0));
    out.skipped.push((0, before..at));
    while i < piece.chars.len() {
        if i > 0 && piece.seams.binary_search(&i).is_ok() {
            let ahead = piece.run(i, HEAD);
            let over = (0..=slack(piece, i)).find(|s| text.holds(t + s, ahead));
            if let Some(over) = over.filter(|_| t < limit) {
                out.skipped.push((i, t..t + over));
                if over > 0 {
                    out.spans.push(start..t);
                    (t, start) = (t + over, t + over);
                }
            }
        }
        if t < limit && text.chars.get(t) == Some(&piece.chars[i]) {
            (i, t) = (i + 1, t + 1);
            continue;
        }
        let Some((back, to)) = over_page(text, piece, i, t - start, t, limit, next) else { break };
        (i, t) = (i - back, t - back);
        out.skipped.push((i, t..(t + slack(piece, i)).min(to)));
        out.skipped.push((i, to.saturating_sub(slack(piece, i))..to));
        out.spans.push(start..t);
        (t, start) = (to, to);
    }
    out.spans.push(start..t);
    if i == piece.chars.len() && piece.seams.last() == Some(&i) {
        out.skipped.push((i, t..(t + slack(piece, i)).min(text.chars.len())));
    }
    out.matched = i;
    out
}

/// How many characters may stand at a seam.
fn slack(piece: &Piece, seam: usize) -> usize {
    let readings = piece.readings.iter().filter(|r| r.from == seam || r.to == seam);
    MARK + readings.map(|r| r.chars.len()).sum::<usize>()
}

/// Where a piece that breaks off before its character `i`, at `t`, goes on, on a
/// later page. What stands below it on its page may by chance begin like the rest,
/// so a few characters may have to be given back: how many, and where it goes on.
fn over_page(
    text: &FileText,
    piece: &Piece,
    i: usize,
    since: usize,
    t: usize,
    limit: usize,
    next: Option<&Piece>,
) -> Option<(usize, usize)> {
    if !text.flows_on || since == 0 {
        return None;
    }
    (0..since.min(4)).find_map(|back| {
        let (i, t) = (i - back, t - back);
        let page = text.page(t - 1);
        let ahead = piece.run(i, HEAD);
        let rest = piece.chars.len() - i;
        (page + 1..=page + PLATES).find_map(|page| {
            let (top, end) = (text.start(page), text.start(page + 1).min(limit));
            let to = text.find(ahead, top, end)?;
            let few = rest < HEAD && to - top > TOP;
            (!few && !stands_between(text, next, t, to)).then_some((back, to))
        })
    })
}

fn stands_between(text: &FileText, next: Option<&Piece>, from: usize, to: usize) -> bool {
    let head = next.map(|piece| piece.run(0, 2 * HEAD)).unwrap_or_default();
    head.len() >= HEAD / 2 && text.find(head, from, to).is_some()
}

/// The places within a range where a piece could begin.
pub(super) fn places<'a>(
    text: &'a FileText,
    piece: &'a Piece,
    range: Range<usize>,
) -> impl Iterator<Item = usize> + 'a {
    /// More places than this and the piece is no better known by one more.
    const MOST: usize = 256;
    let head = piece.run(0, HEAD);
    let mut from = range.start;
    std::iter::from_fn(move || {
        let at = text.find(head, from, range.end)?;
        from = at + 1;
        Some(at)
    })
    .take(MOST)
}

/// Finds what it can of the rest of a piece after a difference.
pub(super) fn rest(
    text: &FileText,
    wanted: &[char],
    from: usize,
    limit: usize,
    spans: &mut Vec<Range<usize>>,
) {
    /// How many characters must be the same for the text to be known again.
    const SAME: usize = 6;
    /// How far ahead of a difference the text is looked for.
    const FAR: usize = 400;
    let (mut i, mut t) = (0, from);
    while i < wanted.len() {
        let left = wanted.len() - i;
        // A character changed, dropped or added, even among the last ones.
        let near = [(0, 0), (1, 1), (1, 0), (0, 1), (2, 2)].into_iter().find(|(d, e)| {
            *d < left
                && t + e < limit
                && text.holds(t + e, &wanted[i + d..(i + d + SAME).min(i + left)])
        });
        let far = || {
            (0..=left.checked_sub(SAME)?.min(FAR)).find_map(|d| {
                let run = &wanted[i + d..i + d + SAME];
                Some((d, text.find(run, t, limit.min(t + d + FAR))? - t))
            })
        };
        let Some((d, e)) = near.or_else(far) else { return };
        (i, t) = (i + d, t + e);
        let same = wanted[i..].iter().zip(&text.chars[t..]).take_while(|(a, b)| a == b).count();
        spans.push(t..t + same);
        (i, t) = (i + same, t + same);
    }
}
