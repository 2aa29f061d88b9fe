//! A publication: which articles, in which order, in which parts, with which
//! numbers. Everything that can be counted is counted here, once.

mod arrange;
mod count;
mod document;
mod filed;
mod index;
mod isbn;
mod letter;
mod matter;
mod numbers;
mod page;
mod published;
mod sound;

pub use arrange::{Arrangement, Frame, Order, PartsBy, Selection, assemble, matches};
pub use count::word_count;
pub use document::{Document, serial};
pub use index::{Found, Heading, Index, Line, Listed};
pub use isbn::isbn;
pub use letter::{ParagraphRole, paragraph_roles, says_day};
pub use matter::{Apparatus, Colophon, Imprint, Issue, RECIPIENTS};
pub use numbers::{note_mark, numeral, ordinal};
pub use page::{Begins, PrintPage};
pub use published::{Published, PublishedPost};
pub use sound::Readings;

use std::sync::Arc;

use crate::article::Article;
use crate::media::Picture;

/// What a publication is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 汇编: a yearly compilation.
    Compilation,
    /// 简报: an issue of a bulletin.
    Bulletin,
    /// A series as one book.
    Series,
    /// Single posts.
    Post,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Compilation, Self::Bulletin, Self::Series, Self::Post];

    /// The name used in `kanyin.toml` and towards layouts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compilation => "compilation",
            Self::Bulletin => "bulletin",
            Self::Series => "series",
            Self::Post => "post",
        }
    }
}

/// An article that is ready to be published, and its file.
#[derive(Debug, Clone)]
pub struct Source {
    /// The project's file, relative to its root with `/` between folders.
    pub file: String,
    /// Which of the file's articles it is, from 0: most files hold one.
    pub part: usize,
    /// The article, read and corrected.
    pub article: Arc<Article>,
    /// The pictures its figures name, each name once, in the order of the text;
    /// a missing file is a picture without a file.
    /// Their ids are given by [`assemble`].
    pub pictures: Vec<Picture>,
}

/// A publication, selected, ordered and numbered.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Its id: letters, digits and hyphens.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its subtitle; empty where there is none.
    pub subtitle: String,
    /// The institution.
    pub press: String,
    /// The unit within it.
    pub unit: String,
    /// The issue, where it is a bulletin.
    pub issue: Option<Issue>,
    /// What stands at its head and end, where it is an official document.
    pub document: Option<Document>,
    /// Its colophon; `None` where nothing is said.
    pub colophon: Option<Colophon>,
    /// The matter before the contents: forewords, editorial notes.
    pub front: Vec<Entry>,
    /// Its parts; one without a title where it has none.
    pub parts: Vec<Part>,
    /// The matter after the last part.
    pub back: Vec<Entry>,
    /// What it brings along besides its articles.
    pub apparatus: Apparatus,
}

/// A part of a publication.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its number, from 1; `None` where the publication has no parts.
    pub number: Option<usize>,
    /// Its title; `None` where the publication has no parts.
    pub title: Option<String>,
    /// Its articles, in order.
    pub articles: Vec<Entry>,
}

/// An article in its place.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number within the publication, from 1; within the front or back matter
    /// where it stands there.
    pub number: usize,
    /// Whether it is a picture section: its pictures have pages of their own.
    pub album: bool,
    /// The article and its file.
    pub source: Source,
}

impl Publication {
    /// All articles in the order of reading: front matter, parts, back matter.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        let body = self.parts.iter().flat_map(|part| &part.articles);
        self.front.iter().chain(body).chain(&self.back)
    }

    /// The pictures of all articles, each once, in order.
    pub fn pictures(&self) -> Vec<&Picture> {
        let mut seen = std::collections::BTreeSet::new();
        self.entries()
            .flat_map(|entry| &entry.source.pictures)
            .filter(|picture| seen.insert(&picture.id))
            .collect()
    }

    /// The project's files of all articles, in order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.entries().map(|entry| entry.source.file.as_str())
    }
}
