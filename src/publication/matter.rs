//! The matter of a publication that is told about it as a whole: what stands at
//! the head and foot of a bulletin, and what the law and the trade want to read
//! in a colophon, and what a book brings along besides its articles.

use crate::article::Date;

use super::{Index, Published, Readings, Source, matches};

/// An issue of a bulletin (简报). Whatever is empty is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The bulletin's name, in large letters at its head; the publication's title
    /// where it is empty.
    pub name: String,
    /// The number of the issue (第N期).
    pub number: Option<u32>,
    /// The number of the issue over all years (总第N期).
    pub total: Option<u32>,
    /// The day it is published; the latest article's where nobody said.
    pub date: Option<Date>,
    /// 密级, or words such as 内部资料.
    pub classification: String,
    /// The number of the copy or of the document (编号).
    pub serial: String,
    /// Whom it is reported to (报), sent to (送) and distributed to (发).
    pub recipients: [Vec<String>; 3],
    /// How many copies are printed (共印N份).
    pub copies: Option<u32>,
    /// The number of its first page, which is odd; 1 where the pages of an issue are
    /// counted by themselves.
    pub first_page: u32,
}

/// The words before the three lists of [`Issue::recipients`], as keys.
pub const RECIPIENTS: [&str; 3] = ["reported", "sent", "distributed"];

/// What kind of publication a colophon speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Imprint {
    /// A book with an ISBN and CIP data.
    Isbn,
    /// An internal publication under a permit (准印证).
    Internal,
}

impl Imprint {
    /// The name used in `kanyin.toml` and towards layouts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Isbn => "isbn",
            Self::Internal => "internal",
        }
    }
}

/// A colophon (版权页).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colophon {
    /// Its kind.
    pub imprint: Imprint,
    /// The number of the permit; empty where there is none.
    pub permit: String,
    /// The lines of the CIP data; none where there is none.
    pub cip: Vec<String>,
    /// Who made it: a word for the work and the names, in order.
    pub people: Vec<(String, String)>,
    /// What else it says, by key, in order; the keys are those of `kanyin.toml`.
    pub facts: Vec<(&'static str, String)>,
}

impl Colophon {
    /// The ISBN as written, where it is the colophon of a book that has one.
    pub fn isbn(&self) -> Option<&str> {
        let said = self.facts.iter().find(|(key, _)| *key == "isbn");
        said.filter(|_| self.imprint == Imprint::Isbn).map(|(_, isbn)| isbn.as_str())
    }
}

/// What a book brings along besides its articles; nothing of it by default.
#[derive(Debug, Clone, Default)]
pub struct Apparatus {
    /// An index (索引) of these names.
    pub index: Option<Index>,
    /// A chronicle (大事记) of the dated articles whose files match one of these
    /// patterns.
    pub chronicle: Vec<String>,
    /// A list of the captioned figures (图片目录).
    pub figures: bool,
    /// Which articles have been published as posts, and where.
    pub published: Published,
    /// How the department reads its words, for whatever is filed by sound.
    pub readings: Readings,
}

impl Apparatus {
    /// Whether the chronicle tells of this article.
    pub fn tells_of(&self, source: &Source) -> bool {
        source.article.meta.date.is_some()
            && self.chronicle.iter().any(|pattern| matches(pattern, &source.file))
    }
}
