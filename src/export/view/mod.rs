//! The view: a publication as layouts see it, and their whole contract. Plain
//! data, serialised to JSON for Typst and to template values for HTML. Numbers,
//! marks, labels and dates are already words here, so that no layout counts.

mod apparatus;
mod block;
mod build;
mod catalogue;
mod document;
mod english;
mod imprint;
mod lists;
mod node;
mod paging;
mod phrases;
mod pictures;
mod published;
mod volume;

pub use build::build;
pub use catalogue::{Catalogue, Person};
pub use document::{Attachment, Document};
pub use lists::{Captioned, Event, IndexLetter, IndexList, IndexName, IndexPlace, Mark, Month};
pub use node::{Block, Cell, Image, Inline, ListItem, PageBreak};
pub use paging::PrintedPage;
pub(crate) use phrases::phrases;
pub(crate) use volume::volumes;
pub use volume::{Instalment, Volume};

use serde::Serialize;

use crate::layout::{Page, Wording};

/// A publication.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    /// The publication's id: letters, digits and hyphens.
    pub id: String,
    /// `compilation`, `bulletin`, `series` or `post`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its subtitle; empty where there is none.
    pub subtitle: String,
    /// Who publishes it.
    pub press: Press,
    /// The date on it, in words; empty where no article has one.
    pub date: String,
    /// The latest article's date as `2022-01-14`; empty where none has one.
    pub date_iso: String,
    /// A UUID (version 5) made from press and id, so that it stays the same.
    pub uuid: String,
    /// The series, where the publication is one series.
    pub series: Option<String>,
    /// The year of that date, four digits; empty where none has one.
    pub year: String,
    /// What stands at the head and foot of a bulletin; none for other kinds.
    pub issue: Option<Issue>,
    /// What stands at the head and at the end of an official document; none where
    /// the project says nothing for it.
    pub document: Option<Document>,
    /// The colophon, where the project says anything for it.
    pub colophon: Option<Colophon>,
    /// The articles before the contents: forewords, editorial notes.
    pub front: Vec<Article>,
    /// Its parts, in order. A publication without parts has one without a title.
    pub parts: Vec<Part>,
    /// The articles after the last part.
    pub back: Vec<Article>,
    /// The chronicle, where the project wants one; for books alone, in print and as
    /// e-books, as are the two below.
    pub chronicle: Vec<Month>,
    /// The list of figures.
    pub figures: Vec<Captioned>,
    /// The lists of the index, none of them empty.
    pub index: Vec<IndexList>,
    /// The pages of the printed edition that begin in its texts, in order; for e-books
    /// alone.
    pub printed_pages: Vec<PrintedPage>,
    /// The title of the printed edition that has these pages; empty where none has.
    pub printed_title: String,
    /// What catalogues and the shelves of reading systems ask of it.
    pub catalogue: Catalogue,
    /// The volume it is, where a series is handed out instalment by instalment.
    pub volume: Option<Volume>,
    /// How many articles its parts have.
    pub article_count: usize,
    /// Han characters and words in the articles of its parts.
    pub word_count: usize,
    /// The sheet, where the look is for print, in millimetres.
    pub page: Option<Page>,
    /// The words that editions add, by key.
    pub wording: Wording,
    /// What `layout.toml` says under `[options]`, the project's settings over it.
    pub options: toml::Table,
}

/// Who publishes.
#[derive(Debug, Clone, Serialize)]
pub struct Press {
    /// The institution.
    pub name: String,
    /// The unit within it.
    pub unit: String,
}

/// An issue of a bulletin, in words. What does not apply is empty.
#[derive(Debug, Clone, Serialize)]
pub struct Issue {
    /// The bulletin's name.
    pub name: String,
    /// The number, such as 第12期.
    pub number: String,
    /// The number over all years, such as 总第86期.
    pub total: String,
    /// The day it is published.
    pub date: String,
    /// 密级, or words such as 内部资料.
    pub classification: String,
    /// The number of the document, such as 编号：000012.
    pub serial: String,
    /// Whom it goes to, each with its word 报, 送 or 发; only those with names.
    pub distribution: Vec<Recipients>,
    /// How many copies there are, such as 共印120份.
    pub copies: String,
    /// The number of its first page, which is odd.
    pub first_page: u32,
}

/// Those whom a bulletin goes to.
#[derive(Debug, Clone, Serialize)]
pub struct Recipients {
    /// 报, 送 or 发.
    pub label: String,
    /// Their names.
    pub names: Vec<String>,
}

