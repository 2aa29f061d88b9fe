//! A page of the e-book: its name, its text, and what it was made from. A page that
//! is no XML is told before a reading system refuses the book.

use crate::diag::{Code, Fault, Finding};
use crate::layout::Look;

const MALFORMED: Code = Code::new("epub-page-malformed");

/// A page of the spine.
pub(super) struct Page {
    /// Its id in the manifest, and its file's name.
    pub(super) id: String,
    /// Its XHTML.
    pub(super) text: String,
    /// The project's file it was made from, where it was made from one.
    pub(super) file: Option<String>,
}

impl Page {
    /// Its path below the package document.
    pub(super) fn href(&self) -> String {
        // The contents page is the navigation document and lies beside the package.
        if self.id == "nav" { "nav.xhtml".to_owned() } else { format!("text/{}.xhtml", self.id) }
    }
}

/// Holds that a file made from a template of the look is well-formed XML (EPUB 3.3,
/// 2.1).
///
/// # Errors
/// A configuration fault that names the template, since a source's own characters
/// cannot bring mark-up along.
pub(super) fn well_formed(look: &Look, template: &str, text: &str) -> Result<(), Fault> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let Err(why) = roxmltree::Document::parse_with_options(text, options) else { return Ok(()) };
    let line = text.lines().nth(why.pos().row.saturating_sub(1) as usize).unwrap_or_default();
    let origin = look.get(template).map_or(template, |file| file.origin.as_str());
    let finding = Finding::error(MALFORMED).arg("why", why).file(origin);
    let excerpt: String = line.trim().chars().take(80).collect();
    Err(Fault::configuration(finding.arg("near", &excerpt).excerpt(excerpt)))
}
