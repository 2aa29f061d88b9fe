//! The links of one article. WeChat lets only links to its own posts stand;
//! every other address is listed at the end under a number.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::export::view::{Article, Block, Inline};

use super::plain;

/// The only addresses that may stay links.
pub(super) const OWN_POSTS: &str = "https://mp.weixin.qq.com/";

/// An address that is listed at the end.
#[derive(Debug, Serialize)]
pub(super) struct Reference {
    /// Its number within the article, from 1; the same address has one number.
    pub number: usize,
    /// The address.
    pub url: String,
}

/// The links of one article.
#[derive(Default)]
pub(super) struct Links {
    kept: Vec<String>,
    references: Vec<Reference>,
}

impl Links {
    /// Collects the links of an article in the order of its text, notes last.
    pub(super) fn of(article: &Article) -> Self {
        let mut links = Self::default();
        links.line(&article.kicker);
        links.line(&article.subtitle);
        links.blocks(&article.blocks);
        for note in &article.notes {
            links.blocks(&note.blocks);
        }
        links
    }

    /// The addresses that stay links.
    pub(super) fn kept(&self) -> Vec<&str> {
        self.kept.iter().map(String::as_str).collect()
    }

    /// The addresses to be listed.
    pub(super) fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The number of each address that is listed.
    pub(super) fn numbers(&self) -> BTreeMap<&str, usize> {
        self.references.iter().map(|r| (r.url.as_str(), r.number)).collect()
    }

    fn link(&mut self, url: &str, text: &[Inline]) {
        if url.starts_with(OWN_POSTS) {
            if !self.kept.iter().any(|known| known == url) {
                self.kept.push(url.to_owned());
            }
            return;
        }
        // An address that the text itself spells out needs no listing, and one
        // into the article's own page leads nowhere in a post.
        let spelt = plain::text(text).trim() == url;
        let listed = self.references.iter().any(|r| r.url == url);
        if !url.is_empty() && !url.starts_with('#') && !spelt && !listed {
            let number = self.references.len() + 1;
            self.references.push(Reference { number, url: url.to_owned() });
        }
    }

    fn line(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Link { url, inlines } => {
                    self.link(url, inlines);
                    self.line(inlines);
                }
                Inline::Strong { inlines }
                | Inline::Emphasis { inlines }
                | Inline::Dots { inlines }
                | Inline::Sup { inlines }
                | Inline::Sub { inlines } => self.line(inlines),
                Inline::Text { .. }
                | Inline::Half { .. }
                | Inline::Foreign { .. }
                | Inline::Tie
                | Inline::PageBreak { .. }
                | Inline::Break
                | Inline::Ruby { .. }
                | Inline::Note { .. } => {}
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { inlines } | Block::Heading { inlines, .. } => self.line(inlines),
                Block::Figure { caption, .. } => self.line(caption),
                Block::List { items, .. } => items.iter().for_each(|i| self.blocks(&i.blocks)),
                Block::Table { caption, rows, .. } => {
                    self.line(caption);
                    rows.iter().flatten().for_each(|cell| self.blocks(&cell.blocks));
                }
                Block::Quote { blocks } | Block::Aside { blocks, .. } => self.blocks(blocks),
                Block::Rule | Block::PageBreak { .. } | Block::Unknown { .. } => {}
            }
        }
    }
}
