//! Pictures that lie inside a source rather than beside it, as in a Word file.

use crate::media::Framing;

/// A picture that lies inside its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedded {
    /// The name the article calls it by: a plain file name with ending.
    pub name: String,
    /// The file as it lies in the source.
    pub bytes: Vec<u8>,
    /// How the source shows it.
    pub framing: Framing,
}
