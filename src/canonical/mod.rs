//! The canonical form: an article as a Markdown file that opens with TOML front
//! matter between `+++` lines. `parse(write(a)) == a` for every tidy article, and
//! `write(parse(s)) == s` for every `s` that [`write`] can make. Knows the model
//! and nothing else. docs/canonical.md is its grammar.

mod front;
mod read;
mod tidy;
mod write;

pub use tidy::tidy;

use crate::article::Article;
use crate::diag::{Fault, Warned};

/// A canonical file.
#[derive(Debug, Clone, PartialEq)]
pub struct Canonical {
    /// The article.
    pub article: Article,
    /// The raw source it was made from and supersedes, relative to the project.
    pub made_from: Option<String>,
    /// The sum of that source's bytes when the article was made of it, by which it
    /// shows whether somebody has changed the source since.
    pub made_from_sum: Option<String>,
}

/// Whether a Markdown file is canonical: its first line is `+++`.
pub fn is_canonical(text: &str) -> bool {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .lines()
        .next()
        .is_some_and(|l| l.trim_end() == "+++")
}

/// Writes the canonical form: NFC, LF, a paragraph a line. The few articles that
/// it has no words for are brought into shape by [`tidy`] first.
pub fn write(file: &Canonical) -> String {
    let mut article = file.article.clone();
    tidy(&mut article);
    write::file(&article, file.made_from.as_deref(), file.made_from_sum.as_deref())
}

/// Reads the canonical form. `name` is the file as findings name it. Hand-written
/// files that are nearly canonical are read as they are meant, with a finding.
///
/// # Errors
/// Where the front matter is not TOML or has an unknown key: with line and the
/// nearest known key.
pub fn parse(name: &str, text: &str) -> Result<Warned<Canonical>, Fault> {
    let mut result = read::file(name, text)?;
    tidy(&mut result.value.article);
    Ok(result)
}
