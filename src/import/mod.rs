//! Readers: bytes of any source in, an article and its side table out. Reading
//! never aborts on bad text: what cannot be placed is kept and said. No reader
//! knows an edition, and none writes.

mod asides;
mod byline;
mod clean;
mod date;
mod draft;
mod embedded;
mod encoding;
mod fields;
mod folder;
mod format;
mod labels;
mod loose;
mod markdown;
mod notice;
mod numeral;
mod photo_credit;
mod picture;
mod runs;
mod series;
mod text;
mod values;
mod web;
mod word;

use crate::article::{Article, Origins};
use crate::canonical;
use crate::diag::{Code, Edit, Fault, Finding, Warned};

pub use embedded::{Content, Embedded, Inside};
pub use folder::{
    Belonging, Filled, Named, Offered, Place, Rank, belonging, fill, is_picture, is_saved_folder,
    passed_over, rank,
};
pub use format::SourceFormat;
pub use web::Sites;

const FORMAT_UNKNOWN: Code = Code::new("read-format-unknown");
const FORMAT_OLD: Code = Code::new("read-format-old");

/// What a reader made of a source.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The article.
    pub article: Article,
    /// Where its blocks came from and how sure the reader is.
    pub origins: Origins,
    /// The characters the reader consumed as mark-up of the source; all of grade
    /// [`crate::diag::Grade::Consumed`].
    pub edits: Vec<Edit>,
    /// For a canonical article: the raw source it was made from and supersedes,
    /// relative to the project.
    pub made_from: Option<String>,
    /// For a canonical article: the sum of that source's bytes when it was made.
    pub made_from_sum: Option<String>,
    /// The pictures that lie inside the source.
    pub embedded: Vec<Embedded>,
}

/// The most bytes that a part of text unpacks to, where nothing is said. A book of a
/// thousand pages takes about thirty million.
const MOST_TEXT: u64 = 48 << 20;

/// Reads a source: one article as a rule, several where a file holds several, in
/// their order there; never none. `name` is the file name with ending, by which
/// the reader is chosen, and is what findings name as the file; `sites` are the
/// profiles that a web page may fit.
///
/// # Errors
/// Where nothing can be read at all: a format nobody reads, bytes in no known
/// encoding, an empty file. Anything less is a finding beside the article.
pub fn import(name: &str, bytes: &[u8], sites: &Sites) -> Result<Vec<Warned<Imported>>, Fault> {
    import_within(name, bytes, sites, MOST_TEXT)
}

/// As [`import`]; of a file that is packed, no part of text is read that unpacks to more
/// than `most_text` bytes.
///
/// # Errors
/// As for [`import`].
pub fn import_within(
    name: &str,
    bytes: &[u8],
    sites: &Sites,
    most_text: u64,
) -> Result<Vec<Warned<Imported>>, Fault> {
    let refuse = |code: Code| {
        let ending = format::ending(name).unwrap_or_default();
        Err(Fault::work(Finding::error(code).arg("ending", ending).file(name)))
    };
    match SourceFormat::of(name) {
        SourceFormat::Text => Ok(text::read(name, clean::paged_text(name, bytes)?)),
        SourceFormat::Markdown => Ok(vec![markdown_or_canonical(name, bytes)?]),
        SourceFormat::WebPage => Ok(vec![web::read(name, bytes, sites)?]),
        // Many a file that is named after Word is a page, or a new file with an old name.
        SourceFormat::Word | SourceFormat::OldWord if web::is_page(bytes) => {
            Ok(vec![web::read(name, bytes, sites)?])
        }
        SourceFormat::Word => Ok(vec![word::read(name, bytes, most_text)?]),
        SourceFormat::OldWord if word::is_word(bytes) => {
            Ok(vec![word::read(name, bytes, most_text)?])
        }
        SourceFormat::OldWord => refuse(FORMAT_OLD),
        SourceFormat::Unknown => refuse(FORMAT_UNKNOWN),
    }
}

fn markdown_or_canonical(name: &str, bytes: &[u8]) -> Result<Warned<Imported>, Fault> {
    let cleaned = clean::text(name, bytes)?;
    if !canonical::is_canonical(&cleaned.value) {
        return Ok(markdown::read(name, cleaned));
    }
    let Warned { value: text, mut findings } = cleaned;
    let parsed = canonical::parse(name, &text)?;
    findings.extend(parsed.findings);
    let value = Imported {
        article: parsed.value.article,
        origins: Origins::default(),
        edits: Vec::new(),
        made_from: parsed.value.made_from,
        made_from_sum: parsed.value.made_from_sum,
        embedded: Vec::new(),
    };
    Ok(Warned { value, findings })
}
