//! `kanyin.toml`: what was asked for, with unknown keys refused. The contract is
//! in README.md under "The project folder".

use serde::Deserialize;

use crate::diag::{Code, Fault, Finding};

use super::MANIFEST;
use super::day::Day;
use super::document::Document;
use super::length::{Bleed, Flap, Ink, Side, Spine};
use super::limits::Limits;
use super::matter::{Book, Bulletin, Colophon, Said};
use super::share::Share;
use super::switches::Switches;
use crate::diag::toml_error::{explain, line_of, nearest};

const BAD_ID: Code = Code::new("project-bad-id");
const SAME_ID: Code = Code::new("project-same-id");
const NO_PUBLICATION: Code = Code::new("project-no-publication");
const UNKNOWN_ID: Code = Code::new("project-unknown-id");

/// The whole of `kanyin.toml`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who publishes.
    #[serde(default)]
    pub press: Press,
    /// What is handed out over the whole project.
    #[serde(default)]
    pub share: Share,
    /// How much is read, and how long looks may take.
    #[serde(default)]
    pub limits: Limits,
    /// What is published.
    #[serde(default)]
    pub publication: Vec<PublicationConfig>,
    /// The text it was read from.
    #[serde(skip)]
    text: String,
}

/// `[press]`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Press {
    /// The institution.
    pub name: String,
    /// The unit within it.
    pub unit: String,
}

/// One `[[publication]]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicationConfig {
    /// The id: the name of its folder and files in `out/`.
    pub id: String,
    /// What it is.
    #[serde(default)]
    pub kind: KindName,
    /// Its title; that of its only article, or the press's name, where it is empty.
    #[serde(default)]
    pub title: String,
    /// Its subtitle.
    #[serde(default)]
    pub subtitle: String,
    /// Its looks.
    #[serde(default)]
    pub layout: Layouts,
    /// Which articles it takes.
    #[serde(default)]
    pub select: Select,
    /// How they are arranged.
    #[serde(default)]
    pub arrange: Arrange,
    /// Which formats are made.
    #[serde(default)]
    pub formats: Formats,
    /// The press edition.
    #[serde(default)]
    pub print: Print,
    /// The e-book.
    #[serde(default)]
    pub epub: Epub,
    /// Switches of the WeChat theme; the theme says which there are.
    #[serde(default)]
    pub wechat: Switches,
    /// Patterns of the source files before the contents, in their order there.
    #[serde(default)]
    pub front: Vec<String>,
    /// Patterns of the source files after the last part, in their order there.
    #[serde(default)]
    pub back: Vec<String>,
    /// What a book brings along besides its articles.
    #[serde(default)]
    pub book: Book,
    /// The head and foot of a bulletin.
    #[serde(default)]
    pub bulletin: Bulletin,
    /// The head and the end of an official document.
    pub document: Option<Document>,
    /// The colophon.
    pub colophon: Option<Colophon>,
}

/// What a publication is, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KindName {
    /// A yearly compilation.
    #[default]
    Compilation,
    /// An issue of a bulletin.
    Bulletin,
    /// A series as one book.
    Series,
    /// Single posts.
    Post,
}

/// The looks of a publication by medium; the kind has defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Layouts {
    /// The look of both PDFs.
    pub print: Option<String>,
    /// The look of the e-book.
    pub epub: Option<String>,
    /// The theme of the posts.
    pub wechat: Option<String>,
}

/// Which articles a publication takes; what is not said does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Select {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// Names of series.
    pub series: Vec<String>,
    /// Names of columns.
    pub columns: Vec<String>,
    /// Patterns of source files.
    pub sources: Vec<String>,
}

/// How the articles are arranged.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Arrange {
    /// What makes a part.
    pub parts: Parts,
    /// The order within a part.
    pub order: OrderName,
}

/// What makes a part: a word, or parts by hand.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged, expecting = "\"series\", \"month\", \"column\", \"none\" or a list of parts")]
pub enum Parts {
    /// A rule.
    By(PartsName),
    /// Parts by hand.
    Named(Vec<Named>),
}

impl Default for Parts {
    fn default() -> Self {
        Self::By(PartsName::None)
    }
}

/// A rule that makes parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartsName {
    /// A part a series.
    Series,
    /// A part a month.
    Month,
    /// A part a column.
    Column,
    /// No parts.
    None,
}

/// A part by hand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its title.
    pub title: String,
    /// Patterns of its source files.
    pub sources: Vec<String>,
}

/// The order within a part, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderName {
    /// By date.
    #[default]
    Date,
    /// By series and place in it.
    Series,
    /// By file name.
    File,
}

/// A format that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// PDF for the screen.
    Pdf,
    /// PDF for the press.
    Print,
    /// EPUB.
    Epub,
    /// WeChat posts.
    Wechat,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Print, Self::Epub, Self::Wechat];

    /// The name used in `kanyin.toml` and after `--format`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Print => "print",
            Self::Epub => "epub",
            Self::Wechat => "wechat",
        }
    }
}

