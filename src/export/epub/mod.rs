//! EPUB 3.3 by our own writer: pages from the look's templates, fonts subset to
//! what is set in them, pictures passed from disk to disk. No look and no wording
//! stands here; see `layouts/epub/` and docs/decisions for why there is no builder
//! crate underneath.

mod again;
pub mod archive;
mod book;
mod budget;
mod characters;
mod container;
mod faces;
mod outline;
mod package;
mod page;
mod pictures;
mod scan;
mod sink;
mod subset;

use std::sync::{Arc, OnceLock};

use crate::diag::{Code, Fault, Finding, Warned};

use super::html::Templates;
use super::view::{View, volumes};
use super::{Artifact, Body, Job, WriteSeek, cover};

use again::{Before, Nothing};
pub use again::{EarlierBooks, MadeBook, Stamp, Writing};
use archive::{Content, Entry};
use pictures::{Descriptions, Pictures};

/// Pixels of the cover picture, as the large bookshops ask: width, height.
const COVER: (u32, u32) = (1560, 2496);

const ISBN_WRONG: Code = Code::new("epub-isbn-wrong");

/// The e-books of a publication.
pub struct Books<'a> {
    /// Their files.
    pub artifacts: Vec<Artifact<'a>>,
    /// What is known of each once it is written.
    pub writings: Vec<Writing>,
}

/// Makes `ID.epub`; where the option `volumes` says so, an `ID-01.epub` an article, in
/// its place or besides.
///
/// # Errors
/// Where the look is wrong (file and line), a character is in no face of the role
/// it is set in (article, character, role), or a face cannot be subset.
pub fn export(job: Job<'_>) -> Result<Warned<Vec<Artifact<'_>>>, Fault> {
    let made = export_again(job, &Nothing)?;
    Ok(Warned { value: made.value.artifacts, findings: made.findings })
}

/// The same; what of the books of an earlier build is the same is copied out of them.
///
/// # Errors
/// As [`export`].
pub fn export_again<'a>(
    job: Job<'a>,
    earlier: &'a dyn EarlierBooks,
) -> Result<Warned<Books<'a>>, Fault> {
    let templates = Templates::new(job.look)?;
    let mut made = Warned::clean(Books { artifacts: Vec::new(), writings: Vec::new() });
    made.findings.extend(isbn_doubt(job.view));
    made.findings.extend(Descriptions::count(&job).findings());
    let volumes_wanted = said(job.view, "volumes");
    let mut add = |book: Warned<Rendered>| {
        for finding in book.findings {
            // What holds of several volumes is told once.
            if !made.findings.contains(&finding) {
                made.findings.push(finding);
            }
        }
        let Rendered { path, entries } = book.value;
        let known = Arc::new(OnceLock::new());
        let writing = Writing { path: path.clone(), made: Arc::clone(&known) };
        made.value.writings.push(writing);
        let name = path.clone();
        let write = move |out: &mut dyn WriteSeek| {
            let before = Before::open(earlier, &name);
            let written = archive::write(entries, earlier, before, out)?;
            // Nobody else fills it in, and an artifact is written once.
            let _ = known.set(written);
            Ok(())
        };
        made.value.artifacts.push(Artifact { path, body: Body::Stream(Box::new(write)) });
    };
    if volumes_wanted != Some("each") {
        add(book(&job, &templates, &job.view.id)?);
    }
    if matches!(volumes_wanted, Some("each" | "both")) {
        for view in volumes(job.view) {
            let file = view.volume.as_ref().map_or(&view.id, |volume| &volume.file);
            add(book(&Job { view: &view, ..job }, &templates, file)?);
        }
    }
    Ok(made)
}

/// An e-book, ready to be written.
struct Rendered {
    path: String,
    entries: Vec<Entry>,
}

/// One e-book under this name, within its budget where it has one and that can be.
fn book(job: &Job<'_>, templates: &Templates, name: &str) -> Result<Warned<Rendered>, Fault> {
    let path = format!("{name}.epub");
    let shown = Pictures::shown(job);
    let mut pictures = shown.ready(job, 0);
    let mut book = book::render(job, templates, &pictures.value)?;
    let cover = cover(job)?;
    let mut findings = cover.findings;
    book.entries.push(Entry::bytes("EPUB/cover.jpg", cover.value));
    if let Some(budget) = budget::Budget::of(job.view) {
        let fitted = budget.fit(job, &shown, pictures, &book.entries, &path);
        let changed = fitted.changed_names;
        (pictures, findings) = (fitted.pictures, [findings, fitted.findings].concat());
        if changed {
            let cover = book.entries.pop();
            book = book::render(job, templates, &pictures.value)?;
            book.entries.extend(cover);
        }
    }
    findings.extend(pictures.findings);
    findings.extend(book.findings);
    let mut entries = book.entries;
    for picture in pictures.value {
        entries.push(Entry { path: picture.path(), content: Content::Picture(picture.ready) });
    }
    Ok(Warned { value: Rendered { path, entries }, findings })
}

/// The cover as a picture, for the shelves of reading systems.
fn cover(job: &Job<'_>) -> Result<Warned<Vec<u8>>, Fault> {
    let facts = cover::Facts::of_publication(job.view);
    let sheet = cover::Sheet { file: "cover.typ", facts, size: COVER, picture: None };
    cover::Painter::new(job.look, job.fonts).paint_once(sheet, job.album.store())
}

/// A word among the view's options.
fn said<'a>(view: &'a View, option: &str) -> Option<&'a str> {
    view.options.get(option)?.as_str()
}

/// What is to be said of an ISBN in the colophon that is none.
fn isbn_doubt(view: &View) -> Option<Finding> {
    let colophon = view.colophon.as_ref().filter(|colophon| colophon.mode == "isbn")?;
    let written = colophon.facts.iter().find(|fact| fact.key == "isbn")?;
    let wrong = view.catalogue.printed_isbn.is_empty();
    wrong.then(|| Finding::warning(ISBN_WRONG).arg("isbn", &written.text))
}
