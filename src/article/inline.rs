//! What stands inside a line: text and its few kinds of mark-up.

use serde::{Deserialize, Serialize};

use super::Block;

/// A sequence of inlines: the content of a paragraph, a heading, a caption.
pub type Inlines = Vec<Inline>;

/// One piece of a line. There is no raw or format-specific variant by design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Inline {
    /// Characters as they are. Never holds a line feed; see [`Inline::Break`].
    Text(String),
    /// A line break the author wanted.
    Break,
    /// Strong importance, usually bold (黑体).
    Strong(Inlines),
    /// Stress, usually 楷体 in Chinese and italics in Latin text.
    Emphasis(Inlines),
    /// 着重号: a dot under each character (GB/T 15834-2011, 4.12).
    EmphasisMark(Inlines),
    /// Raised text, as in m².
    Superscript(Inlines),
    /// Lowered text, as in H₂O.
    Subscript(Inlines),
    /// A link out of the publication.
    Link {
        /// The address as written, not resolved.
        url: String,
        /// What is clicked.
        content: Inlines,
    },
    /// A base text with its reading above it (注音).
    Ruby {
        /// The characters that are read.
        base: String,
        /// The reading.
        text: String,
    },
    /// A note at this point; where it is printed is the edition's affair.
    Note(Vec<Block>),
}

/// The characters of an inline sequence without notes and readings; a break
/// counts as one space.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(t) => out.push_str(t),
            Inline::Break => out.push(' '),
            Inline::Ruby { base, .. } => out.push_str(base),
            Inline::Note(_) => {}
            other => push_plain(other.children(), out),
        }
    }
}

impl Inline {
    /// The inlines within this one; empty for those that hold none.
    pub fn children(&self) -> &[Inline] {
        match self {
            Self::Strong(c)
            | Self::Emphasis(c)
            | Self::EmphasisMark(c)
            | Self::Superscript(c)
            | Self::Subscript(c)
            | Self::Link { content: c, .. } => c,
            Self::Text(_) | Self::Break | Self::Ruby { .. } | Self::Note(_) => &[],
        }
    }

    /// The inlines within this one, to be changed; `None` for those that hold none.
    pub fn children_mut(&mut self) -> Option<&mut Inlines> {
        match self {
            Self::Strong(c)
            | Self::Emphasis(c)
            | Self::EmphasisMark(c)
            | Self::Superscript(c)
            | Self::Subscript(c)
            | Self::Link { content: c, .. } => Some(c),
            Self::Text(_) | Self::Break | Self::Ruby { .. } | Self::Note(_) => None,
        }
    }
}

/// Joins neighbouring text runs and drops what is empty, at every depth, so
/// that one content has one shape.
pub fn tidy(inlines: &mut Inlines) {
    let mut out: Inlines = Vec::with_capacity(inlines.len());
    for mut inline in inlines.drain(..) {
        if let Some(children) = inline.children_mut() {
            tidy(children);
            if children.is_empty() {
                continue;
            }
        }
        match (out.last_mut(), inline) {
            (_, Inline::Text(t)) if t.is_empty() => {}
            (Some(Inline::Text(before)), Inline::Text(t)) => before.push_str(&t),
            (_, inline) => out.push(inline),
        }
    }
    *inlines = out;
}
