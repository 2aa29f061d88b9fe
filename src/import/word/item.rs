//! A Word file as it is walked: paragraphs, tables and what stands in them, with
//! their look, before anybody says what they mean.

use std::rc::Rc;

use crate::article::{Block, Inline, Inlines, tidy};
use crate::media::Framing;

use super::numbering::Number;
use super::styles::{Align, Face, Meaning, Raise};

/// What a body, a cell, a note or a text box holds.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// A paragraph.
    Paragraph(Box<Para>),
    /// A table.
    Table(Grid),
    /// What has no place in the model: its text, and the code of the reason.
    Foreign(String, &'static str),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Para {
    /// What stands in it.
    pub(super) spans: Vec<Span>,
    /// Its look.
    pub(super) look: Look,
    /// The name of the sequence (SEQ) that counts in it, as captions have one.
    pub(super) sequence: Option<String>,
    /// Its number in a list.
    pub(super) number: Option<Number>,
    /// The outline level, 0 for the first.
    pub(super) outline: Option<u8>,
    /// What its style says it is.
    pub(super) meaning: Option<Meaning>,
}

/// How a paragraph looks as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Look {
    /// Whether all of its characters are bold.
    pub(super) bold: bool,
    /// The size of most of its characters, in half points; 0 where nothing says it.
    pub(super) size: u32,
    /// The face of all of its characters, where they share one.
    pub(super) face: Option<Face>,
    /// How its lines lie.
    pub(super) align: Option<Align>,
    /// Whether it is indented at both sides.
    pub(super) inset: bool,
}

/// A piece of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Span {
    /// How it is marked.
    pub(super) marks: Marks,
    /// What it is.
    pub(super) what: What,
}

/// The marks of a piece.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Marks {
    pub(super) link: Option<Rc<str>>,
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) dotted: bool,
    pub(super) raise: Option<Raise>,
    pub(super) size: u32,
    pub(super) face: Option<Face>,
}

/// What a piece of a paragraph is.
#[derive(Debug, Clone)]
pub(super) enum What {
    Text(String),
    Break,
    Note(Vec<Block>),
    Ruby {
        base: String,
        text: String,
    },
    Picture(Box<Shot>),
    /// A text box, whose text stands behind the paragraph it is anchored in.
    Box(Vec<Item>),
}

/// A picture where it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shot {
    /// The name the article calls it by.
    pub(super) name: String,
    /// The description somebody wrote.
    pub(super) alt: Option<String>,
    /// The part that holds it; `None` for one that lies outside of the file.
    pub(super) part: Option<String>,
    /// How it is shown.
    pub(super) framing: Framing,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// Whether its style sets the first row apart.
    pub(super) first_row: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Whether it is repeated at the top of each page.
    pub(super) header: bool,
    /// Its cells.
    pub(super) cells: Vec<Held>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    /// What stands in it.
    pub(super) items: Vec<Item>,
    /// The column it begins in, from 0.
    pub(super) column: usize,
    /// How many columns it covers.
    pub(super) span: usize,
    /// Whether it goes on with the cell above.
    pub(super) continues: bool,
}

impl Para {
    /// Its characters, notes and readings left out; a break is a space.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for span in &self.spans {
            match &span.what {
                What::Text(text) => out.push_str(text),
                What::Break => out.push(' '),
                What::Ruby { base, .. } => out.push_str(base),
                What::Note(_) | What::Picture(_) | What::Box(_) => {}
            }
        }
        out.trim().to_owned()
    }

    /// Whether it is nothing but text: no note, picture or reading, no mark but those
    /// that its look as a whole explains.
    pub(super) fn is_only_text(&self) -> bool {
        self.spans.iter().all(|s| matches!(s.what, What::Text(_)) && s.marks.link.is_none())
    }

    /// The pictures in it.
    pub(super) fn pictures(&self) -> impl Iterator<Item = &Shot> {
        self.spans.iter().filter_map(|span| match &span.what {
            What::Picture(shot) => Some(&**shot),
            _ => None,
        })
    }

    /// The text boxes anchored in it.
    pub(super) fn boxes(&self) -> impl Iterator<Item = &Vec<Item>> {
        self.spans.iter().filter_map(|span| match &span.what {
            What::Box(items) => Some(items),
            _ => None,
        })
    }

    /// Whether a picture stands before all of its text.
    pub(super) fn opens_with_picture(&self) -> bool {
        let first = self.spans.iter().find(|span| match &span.what {
            What::Text(text) => !text.trim().is_empty(),
            What::Box(_) | What::Break => false,
            _ => true,
        });
        first.is_some_and(|span| matches!(span.what, What::Picture(_)))
    }

    /// Its text as inlines of the model. `plain` drops bold type, which a heading
    /// has by being one.
    pub(super) fn inlines(&self, plain: bool) -> Inlines {
        let mut spans: Vec<(Marks, Inline)> = Vec::new();
        for span in &self.spans {
            let inline = match &span.what {
                What::Text(text) => Inline::Text(text.replace('\t', " ")),
                What::Break => Inline::Break,
                What::Note(blocks) => Inline::Note(blocks.clone()),
                What::Ruby { base, text } => {
                    Inline::Ruby { base: base.clone(), text: text.clone() }
                }
                What::Picture(_) | What::Box(_) => continue,
            };
            let mut marks = span.marks.clone();
            marks.strong &= !plain;
            spans.push((marks, inline));
        }
        let mut out = nested(spans, 0);
        tidy(&mut out);
        crate::import::runs::trim(&mut out);
        out
    }
}

/// The marks in the order in which they enclose each other.
const ORDER: usize = 5;

/// Nests runs of pieces that share a mark, the outermost mark first.
fn nested(spans: Vec<(Marks, Inline)>, rank: usize) -> Inlines {
    if rank == ORDER {
        return spans.into_iter().map(|(_, inline)| inline).collect();
    }
    let mut out = Inlines::new();
    let mut rest = spans.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mark = Enclosing::of(&first.0, rank);
        let mut group = vec![first];
        while let Some(next) = rest.next_if(|(marks, _)| Enclosing::of(marks, rank) == mark) {
            group.push(next);
        }
        let inner = nested(group, rank + 1);
        match mark {
            None => out.extend(inner),
            Some(mark) => out.push(mark.around(inner)),
        }
    }
    out
}

/// A mark that encloses text.
#[derive(Debug, PartialEq)]
enum Enclosing {
    Link(Rc<str>),
    Strong,
    Emphasis,
    Dots,
    Up,
    Down,
}

impl Enclosing {
    fn of(marks: &Marks, rank: usize) -> Option<Self> {
        match rank {
            0 => marks.link.clone().map(Self::Link),
            1 => marks.strong.then_some(Self::Strong),
            2 => marks.emphasis.then_some(Self::Emphasis),
            3 => marks.dotted.then_some(Self::Dots),
            _ => match marks.raise {
                Some(Raise::Up) => Some(Self::Up),
                Some(Raise::Down) => Some(Self::Down),
                _ => None,
            },
        }
    }

    fn around(self, inner: Inlines) -> Inline {
        match self {
            Self::Link(url) => Inline::Link { url: url.to_string(), content: inner },
            Self::Strong => Inline::Strong(inner),
            Self::Emphasis => Inline::Emphasis(inner),
            Self::Dots => Inline::EmphasisMark(inner),
            Self::Up => Inline::Superscript(inner),
            Self::Down => Inline::Subscript(inner),
        }
    }
}
