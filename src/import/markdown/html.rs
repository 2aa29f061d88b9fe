//! HTML inside Markdown, by the same walk as web pages: what the model has is
//! read, of all else the text is kept and the tags are reported.

use comrak::nodes::Node;

use crate::article::{Block, Inline, Inlines};
use crate::diag::{Code, Finding};
use crate::import::web::{self, Fragment};

use super::blocks::Reader;

const TAG_DROPPED: Code = Code::new("read-html-tag");
const HIDDEN: Code = Code::new("read-html-hidden");

/// A part of a line before its tags are matched.
pub(super) enum Piece {
    /// What is read already.
    Inline(Inline),
    /// A tag or comment as written, with its angle brackets.
    Tag(String),
}

/// Matches the tags among `pieces`.
pub(super) fn fold(reader: &mut Reader<'_, '_>, pieces: Vec<Piece>, line: usize) -> Inlines {
    let mut html = String::new();
    let mut inlines = Vec::with_capacity(pieces.len());
    let mut tags = false;
    for piece in pieces {
        match piece {
            Piece::Inline(inline) => {
                html.push_str(&web::placeholder(inlines.len()));
                inlines.push(inline);
            }
            Piece::Tag(raw) => {
                tags = true;
                html.push_str(&raw);
            }
        }
    }
    if !tags {
        return inlines;
    }
    match web::inlines(&html, &inlines) {
        Some((out, fragment)) => {
            report(reader, fragment, line);
            out
        }
        None => inlines,
    }
}

/// The blocks of a piece of HTML that stands alone.
pub(super) fn block<'a>(reader: &mut Reader<'_, 'a>, node: Node<'a>, html: &str) -> Vec<Block> {
    let line = reader.line(node);
    match web::blocks(html) {
        Some((blocks, fragment)) => {
            report(reader, fragment, line);
            blocks
        }
        None => vec![Block::Unknown { text: html.to_owned(), why: TAG_DROPPED.name().into() }],
    }
}

fn report(reader: &mut Reader<'_, '_>, fragment: Fragment, line: usize) {
    for finding in fragment.findings {
        let at = finding.line.map_or(line, |l| line + l.saturating_sub(1));
        reader.draft.say(finding.line(at));
    }
    for (name, at) in fragment.unread {
        let tag = format!("<{name}>");
        reader.draft.say(Finding::note(TAG_DROPPED).arg("tag", tag).line(line + at - 1));
    }
    for (text, at) in fragment.hidden {
        reader.draft.say(Finding::note(HIDDEN).arg("text", text).line(line + at - 1));
    }
    for picture in fragment.embedded {
        reader.draft.embed(picture);
    }
}
