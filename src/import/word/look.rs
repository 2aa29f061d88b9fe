//! How a paragraph looks beside the others of its file.

use crate::import::text::half_units;

use super::item::{Item, Look};
use super::styles::{Align, Face};

/// Paragraphs of this width are what the look of the text is taken from.
const TEXT_WIDTH: usize = 80;

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
