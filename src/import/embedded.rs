//! Pictures that lie inside a source rather than beside it, as in a Word file.

use std::borrow::Cow;

use crate::media::Framing;

use super::word::package::Package;

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

/// The inside of a source, opened when something of it is first wanted.
#[derive(Debug)]
pub struct Inside<'a> {
    source: &'a [u8],
    package: Option<Package<'a>>,
}

impl<'a> Inside<'a> {
    /// The inside of the source of these bytes.
    pub fn of(source: &'a [u8]) -> Self {
        Self { source, package: None }
    }

    /// The bytes of a picture of this source; nothing where they cannot be unpacked
    /// or are more than anybody reads.
    pub fn picture<'e>(&mut self, embedded: &'e Embedded) -> Option<Cow<'e, [u8]>> {
        let part = match &embedded.content {
            Content::Bytes(bytes) => return Some(Cow::Borrowed(bytes)),
            Content::Part(part) => part,
        };
        if self.package.is_none() {
            self.package = Package::open(self.source).ok();
        }
        self.package.as_mut()?.bytes(part).ok().map(Cow::Owned)
    }
}
