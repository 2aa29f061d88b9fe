//! What is handed out over a whole project: a download page, an OPDS 1.2 and an OPDS
//! 2.0 catalogue and a list of checksums. It is given what finished e-books say of
//! themselves, never the model; how the page looks and what it says is its look's.

mod about;
mod address;
mod feed;
mod qr;
mod values;

use std::collections::BTreeSet;

use crate::diag::{Code, Fault, Finding};
use crate::layout::Look;

use super::html::Templates;
use super::{Artifact, Body};

pub use about::{About, Person, Series, read};

const MALFORMED: Code = Code::new("share-feed-malformed");

/// The page that a person opens.
pub const PAGE: &str = "index.html";
/// The catalogue in Atom, as OPDS 1.2 has it.
pub const ATOM: &str = "opds.xml";
/// The catalogue in JSON, as OPDS 2.0 has it.
pub const JSON: &str = "opds.json";
/// The checksums, as `sha256sum -c` reads them.
pub const SUMS: &str = "SHA256SUMS.txt";

/// All e-books of a project.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// The institution.
    pub press: String,
    /// The unit within it.
    pub unit: String,
    /// What the catalogue is called; named after who publishes where it is empty.
    pub title: String,
    /// The public address of the folder, without a slash at its end, where it has one.
    pub url: Option<String>,
    /// The e-books, in the order in which they are listed.
    pub books: Vec<Book>,
}

/// An e-book.
#[derive(Debug, Clone)]
pub struct Book {
    /// What it says of itself.
    pub about: About,
    /// Its files, the e-book itself first.
    pub files: Vec<File>,
    /// Its cover.
    pub cover: Picture,
    /// Its cover, small.
    pub thumbnail: Picture,
}

/// A file to be fetched.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name in the folder.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its sha256 in lower-case hexadecimal.
    pub sha256: String,
}

/// A picture in the folder.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its path below the folder.
    pub path: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// Makes everything but the files and pictures of the e-books, which are there.
///
/// # Errors
/// A configuration fault where a template of the look is wrong.
pub fn export(catalogue: &Catalogue, look: &Look) -> Result<Vec<Artifact<'static>>, Fault> {
    let templates = Templates::new(look)?;
    let values = values::Values::of(catalogue, look);
    let atom = templates.render("opds.xml.j2", &values)?;
    well_formed(look, "opds.xml.j2", &atom)?;
    let mut artifacts = vec![
        artifact(PAGE, templates.render("index.html.j2", &values)?),
        artifact(ATOM, atom),
        artifact(JSON, text(&feed::feed(&values))),
        artifact(SUMS, sums(catalogue)),
    ];
    for book in &values.books {
        artifacts.push(artifact(&book.manifest, text(&feed::publication(book))));
    }
    Ok(artifacts)
}

/// The name in the folder for a file, where those names are taken: that of its
/// publication goes before it.
pub fn free_name(file: &str, id: &str, taken: &BTreeSet<String>) -> String {
    let mut name = file.to_owned();
    while taken.contains(&name.to_lowercase()) {
        name = format!("{id}-{name}");
    }
    name
}

fn artifact(path: &str, text: String) -> Artifact<'static> {
    Artifact { path: path.to_owned(), body: Body::Bytes(text.into_bytes()) }
}

fn text(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn sums(catalogue: &Catalogue) -> String {
    let files = catalogue.books.iter().flat_map(|book| &book.files);
    files.map(|file| format!("{}  {}\n", file.sha256, file.name)).collect()
}

fn well_formed(look: &Look, template: &str, text: &str) -> Result<(), Fault> {
    let Err(why) = roxmltree::Document::parse(text) else { return Ok(()) };
    let origin = look.get(template).map_or(template, |file| file.origin.as_str());
    Err(Fault::configuration(Finding::error(MALFORMED).arg("why", why).file(origin)))
}
