//! Inlines of Markdown to inlines of the model.

use comrak::nodes::{Node, NodeValue};

use crate::article::{Inline, Inlines, plain_text};
use crate::diag::{Code, Finding};
use crate::import::fields::is_han;

use super::DEPTH;
use super::blocks::{Reader, all_text};
use super::html::{self, Piece};

const CODE_KEPT: Code = Code::new("read-code-kept");
const PICTURE_INLINE: Code = Code::new("read-picture-inline");
const NOTE_UNKNOWN: Code = Code::new("read-note-unknown");

/// The inlines below a node.
pub(super) fn read<'a>(reader: &mut Reader<'_, 'a>, node: Node<'a>, depth: usize) -> Inlines {
    if depth >= DEPTH {
        return vec![Inline::Text(all_text(node).replace('\n', " "))];
    }
    let mut pieces = Vec::new();
    for child in node.children() {
        piece(reader, child, depth, &mut pieces);
    }
    let line = reader.line(node);
    html::fold(reader, pieces, line)
}

fn piece<'a>(reader: &mut Reader<'_, 'a>, node: Node<'a>, depth: usize, out: &mut Vec<Piece>) {
    let line = reader.line(node);
    let value = node.data().value.clone();
    let inline = match value {
        NodeValue::Text(text) => Inline::Text(text.into_owned()),
        NodeValue::SoftBreak => return out.push(soft_break(node)),
        NodeValue::LineBreak => Inline::Break,
        NodeValue::Strong => Inline::Strong(read(reader, node, depth + 1)),
        NodeValue::Emph => Inline::Emphasis(read(reader, node, depth + 1)),
        NodeValue::Link(link) => {
            let content = read(reader, node, depth + 1);
            let content = if plain_text(&content).is_empty() {
                vec![Inline::Text(link.url.clone())]
            } else {
                content
            };
            Inline::Link { url: link.url, content }
        }
        NodeValue::Code(code) => {
            reader.draft.say(Finding::note(CODE_KEPT).line(line));
            Inline::Text(code.literal)
        }
        NodeValue::HtmlInline(raw) => return out.push(Piece::Tag(raw)),
        NodeValue::Image(image) => {
            // A picture within a line of words has no place in the model.
            let alt = all_text(node);
            reader.draft.say(Finding::warning(PICTURE_INLINE).arg("name", &image.url).line(line));
            Inline::Text(format!("[{alt}]({})", image.url))
        }
        NodeValue::FootnoteReference(note) => match reader.notes.open(&note.name) {
            Some(definition) => {
                let blocks = reader.children(definition, 0, depth + 1);
                reader.notes.close();
                Inline::Note(blocks)
            }
            None => {
                reader.draft.say(Finding::warning(NOTE_UNKNOWN).arg("name", &note.name).line(line));
                Inline::Text(format!("[^{}]", note.name))
            }
        },
        _ => Inline::Text(all_text(node).replace('\n', " ")),
    };
    out.push(Piece::Inline(inline));
}

/// A line's end within a paragraph: nothing between Han characters or full-width
/// marks, else one space.
fn soft_break(node: Node<'_>) -> Piece {
    let before = node.previous_sibling().and_then(|n| all_text(n).chars().next_back());
    let after = node.next_sibling().and_then(|n| all_text(n).chars().next());
    let wide = |c: Option<char>| c.is_none_or(is_wide);
    let text = if wide(before) && wide(after) { "" } else { " " };
    Piece::Inline(Inline::Text(text.to_owned()))
}

fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// Removes `bytes` of plain text from the start.
pub(in crate::import) fn cut_start(inlines: &mut Inlines, mut bytes: usize) {
    for inline in inlines.iter_mut() {
        if bytes == 0 {
            return;
        }
        match inline {
            Inline::Text(text) => {
                let cut = bytes.min(text.len());
                bytes -= cut;
                text.drain(..cut);
            }
            Inline::Break => bytes = bytes.saturating_sub(1),
            other => {
                let length = plain_text(std::slice::from_ref(other)).len();
                if let Some(children) = other.children_mut() {
                    cut_start(children, bytes);
                }
                bytes = bytes.saturating_sub(length);
            }
        }
    }
}

/// Removes space and breaks at both ends.
pub(super) fn trim(inlines: &mut Inlines) {
    while let Some(first) = inlines.first_mut() {
        match first {
            Inline::Break => {}
            Inline::Text(text) => {
                let kept = text.trim_start().len();
                text.drain(..text.len() - kept);
                if kept > 0 {
                    break;
                }
            }
            _ => break,
        }
        inlines.remove(0);
    }
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Break => {}
            Inline::Text(text) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    break;
                }
            }
            _ => break,
        }
        inlines.pop();
    }
}
