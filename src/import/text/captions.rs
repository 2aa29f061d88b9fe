//! Which words are the caption of which pictures.

use std::ops::Range;

use super::half_units;
use super::headings;
use super::pieces::Piece;
use crate::import::{fields, notice};

/// A caption may be this wide, in half-width units.
const CAPTION_WIDTH: usize = 90;
/// With an opening that says it is one, it may be this wide.
const TOLD_WIDTH: usize = 200;
/// How captions say that they are ones.
const CUES: &[&str] = &["图为", "图：", "图:", "▲", "△", "▼", "▽", "↑", "↓"];

/// Pictures that stand together and their caption, as numbers of pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) pictures: Range<usize>,
    pub(super) caption: Option<usize>,
}

/// Groups the pictures and finds their captions: below, or above where only
/// that gives each of several groups one.
pub(super) fn find(pieces: &[Piece<'_>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        match groups.last_mut() {
            _ if !piece.is_picture() => {}
            Some(group) if group.pictures.end == i => group.pictures.end = i + 1,
            _ => groups.push(Group { pictures: i..i + 1, caption: None }),
        }
    }
    let below = |g: &Group| Some(g.pictures.end).filter(|i| is_caption(pieces, *i));
    let above = |g: &Group| g.pictures.start.checked_sub(1).filter(|i| is_caption(pieces, *i));
    let all_below = groups.iter().all(|g| below(g).is_some());
    let all_above = groups.len() > 1 && groups.iter().all(|g| above(g).is_some());
    let points_down =
        |g: &Group| above(g).is_some_and(|i| pieces[i].text().starts_with(['▼', '▽', '↓']));
    let mut taken = None;
    for group in &mut groups {
        // Words on the line of a picture's name are its own, unless a picture
        // before them still waits for a caption.
        let on_its_line = above(group).filter(|i| {
            let same = pieces[*i].line.number == pieces[group.pictures.start].line.number;
            same && taken != Some(*i)
        });
        let from_above = (all_above && !all_below) || points_down(group);
        group.caption =
            if on_its_line.is_some() || from_above { above(group) } else { below(group) };
        taken = group.caption;
    }
    groups
}

fn is_caption(pieces: &[Piece<'_>], at: usize) -> bool {
    let Some(piece) = pieces.get(at).filter(|p| !p.is_picture()) else { return false };
    let text = piece.text();
    if is_told(text) {
        return half_units(text) <= TOLD_WIDTH;
    }
    half_units(text) <= CAPTION_WIDTH
        && !text.ends_with(['。', '！', '？', '；', '：', '，', ':', ',', ';'])
        && headings::number_rank(text).is_none()
        && notice::opening(text, false).is_none()
        && !fields::parse(text).is_some_and(|f| f.is_credit_line())
}

/// Whether a caption opens with words or a mark that say so.
pub(in crate::import) fn is_told(text: &str) -> bool {
    CUES.iter().any(|cue| text.starts_with(cue))
}
