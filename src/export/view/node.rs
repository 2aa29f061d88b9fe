//! What texts are made of as looks see it: blocks and the inlines within them.

use serde::{Serialize, Serializer};

use crate::publication::ParagraphRole;

use super::Mark;

/// A block, told apart by `kind`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        inlines: Vec<Inline>,
        /// What it is beside text: `salutation` (称谓), `sender` (whom the text is from),
        /// `greeting` (敬礼), `signature` (落款), `announcement` of a quotation that
        /// follows; empty for others.
        #[serde(serialize_with = "named")]
        role: Option<ParagraphRole>,
    },
    /// A heading within the article.
    Heading {
        /// 1 for the article's own sections, and so on down; no level is skipped,
        /// whatever the source did.
        level: u8,
        /// Its id within the article: `h1`, `h2` …, in order.
        id: String,
        /// What it says.
        inlines: Vec<Inline>,
        /// What it says as plain text, without the calls of notes.
        text: String,
    },
    /// One or more pictures with a caption.
    Figure {
        /// Its id within the article: `f1`, `f2` …
        id: String,
        /// Its id within the publication, for the list of figures; empty where it
        /// has none there.
        place: String,
        /// The pictures; never empty.
        images: Vec<Image>,
        /// The caption; empty where there is none.
        caption: Vec<Inline>,
        /// Who made the picture; empty where nobody said.
        credit: String,
    },
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// The number of the first item.
        start: u32,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A table.
    Table {
        /// The caption; empty where there is none.
        caption: Vec<Inline>,
        /// How many columns it has.
        columns: usize,
        /// How many rows at the top are header rows.
        header_rows: usize,
        /// The rows.
        rows: Vec<Vec<Cell>>,
    },
    /// A quotation.
    Quote {
        /// Its text.
        blocks: Vec<Block>,
    },
    /// Text set apart.
    Aside {
        /// `editors-note`, `lead` or `link-card`.
        aside: &'static str,
        /// Its label in words, such as 编者按; empty where it has none.
        label: String,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// A break in thought.
    Rule,
    /// What a reader could not place, line by line.
    Unknown {
        /// Its lines.
        lines: Vec<String>,
    },
    /// In e-books alone: a page of the printed edition begins with the next block.
    PageBreak {
        /// Its number as printed.
        label: String,
        /// Its id within the publication: `page1`, `page2` …
        id: String,
    },
}

/// The name of a paragraph's role; looks compare words.
fn named<S: Serializer>(role: &Option<ParagraphRole>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(role.map_or("", ParagraphRole::name))
}

/// A page of the printed edition that begins with an article or with a part.
#[derive(Debug, Clone, Serialize)]
pub struct PageBreak {
    /// Its number as printed.
    pub label: String,
    /// Its id within the publication: `page1`, `page2` …
    pub id: String,
}

/// A list item.
#[derive(Debug, Clone, Serialize)]
pub struct ListItem {
    /// Its number as printed, such as `3.`; empty in a bulleted list.
    pub number: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// A picture of a figure.
#[derive(Debug, Clone, Serialize)]
pub struct Image {
    /// The picture's id, to be asked of the album: `p0001`.
    pub picture: String,
    /// Whether its file is missing: a placeholder stands in its place.
    pub missing: bool,
    /// What the placeholder says; empty where the picture is there.
    pub placeholder: String,
    /// The name of its file, without folders; its address, where it is on the web.
    pub name: String,
    /// Its description: its own, else the caption, else empty.
    pub alt: String,
    /// Whether the description is its own.
    pub described: bool,
    /// Width in pixels; 3 where the file is missing.
    pub width: u32,
    /// Height in pixels; 2 where the file is missing.
    pub height: u32,
}

/// A table cell.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// Whether it stands in a header row.
    pub header: bool,
    /// How many columns it covers.
    pub colspan: usize,
    /// How many rows it covers.
    pub rowspan: usize,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// An inline, told apart by `kind`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Inline {
    /// Characters.
    Text {
        /// The characters.
        text: String,
        /// The names in it that the index lists, in order.
        marks: Vec<Mark>,
    },
    /// A line break.
    Break,
    /// Strong importance.
    Strong {
        /// The inlines within.
        inlines: Vec<Inline>,
    },
    /// Stress.
    Emphasis {
        /// The inlines within.
        inlines: Vec<Inline>,
    },
    /// 着重号.
    Dots {
        /// The inlines within.
        inlines: Vec<Inline>,
    },
    /// Raised text.
    Sup {
        /// The inlines within.
        inlines: Vec<Inline>,
    },
    /// Lowered text.
    Sub {
        /// The inlines within.
        inlines: Vec<Inline>,
    },
    /// A link out of the publication.
    Link {
        /// The address.
        url: String,
        /// The inlines within.
        inlines: Vec<Inline>,
    },
    /// A text with its reading.
    Ruby {
        /// The characters.
        base: String,
        /// The reading.
        text: String,
    },
    /// The call of a note.
    Note {
        /// The note's number within the article, from 1: `notes[number - 1]`.
        number: usize,
        /// Its mark, such as ①.
        mark: String,
    },
    /// In print alone: a mark half as wide as it is, because of the mark beside it
    /// or because it opens a paragraph.
    Half {
        /// The mark.
        text: String,
    },
    /// In print alone: no line parts here. What is tied is no text of the article's,
    /// and stands apart from the text beside it.
    Tie,
    /// Foreign words, as far as they are told apart: in print those whose quotes are
    /// their own and that may be hyphenated, in an e-book sentences in English.
    Foreign {
        /// The words.
        text: String,
    },
    /// In e-books alone: a page of the printed edition begins here.
    PageBreak {
        /// Its number as printed.
        label: String,
        /// Its id within the publication: `page1`, `page2` …
        id: String,
    },
}
