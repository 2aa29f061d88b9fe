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
pub(super) struct Links<'a> {
    posts: &'a BTreeMap<&'a str, &'a str>,
    kept: BTreeMap<String, String>,
    references: Vec<Reference>,
}

impl<'a> Links<'a> {
    /// Collects the links of an article in the order of its text, notes last. `posts`
    /// are the posts that other articles have been published as, by the addresses
    /// where those first appeared: a link there becomes one to the post.
    pub(super) fn of(article: &Article, posts: &'a BTreeMap<&'a str, &'a str>) -> Self {
        let mut links = Self { posts, kept: BTreeMap::new(), references: Vec::new() };
        links.line(&article.kicker);
        links.line(&article.subtitle);
        links.blocks(&article.blocks);
        for note in &article.notes {
            links.blocks(&note.blocks);
        }
        links
    }

    /// The addresses that stay links, and where each then leads.
    pub(super) fn kept(&self) -> &BTreeMap<String, String> {
        &self.kept
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
        let own = url.starts_with(OWN_POSTS).then_some(url);
        if let Some(post) = own.or_else(|| self.posts.get(url).copied()) {
            self.kept.insert(url.to_owned(), post.to_owned());
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
                Block::Paragraph { inlines, .. } | Block::Heading { inlines, .. } => {
                    self.line(inlines)
                }
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
