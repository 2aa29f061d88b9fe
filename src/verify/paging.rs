//! Where each page of a finished file begins in the articles: at the first block or
//! sentence that begins on it. Read off the places at which the comparison found the
//! pieces; nothing is searched here.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::article::{Part, Place, Step};

use super::pieces::{Piece, Stand};
use super::text::FileText;

/// The beginning of a page, as a place in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// The page of the file, from 0.
    pub page: usize,
    /// Which of the articles, from 0, in the order of reading.
    pub article: usize,
    /// The run of text.
    pub place: Place,
    /// How many characters of the run stand before the page's beginning; only those
    /// that [`counts`](crate::article::script::counts) names.
    pub offset: usize,
}

/// A place where a page may be said to begin: the piece's number, and how many of its
/// characters stand before.
type At = (usize, usize);

/// What may be said of one page.
#[derive(Default)]
struct Candidates {
    /// The first block or sentence of the text that begins on it.
    begins: Option<At>,
    /// Where the text goes on that was begun on the page before.
    goes_on: Option<At>,
    /// The first caption or cell that begins on it.
    apart: Option<At>,
    /// The last of the text that stands on it.
    last: Option<At>,
}

/// The beginnings of the pages, in the order of the pages. `spans` says where each
/// piece stands in the file, in order, none where it was not found whole. A page that
/// holds nothing of the articles has none.
pub(super) fn starts(
    pieces: &[Piece],
    spans: impl Fn(usize) -> Vec<Range<usize>>,
    text: &FileText,
) -> Vec<PageStart> {
    let mut pages: BTreeMap<usize, Candidates> = BTreeMap::new();
    for (n, piece) in pieces.iter().enumerate().filter(|(_, piece)| is_of_the_page(piece)) {
        for (k, (page, from, to)) in by_page(&spans(n), text).into_iter().enumerate() {
            let candidates = pages.entry(page).or_default();
            let flows = piece.stand.is_flow() || piece.stand == Stand::Above;
            if flows {
                candidates.last = candidates.last.max(Some((n, from)));
            }
            let sentence = if k == 0 { Some(from) } else { sentence(&piece.chars, from, to) };
            match (flows, sentence) {
                (true, Some(at)) => first(&mut candidates.begins, (n, at)),
                (true, None) => first(&mut candidates.goes_on, (n, from)),
                (false, Some(at)) => first(&mut candidates.apart, (n, at)),
                (false, None) => {}
            }
        }
    }
    let mut out = Vec::new();
    let (mut before, mut begun): (Option<At>, Option<At>) = (None, None);
    for (page, found) in pages {
        let text = found.begins.or(found.goes_on);
        // A caption that has floated stands behind text that is read after it.
        let apart = found.apart.filter(|at| begun.is_none_or(|begun| begun < *at));
        let at = [apart.filter(|at| text.is_none_or(|text| *at < text)), text, apart];
        begun = begun.max(found.last);
        let Some(at) = at.into_iter().flatten().find(|at| before.is_none_or(|b| b < *at)) else {
            continue;
        };
        before = Some(at);
        let piece = &pieces[at.0];
        out.push(PageStart {
            page,
            article: piece.article,
            place: piece.place.clone(),
            offset: at.1,
        });
    }
    out
}

fn first(known: &mut Option<At>, at: At) {
    if known.is_none_or(|known| at < known) {
        *known = Some(at);
    }
}

/// Whether a piece tells where its page begins: notes stand at the foot of pages, and
/// names of credits may stand anywhere below the text.
fn is_of_the_page(piece: &Piece) -> bool {
    let is_note = |step: &Step| matches!(step, Step::Note(_));
    piece.stand != Stand::Below
        && piece.place.part != Part::Meta
        && !piece.place.steps.iter().any(is_note)
}

/// A piece's parts by page: the page, and which of its characters stand there. A page
/// that is passed over, as by plates, has none.
fn by_page(spans: &[Range<usize>], text: &FileText) -> Vec<(usize, usize, usize)> {
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    let mut chars = 0;
    for span in spans {
        let mut at = span.start;
        while at < span.end {
            let page = text.page(at);
            let end = text.start(page + 1).clamp(at + 1, span.end);
            match out.last_mut().filter(|(last, ..)| *last == page) {
                Some((_, _, to)) => *to += end - at,
                None => out.push((page, chars, chars + end - at)),
            }
            chars += end - at;
            at = end;
        }
    }
    out
}

/// Where the first sentence begins among the characters `from..to`.
fn sentence(chars: &[char], from: usize, to: usize) -> Option<usize> {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '…');
    let closes = |c: char| ends(c) || matches!(c, '”' | '’' | '」' | '』' | '）' | '》' | ')');
    let begins = |at: &usize| {
        let mut before = chars[..*at].iter().rev().skip_while(|c| closes(**c) && !ends(**c));
        let opened = !closes(chars[*at]);
        opened && before.next().is_some_and(|c| ends(*c))
    };
    (from.max(1)..to.min(chars.len())).find(begins)
}
