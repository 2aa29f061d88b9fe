//! Paragraphs of nothing but pictures are figures.

use comrak::nodes::{Node, NodeValue};

use crate::article::{Block, Figure, Image, Inline, Inlines, tidy};

use crate::import::runs;

use super::blocks::Reader;
use super::inlines;

/// The figure a paragraph is, or nothing where it holds more than pictures. The
/// text in a picture's brackets is its caption, else its title is; pictures of
/// one paragraph share one.
pub(super) fn read<'a>(
    reader: &mut Reader<'_, 'a>,
    node: Node<'a>,
    depth: usize,
) -> Option<Vec<Block>> {
    let mut figure = Figure::default();
    for child in node.children() {
        match &child.data().value {
            NodeValue::Image(_) | NodeValue::SoftBreak | NodeValue::LineBreak => {}
            NodeValue::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
    for child in node.children() {
        let NodeValue::Image(image) = child.data().value.clone() else { continue };
        let mut caption: Inlines = inlines::read(reader, child, depth + 1);
        tidy(&mut caption);
        runs::trim(&mut caption);
        if caption.is_empty() && !image.title.trim().is_empty() {
            caption = vec![Inline::Text(image.title.trim().to_owned())];
        }
        if !caption.is_empty() && caption != figure.caption {
            if !figure.caption.is_empty() {
                figure.caption.push(Inline::Break);
            }
            figure.caption.extend(caption);
        }
        figure.images.push(Image { name: unescaped(&image.url), alt: None });
    }
    (!figure.images.is_empty()).then(|| vec![Block::Figure(figure)])
}

/// A picture's address with its %20 and the like undone: the model names files.
fn unescaped(url: &str) -> String {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        if *first == b'%'
            && let [high, low, after @ ..] = tail
            && let (Some(high), Some(low)) = (hex(high), hex(low))
        {
            bytes.push(high * 16 + low);
            rest = after;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| url.to_owned())
}
