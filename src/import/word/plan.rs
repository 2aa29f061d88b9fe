//! What each item is to the article: a heading, a picture with its caption, plain
//! text. What a style or a field says goes first; then numbers, look and position.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Code;
use crate::import::text::{half_units, number_rank};

use super::item::{Item, Look, Para};
use super::numbering::Shown;
use super::structure;
use super::styles::{Align, Face, Meaning};

const CAPTION_STYLE: Code = Code::new("read-word-caption-style");
const CAPTION_FIELD: Code = Code::new("read-word-caption-field");
const CAPTION_CUE: Code = Code::new("read-caption-cue");
const CAPTION_PLACE: Code = Code::new("read-word-caption-place");
const HEADING_STATED: Code = Code::new("read-word-heading");
const HEADING_NUMBER: Code = Code::new("read-heading-number");
const HEADING_LOOK: Code = Code::new("read-word-heading-look");
const HEADING_SHAPE: Code = Code::new("read-heading-shape");

/// The widest caption, told by its place alone; in half-width units, as all widths here.
const CAPTION_WIDTH: usize = 90;
/// The widest caption that says it is one.
const TOLD_WIDTH: usize = 200;
/// The widest heading told by its number or look.
const HEADING_WIDTH: usize = 64;
/// The widest heading that its style states; a longer one is a paragraph in the
/// wrong style.
const STATED_WIDTH: usize = 160;
/// The text below a heading that only its shape tells is at least this wide.
const NEXT_WIDTH: usize = 80;
/// Paragraphs of this width are what the look of the text is taken from.
const TEXT_WIDTH: usize = 80;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Role {
    /// What it looks like: a paragraph, an item of a list, a table.
    Plain,
    /// Part of something before or after it, or of the article's head or tail.
    Taken,
    /// A heading.
    Heading { level: u8, confidence: f32, reason: Code },
    /// The first of the paragraphs of pictures up to `last`.
    Figure { last: usize, caption: Option<Caption> },
}

/// A caption, by its item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Caption {
    pub(super) at: usize,
    pub(super) confidence: f32,
    pub(super) reason: Code,
}

/// What each of a list of items is.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) roles: Vec<Role>,
    tables: BTreeMap<usize, Caption>,
}

impl Plan {
    /// A plan of what no article's head or tail has taken.
    pub(super) fn of_article(items: &[Item], taken: &BTreeSet<usize>) -> Self {
        let mut plan = Self::captioned(items, taken);
        headings(items, &mut plan.roles);
        plan
    }

    /// A plan for a cell, a note or a text box.
    pub(super) fn plain(items: &[Item]) -> Self {
        Self::captioned(items, &BTreeSet::new())
    }

    /// The caption of the table that is item `at`.
    pub(super) fn caption_of_table(&self, at: usize) -> Option<Caption> {
        self.tables.get(&at).copied()
    }

    fn captioned(items: &[Item], taken: &BTreeSet<usize>) -> Self {
        let role = |i| if taken.contains(&i) { Role::Taken } else { Role::Plain };
        let mut plan =
            Self { roles: (0..items.len()).map(role).collect(), tables: BTreeMap::new() };
        let text = Look::of_text(items);
        plan.figures(items, &text);
        plan.captions_of_tables(items, &text);
        plan
    }

    fn figures(&mut self, items: &[Item], text: &Look) {
        let mut groups: Vec<(usize, usize)> = Vec::new();
        let mut blank = true;
        for (i, item) in items.iter().enumerate() {
            let Item::Paragraph(para) = item else {
                blank = false;
                continue;
            };
            if self.roles[i] != Role::Plain || is_blank(para) {
                continue;
            }
            if !is_pictures(para) {
                blank = false;
                continue;
            }
            match groups.last_mut() {
                Some((_, last)) if blank => *last = i,
                _ => groups.push((i, i)),
            }
            blank = true;
        }
        let free = |at: Option<usize>| at.filter(|at| self.roles[*at] == Role::Plain);
        let below = |last: usize| {
            let next = (last + 1..items.len()).find(|n| !blank_item(&items[*n]));
            free(next).and_then(|at| caption(items, at, text).map(|c| (at, c)))
        };
        let above = |first: usize| {
            let before = (0..first).rev().find(|n| !blank_item(&items[*n]));
            free(before).and_then(|at| caption(items, at, text).map(|c| (at, c)))
        };
        let all_below = groups.iter().all(|(_, last)| below(*last).is_some());
        let all_above = groups.len() > 1 && groups.iter().all(|(f, _)| above(*f).is_some());
        let mut found: Vec<Option<Caption>> = Vec::new();
        let mut used = BTreeSet::new();
        for (first, last) in &groups {
            let words = if all_above && !all_below { above(*first) } else { below(*last) };
            let words = words.filter(|(at, _)| used.insert(*at));
            found.push(words.map(|(at, (confidence, reason))| Caption { at, confidence, reason }));
        }
        for ((first, last), caption) in groups.into_iter().zip(found) {
            self.roles[first..=last].fill(Role::Taken);
            self.roles[first] = Role::Figure { last, caption };
            if let Some(caption) = caption {
                self.roles[caption.at] = Role::Taken;
            }
        }
    }

