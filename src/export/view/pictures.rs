//! The pictures of a view: which there are, and taking those out that turned out to
//! be none.

use std::collections::BTreeSet;

use crate::layout::Wording;

use super::{Article, Block, Image, View, placeholder};

impl Article {
    /// Every picture of its text and notes, at every depth, in reading order.
    pub(crate) fn images(&self) -> Vec<&Image> {
        let mut images = Vec::new();
        gather(&self.blocks, &mut images);
        self.notes.iter().for_each(|note| gather(&note.blocks, &mut images));
        images
    }
}

impl View {
    /// The file of the first article that shows this picture.
    pub(crate) fn shown_in(&self, picture: &str) -> Option<&str> {
        let shows = |article: &&Article| article.images().iter().any(|i| i.picture == picture);
        self.matter().find(shows).map(|article| article.file.as_str())
    }

    /// Shows every picture whose id is not among these as missing. Its size stays.
    pub(crate) fn keep_pictures(&mut self, there: &BTreeSet<&str>) {
        let wording = &self.wording;
        let body = self.parts.iter_mut().flat_map(|part| &mut part.articles);
        for article in self.front.iter_mut().chain(body).chain(&mut self.back) {
            in_blocks(&mut article.blocks, there, wording);
            for note in &mut article.notes {
                in_blocks(&mut note.blocks, there, wording);
            }
        }
    }
}

fn in_blocks(blocks: &mut [Block], there: &BTreeSet<&str>, wording: &Wording) {
    for block in blocks {
        match block {
            Block::Figure { images, .. } => {
                let lost = |image: &&mut Image| !there.contains(image.picture.as_str());
                for image in images.iter_mut().filter(lost) {
                    image.missing = true;
                    image.placeholder = placeholder(wording, &image.name);
                }
            }
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| in_blocks(&mut item.blocks, there, wording));
            }
            Block::Table { rows, .. } => {
                let cells = rows.iter_mut().flatten();
                cells.for_each(|cell| in_blocks(&mut cell.blocks, there, wording));
            }
            Block::Quote { blocks } | Block::Aside { blocks, .. } => {
                in_blocks(blocks, there, wording);
            }
            Block::Paragraph { .. }
            | Block::Heading { .. }
            | Block::Rule
            | Block::PageBreak { .. }
            | Block::Unknown { .. } => {}
        }
    }
}

fn gather<'a>(blocks: &'a [Block], images: &mut Vec<&'a Image>) {
    for block in blocks {
        match block {
            Block::Figure { images: own, .. } => images.extend(own),
            Block::List { items, .. } => items.iter().for_each(|i| gather(&i.blocks, images)),
            Block::Table { rows, .. } => {
                rows.iter().flatten().for_each(|cell| gather(&cell.blocks, images));
            }
            Block::Quote { blocks } | Block::Aside { blocks, .. } => gather(blocks, images),
            Block::Paragraph { .. }
            | Block::Heading { .. }
            | Block::Rule
            | Block::PageBreak { .. }
            | Block::Unknown { .. } => {}
        }
    }
}
