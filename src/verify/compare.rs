//! Comparing the pieces of the model with a file's text. The links of the chain go
//! first; then every other piece is looked for where it belongs, the longest first,
//! and no two may share a character: a cell that says 1 must not take the 1 of
//! another that says 1,100.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::article::Part;
use crate::publication::Entry;

use super::Kept;
use super::chain::chain;
use super::follow::{EFFORT, Followed, Free, follow, parted_places, places, rest};
use super::order::{Last, Within};
use super::paging::{PageStart, starts};
use super::pieces::{Piece, Reading, Shown, Stand, pieces};
use super::text::FileText;

/// What has been found so far.
#[derive(Clone)]
pub(super) struct Ledger<'a> {
    pub(super) text: &'a FileText,
    pub(super) pieces: &'a [Piece],
    /// For each piece, the next one in the order of the text.
    next: Vec<Option<usize>>,
    /// Whether a character of the file belongs to a piece already.
    claimed: Vec<bool>,
    /// Links that are there, but not whole.
    broken: Vec<usize>,
    /// Where the pieces stand that were found in the order of the text.
    pub(super) flow: BTreeMap<usize, Range<usize>>,
    /// What became of each piece.
    pub(super) outcomes: Vec<Option<Outcome>>,
}

/// What became of a piece.
#[derive(Clone)]
pub(super) struct Outcome {
    /// How many of its characters were found.
    pub(super) found: usize,
    /// Which character of the piece differs first, and where in the file.
    pub(super) differs: Option<(usize, Option<usize>)>,
    /// Where it ends, where it was found.
    pub(super) end: Option<usize>,
    /// Where its characters stand, in order, where all of them were found.
    spans: Vec<Range<usize>>,
}

/// Compares the articles, in the order of reading, with what a file says. Takes
/// time in proportion to the text.
pub fn compare(entries: &[&Entry], shown: Shown, text: &FileText) -> Kept {
    let pieces = pieces(entries, shown);
    settled(text, &pieces).finish(entries)
}

/// The same, and where each page of the file begins in the articles.
pub fn compare_by_page(
    entries: &[&Entry],
    shown: Shown,
    text: &FileText,
) -> (Kept, Vec<PageStart>) {
    let pieces = pieces(entries, shown);
    let ledger = settled(text, &pieces);
    let spans = |n: usize| {
        ledger.outcomes.get(n).and_then(Option::as_ref).map_or(Vec::new(), |o| o.spans.clone())
    };
    let starts = starts(&pieces, spans, text);
    (ledger.finish(entries), starts)
}

/// In so many articles text is looked for in a last way that seldom finds any.
const FEW: usize = 50;

/// Every piece looked for.
fn settled<'a>(text: &'a FileText, pieces: &'a [Piece]) -> Ledger<'a> {
    let mut linked = Ledger::new(text, pieces);
    linked.links();
    let mut best = linked.clone();
    best.settle();
    // What is short may have been found in a wrong place and left none for the rest.
    let ways = [Within::Text, Within::TextAndTables];
    for (within, last) in ways.into_iter().flat_map(|way| [(way, Last::Early), (way, Last::Late)]) {
        let doubted = linked.doubted(&best.missed());
        if doubted.is_empty() {
            break;
        }
        // Where much is missing it is gone, not misplaced.
        if last == Last::Late && doubted.len() > FEW {
            continue;
        }
        let mut again = linked.clone();
        again.in_order(&doubted, within, last);
        again.settle();
        if again.found() > best.found() {
            best = again;
        }
    }
    best
}

