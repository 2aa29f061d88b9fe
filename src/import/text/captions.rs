//! Which words are the caption of which pictures, and who took them.

use std::cmp::Ordering;
use std::ops::Range;

use super::pieces::Piece;
use super::{half_units, headings, is_prose};
use crate::import::{byline, fields, notice, numeral, picture};

/// A caption may be this wide, in half-width units.
const CAPTION_WIDTH: usize = 90;
/// In a story told in pictures it may be a sentence of this width.
const STORY_WIDTH: usize = 110;
/// Beside its pictures such a story has at most so many paragraphs.
const STORY_PARAGRAPHS: usize = 2;
/// With an opening that says it is one, or a credit, it may be this wide.
const TOLD_WIDTH: usize = 200;
/// A caption of so few characters may be a heading, and one of so few is one where
/// another heading is as long.
const DOUBTFUL_CAPTION: usize = 8;
const SHORT_HEADING: usize = 4;
/// What goes on from the number of a picture in a sentence about it.
const NO_NAME: [char; 8] = ['，', '。', '、', '所', '中', '为', '和', '至'];
/// How captions say that they are ones.
const CUES: &[&str] = &["图为", "图：", "图:", "▲", "△", "▼", "▽", "↑", "↓"];

/// Pictures that stand together, with their caption and the line that says who
/// took them, as numbers of pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) pictures: Range<usize>,
    pub(super) caption: Option<usize>,
    pub(super) credit: Option<usize>,
    /// Whether the side on which its caption stands was a guess.
    pub(super) doubtful: bool,
    /// Whether the line below it is a heading for certain.
    pub(super) headed: bool,
}

/// On which side of their pictures captions stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

/// Groups the pictures and finds their captions, on the side that gives every
/// picture one.
pub(super) fn find(pieces: &[Piece<'_>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        match groups.last_mut() {
            _ if !piece.is_picture() => {}
            Some(group) if group.pictures.end == i => group.pictures.end = i + 1,
            _ => {
                let pictures = i..i + 1;
                groups.push(Group {
                    pictures,
                    caption: None,
                    credit: None,
                    doubtful: false,
                    headed: false,
                });
            }
        }
    }
    let story = story_side(pieces, &groups);
    let numbered = numbered_side(pieces, &groups);
    let (side, doubtful) =
        story.or(numbered).map_or_else(|| side(pieces, &groups), |side| (Some(side), false));
    let fits = |at: usize| match story {
        Some(_) => is_sentence_caption(pieces, at),
        // Beside captions with numbers a line without one may be a heading.
        None => {
            let number = pieces.get(at).is_some_and(|p| has_number(p.text()));
            let heads = numbered.is_some() && !number && looks_like_heading(pieces, at);
            is_caption(pieces, at) && !heads
        }
    };
    let mut taken = None;
    for group in &mut groups {
        let below = Some(group.pictures.end).filter(|i| fits(*i));
        let above = group.pictures.start.checked_sub(1).filter(|i| fits(*i) && taken != Some(*i));
        // Words on the line of a picture's name are its own, unless a picture
        // before them still waits for a caption.
        let first = group.pictures.start;
        let on_its_line = above.filter(|i| pieces[*i].shares_line(&pieces[first]));
        let told_above = above.filter(|i| pieces[*i].text().starts_with(['▼', '▽', '↓']));
        let sided = match side {
            Some(Side::Above) => above,
            Some(Side::Below) => below,
            None => None,
        };
        group.caption = on_its_line.or(told_above).or(sided);
        group.doubtful = doubtful && group.caption.is_some() && on_its_line.is_none();
        taken = group.caption;
        let after = match group.caption {
            Some(at) if at == group.pictures.end => at + 1,
            _ => group.pictures.end,
        };
        group.credit = Some(after).filter(|i| {
            pieces.get(*i).is_some_and(|p| !p.is_picture() && byline::is_of_picture(p.text()))
        });
        if group.credit.is_some() {
            taken = group.credit;
        }
    }
    if story.is_none() {
        doubt_headings(pieces, &mut groups);
    }
    groups
}

