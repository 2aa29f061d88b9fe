//! Which paragraphs of a Word file are headings, and of which level: what a style or
//! an outline states first, then number shapes, then what stands out, then shape.

use std::collections::BTreeSet;

use crate::diag::Code;
use crate::import::text::{half_units, number_rank};

use super::item::{Item, Look, Para};
use super::numbering::Shown;
use super::plan::{Role, is_blank_item};
use super::structure;
use super::styles::{Align, Meaning};

const HEADING_STATED: Code = Code::new("read-word-heading");
const HEADING_NUMBER: Code = Code::new("read-heading-number");
const HEADING_LOOK: Code = Code::new("read-word-heading-look");
const HEADING_SHAPE: Code = Code::new("read-heading-shape");

/// The widest heading told by its number or look; in half-width units, as all widths
/// here.
const HEADING_WIDTH: usize = 64;
/// The widest heading that its style states; a longer one is a paragraph in the
/// wrong style.
const STATED_WIDTH: usize = 160;
/// The text below a heading that only its shape tells is at least this wide.
const NEXT_WIDTH: usize = 80;

/// What tells a heading before its level is known.
struct Head {
    at: usize,
    /// Where it stands in the order of levels: outlines from 10, numbers from 20.
    rank: u32,
    confidence: f32,
    reason: Code,
}

/// Says of the plain items which are headings.
pub(super) fn find(items: &[Item], roles: &mut [Role]) {
    let text = Look::of_text(items);
    let words = |i: &usize| roles[*i] == Role::Plain && !is_blank_item(&items[*i]);
    let mut found: Vec<Head> = Vec::new();
    for at in (0..items.len()).filter(words) {
        let Item::Paragraph(para) = &items[at] else { continue };
        let next = (at + 1..items.len()).find(words).map(|n| &items[n]);
        let before = (0..at).rev().find(words).map(|n| &items[n]);
        // A picture with its caption may be all that a section begins with.
        let follows = (at + 1..items.len()).find(|n| !is_blank_item(&items[*n]));
        let pictured =
            follows.is_some_and(|n| matches!(roles[n], Role::Figure { .. } | Role::Taken));
        let near = Near { before, next, pictured };
        found.extend(head(para, at, &near, &text));
    }
    siblings(items, roles, &text, &mut found);
    // Where styles or looks tell headings, mere shape tells none.
    let told = found.iter().filter(|h| h.reason != HEADING_SHAPE).count();
    if told > 1 {
        found.retain(|h| h.reason != HEADING_SHAPE);
    }
    let ranks: BTreeSet<u32> = found.iter().map(|h| h.rank).collect();
    for head in found {
        let level = ranks.iter().position(|r| *r == head.rank).unwrap_or(0) + 1;
        let level = u8::try_from(level).unwrap_or(6).min(6);
        roles[head.at] = Role::Heading { level, confidence: head.confidence, reason: head.reason };
    }
}

/// What stands round a paragraph.
struct Near<'a> {
    before: Option<&'a Item>,
    next: Option<&'a Item>,
    /// Whether a picture, or its caption, follows at once.
    pictured: bool,
}

/// So many looks that stand out are told apart.
const LOOKS: usize = 64;
/// So many lines of one look that stand out make each other headings.
const SISTERS: usize = 3;

/// Short lines that stand out in one look, parted from each other by text, are
/// headings however short that text is: 一月, 二月, 三月.
fn siblings(items: &[Item], roles: &[Role], text: &Look, found: &mut Vec<Head>) {
    let known: BTreeSet<usize> = found.iter().map(|head| head.at).collect();
    let mut groups: Vec<(Look, Vec<usize>)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Item::Paragraph(para) = item else { continue };
        if roles[at] != Role::Plain || !is_short(para) || !text.differs(&para.look) {
            continue;
        }
        let count = groups.len();
        match groups.iter_mut().find(|(look, _)| *look == para.look) {
            Some((_, group)) => group.push(at),
            None if count < LOOKS => groups.push((para.look, vec![at])),
            None => {}
        }
    }
    for (look, group) in groups.iter().filter(|(_, group)| group.len() >= SISTERS) {
        let members: BTreeSet<usize> = group.iter().copied().collect();
        for at in group.iter().copied().filter(|at| !known.contains(at)) {
            let next = (at + 1..items.len()).find(|n| !is_blank_item(&items[*n]));
            let before = (0..at).rev().find(|n| !is_blank_item(&items[*n]));
            let alone = [next, before].into_iter().flatten().all(|n| !members.contains(&n));
            if alone && next.is_some() {
                let rank = rank_of(look, text);
                found.push(Head { at, rank, confidence: 0.75, reason: HEADING_LOOK });
            }
        }
    }
    found.sort_by_key(|head| head.at);
}