/// A colophon, in words.
#[derive(Debug, Clone, Serialize)]
pub struct Colophon {
    /// `isbn` or `internal`.
    pub mode: &'static str,
    /// What an internal publication must say of itself, on its cover too; empty
    /// for others.
    pub notice: String,
    /// The permit with its label; empty where there is none.
    pub permit: String,
    /// The lines of the CIP data.
    pub cip: Vec<String>,
    /// Who made it.
    pub people: Vec<Fact>,
    /// What else it says, in order.
    pub facts: Vec<Fact>,
    /// The words that keep the rights; empty for internal publications.
    pub rights: String,
}

/// A line of a colophon.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The key of `kanyin.toml`; empty for people.
    pub key: &'static str,
    /// The word before it, such as 印刷.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// A part of a publication.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// Its id: `part1`.
    pub id: String,
    /// Its number in words, such as 第一部分; empty where the publication has no parts.
    pub number: String,
    /// Its title; empty where the publication has no parts.
    pub title: String,
    /// The page of the printed edition that it opens; for e-books alone.
    pub page: Option<PageBreak>,
    /// Its articles, in order.
    pub articles: Vec<Article>,
}

/// An article.
#[derive(Debug, Clone, Serialize)]
pub struct Article {
    /// Its id within the publication: `a0001`, in order; `f0001` before the
    /// contents, `b0001` after the last part.
    pub id: String,
    /// Its number within the publication, from 1; within the front or back matter
    /// where it stands there.
    pub number: usize,
    /// A short name for folders, made from the title: no character that a file
    /// system refuses.
    pub slug: String,
    /// The project's file it comes from.
    pub file: String,
    /// Whether it is a picture section, before the contents.
    pub album: bool,
    /// The page of the printed edition that begins with it; for e-books alone.
    pub page: Option<PageBreak>,
    /// The ids of the index's names in what stands above the text.
    pub names: Vec<String>,
    /// The title.
    pub title: Vec<Inline>,
    /// The title as plain text.
    pub title_text: String,
    /// The title's phrases, parted at the spaces between Chinese characters; one
    /// where it is no headline in halves.
    pub title_phrases: Vec<String>,
    /// 引题; empty where there is none.
    pub kicker: Vec<Inline>,
    /// 副题; empty where there is none.
    pub subtitle: Vec<Inline>,
    /// The series and the place in it.
    pub series: Option<Series>,
    /// The column; empty where there is none.
    pub column: String,
    /// The date in words; as written where it could not be read; empty where
    /// there is none.
    pub date: String,
    /// The date as `2022-01-14`; empty where there is none.
    pub date_iso: String,
    /// Whether the last line of its text says that day, so that a look need not.
    pub day_said: bool,
    /// Where it first appeared; empty where nobody said.
    pub source: String,
    /// The address where it first appeared; empty where nobody said.
    pub source_url: String,
    /// A summary; empty where there is none.
    pub summary: String,
    /// The credits, in the source's order.
    pub credits: Vec<Credit>,
    /// The id of the picture that stands for it; empty where nobody named one, or its
    /// file is missing.
    pub cover: String,
    /// The point that must be seen of that picture, or of the first of the text where
    /// none is named: fractions of width and height from the upper left corner; none
    /// where nobody said.
    pub focus: Option<[f64; 2]>,
    /// The address of the post it was published as; empty where it was not.
    pub published: String,
    /// The instalments of its series before it that have been published, the latest
    /// first.
    pub earlier: Vec<Earlier>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The notes, in the order of their calls.
    pub notes: Vec<Note>,
    /// Han characters and words in it.
    pub word_count: usize,
}

/// A numbered place in a series.
#[derive(Debug, Clone, Serialize)]
pub struct Series {
    /// The series' name.
    pub name: String,
    /// The place in it.
    pub ordinal: u32,
    /// The place in words, such as 之五.
    pub number: String,
}

/// An earlier instalment of a series, published as a post.
#[derive(Debug, Clone, Serialize)]
pub struct Earlier {
    /// Its title.
    pub title: String,
    /// The place in the series in words, such as 之五.
    pub number: String,
    /// The address of the post.
    pub url: String,
    /// The day it was published, in words; empty where nobody said.
    pub date: String,
}

/// One line of credit.
#[derive(Debug, Clone, Serialize)]
pub struct Credit {
    /// The role's name, such as `editor`.
    pub role: &'static str,
    /// The word before the names.
    pub label: String,
    /// The names.
    pub names: Vec<String>,
}

/// A note.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    /// Its number within the article, from 1.
    pub number: usize,
    /// Its mark, such as ①.
    pub mark: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

impl View {
    /// The articles of all parts, in order.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        self.parts.iter().flat_map(|part| &part.articles)
    }

    /// All articles in the order of reading: front matter, parts, back matter.
    pub fn matter(&self) -> impl Iterator<Item = &Article> {
        self.front.iter().chain(self.articles()).chain(&self.back)
    }
}

/// What the frame of a missing picture says.
fn placeholder(wording: &Wording, name: &str) -> String {
    wording.fill("picture-missing", &[("name", name)])
}