/// The line below the only captioned pictures may as well head the section that
/// follows. Where other headings are as long as it, it is one.
fn doubt_headings(pieces: &[Piece<'_>], groups: &mut [Group]) {
    let mut captioned = groups.iter_mut().filter(|g| g.caption.is_some());
    let (Some(group), None) = (captioned.next(), captioned.next()) else { return };
    let Some(at) = group.caption.filter(|at| *at == group.pictures.end) else { return };
    let text = pieces[at].text();
    let told = is_told(text) || has_number(text) || byline::at_end_of_caption(text).is_some();
    let own_line = !pieces[at].shares_line(&pieces[at - 1]);
    if told || group.credit.is_some() || !own_line || !looks_like_heading(pieces, at) {
        return;
    }
    let length = text.chars().count();
    let siblings = (1..pieces.len())
        .filter(|i| *i != at && !pieces[i - 1].is_picture() && looks_like_heading(pieces, *i))
        .filter(|i| pieces[*i].text().chars().count() == length)
        .count();
    if siblings > 1 || (siblings == 1 && length <= SHORT_HEADING) {
        group.caption = None;
        group.headed = true;
    } else {
        group.doubtful = length <= DOUBTFUL_CAPTION;
    }
}

/// The side on which captions stand, and whether that is a guess.
fn side(pieces: &[Piece<'_>], groups: &[Group]) -> (Option<Side>, bool) {
    let below = groups.iter().filter(|g| is_caption(pieces, g.pictures.end)).count();
    let above = groups
        .iter()
        .filter(|g| g.pictures.start.checked_sub(1).is_some_and(|i| is_caption(pieces, i)))
        .count();
    if above == groups.len() && below < above {
        // One short line above one picture may as well be the section's heading.
        let heads = (0..pieces.len()).filter(|i| looks_like_heading(pieces, *i)).count();
        return match (groups.len(), heads) {
            (1, 1..) => (None, false),
            (1, _) => (Some(Side::Above), true),
            _ => (Some(Side::Above), false),
        };
    }
    // Where neither side serves all, the one that serves more.
    let side = if above > below && groups.len() > 1 { Side::Above } else { Side::Below };
    (Some(side), false)
}

/// The side on which more captions with a number stand: 图1 全景.
fn numbered_side(pieces: &[Piece<'_>], groups: &[Group]) -> Option<Side> {
    let is_numbered =
        |i: usize| pieces.get(i).is_some_and(|p| !p.is_picture() && has_number(p.text()));
    let below = groups.iter().filter(|g| is_numbered(g.pictures.end)).count();
    let above =
        groups.iter().filter(|g| g.pictures.start.checked_sub(1).is_some_and(is_numbered)).count();
    match above.cmp(&below) {
        Ordering::Greater => Some(Side::Above),
        Ordering::Less => Some(Side::Below),
        // Between two pictures a caption alone may be of either.
        Ordering::Equal => None,
    }
}

/// 图1 全景, 图 2-1：全景: whether a line opens with the number of a picture.
pub(super) fn has_number(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('附').unwrap_or(text).strip_prefix('图') else {
        return false;
    };
    let rest = rest.trim_start();
    let words = rest.trim_start_matches(|c| numeral::is_digit(c) || c == '-' || c == '.');
    let parted = words.starts_with([' ', '\u{3000}', '：', ':', '\t']);
    words.len() < rest.len()
        && (parted
            || (rest.starts_with(|c: char| c.is_ascii_digit()) && !words.starts_with(NO_NAME)))
}

fn looks_like_heading(pieces: &[Piece<'_>], at: usize) -> bool {
    let words = |i: usize| pieces.get(i).filter(|p| !p.is_picture()).map(Piece::text);
    is_caption(pieces, at) && words(at + 1).is_some_and(|next| is_prose(next, 80))
}

/// A story told in pictures: between each picture and the next stands one line,
/// be it a sentence.
fn story_side(pieces: &[Piece<'_>], groups: &[Group]) -> Option<Side> {
    let [first, .., last] = groups else { return None };
    let single = groups.windows(2).all(|pair| {
        let gap = pair[0].pictures.end..pair[1].pictures.start;
        gap.len() == 1 && is_sentence_caption(pieces, gap.start)
    });
    let words = pieces.iter().filter(|p| !p.is_picture()).count();
    if groups.len() < 3 || !single || words > groups.len() + STORY_PARAGRAPHS {
        return None;
    }
    let after = is_sentence_caption(pieces, last.pictures.end);
    let before = first.pictures.start.checked_sub(1).filter(|i| is_sentence_caption(pieces, *i));
    match (before, after) {
        (_, true) => Some(Side::Below),
        (Some(_), false) => Some(Side::Above),
        (None, false) => None,
    }
}

fn is_sentence_caption(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces.get(at).is_some_and(|piece| {
        !piece.is_picture()
            && half_units(piece.text()) <= STORY_WIDTH
            && headings::number_rank(piece.text()).is_none()
            && notice::opening(piece.text(), false).is_none()
            && !byline::is_of_picture(piece.text())
    })
}

fn is_caption(pieces: &[Piece<'_>], at: usize) -> bool {
    let Some(piece) = pieces.get(at).filter(|p| !p.is_picture()) else { return false };
    let text = piece.text();
    if is_told(text) || byline::at_end_of_caption(text).is_some_and(|(end, _)| end > 0) {
        return half_units(text) <= TOLD_WIDTH;
    }
    half_units(text) <= CAPTION_WIDTH
        && !text.ends_with(['。', '！', '？', '；', '：', '，', ':', ',', ';'])
        && headings::number_rank(text).is_none()
        && notice::opening(text, false).is_none()
        && !super::is_rule(text)
        && !picture::is_nameless(text)
        && !fields::parse(text).is_some_and(|f| f.is_credit_line())
}

/// Whether a caption opens with words or a mark that say so.
pub(in crate::import) fn is_told(text: &str) -> bool {
    CUES.iter().any(|cue| text.starts_with(cue))
}
