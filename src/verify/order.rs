//! Settling short texts by their order alone: a line that says no more than a date
//! or a figure stands in many places, and only the order of the article tells which
//! is its own. The pieces must all be there, whole, one after another.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::article::Step;

use super::compare::Ledger;
use super::follow::{EFFORT, Followed, parted_places, places};
use super::pieces::Piece;

/// What is taken to stand in one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// The running text.
    Text,
    /// The running text and the cells of its tables.
    TextAndTables,
}

/// Where the last of a run is put that could stand in several places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    /// As early as can be: what stands below may say the same, such as a note.
    Early,
    /// As late as can be: what stands above may say the same, such as the title.
    Late,
}

impl Within {
    fn holds(self, piece: &Piece) -> bool {
        let is_cell = || piece.place.steps.iter().any(|step| matches!(step, Step::Cell(..)));
        let is_note = || piece.place.steps.iter().any(|step| matches!(step, Step::Note(_)));
        piece.stand.is_flow() || (self == Self::TextAndTables && is_cell() && !is_note())
    }
}

impl Ledger<'_> {
    /// The articles `missed`, with those about them that no link keeps apart.
    pub(super) fn doubted(&self, missed: &BTreeSet<usize>) -> BTreeSet<usize> {
        let all = self.pieces.iter().zip(&self.outcomes);
        let linked: BTreeSet<usize> =
            all.filter(|(_, outcome)| outcome.is_some()).map(|(p, _)| p.article).collect();
        let last = self.pieces.last().map_or(0, |piece| piece.article);
        let mut out = BTreeSet::new();
        let mut reached = 0;
        for article in missed {
            let first = linked.range(..article).next_back().copied().unwrap_or(0);
            let after = linked.range(article + 1..).next().copied().unwrap_or(last);
            out.extend(first.max(reached)..=after);
            reached = after;
        }
        out
    }

    /// Settles what is open of these articles wherever it stands whole and in order.
    pub(super) fn in_order(&mut self, articles: &BTreeSet<usize>, within: Within, last: Last) {
        let pieces = self.pieces;
        for article in articles {
            let first = pieces.partition_point(|piece| piece.article < *article);
            let end = pieces.partition_point(|piece| piece.article <= *article);
            let all: Vec<usize> = (first..end).filter(|n| within.holds(&pieces[*n])).collect();
            let is_open: Vec<bool> = all.iter().map(|n| self.outcomes[*n].is_none()).collect();
            let mut from = 0;
            for open in is_open.chunk_by(|a, b| a == b) {
                let run = &all[from..from + open.len()];
                from += open.len();
                if open[0] {
                    self.run_in_order(run, last);
                }
            }
        }
    }

    /// Settles those pieces of a run that stand there in order: each as early as can be,
    /// so that all find room, then each as near to the next as can be.
    fn run_in_order(&mut self, run: &[usize], last: Last) {
        let gap = self.gap(run[0]);
        let mut found: Vec<(usize, Followed)> = Vec::with_capacity(run.len());
        for n in run {
            let from = found.last().map_or(gap.start, |(_, before)| before.end());
            found.extend(self.earliest(*n, from..gap.end).map(|followed| (*n, followed)));
        }
        let mut limit = match found.last() {
            Some((_, followed)) if last == Last::Early => followed.end(),
            _ => gap.end,
        };
        for (n, early) in found.into_iter().rev() {
            let range = early.spans[0].start..limit;
            let followed = self.latest(n, range).unwrap_or(early);
            let start = followed.spans[0].start;
            let end = self.take(n, &followed);
            if self.pieces[n].stand.is_flow() {
                self.flow.insert(n, start..end);
            }
            limit = start;
        }
    }

    /// Where a piece stands whole and ends first within a range.
    fn earliest(&self, n: usize, range: Range<usize>) -> Option<Followed> {
        let first =
            self.first_to_end(n, places(self.text, &self.pieces[n], range.clone()), range.end);
        first.or_else(|| {
            let parted = parted_places(self.free(), &self.pieces[n], range.clone());
            self.first_to_end(n, parted, range.end)
        })
    }

    /// Of what is whole from these places, the first that is unbroken, else what ends
    /// first.
    fn first_to_end(
        &self,
        n: usize,
        places: impl Iterator<Item = usize>,
        limit: usize,
    ) -> Option<Followed> {
        let (mut best, mut effort): (Option<Followed>, usize) = (None, EFFORT);
        for at in places {
            let followed = self.follow(n, at, limit, &mut effort);
            if self.is_whole(n, &followed)
                && best.as_ref().is_none_or(|best| followed.end() < best.end())
            {
                let unbroken = followed.between() == 0;
                best = Some(followed);
                if unbroken {
                    break;
                }
            }
        }
        best
    }

    /// Where a piece stands whole and unbroken and begins last within a range.
    fn latest(&self, n: usize, range: Range<usize>) -> Option<Followed> {
        let all = places(self.text, &self.pieces[n], range.clone());
        let mut effort = EFFORT;
        let all = all.map(|at| self.follow(n, at, range.end, &mut effort));
        all.filter(|f| self.is_whole(n, f) && f.between() == 0).last()
    }

    fn is_whole(&self, n: usize, followed: &Followed) -> bool {
        followed.matched == self.pieces[n].chars.len() && self.is_free(followed)
    }
}
