//! Pictures that lie inside a source rather than beside it, as in a Word file.

use std::borrow::Cow;

use crate::media::Framing;

use super::word;

/// A picture that lies inside its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedded {
    /// The name the article calls it by: a plain file name with ending.
    pub name: String,
    /// Its bytes, or where they lie.
    pub content: Content,
    /// How the source shows it.
    pub framing: Framing,
}

/// Where the bytes of an embedded picture are. Those of a Word file stay in it until
/// they are wanted, so that an article with a hundred photographs is as light as one
/// without.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Here.
    Bytes(Vec<u8>),
    /// In the part of that name of the package that the source is.
    Part(String),
}

impl Embedded {
    /// The picture's bytes, where `source` are those of the file it lies in; nothing
    /// where they cannot be unpacked or are more than anybody reads.
    pub fn bytes(&self, source: &[u8]) -> Option<Cow<'_, [u8]>> {
        match &self.content {
            Content::Bytes(bytes) => Some(Cow::Borrowed(bytes)),
            Content::Part(part) => word::picture(source, part).map(Cow::Owned),
        }
    }
}
