//! What each item is to the article: a heading, a picture with its caption, plain
//! text. What a style or a field says goes first; then numbers, look and position.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Code;
use crate::import::text::{half_units, number_rank};

use super::headings;
use super::item::{Item, Look, Para};
use super::styles::{Align, Face, Meaning};

const CAPTION_STYLE: Code = Code::new("read-word-caption-style");
const CAPTION_FIELD: Code = Code::new("read-word-caption-field");
const CAPTION_CUE: Code = Code::new("read-caption-cue");
const CAPTION_PLACE: Code = Code::new("read-word-caption-place");

/// The widest caption, told by its place alone; in half-width units, as all widths here.
const CAPTION_WIDTH: usize = 90;
/// The widest caption that says it is one.
const TOLD_WIDTH: usize = 200;

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
        headings::find(items, &mut plan.roles);
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
        self.in_turn(items, &mut groups, text);
        let free = |at: Option<usize>| at.filter(|at| self.roles[*at] == Role::Plain);
        let below = |last: usize| {
            let next = (last + 1..items.len()).find(|n| !is_blank_item(&items[*n]));
            free(next).and_then(|at| caption(items, at, text).map(|c| (at, c)))
        };
        let above = |first: usize| {
            let before = (0..first).rev().find(|n| !is_blank_item(&items[*n]));
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

    /// Pictures in a row with as many captions in a row below them have one each.
    fn in_turn(&mut self, items: &[Item], groups: &mut Vec<(usize, usize)>, text: &Look) {
        groups.retain(|(first, last)| {
            let plain = |n: &usize| !is_blank_item(&items[*n]);
            let pictures: Vec<usize> = (*first..=*last).filter(plain).collect();
            let below: Vec<usize> =
                (last + 1..items.len()).filter(plain).take(pictures.len()).collect();
            let captions: Vec<Caption> = below
                .iter()
                .filter(|at| self.roles[**at] == Role::Plain)
                .filter_map(|at| {
                    let (confidence, reason) = caption(items, *at, text)?;
                    (confidence > 0.6).then_some(Caption { at: *at, confidence, reason })
                })
                .collect();
            let each = pictures.len() > 1 && captions.len() == pictures.len();
            if each {
                for (at, caption) in pictures.into_iter().zip(captions) {
                    self.roles[at] = Role::Figure { last: at, caption: Some(caption) };
                    self.roles[caption.at] = Role::Taken;
                }
            }
            !each
        });
    }

    /// A table's caption says that it is one, by its style, its field or its words,
    /// or is a short centred line right above.
    fn captions_of_tables(&mut self, items: &[Item], text: &Look) {
        for at in 0..items.len() {
            if !matches!(items[at], Item::Table(_)) {
                continue;
            }
            let before = (0..at).rev().find(|n| !is_blank_item(&items[*n]));
            let after = (at + 1..items.len()).find(|n| !is_blank_item(&items[*n]));
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

/// Whether an item is a paragraph in which nothing stands.
pub(super) fn is_blank_item(item: &Item) -> bool {
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
    // What is set larger or heavier than the text heads a section.
    let heavy = para.look.face == Some(Face::Heavy) && text.face != Some(Face::Heavy);
    let larger = para.look.size > text.size && text.size > 0;
    if !open || para.number.is_some() || para.look.bold && !text.bold || heavy || larger {
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
