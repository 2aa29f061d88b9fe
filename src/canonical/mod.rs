//! The canonical form: an article as a Markdown file that opens with TOML front
//! matter between `+++` lines. `parse(write(a)) == a`, and `write(parse(s)) == s`
//! for every `s` that [`write`] can make. Knows the model and nothing else.

use crate::article::Article;
use crate::diag::{Fault, Warned};

/// A canonical file.
#[derive(Debug, Clone, PartialEq)]
pub struct Canonical {
    /// The article.
    pub article: Article,
    /// The raw source it was made from and supersedes, relative to the project.
    pub made_from: Option<String>,
}

/// Whether a Markdown file is canonical: its first line is `+++`.
pub fn is_canonical(text: &str) -> bool {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .lines()
        .next()
        .is_some_and(|l| l.trim_end() == "+++")
}

/// Writes the canonical form: NFC, LF, a paragraph a line.
pub fn write(file: &Canonical) -> String {
    let _ = file;
    unimplemented!()
}

/// Reads the canonical form. `name` is the file as findings name it. Hand-written
/// files that are nearly canonical are read as they are meant, with a finding.
///
/// # Errors
/// Where the front matter is not TOML or has an unknown key: with line and the
/// nearest known key.
pub fn parse(name: &str, text: &str) -> Result<Warned<Canonical>, Fault> {
    let _ = (name, text);
    unimplemented!()
}
