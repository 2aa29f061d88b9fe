//! Comparing the pieces of the model with a file's text: first what stands in the
//! order of the text, then what stands apart from it.

use std::ops::Range;

use crate::publication::Entry;

use super::chain::chain;
use super::follow::{Followed, follow, search};
use super::loose;
use super::pieces::{Piece, Shown, Stand, pieces};
use super::text::FileText;
use super::{Kept, Missing};

/// What has been found so far.
pub(super) struct Ledger<'a> {
    pub(super) text: &'a FileText,
    pub(super) pieces: &'a [Piece],
    /// Whether a character of the file belongs to a piece already.
    claimed: Vec<bool>,
    /// Where each piece begins and ends, where it was found.
    pub(super) spans: Vec<Option<Range<usize>>>,
    /// How much of each piece was found, and its first difference.
    outcomes: Vec<Option<Outcome>>,
}

/// What became of a piece.
struct Outcome {
    found: usize,
    /// Which character of the piece differs first, and where in the file.
    differs: Option<(usize, Option<usize>)>,
}

/// Compares the articles, in the order of reading, with what a file says. Takes
/// time in proportion to the text.
pub fn compare(entries: &[&Entry], shown: Shown, text: &FileText) -> Kept {
    let pieces = pieces(entries, shown);
    let mut ledger = Ledger {
        text,
        pieces: &pieces,
        claimed: vec![false; text.chars.len()],
        spans: vec![None; pieces.len()],
        outcomes: pieces.iter().map(|_| None).collect(),
    };
    flow(&mut ledger);
    loose::find(&mut ledger);
    ledger.finish(entries)
}

/// Finds what stands in the order of the text.
fn flow(ledger: &mut Ledger<'_>) {
    let (text, pieces) = (ledger.text, ledger.pieces);
    let indices: Vec<usize> = (0..pieces.len())
        .filter(|n| matches!(pieces[*n].stand, Stand::Flow | Stand::Aside))
        .collect();
    let flow: Vec<&Piece> = indices.iter().map(|n| &pieces[*n]).collect();
    let links = chain(text, &flow);
    let mut limits = vec![text.chars.len(); links.len()];
    for k in (1..links.len()).rev() {
        limits[k - 1] = links[k].unwrap_or(limits[k]);
    }
    let mut cursor = 0;
    for (k, n) in indices.into_iter().enumerate() {
        let (piece, limit, next) = (flow[k], limits[k], flow.get(k + 1).copied());
        let followed = match links[k] {
            Some(at) => Some(follow(text, piece, at, limit, next)),
            None => search(text, piece, cursor..limit, limit, next),
        };
        let whole = followed.as_ref().is_some_and(|f| f.matched == piece.chars.len());
        if !whole && piece.stand == Stand::Aside {
            continue;
        }
        let end = match followed {
            Some(followed) if whole => ledger.take(n, &followed),
            Some(followed) if links[k].is_some() || is_known(&followed, piece) => {
                ledger.take_part(n, &followed, limit)
            }
            _ => {
                ledger.miss(n);
                cursor
            }
        };
        cursor = end.max(cursor);
    }
}

/// Whether so much of a piece stands there that it can be no other text.
fn is_known(followed: &Followed, piece: &Piece) -> bool {
    const PLENTY: usize = 24;
    followed.matched >= PLENTY || followed.matched * 2 >= piece.chars.len()
}