/// The formats of a publication; all of them where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Formats(pub Vec<Format>);

impl Default for Formats {
    fn default() -> Self {
        Self(Format::ALL.to_vec())
    }
}

/// `[publication.print]`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Print {
    /// `x4` or `x1a`.
    pub standard: Option<Standard>,
    /// Width and height after trimming, in mm.
    pub trim: Option<[Side; 2]>,
    /// Bleed on each side, in mm.
    pub bleed: Option<Bleed>,
    /// The paper, by a name of `layouts/shared/papers.toml`; the spine's width
    /// follows.
    pub paper: Option<String>,
    /// The width of the spine, in mm, where the shop has named it.
    pub spine: Option<Spine>,
    /// The width of the cover's flaps, in mm.
    pub flap: Option<Flap>,
    /// The press's colour profile: a file of the project, or a name of
    /// `fonts/manifest.toml`.
    pub profile: Option<String>,
    /// The most ink that the paper takes, in per cent over all inks.
    pub ink: Option<Ink>,
    /// The sheet of an imposed booklet, such as `A3`.
    pub booklet: Option<String>,
}

/// The kind of press file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standard {
    /// In the manner of PDF/X-4.
    X4,
    /// In the manner of PDF/X-1a.
    X1a,
}

/// `[publication.epub]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Epub {
    /// Whether fonts travel with the book.
    pub fonts: EpubFonts,
    /// The largest size of the file, in MB of a million bytes.
    pub budget: Option<u32>,
    /// Whether a series is one book, a book an instalment, or both.
    pub volumes: Volumes,
    /// What shelves and catalogues say of it; made from its contents where nothing is
    /// said.
    pub description: Said,
    /// The e-book's own ISBN; the colophon's where nothing is said.
    pub isbn: Said,
}

/// What a series becomes as an e-book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Volumes {
    /// One book.
    #[default]
    One,
    /// A book an instalment.
    Each,
    /// The one book, and a book an instalment.
    Both,
}

/// Whether fonts travel with an e-book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EpubFonts {
    /// Subsets of the look's faces do.
    #[default]
    Subset,
    /// None do: the reader's own are used.
    None,
}

impl PublicationConfig {
    /// Patterns of the source files that stand before the contents or after the last
    /// part.
    pub fn set_apart(&self) -> impl Iterator<Item = &String> {
        self.front.iter().chain(&self.book.album).chain(&self.back)
    }
}

impl Config {
    /// The text of `kanyin.toml` that it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Understands the text of `kanyin.toml`.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let mut config: Self =
            toml::from_str(text).map_err(|e| Fault::configuration(explain(MANIFEST, text, &e)))?;
        config.text = text.to_owned();
        for (i, publication) in config.publication.iter().enumerate() {
            let id = &publication.id;
            let line = nth_id_line(text, i);
            let fault = |code| {
                Fault::configuration(Finding::error(code).arg("id", id).file(MANIFEST).line(line))
            };
            let letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            if id.is_empty() || !id.chars().all(letter) || RESERVED.contains(&id.as_str()) {
                return Err(fault(BAD_ID));
            }
            if config.publication[..i].iter().any(|p| p.id.eq_ignore_ascii_case(id)) {
                return Err(fault(SAME_ID));
            }
        }
        Ok(config)
    }

    /// The line of `kanyin.toml`, from 1, on which so many bytes stand before a place.
    pub fn line(&self, before: usize) -> usize {
        line_of(&self.text, before)
    }

    /// The publications of these ids, in the order of `kanyin.toml`; all where
    /// none is named.
    ///
    /// # Errors
    /// A usage fault where an id is unknown, with the nearest known one, and a
    /// configuration fault where there is no publication at all.
    pub fn chosen(&self, ids: &[String]) -> Result<Vec<&PublicationConfig>, Fault> {
        if self.publication.is_empty() {
            return Err(Fault::configuration(Finding::error(NO_PUBLICATION).file(MANIFEST)));
        }
        let known: Vec<String> = self.publication.iter().map(|p| p.id.clone()).collect();
        if let Some(id) = ids.iter().find(|id| !known.contains(id)) {
            let finding = Finding::error(UNKNOWN_ID)
                .arg("id", id)
                .arg("nearest", nearest(id, &known))
                .arg("known", known.join("、"));
            return Err(Fault::usage(finding));
        }
        let wanted = |p: &&PublicationConfig| ids.is_empty() || ids.contains(&p.id);
        Ok(self.publication.iter().filter(wanted).collect())
    }
}

/// Names in `out/` that are not a publication's.
const RESERVED: &[&str] = &["share"];

/// The line of the `n`th `[[publication]]`, from 1.
fn nth_id_line(text: &str, n: usize) -> Option<usize> {
    text.match_indices("[[publication]]").nth(n).map(|(at, _)| line_of(text, at))
}