impl Ledger<'_> {
    fn new<'a>(text: &'a FileText, pieces: &'a [Piece]) -> Ledger<'a> {
        let mut next = vec![None; pieces.len()];
        let mut after = None;
        for (n, piece) in pieces.iter().enumerate().rev() {
            next[n] = after;
            if piece.stand.is_flow() {
                after = Some(n);
            }
        }
        Ledger {
            text,
            pieces,
            next,
            claimed: vec![false; text.chars.len()],
            broken: Vec::new(),
            flow: BTreeMap::new(),
            outcomes: pieces.iter().map(|_| None).collect(),
        }
    }

    /// Looks for every piece of which nothing is settled yet.
    fn settle(&mut self) {
        let pieces = self.pieces;
        let mut open: Vec<usize> = self.open().collect();
        // What stands above a text is known by where the text begins.
        open.sort_by_key(|n| (pieces[*n].stand == Stand::Above, Reverse(pieces[*n].len())));
        let broken: BTreeSet<usize> = self.broken.iter().copied().collect();
        for n in open {
            self.whole(n);
            // Before a shorter one takes of it what it needs.
            if self.outcomes[n].is_none() && broken.contains(&n) {
                self.part(n);
            }
        }
        for n in self.open().collect::<Vec<_>>() {
            self.part(n);
        }
    }

    /// How many characters were found.
    fn found(&self) -> usize {
        self.outcomes.iter().flatten().map(|outcome| outcome.found).sum()
    }

    /// The articles of which something was not found.
    fn missed(&self) -> BTreeSet<usize> {
        let all = self.pieces.iter().zip(&self.outcomes);
        all.filter(|(_, outcome)| outcome.as_ref().is_none_or(|o| o.differs.is_some()))
            .map(|(piece, _)| piece.article)
            .collect()
    }

    /// The pieces of which nothing is settled yet.
    fn open(&self) -> impl Iterator<Item = usize> {
        (0..self.pieces.len()).filter(|n| self.outcomes[*n].is_none())
    }

    /// Enters the links of the chain, with as much of each as is there.
    fn links(&mut self) {
        let pieces = self.pieces;
        let flow: Vec<usize> = (0..pieces.len()).filter(|n| pieces[*n].stand.is_flow()).collect();
        let list: Vec<&Piece> = flow.iter().map(|n| &pieces[*n]).collect();
        let mut limit = self.text.chars.len();
        for (n, at) in flow.into_iter().zip(chain(self.text, &list)).rev() {
            let Some(at) = at else { continue };
            let mut effort = EFFORT;
            let followed = self.follow(n, at, limit, &mut effort);
            if followed.matched < pieces[n].chars.len() {
                // Damaged, or elsewhere: a page's end may part its beginning, and a
                // caption may begin like it.
                self.broken.push(n);
                continue;
            }
            let end = self.take(n, &followed);
            self.flow.insert(n, at..end);
            limit = at;
        }
    }

    /// Looks for the whole of a piece.
    fn whole(&mut self, n: usize) {
        for (range, limit) in self.ranges(n) {
            if let Some(followed) = self.closest(n, &range, limit) {
                let end = self.take(n, &followed);
                let start = followed.spans[0].start;
                let gap = self.gap(n);
                if self.pieces[n].stand.is_flow() && gap.start <= start && end <= gap.end {
                    self.flow.insert(n, start..end);
                }
                return;
            }
        }
    }

    /// The first place within a range where a piece stands unbroken, else the one
    /// with the least between its parts.
    fn closest(&self, n: usize, range: &Range<usize>, limit: usize) -> Option<Followed> {
        let is_whole = |f: &Followed| f.matched == self.pieces[n].chars.len();
        let fits = |f: &Followed| is_whole(f) && !self.is_listed(n, f, range.end);
        closest(self.tried(n, range, limit).filter(fits))
            .or_else(|| closest(self.parted(n, range, limit).filter(fits)))
    }

    /// Whether a title only stands in a list of titles: the contents, the opening of a
    /// part. There, the next article's follows before the text begins.
    fn is_listed(&self, n: usize, followed: &Followed, text_begins: usize) -> bool {
        const KNOWN: usize = 4;
        let piece = &self.pieces[n];
        let is_next = |p: &&Piece| p.article == piece.article + 1 && p.place.part == Part::Title;
        let mut after = self.pieces[n..].iter().take_while(|p| p.article <= piece.article + 1);
        let next = after.find(is_next).filter(|_| piece.stand == Stand::Above);
        next.is_some_and(|next| {
            let head = next.run(0, usize::MAX);
            let differs = head.len() >= KNOWN && head != piece.run(0, usize::MAX);
            differs && self.text.find(head, followed.end(), text_begins).is_some()
        })
    }

    /// Looks for as much of a piece as there is.
    fn part(&mut self, n: usize) {
        /// With so many characters the same it can be no other text.
        const PLENTY: usize = 24;
        let ranges = self.ranges(n).into_iter();
        let tried = ranges.flat_map(|(range, limit)| {
            let all: Vec<_> = self.tried(n, &range, limit).filter(|f| self.is_free(f)).collect();
            all.into_iter().map(move |followed| (followed, limit))
        });
        let best = tried.max_by_key(|(followed, _)| followed.matched);
        let enough = (self.pieces[n].chars.len() / 2).min(PLENTY);
        match best.filter(|(followed, _)| followed.matched > enough) {
            Some((followed, limit)) => self.take_part(n, &followed, limit),
            None => {
                let headless = self.headless(n);
                self.outcomes[n] = Some(headless.unwrap_or(Outcome {
                    found: 0,
                    differs: Some((0, None)),
                    end: None,
                    spans: Vec::new(),
                }));
            }
        }
    }

    /// Looks for a piece whose very beginning is damaged, by the runs further on.
    fn headless(&mut self, n: usize) -> Option<Outcome> {
        const RUN: usize = 8;
        const STEP: usize = 4;
        let (text, wanted) = (self.text, &self.pieces[n].chars);
        let (range, limit) = self.ranges(n).into_iter().next()?;
        let starts = (STEP..wanted.len().checked_sub(RUN)?).step_by(STEP).take(2 * RUN);
        let mut runs = starts
            .filter_map(|i| Some((i, text.find(&wanted[i..i + RUN], range.start, range.end)?)));
        let (mut i, mut t) = runs.next()?;
        while i > 0 && t > range.start && wanted[i - 1] == text.chars[t - 1] {
            (i, t) = (i - 1, t - 1);
        }
        let mut spans = Vec::new();
        rest(self.free(), &wanted[i..], t, limit, &mut spans);
        // What is left of the beginning, next to it.
        let begins = (t.saturating_sub(i + 2)..t).filter(|at| *at >= range.start);
        let same = |at: usize| {
            wanted[..i].iter().zip(&text.chars[at..t]).take_while(|(a, b)| a == b).count()
        };
        let (first, at) =
            begins.map(|at| (same(at), at)).max_by_key(|(same, _)| *same).unwrap_or((0, t));
        if first > 0 {
            spans.push(at..at + first);
        }
        spans.retain(|span| !span.is_empty());
        if spans.iter().any(|span| self.claimed[span.clone()].contains(&true)) {
            return None;
        }
        self.claim(&spans);
        let found: usize = spans.iter().map(Range::len).sum();
        let end = spans.iter().map(|span| span.end).max();
        let differs = Some((first, Some(if first > 0 { at + first } else { t })));
        let found = found.min(self.pieces[n].len() - 1);
        Some(Outcome { found, differs, end, spans: Vec::new() })
    }

    /// Where a piece may stand, the likeliest range first, and where it must end.
    fn ranges(&self, n: usize) -> Vec<(Range<usize>, usize)> {
        let gap = self.gap(n);
        let reach = || self.reach(self.pieces[n].article);
        match self.pieces[n].stand {
            Stand::Flow => vec![(gap.clone(), gap.end)],
            Stand::Above => vec![(reach().start..gap.end, gap.end)],
            Stand::Aside | Stand::Apart | Stand::Below => {
                let reach = reach();
                let below = gap.start..reach.end.max(gap.start);
                vec![(gap.clone(), gap.end), (below, reach.end), (reach.clone(), reach.end)]
            }
        }
    }

    /// What lies between the neighbours of a piece in the order of the text.
    pub(super) fn gap(&self, n: usize) -> Range<usize> {
        let start = self.flow.range(..n).next_back().map_or(0, |(_, span)| span.end);
        let after = self.flow.range(n + 1..).next();
        start..after.map_or(self.text.chars.len(), |(_, span)| span.start).max(start)
    }

    /// What lies between the articles before and after this one. On paper its notes
    /// may stand below the next one's beginning, or even on the page after.
    fn reach(&self, article: usize) -> Range<usize> {
        let first = self.pieces.partition_point(|piece| piece.article < article);
        let last = self.pieces.partition_point(|piece| piece.article <= article);
        let start = self.flow.range(..first).next_back().map_or(0, |(_, span)| span.end);
        let after = self.flow.range(last..).next();
        let end = after.map_or(self.text.chars.len(), |(_, span)| span.start).max(start);
        if self.text.flows_on {
            let page = |at| self.text.page(at);
            self.text.start(page(start))..self.text.start(page(end) + 2)
        } else {
            start..end
        }
    }

    /// The piece followed from every place within a range where it could begin.
    fn tried(
        &self,
        n: usize,
        range: &Range<usize>,
        limit: usize,
    ) -> impl Iterator<Item = Followed> {
        let mut places: Vec<usize> = places(self.text, &self.pieces[n], range.clone()).collect();
        if self.pieces[n].stand == Stand::Above {
            // The contents and running heads have the title, too, further away.
            places.reverse();
        }
        let mut effort = EFFORT;
        places.into_iter().map(move |at| self.follow(n, at, limit, &mut effort))
    }

    /// The same from where a page's end would part its first characters.
    fn parted(
        &self,
        n: usize,
        range: &Range<usize>,
        limit: usize,
    ) -> impl Iterator<Item = Followed> {
        let mut effort = 0;
        parted_places(self.free(), &self.pieces[n], range.clone())
            .map(move |at| self.follow(n, at, limit, &mut effort))
    }

    pub(super) fn follow(&self, n: usize, at: usize, limit: usize, effort: &mut usize) -> Followed {
        let next = self.next[n].map(|next| &self.pieces[next]);
        let next = next.filter(|_| self.pieces[n].stand.is_flow());
        follow(self.free(), &self.pieces[n], at, limit, next, effort)
    }

    pub(super) fn free(&self) -> Free<'_> {
        Free { text: self.text, claimed: &self.claimed }
    }

    /// Whether no character of these belongs to a piece yet.
    pub(super) fn is_free(&self, followed: &Followed) -> bool {
        followed.spans.iter().all(|span| !self.claimed[span.clone()].contains(&true))
    }

    /// Enters a piece that was found whole; gives its end.
    pub(super) fn take(&mut self, piece: usize, followed: &Followed) -> usize {
        self.claim(&followed.spans);
        let (read, unread) = followed.readings(&self.pieces[piece], self.text);
        let differs = unread.first().map(|Reading { from, .. }| {
            let at = followed.spans.iter().scan(0, |before, span| {
                let here = span.start + (from - *before).min(span.len());
                *before += span.len();
                Some((*before > *from, here))
            });
            (*from, at.filter(|(inside, _)| *inside).map(|(_, at)| at).next())
        });
        let (end, spans) = (Some(followed.end()), followed.spans.clone());
        self.outcomes[piece] =
            Some(Outcome { found: followed.matched + read, differs, end, spans });
        followed.end()
    }

    /// Enters a piece of which a part was found.
    fn take_part(&mut self, piece: usize, followed: &Followed, limit: usize) {
        let wanted = &self.pieces[piece];
        let mut spans = followed.spans.clone();
        let left = &wanted.chars[followed.matched..];
        rest(self.free(), left, followed.end(), limit, &mut spans);
        spans.retain(|span| !span.is_empty());
        self.claim(&spans);
        let found: usize = spans.iter().map(Range::len).sum();
        let (read, _) = followed.readings(wanted, self.text);
        let differs = Some((followed.matched, Some(followed.end())));
        let end = spans.last().map(|span| span.end);
        let found = (found + read).min(wanted.len() - 1);
        self.outcomes[piece] = Some(Outcome { found, differs, end, spans: Vec::new() });
    }

    fn claim(&mut self, spans: &[Range<usize>]) {
        for span in spans {
            self.claimed[span.clone()].fill(true);
        }
    }
}

/// The first that is unbroken, else the one with the least between its parts.
fn closest(all: impl Iterator<Item = Followed>) -> Option<Followed> {
    let mut best: Option<Followed> = None;
    for followed in all {
        if best.as_ref().is_none_or(|best| followed.between() < best.between()) {
            let unbroken = followed.between() == 0;
            best = Some(followed);
            if unbroken {
                break;
            }
        }
    }
    best
}
