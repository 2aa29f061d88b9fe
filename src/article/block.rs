//! What stands between two line ends: paragraphs, headings, figures and so on.

use serde::{Deserialize, Serialize};

use super::Inlines;

/// One block of an article's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// An ordinary paragraph.
    Paragraph(Inlines),
    /// A heading within the article.
    Heading(Heading),
    /// One or more pictures that share a caption.
    Figure(Figure),
    /// An ordered or unordered list.
    List(List),
    /// A table.
    Table(Table),
    /// A passage quoted from elsewhere.
    Quote(Vec<Block>),
    /// Text set apart from the article's own: an editor's note, a lead, a link card.
    Aside(Aside),
    /// A break in the text's thought, usually printed as a short rule.
    Rule,
    /// Something the reader could not place. Its text is kept and printed.
    Unknown {
        /// All of its characters, lines separated by line feeds.
        text: String,
        /// The code of the reason why it could not be placed.
        why: String,
    },
}

/// A heading within an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 for the article's own sections, then 2 and so on, up to 6.
    pub level: u8,
    /// What it says, its number included where the author wrote one.
    pub text: Inlines,
}

/// One or more pictures shown together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The pictures in reading order; never empty.
    pub images: Vec<Image>,
    /// The caption; empty where there is none.
    pub caption: Inlines,
    /// Who took or made the picture, as it is to be printed.
    pub credit: Option<String>,
}

/// One picture of a figure, by name: where its file lies is not the model's affair.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// The name as the source gives it, usually a file name beside the article.
    pub name: String,
    /// The description for those who cannot see it. `None`: nobody wrote one;
    /// empty: the picture is decoration.
    pub alt: Option<String>,
}

/// An ordered or unordered list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// `Some(first number)` for an ordered list, `None` for a bulleted one.
    pub start: Option<u32>,
    /// The items; each is a list of blocks.
    pub items: Vec<Vec<Block>>,
}

/// A table. Cells stand in the row they begin in; one covered by a span of a
/// cell to the left or above is simply not there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The caption; empty where there is none.
    pub caption: Inlines,
    /// How many rows at the top are header rows.
    pub header_rows: usize,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Its content.
    pub blocks: Vec<Block>,
    /// How many columns it covers; at least 1.
    pub colspan: usize,
    /// How many rows it covers; at least 1.
    pub rowspan: usize,
}

impl Default for Cell {
    fn default() -> Self {
        Self { blocks: Vec::new(), colspan: 1, rowspan: 1 }
    }
}

/// Text set apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Aside {
    /// Which kind of aside it is.
    pub kind: AsideKind,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// The kinds of aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AsideKind {
    /// 编者按.
    EditorsNote,
    /// A lead that the source itself marks as one (导语).
    Lead,
    /// A card that points to another article.
    LinkCard,
}

impl AsideKind {
    /// All kinds, for those who must treat each.
    pub const ALL: [Self; 3] = [Self::EditorsNote, Self::Lead, Self::LinkCard];

    /// The name used in JSON and towards layouts.
    pub fn name(self) -> &'static str {
        match self {
            Self::EditorsNote => "editors-note",
            Self::Lead => "lead",
            Self::LinkCard => "link-card",
        }
    }
}
