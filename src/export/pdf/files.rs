//! The virtual files of one publication: the look's own, the view as JSON (one
//! file an article, so that a change to one leaves the others as they were),
//! stand-ins for the pictures, and the few lines that tie them together.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use typst::foundations::Bytes;

use crate::diag::{Code, Fault, Finding};
use crate::export::Job;
use crate::export::typeset::Files;
use crate::export::view::{
    Article, Captioned, Colophon, Document, IndexList, Issue, Month, Part, Press, Series, View,
};
use crate::layout::{Page, Wording};
use crate::print::stand_in;

use super::compose;

const UNSAYABLE: Code = Code::new("pdf-view-not-json");

/// The path of the file that ties all others together.
const MAIN: &str = "main.typ";

/// The file of a look that Typst begins with; it names what [`main`] calls.
pub(super) const ENTRY: &str = "book.typ";

/// The file of a look that sets the cover as one sheet: back, spine and front.
pub(super) const SHEET: &str = "sheet.typ";

/// Reads an article, and gives each of its blocks its length.
const READ: &str = "#let read-article(path) = { let (article, blocks) = (json(path), ()); \
    for (block, length) in article.remove(\"blocks\").zip(article.remove(\"lengths\")) { \
    blocks.push(block + (length: length)) }; article + (blocks: blocks) }";

/// Makes the files of a job.
pub(super) fn gather(job: Job<'_>) -> Result<Files, Fault> {
    let mut sources = BTreeMap::new();
    let mut data = BTreeMap::new();
    job.look.text(ENTRY)?;
    for (name, file) in job.look.files() {
        if name.ends_with(".typ") {
            sources.insert(name.to_owned(), job.look.text(name)?.to_owned());
        } else {
            data.insert(name.to_owned(), Bytes::new(file.bytes.clone()));
        }
    }
    data.insert("data/book.json".into(), json(&Book::of(job))?);
    for article in job.view.matter() {
        let composed = compose::article(article);
        let laid = Composed { lengths: compose::lengths(&composed), article: &composed };
        data.insert(format!("data/{}.json", article.id), json(&laid)?);
    }
    for picture in job.album.iter().filter(|picture| picture.file.is_some()) {
        data.insert(format!("pictures/{}.jpg", picture.id), Bytes::new(stand_in(&picture.id)));
    }
    sources.insert(MAIN.to_owned(), main(job.view));
    Ok(Files { main: MAIN.to_owned(), sources, data })
}

/// Makes the files of the cover sheet: the same, with another door and what the
/// sheet must know of the book.
pub(super) fn gather_sheet(job: Job<'_>, sheet: &Sheet) -> Result<Files, Fault> {
    let mut files = gather(job)?;
    files.main = SHEET.to_owned();
    files.data.insert("data/sheet.json".into(), json(sheet)?);
    Ok(files)
}

/// What a cover sheet must know of the book it goes around.
#[derive(Serialize)]
pub(super) struct Sheet {
    /// How many pages the inside has.
    pub(super) pages: usize,
    /// How thick they are together, in millimetres.
    pub(super) spine: f64,
}

/// One call a part and an article: nothing in it comes from a source but ids.
/// The metadata tells afterwards which article a page belongs to.
fn main(view: &View) -> String {
    let mut text = format!(
        "#import \"/{ENTRY}\": dress, cover, opening, front, contents, part, article, back, closing\n\
         {READ}\n#show: dress\n#cover()\n#opening()\n"
    );
    let data = |article: &Article| format!("read-article(\"/data/{}.json\")", article.id);
    for article in &view.front {
        let _ = writeln!(text, "#front({})", data(article));
    }
    text.push_str("#contents()\n");
    for (i, section) in view.parts.iter().enumerate() {
        let _ = writeln!(text, "#part({i})");
        for article in &section.articles {
            let _ = writeln!(text, "#article({i}, {})", data(article));
        }
    }
    for article in &view.back {
        let _ = writeln!(text, "#back({})", data(article));
    }
    text.push_str("#closing()\n");
    text
}

fn json(value: &impl Serialize) -> Result<Bytes, Fault> {
    match serde_json::to_vec(value) {
        Ok(bytes) => Ok(Bytes::new(bytes)),
        Err(why) => Err(Fault::internal(Finding::error(UNSAYABLE).arg("why", why))),
    }
}

/// An article with its lines prepared, and how long each of its blocks is.
#[derive(Serialize)]
struct Composed<'a> {
    #[serde(flatten)]
    article: &'a Article,
    lengths: Vec<compose::Length>,
}

/// The view without the articles' texts, and the fonts of the look's roles.
#[derive(Serialize)]
struct Book<'a> {
    id: &'a str,
    kind: &'a str,
    title: &'a str,
    subtitle: &'a str,
    press: &'a Press,
    date: &'a str,
    date_iso: &'a str,
    year: &'a str,
    issue: Option<&'a Issue>,
    document: Option<&'a Document>,
    colophon: Option<&'a Colophon>,
    series: Option<&'a str>,
    front: Vec<Entry<'a>>,
    parts: Vec<Section<'a>>,
    back: Vec<Entry<'a>>,
    chronicle: &'a [Month],
    figures: &'a [Captioned],
    index: &'a [IndexList],
    article_count: usize,
    word_count: usize,
    page: Option<Page>,
    wording: &'a Wording,
    options: &'a toml::Table,
    fonts: &'a BTreeMap<String, Vec<String>>,
}

#[derive(Serialize)]
struct Section<'a> {
    id: &'a str,
    number: &'a str,
    title: &'a str,
    articles: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    number: usize,
    album: bool,
    title_text: &'a str,
    title_phrases: &'a [String],
    series: Option<&'a Series>,
    column: &'a str,
    date: &'a str,
}

impl<'a> Book<'a> {
    fn of(job: Job<'a>) -> Self {
        let view = job.view;
        Self {
            id: &view.id,
            kind: view.kind,
            title: &view.title,
            subtitle: &view.subtitle,
            press: &view.press,
            date: &view.date,
            date_iso: &view.date_iso,
            year: &view.year,
            issue: view.issue.as_ref(),
            document: view.document.as_ref(),
            colophon: view.colophon.as_ref(),
            series: view.series.as_deref(),
            front: view.front.iter().map(Entry::of).collect(),
            parts: view.parts.iter().map(Section::of).collect(),
            back: view.back.iter().map(Entry::of).collect(),
            chronicle: &view.chronicle,
            figures: &view.figures,
            index: &view.index,
            article_count: view.article_count,
            word_count: view.word_count,
            page: view.page,
            wording: &view.wording,
            options: &view.options,
            fonts: &job.look.settings.fonts,
        }
    }
}

impl<'a> Section<'a> {
    fn of(part: &'a Part) -> Self {
        Self {
            id: &part.id,
            number: &part.number,
            title: &part.title,
            articles: part.articles.iter().map(Entry::of).collect(),
        }
    }
}

impl<'a> Entry<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            id: &article.id,
            number: article.number,
            album: article.album,
            title_text: &article.title_text,
            title_phrases: &article.title_phrases,
            series: article.series.as_ref(),
            column: &article.column,
            date: &article.date,
        }
    }
}