/// The rank of a look that stands out: what is larger than the text stands higher.
fn rank_of(look: &Look, text: &Look) -> u32 {
    if look.size > text.size { 20 } else { 21 }
}

/// Whether a paragraph is as short as a heading and ends no sentence.
fn is_short(para: &Para) -> bool {
    let words = structure::shown_text(para);
    let width = half_units(&words);
    // 云大教〔2023〕18号 numbers the paper it stands in.
    let paper = words.ends_with('号') && words.contains('〔');
    (3..=HEADING_WIDTH).contains(&width)
        && !words.ends_with(['。', '！', '；', '：', '，', '、', '!', ';', ':', ',', '.', '…', '—'])
        && words.chars().any(char::is_alphanumeric)
        && para.look.align != Some(Align::End)
        && para.number.is_none()
        && !paper
}

fn head(para: &Para, at: usize, near: &Near<'_>, text: &Look) -> Option<Head> {
    let Near { before, next, pictured } = *near;
    let words = structure::shown_text(para);
    let width = half_units(&words);
    if width == 0 || para.meaning == Some(Meaning::Contents) {
        return None;
    }
    if let Some(level) = para.outline {
        let stated = width <= STATED_WIDTH;
        let rank = 10 + u32::from(level);
        return stated.then_some(Head { at, rank, confidence: 1.0, reason: HEADING_STATED });
    }
    // A bullet or a plain number makes an item of a list.
    if para.number.as_ref().is_some_and(|n| matches!(n.shown, Shown::Bullet | Shown::Plain(_))) {
        return None;
    }
    let prose = |item: Option<&Item>| match item {
        Some(Item::Paragraph(para)) => half_units(&para.text()),
        Some(_) => NEXT_WIDTH,
        None => 0,
    };
    let stands_out = text.differs(&para.look);
    if let Some(rank) = number_rank(&words) {
        let same = |item: Option<&Item>| match item {
            Some(Item::Paragraph(other)) => {
                number_rank(&structure::shown_text(other)) == Some(rank)
                    && text.differs(&other.look) == stands_out
            }
            _ => false,
        };
        let open = !words.ends_with(['。', '；', '：', '，', ';', ':', ',']);
        // In official papers a heading in 楷体 may close with a full stop.
        let closed = stands_out && words.matches('。').count() == 1 && words.ends_with('。');
        let alone = !same(before) && !same(next) && (next.is_some() || pictured);
        // 1. and （1） number items as often as headings; only the text below tells.
        let told = stands_out || rank < 3 || pictured || prose(next) >= NEXT_WIDTH / 2;
        let fits = (open || closed) && alone && told && width <= HEADING_WIDTH;
        let confidence = if open { 0.9 } else { 0.7 };
        let rank = 20 + u32::from(rank);
        return fits.then_some(Head { at, rank, confidence, reason: HEADING_NUMBER });
    }
    if !is_short(para) || (next.is_none() && !pictured) {
        return None;
    }
    if stands_out {
        // A row of lines in one look is a list of names, a poem, a masthead.
        let same = |item: Option<&Item>| match item {
            Some(Item::Paragraph(other)) => other.look == para.look,
            _ => false,
        };
        let below = if pictured { NEXT_WIDTH } else { prose(next) };
        let next_same = same(next) && !pictured;
        let alone = !same(before) && !next_same && below >= HEADING_WIDTH / 2;
        let rank = rank_of(&para.look, text);
        return alone.then_some(Head { at, rank, confidence: 0.8, reason: HEADING_LOOK });
    }
    let plain = para.look.align != Some(Align::Centre)
        && prose(next) >= NEXT_WIDTH
        && prose(before) >= NEXT_WIDTH / 2
        && !words.ends_with(['？', '?']);
    plain.then_some(Head { at, rank: 21, confidence: 0.6, reason: HEADING_SHAPE })
}
