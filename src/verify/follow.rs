//! Following one piece through a file's text from where it begins: over marks and
//! readings at its seams, and from the foot of one page to a later one. Where the text
//! may go on in several places, each is tried: a running head may say the same as the
//! sentence that goes on below it.

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
/// What stands below a paragraph on its page may by chance begin like its rest: so
/// many characters may have to be given back.
const BACK: usize = 24;
/// The same where it goes on behind plates.
const BACK_BEFORE_PLATES: usize = 4;
/// So many pages are looked at without asking what it costs.
const FREE_OF_CHARGE: usize = 12;
/// So many more for one piece, wherever it is followed from.
pub(super) const EFFORT: usize = 600;

/// A file's text, and what of it no piece has taken yet.
#[derive(Clone, Copy)]
pub(super) struct Free<'a> {
    pub(super) text: &'a FileText,
    pub(super) claimed: &'a [bool],
}

impl Free<'_> {
    /// Whether `wanted` stands at `at`, and is free.
    fn holds(&self, at: usize, wanted: &[char]) -> bool {
        self.text.holds(at, wanted) && !self.claimed[at..at + wanted.len()].contains(&true)
    }

    /// Where `wanted` stands first within a range, free.
    fn find(&self, wanted: &[char], mut from: usize, to: usize) -> Option<usize> {
        loop {
            let at = self.text.find(wanted, from, to)?;
            if self.holds(at, wanted) {
                return Some(at);
            }
            from = at + 1;
        }
    }

    /// How many characters at `at` are these, and free.
    fn same(&self, at: usize, wanted: &[char], limit: usize) -> usize {
        let text = &self.text.chars[at.min(limit)..limit.max(at.min(limit))];
        let all = text.iter().zip(&self.claimed[at.min(limit)..]).zip(wanted);
        all.take_while(|((a, claimed), b)| a == b && !**claimed).count()
    }
}

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

/// Follows `piece` from `at`; nothing of it stands at or after `limit`, nor where another
/// piece stands. `next` is the piece that follows in the order of the text: where there
/// is a choice, it does not stand between two halves of this one. `effort` is what may
/// still be spent on trying one way after another. Gives the first way that leads to the
/// end, else the one that leads furthest.
pub(super) fn follow(
    free: Free<'_>,
    piece: &Piece,
    at: usize,
    limit: usize,
    next: Option<&Piece>,
    effort: &mut usize,
) -> Followed {
    let mut way = Way::new(piece, at);
    let mut best = Followed::default();
    let mut forks: Vec<Fork> = Vec::new();
    // The first fork of a way costs nothing.
    let mut spent = 0;
    loop {
        way.straight_on(free, piece, limit, &mut forks);
        if way.i == piece.chars.len() {
            return way.followed(free.text, piece);
        }
        if best.spans.is_empty() || way.i > best.matched {
            best = way.clone().followed(free.text, piece);
        }
        if free.text.flows_on && way.t > way.start {
            forks.push(Fork::new(&way, Vec::new(), Rounds::Near));
        }
        way = loop {
            let Some(fork) = forks.last_mut() else { return best };
            if let Some((back, to)) = fork.choices.pop() {
                break fork.way.taken(back, to, piece);
            }
            let is_dear = spent >= FREE_OF_CHARGE;
            if (is_dear && *effort == 0) || !fork.look(free, piece, limit, next) {
                forks.pop();
                continue;
            }
            spent += 1;
            *effort -= usize::from(is_dear);
        };
    }
}

/// How far a piece has been followed.
#[derive(Debug, Clone)]
struct Way {
    /// The piece's next character.
    i: usize,
    /// Where it is looked for.
    t: usize,
    /// Where the unbroken part begins that ends there.
    start: usize,
    spans: Vec<Range<usize>>,
    skipped: Vec<(usize, Range<usize>)>,
}

impl Way {
    fn new(piece: &Piece, at: usize) -> Self {
        let before = at.saturating_sub(slack(piece, 0));
        Self { i: 0, t: at, start: at, spans: Vec::new(), skipped: vec![(0, before..at)] }
    }

    /// Goes on to the first character that is not there. What may be skipped at a seam
    /// in several ways is a fork.
    fn straight_on(&mut self, free: Free<'_>, piece: &Piece, limit: usize, forks: &mut Vec<Fork>) {
        loop {
            let to = piece.seams.get(piece.seams.partition_point(|seam| *seam <= self.i));
            let to = to.copied().unwrap_or(piece.chars.len());
            if self.i > 0 && self.t < limit && piece.seams.binary_search(&self.i).is_ok() {
                let ahead = piece.run(self.i, HEAD);
                let can = |over: &usize| free.holds(self.t + over, ahead);
                let mut ways: Vec<usize> = (0..=slack(piece, self.i)).filter(can).collect();
                ways.reverse();
                if let Some(over) = ways.pop() {
                    if !ways.is_empty() {
                        let choices = ways.into_iter().map(|over| (0, self.t + over)).collect();
                        forks.push(Fork::new(self, choices, Rounds::Done));
                    }
                    *self = self.taken(0, self.t + over, piece);
                }
            }
            let same = free.same(self.t, &piece.chars[self.i..to], limit);
            (self.i, self.t) = (self.i + same, self.t + same);
            if self.i < to || self.i == piece.chars.len() {
                return;
            }
        }
    }