    /// A table's caption says that it is one, by its style, its field or its words,
    /// or is a short centred line right above.
    fn captions_of_tables(&mut self, items: &[Item], text: &Look) {
        for at in 0..items.len() {
            if !matches!(items[at], Item::Table(_)) {
                continue;
            }
            let before = (0..at).rev().find(|n| !blank_item(&items[*n]));
            let after = (at + 1..items.len()).find(|n| !blank_item(&items[*n]));
            for (near, is_above) in [(before, true), (after, false)] {
                let Some(near) = near.filter(|n| self.roles[*n] == Role::Plain) else { continue };
                let Item::Paragraph(para) = &items[near] else { continue };
                let words = para.text();
                let named = ["表", "附表", "Table"].iter().any(|w| words.starts_with(w));
                let told = para.meaning == Some(Meaning::Caption) || para.sequence.is_some();
                let centred = is_above && para.look.align == Some(Align::Centre);
                let short = half_units(&words) <= CAPTION_WIDTH && !ends_sentence(&words);
                let sure = match (told, named && short, centred && short) {
                    (true, _, _) => caption(items, near, text).map_or(0.9, |c| c.0),
                    (_, true, true) => 0.9,
                    (_, true, _) if is_above => 0.7,
                    (_, _, true) if para.outline.is_none() => 0.6,
                    _ => continue,
                };
                let reason = if told { CAPTION_STYLE } else { CAPTION_PLACE };
                self.tables.insert(at, Caption { at: near, confidence: sure, reason });
                self.roles[near] = Role::Taken;
                break;
            }
        }
    }
}

fn blank_item(item: &Item) -> bool {
    matches!(item, Item::Paragraph(para) if is_blank(para))
}

/// Whether nothing at all stands in a paragraph.
pub(super) fn is_blank(para: &Para) -> bool {
    para.text().is_empty()
        && para.pictures().next().is_none()
        && para.boxes().next().is_none()
        && !para.spans.iter().any(|s| matches!(s.what, super::item::What::Note(_)))
}

fn is_pictures(para: &Para) -> bool {
    para.text().is_empty() && para.pictures().next().is_some()
}

/// How sure it is that an item is a caption, and why.
fn caption(items: &[Item], at: usize, text: &Look) -> Option<(f32, Code)> {
    let Item::Paragraph(para) = &items[at] else { return None };
    let words = para.text();
    let width = half_units(&words);
    if words.is_empty() || para.pictures().next().is_some() || para.outline.is_some() {
        return None;
    }
    if para.meaning == Some(Meaning::Caption) {
        return Some((1.0, CAPTION_STYLE));
    }
    if para.sequence.is_some() && width <= TOLD_WIDTH {
        return Some((1.0, CAPTION_FIELD));
    }
    let cues = ["图为", "图：", "图:", "▲", "△", "▼", "▽", "↑", "↓"];
    if cues.iter().any(|cue| words.starts_with(cue)) && width <= TOLD_WIDTH {
        return Some((0.95, CAPTION_CUE));
    }
    let open = width <= CAPTION_WIDTH && !ends_sentence(&words) && number_rank(&words).is_none();
    if !open || para.number.is_some() || para.look.bold && !text.bold {
        return None;
    }
    let centred = para.look.align == Some(Align::Centre);
    let smaller = para.look.size > 0 && para.look.size < text.size;
    let other = para.look.face == Some(Face::Kai) && text.face != Some(Face::Kai);
    if centred || smaller || other {
        return Some((0.85, CAPTION_PLACE));
    }
    // What looks like the text may be its next line; only a short one is a caption.
    (width <= 60 && para.look.align != Some(Align::End)).then_some((0.6, CAPTION_PLACE))
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '；', '：', '，', '、', ':', ',', ';', '!', '?'])
}

