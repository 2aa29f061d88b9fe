//! What the items of a walk mean together: lines become paragraphs, pictures take
//! their captions. Rules go by shape and look, never by wording.

mod captions;
mod headings;
mod lines;

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Block, Figure, Inline, Inlines, plain_text, tidy};

use super::style::Align;
use super::walk::{Item, Words, trim};

pub(super) use captions::{Group, find as groups, take_mark};
pub(super) use headings::{Heading, find as headings, numbered};
pub(super) use lines::{join, parted};

/// The width of a text in half-width units, two to a Han character.
pub(super) fn half_units(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width_cjk(text)
}

impl Words {
    /// Its characters.
    pub(super) fn text(&self) -> String {
        plain_text(&self.inlines)
    }

    /// Whether it holds nothing that its characters alone would lose: no reading, no
    /// note.
    pub(super) fn is_plain(&self) -> bool {
        fn plain(inlines: &[Inline]) -> bool {
            inlines.iter().all(|inline| match inline {
                Inline::Ruby { .. } | Inline::Note(_) => false,
                other => plain(other.children()),
            })
        }
        plain(&self.inlines)
    }

    /// Whether most of its characters are links.
    pub(super) fn is_linked(&self) -> bool {
        fn linked(inlines: &[Inline]) -> usize {
            let count = |i: &Inline| match i {
                Inline::Link { content, .. } => plain_text(content).chars().count(),
                other => linked(other.children()),
            };
            inlines.iter().map(count).sum()
        }
        linked(&self.inlines) * 2 > self.text().chars().count()
    }

    fn is_centred(&self) -> bool {
        self.look.align == Align::Centre
    }

    /// Whether all its words are strong.
    fn is_strong(&self) -> bool {
        let blank = |i: &Inline| plain_text(std::slice::from_ref(i)).trim().is_empty();
        let strong = |i: &Inline| match i {
            Inline::Strong(_) => true,
            Inline::Emphasis(inner) | Inline::EmphasisMark(inner) => {
                matches!(inner[..], [Inline::Strong(_)])
            }
            _ => false,
        };
        !self.inlines.is_empty() && self.inlines.iter().all(|i| strong(i) || blank(i))
    }
}

/// Whether words stand out from running text: strong or in the middle.
pub(super) fn stands_out(words: &Words) -> bool {
    words.is_strong() || words.is_centred()
}

/// Brings inlines that were cut into their one shape.
pub(super) fn settle(inlines: &mut Inlines) {
    tidy(inlines);
    trim(inlines);
}

/// The inlines without the strength that covers them all.
pub(super) fn unstrong(inlines: Inlines) -> Inlines {
    let mut out = Inlines::new();
    for inline in inlines {
        match inline {
            Inline::Strong(inner) => out.extend(inner),
            other => out.push(other),
        }
    }
    tidy(&mut out);
    out
}

/// The blocks of what stands in a cell, an item of a list or a quotation.
pub(super) fn nested(items: Vec<Item>) -> Vec<Block> {
    let mut items: Vec<Option<Item>> = join(items).into_iter().map(Some).collect();
    let found = groups(&items);
    let starts: BTreeMap<usize, &Group> = found.iter().map(|g| (g.pictures.start, g)).collect();
    let captions: BTreeSet<usize> = found.iter().filter_map(Group::caption_at).collect();
    let mut out = Vec::new();
    for at in 0..items.len() {
        if let Some(group) = starts.get(&at) {
            out.push(Block::Figure(figure(&mut items, group).0));
        } else if !captions.contains(&at) {
            match items[at].take() {
                Some(Item::Words(words)) if words.look.heading > 0 && !words.is_strong() => {
                    out.push(Block::Paragraph(vec![Inline::Strong(words.inlines)]));
                }
                Some(Item::Words(words)) => out.push(Block::Paragraph(words.inlines)),
                Some(Item::Block(block, ..)) => out.push(block),
                Some(Item::Picture(_)) | None => {}
            }
        }
    }
    out
}

/// Takes a group's pictures and caption out of the items; gives the caption's
/// opening mark, too, where it has one.
pub(super) fn figure(items: &mut [Option<Item>], group: &Group) -> (Figure, Option<String>) {
    let mut figure = Figure::default();
    for at in group.pictures.clone() {
        if let Some(Item::Picture(picture)) = items[at].take() {
            figure.images.push(picture.image);
        }
    }
    let mut mark = None;
    if let Some(Item::Words(words)) = group.caption_at().and_then(|at| items[at].take()) {
        let mut inlines = if words.is_strong() { unstrong(words.inlines) } else { words.inlines };
        mark = take_mark(&mut inlines);
        figure.caption = inlines;
    }
    (figure, mark)
}