    /// The way that gives some characters back and goes on elsewhere.
    fn taken(&self, back: usize, to: usize, piece: &Piece) -> Self {
        let mut way = self.clone();
        let (i, t) = (self.i - back, self.t - back);
        let slack = slack(piece, i);
        if to == t {
            way.skipped.push((i, t..t));
            return way;
        }
        way.skipped.push((i, t..(t + slack).min(to)));
        way.skipped.push((i, to.saturating_sub(slack).max(t)..to));
        way.spans.push(way.start..t);
        (way.i, way.t, way.start) = (i, to, to);
        way
    }

    fn followed(mut self, text: &FileText, piece: &Piece) -> Followed {
        let (i, t) = (self.i, self.t);
        self.spans.push(self.start..t);
        if i == piece.chars.len() && piece.seams.last() == Some(&i) {
            self.skipped.push((i, t..(t + slack(piece, i)).min(text.chars.len())));
        }
        Followed { matched: i, spans: self.spans, skipped: self.skipped }
    }
}

/// A place where a piece may go on in several ways.
struct Fork {
    way: Way,
    /// How many characters are given back and where it goes on; the best one last.
    choices: Vec<(usize, usize)>,
    rounds: Rounds,
    /// How many characters are given back next, and how many pages on.
    back: usize,
    pages: usize,
    /// Whether something was found only behind the next piece.
    behind_next: bool,
}

/// How far a fork has been looked into.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rounds {
    /// What stands before the next piece.
    Near,
    /// The rest.
    Far,
    Done,
}

impl Fork {
    fn new(way: &Way, choices: Vec<(usize, usize)>, rounds: Rounds) -> Self {
        Self { way: way.clone(), choices, rounds, back: 0, pages: 1, behind_next: false }
    }

    /// Looks on one more page where the piece may go on; false where all have been
    /// looked at.
    fn look(&mut self, free: Free<'_>, piece: &Piece, limit: usize, next: Option<&Piece>) -> bool {
        let most = BACK.min(self.way.t - self.way.start);
        if self.rounds == Rounds::Done {
            return false;
        }
        if self.back >= most {
            let again = self.rounds == Rounds::Near && self.behind_next;
            self.rounds = if again { Rounds::Far } else { Rounds::Done };
            (self.back, self.pages) = (0, 1);
            return again;
        }
        let text = free.text;
        let (back, i, t) = (self.back, self.way.i - self.back, self.way.t - self.back);
        let page = text.page(t - 1) + self.pages;
        let (top, end) = (text.start(page), text.start(page + 1).min(limit));
        let ahead = piece.run(i, HEAD);
        let (rest, few) = (piece.chars.len() - i, piece.chars.len() - i < HEAD);
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut from = top;
        while let Some(to) = free.find(ahead, from, end) {
            from = to + 1;
            if few && to - top > TOP {
                break;
            }
            if self.rounds == Rounds::Near && stands_between(text, next, t, to) {
                self.behind_next = true;
                break;
            }
            let on = piece.run(i, rest);
            let same = free.same(to, on, limit);
            // A seam is not passed here: what reaches it is as good as whole.
            found.push((if same == on.len() { rest } else { same }, to));
        }
        // The longest is the likeliest, then the first.
        found.sort_by_key(|(same, to)| (*same, std::cmp::Reverse(*to)));
        self.choices.extend(found.into_iter().map(|(_, to)| (back, to)));
        let last = if back < BACK_BEFORE_PLATES { PLATES } else { 1 };
        (self.back, self.pages) =
            if self.pages < last { (back, self.pages + 1) } else { (back + 1, 1) };
        true
    }
}

fn stands_between(text: &FileText, next: Option<&Piece>, from: usize, to: usize) -> bool {
    let head = next.map(|piece| piece.run(0, 2 * HEAD)).unwrap_or_default();
    head.len() >= HEAD / 2 && text.find(head, from, to).is_some()
}

/// How many characters may stand at a seam.
fn slack(piece: &Piece, seam: usize) -> usize {
    let readings = piece.readings.iter().filter(|r| r.from == seam || r.to == seam);
    MARK + readings.map(|r| r.chars.len()).sum::<usize>()
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

/// The places within a range where a piece could begin whose first characters a page's
/// end parts from the others: those with the most of them first, then the last ones,
/// which stand at the foot.
pub(super) fn parted_places(
    free: Free<'_>,
    piece: &Piece,
    range: Range<usize>,
) -> impl Iterator<Item = usize> {
    /// More places than this are not looked at.
    const MOST: usize = 64;
    /// In more characters than these a piece is lost, not parted.
    const NEAR: usize = 20_000;
    let head = piece.run(0, HEAD);
    let is_near = free.text.flows_on && range.len() <= NEAR;
    let range = if is_near { range } else { 0..0 };
    let same = |at: usize| (free.same(at, head, free.text.chars.len()), at);
    let mut all: Vec<(usize, usize)> =
        range.map(same).filter(|(same, _)| (1..head.len()).contains(same)).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.into_iter().take(MOST).map(|(_, at)| at)
}

/// Finds what it can of the rest of a piece after a difference.
pub(super) fn rest(
    free: Free<'_>,
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
                && free.holds(t + e, &wanted[i + d..(i + d + SAME).min(i + left)])
        });
        let far = || {
            (0..=left.checked_sub(SAME)?.min(FAR)).find_map(|d| {
                let run = &wanted[i + d..i + d + SAME];
                Some((d, free.find(run, t, limit.min(t + d + FAR))? - t))
            })
        };
        let Some((d, e)) = near.or_else(far) else { return };
        (i, t) = (i + d, t + e);
        let same = free.same(t, &wanted[i..], free.text.chars.len());
        spans.push(t..t + same);
        (i, t) = (i + same, t + same);
    }
}