/// What tells a heading before its level is known.
struct Head {
    at: usize,
    /// Where it stands in the order of levels: outlines from 10, numbers from 20.
    rank: u32,
    confidence: f32,
    reason: Code,
}

fn headings(items: &[Item], roles: &mut [Role]) {
    let text = Look::of_text(items);
    let words = |i: &usize| roles[*i] == Role::Plain && !blank_item(&items[*i]);
    let mut found: Vec<Head> = Vec::new();
    for at in (0..items.len()).filter(words) {
        let Item::Paragraph(para) = &items[at] else { continue };
        let next = (at + 1..items.len()).find(words).map(|n| &items[n]);
        let before = (0..at).rev().find(words).map(|n| &items[n]);
        found.extend(head(para, at, before, next, &text));
    }
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

fn head(
    para: &Para,
    at: usize,
    before: Option<&Item>,
    next: Option<&Item>,
    text: &Look,
) -> Option<Head> {
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
        let alone = !same(before) && !same(next) && next.is_some();
        // 1. and （1） number items as often as headings; only the text below tells.
        let told = stands_out || rank < 3 || prose(next) >= NEXT_WIDTH / 2;
        let fits = (open || closed) && alone && told && width <= HEADING_WIDTH;
        let confidence = if open { 0.9 } else { 0.7 };
        let rank = 20 + u32::from(rank);
        return fits.then_some(Head { at, rank, confidence, reason: HEADING_NUMBER });
    }
    let short = (3..=HEADING_WIDTH).contains(&width)
        && !words
            .ends_with(['。', '！', '；', '：', '，', '、', '!', ';', ':', ',', '.', '…', '—'])
        && words.chars().any(char::is_alphanumeric)
        && para.look.align != Some(Align::End)
        && para.number.is_none();
    if !short || next.is_none() {
        return None;
    }
    if stands_out {
        // A row of lines in one look is a list of names, a poem, a masthead.
        let same = |item: Option<&Item>| match item {
            Some(Item::Paragraph(other)) => other.look == para.look,
            _ => false,
        };
        let alone = !same(before) && !same(next) && prose(next) >= HEADING_WIDTH / 2;
        let rank = if para.look.size > text.size { 20 } else { 21 };
        return alone.then_some(Head { at, rank, confidence: 0.8, reason: HEADING_LOOK });
    }
    let plain = para.look.align != Some(Align::Centre)
        && prose(next) >= NEXT_WIDTH
        && prose(before) >= NEXT_WIDTH / 2
        && !words.ends_with(['？', '?']);
    plain.then_some(Head { at, rank: 21, confidence: 0.6, reason: HEADING_SHAPE })
}

impl Look {
    /// The look of most of the text: of the paragraphs that are long enough to be
    /// nothing else, else of all.
    pub(super) fn of_text(items: &[Item]) -> Self {
        let paras = || {
            items.iter().filter_map(|item| match item {
                Item::Paragraph(para) => Some((half_units(&para.text()), para)),
                _ => None,
            })
        };
        let long = paras().any(|(width, _)| width >= TEXT_WIDTH);
        let mut counts: Vec<(Self, usize)> = Vec::new();
        for (width, para) in paras().filter(|(width, _)| !long || *width >= TEXT_WIDTH) {
            let kinds = counts.len();
            match counts.iter_mut().find(|(look, _)| *look == para.look) {
                Some((_, count)) => *count += width,
                None if kinds < 64 => counts.push((para.look, width)),
                None => {}
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(look, _)| look).unwrap_or_default()
    }

    /// Whether a paragraph of that look stands out from this one, the text's.
    pub(super) fn differs(&self, other: &Self) -> bool {
        let heavy = other.face == Some(Face::Heavy) && self.face != Some(Face::Heavy);
        let kai = other.face == Some(Face::Kai) && self.face != Some(Face::Kai);
        (other.bold && !self.bold)
            || (other.size > self.size && self.size > 0)
            || heavy
            || kai
            || (other.align == Some(Align::Centre) && self.align != Some(Align::Centre))
    }
}
