//! The virtual files of one publication: the look's own, the view as JSON (one
//! file an article, so that a change to one leaves the others as they were),
//! stand-ins for the pictures, and the few lines that tie them together.

use std::collections::BTreeMap;

use serde::Serialize;
use typst::foundations::Bytes;

use crate::diag::{Code, Fault, Finding};
use crate::export::Job;
use crate::export::typeset::{Argument, Call, Files};
use crate::export::view::{
    Article, Block, Captioned, Colophon, Document, IndexList, Issue, Month, Part, Press, Series,
    View,
};
use crate::layout::{Page, Wording};
use crate::print::stand_in;

use super::compose;

const UNSAYABLE: Code = Code::new("pdf-view-not-json");

/// The path of the file that knows the functions of a look which the program calls.
const MAIN: &str = "main.typ";

/// What stands in it. One that a look lacks is told by its name.
const FUNCTIONS: &str = "#import \"/book.typ\" as door: dress, cover, opening, front, contents, \
    part, article, back, closing\n";

/// The file of a look that Typst begins with; it has what [`calls`] names.
pub(super) const ENTRY: &str = "book.typ";

/// The file of a look that sets the cover as one sheet: back, spine and front.
pub(super) const SHEET: &str = "sheet.typ";

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
    for picture in job.album.iter().filter(|picture| picture.file.is_some()) {
        data.insert(format!("pictures/{}.jpg", picture.id), Bytes::new(stand_in(&picture.id)));
    }
    sources.insert(MAIN.to_owned(), FUNCTIONS.to_owned());
    Ok(Files { main: MAIN.to_owned(), sources, data, calls: calls(job.view)? })
}

/// Makes the files of the cover sheet: the same, with another door and what the
/// sheet must know of the book.
pub(super) fn gather_sheet(job: Job<'_>, sheet: &Sheet) -> Result<Files, Fault> {
    let mut files = gather(job)?;
    files.main = SHEET.to_owned();
    files.calls.clear();
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

/// What a publication calls of its look: a function a part and an article.
fn calls(view: &View) -> Result<Vec<Call>, Fault> {
    let call = |function, arguments| Call { function, arguments };
    let of = |article: &Article| composed(article).map(Argument::Json);
    let mut calls = vec![call("cover", vec![]), call("opening", vec![])];
    for article in &view.front {
        calls.push(call("front", vec![of(article)?]));
    }
    calls.push(call("contents", vec![]));
    for (i, section) in view.parts.iter().enumerate() {
        calls.push(call("part", vec![Argument::Place(i)]));
        for article in &section.articles {
            calls.push(call("article", vec![Argument::Place(i), of(article)?]));
        }
    }
    for article in &view.back {
        calls.push(call("back", vec![of(article)?]));
    }
    calls.push(call("closing", vec![]));
    Ok(calls)
}

/// An article with its lines prepared, and how long each of its blocks is.
fn composed(article: &Article) -> Result<Bytes, Fault> {
    let mut article = compose::article(article);
    let lengths = compose::lengths(&article);
    let blocks = std::mem::take(&mut article.blocks);
    let blocks = blocks.iter().zip(lengths).map(|(block, length)| Measured { block, length });
    json(&Composed { article: &article, blocks: blocks.collect() })
}

fn json(value: &impl Serialize) -> Result<Bytes, Fault> {
    match serde_json::to_vec(value) {
        Ok(bytes) => Ok(Bytes::new(bytes)),
        Err(why) => Err(Fault::internal(Finding::error(UNSAYABLE).arg("why", why))),
    }
}

/// An article without its blocks, and then they: of two values under one name the
/// second counts.
#[derive(Serialize)]
struct Composed<'a> {
    #[serde(flatten)]
    article: &'a Article,
    blocks: Vec<Measured<'a>>,
}

/// A block and how long it is.
#[derive(Serialize)]
struct Measured<'a> {
    #[serde(flatten)]
    block: &'a Block,
    length: compose::Length,
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
