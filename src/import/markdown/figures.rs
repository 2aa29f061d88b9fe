//! Paragraphs of nothing but pictures are figures.

use comrak::nodes::{Node, NodeValue};

use crate::article::{Block, Figure, Image, Inline, Inlines, plain_text, tidy};
use crate::import::runs;
use crate::import::web::{is_generic, percent_decoded as unescaped};

use super::blocks::{Reader, all_text};
use super::inlines;

/// An emphasised line that is a caption is no longer than this.
const CAPTION_LENGTH: usize = 80;

/// The figure a paragraph is, or nothing where it holds more than pictures and one
/// emphasised line below them.
///
/// Markdown has brackets for the alternative text and a title, and no caption. A
/// department writes the caption into the brackets, tools of the web write what
/// they are meant for. So a title or an emphasised line is the caption, and then
/// the brackets hold the alternative text; without either the brackets hold the
/// caption, unless they only name the file or say 图片. Pictures of one paragraph
/// share one caption.
pub(super) fn read<'a>(
    reader: &mut Reader<'_, 'a>,
    node: Node<'a>,
    depth: usize,
) -> Option<Vec<Block>> {
    let mut figure = Figure::default();
    let mut line: Option<Node<'a>> = None;
    for child in node.children() {
        match &child.data().value {
            NodeValue::Image(_) if line.is_none() => {}
            NodeValue::SoftBreak | NodeValue::LineBreak => {}
            NodeValue::Text(text) if text.trim().is_empty() => {}
            NodeValue::Emph if line.is_none() && child.previous_sibling().is_some() => {
                line = Some(child);
            }
            _ => return None,
        }
    }
    let images = || node.children().filter(|c| matches!(c.data().value, NodeValue::Image(_)));
    images().next()?;
    let below = line.or_else(|| emphasised_below(node));
    let mut stated: Inlines = match below {
        Some(line) => inlines::read(reader, line, depth + 1),
        None => Inlines::new(),
    };
    if let Some(line) = below {
        // It is part of the figure now, wherever it stood.
        line.detach();
    }
    for child in images() {
        let NodeValue::Image(image) = child.data().value.clone() else { continue };
        let mut bracket: Inlines = inlines::read(reader, child, depth + 1);
        tidy(&mut bracket);
        runs::trim(&mut bracket);
        let title = image.title.trim();
        let name = unescaped(&image.url);
        let words = plain_text(&bracket);
        let mut alt = None;
        let caption = if !title.is_empty() || !stated.is_empty() {
            alt = Some(words).filter(|w| !w.is_empty() && !is_generic(w, &name));
            if title.is_empty() { Inlines::new() } else { vec![Inline::Text(title.to_owned())] }
        } else if is_generic(&words, &name) {
            alt = Some(words).filter(|w| !w.is_empty());
            Inlines::new()
        } else {
            bracket
        };
        if !caption.is_empty() && caption != figure.caption {
            if !figure.caption.is_empty() {
                figure.caption.push(Inline::Break);
            }
            figure.caption.extend(caption);
        }
        figure.images.push(Image { name, alt });
    }
    if figure.caption.is_empty() {
        tidy(&mut stated);
        runs::trim(&mut stated);
        figure.caption = stated;
    } else if !stated.is_empty() {
        figure.caption.push(Inline::Break);
        figure.caption.extend(stated);
    }
    Some(vec![Block::Figure(figure)])
}

/// The emphasised words that are the whole of a short paragraph below a figure.
fn emphasised_below<'a>(node: Node<'a>) -> Option<Node<'a>> {
    let next = node.next_sibling()?;
    if !matches!(next.data().value, NodeValue::Paragraph) {
        return None;
    }
    let mut children = next.children();
    let only = children.next().filter(|c| matches!(c.data().value, NodeValue::Emph))?;
    let short = all_text(only).chars().count() <= CAPTION_LENGTH;
    (children.next().is_none() && short).then_some(only)
}