impl Ledger<'_> {
    /// Whether no character of these belongs to a piece yet.
    pub(super) fn is_free(&self, followed: &Followed) -> bool {
        followed.spans.iter().all(|span| !self.claimed[span.clone()].contains(&true))
    }

    /// Whether it is settled what became of a piece.
    pub(super) fn is_settled(&self, piece: usize) -> bool {
        self.outcomes[piece].is_some()
    }

    /// Enters a piece that was found whole; gives its end.
    pub(super) fn take(&mut self, piece: usize, followed: &Followed) -> usize {
        self.claim(piece, &followed.spans);
        let (read, unread) = followed.readings(&self.pieces[piece], self.text);
        let differs = unread.first().map(|(from, _, _)| {
            let at = followed.spans.iter().scan(0, |before, span| {
                let here = span.start + (from - *before).min(span.len());
                *before += span.len();
                Some((*before > *from, here))
            });
            (*from, at.filter(|(inside, _)| *inside).map(|(_, at)| at).next())
        });
        self.outcomes[piece] = Some(Outcome { found: followed.matched + read, differs });
        followed.end()
    }

    /// Enters a piece of which a part was found; gives the end of what was.
    pub(super) fn take_part(&mut self, piece: usize, followed: &Followed, limit: usize) -> usize {
        let wanted = &self.pieces[piece];
        let mut spans = followed.spans.clone();
        rest(self.text, &wanted.chars[followed.matched..], followed.end(), limit, &mut spans);
        spans.retain(|span| !span.is_empty());
        self.claim(piece, &spans);
        let found: usize = spans.iter().map(Range::len).sum();
        let (read, _) = followed.readings(wanted, self.text);
        let differs = Some((followed.matched, Some(followed.end())));
        self.outcomes[piece] =
            Some(Outcome { found: (found + read).min(wanted.len() - 1), differs });
        spans.last().map_or(followed.end(), |span| span.end)
    }

    /// Enters a piece of which nothing was found.
    pub(super) fn miss(&mut self, piece: usize) {
        self.outcomes[piece] = Some(Outcome { found: 0, differs: Some((0, None)) });
    }

    fn claim(&mut self, piece: usize, spans: &[Range<usize>]) {
        for span in spans {
            self.claimed[span.clone()].fill(true);
        }
        if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
            self.spans[piece] = Some(first.start..last.end);
        }
    }

    fn finish(self, entries: &[&Entry]) -> Kept {
        let mut kept = Kept::default();
        let mut before = 0;
        for (n, piece) in self.pieces.iter().enumerate() {
            let Some(outcome) = &self.outcomes[n] else { continue };
            kept.characters += piece.len();
            kept.found += outcome.found;
            if let Some(differs) = outcome.differs {
                let source = &entries[piece.article].source;
                let (expected, found, at) = self.about(piece, differs, before);
                kept.missing.push(Missing {
                    article: source.article.title_text(),
                    file: source.file.clone(),
                    place: piece.place.clone(),
                    characters: piece.len() - outcome.found,
                    expected,
                    found,
                    page: self.text.flows_on.then(|| self.text.page(at) + 1),
                });
            }
            if let Some(span) = &self.spans[n] {
                before = span.end;
            }
        }
        kept
    }

    /// What was wanted about a difference, what the file has there, and where: where
    /// the piece breaks off, else where another place has its beginning, else where
    /// it should have stood.
    fn about(
        &self,
        piece: &Piece,
        (i, at): (usize, Option<usize>),
        before: usize,
    ) -> (String, String, usize) {
        const BEFORE: usize = 12;
        const AFTER: usize = 28;
        let from = i.saturating_sub(BEFORE);
        let to = (i + AFTER).min(piece.chars.len());
        let mut expected: String = piece.chars[from..to].iter().collect();
        if let Some((_, _, reading)) = piece.readings.iter().find(|(f, _, _)| *f == i && i < to) {
            expected.push_str(&format!("〔{}〕", reading.iter().collect::<String>()));
        }
        let head = piece.run(0, 2 * BEFORE);
        let elsewhere = || self.text.find(head, 0, self.text.chars.len());
        match at {
            Some(at) => (expected, self.text.about(at, i.min(BEFORE), AFTER), at),
            None => match elsewhere().filter(|_| head.len() >= BEFORE) {
                Some(at) => (expected, self.text.about(at, 0, AFTER), at),
                None => (expected, String::new(), before),
            },
        }
    }
}

/// Finds what it can of the rest of a piece after a difference.
fn rest(
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
        let near = [(1, 1), (1, 0), (0, 1), (2, 2)].into_iter().find(|(d, e)| {
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
