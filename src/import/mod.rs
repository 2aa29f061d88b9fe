//! Readers: bytes of any source in, an article and its side table out. Reading
//! never aborts on bad text: what cannot be placed is kept and said. No reader
//! knows an edition, and none writes.

use crate::article::{Article, Origins};
use crate::diag::{Edit, Fault, Warned};

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
}

/// Reads a source. `name` is its file name with ending, by which the reader is
/// chosen, and is what findings name as the file.
///
/// # Errors
/// Where nothing can be read at all: a format nobody reads, bytes in no known
/// encoding, an empty file. Anything less is a finding beside the article.
pub fn import(name: &str, bytes: &[u8]) -> Result<Warned<Imported>, Fault> {
    let _ = (name, bytes);
    unimplemented!()
}
