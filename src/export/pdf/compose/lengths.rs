//! How long the blocks of an article are, for looks that reckon with lines before
//! anything is laid out. Counted here once: Typst takes a hundred times as long.

use serde::Serialize;

use crate::export::view::{Article, Block, Inline};

/// How long a block is.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(in crate::export::pdf) struct Length {
    /// How many Chinese characters wide its text is: a Latin letter, a figure or a
    /// half-width mark is half of one, and so is a space; readings are left out, and
    /// the call of a note is one.
    characters: f64,
    /// How many notes are called and lines broken in it: each takes about a line.
    calls: usize,
    /// How wide the text of each item is, where it is a list.
    items: Vec<f64>,
}

/// The lengths of an article's blocks, one for each.
pub(in crate::export::pdf) fn lengths(article: &Article) -> Vec<Length> {
    article.blocks.iter().map(length).collect()
}

fn length(block: &Block) -> Length {
    let mut whole = Length::default();
    if let Block::List { items, .. } = block {
        for item in items {
            let mut one = Length::default();
            item.blocks.iter().for_each(|block| add(block, &mut one));
            whole.characters += one.characters;
            whole.calls += one.calls;
            whole.items.push(one.characters);
        }
    } else {
        add(block, &mut whole);
    }
    whole
}

fn add(block: &Block, length: &mut Length) {
    match block {
        Block::Paragraph { inlines, .. } | Block::Heading { inlines, .. } => words(inlines, length),
        Block::Figure { caption, .. } => words(caption, length),
        Block::List { items, .. } => {
            items.iter().flat_map(|item| &item.blocks).for_each(|block| add(block, length));
        }
        Block::Table { caption, rows, .. } => {
            words(caption, length);
            let cells = rows.iter().flatten();
            cells.flat_map(|cell| &cell.blocks).for_each(|block| add(block, length));
        }
        Block::Quote { blocks } | Block::Aside { blocks, .. } => {
            blocks.iter().for_each(|block| add(block, length));
        }
        Block::Unknown { lines } => {
            length.characters += lines.iter().map(|line| width(line)).sum::<f64>();
        }
        Block::Rule | Block::PageBreak { .. } => {}
    }
}

fn words(inlines: &[Inline], length: &mut Length) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } | Inline::Half { text } | Inline::Foreign { text } => {
                length.characters += width(text);
            }
            Inline::Ruby { base, .. } => length.characters += width(base),
            Inline::Strong { inlines }
            | Inline::Emphasis { inlines }
            | Inline::Dots { inlines }
            | Inline::Sup { inlines }
            | Inline::Sub { inlines }
            | Inline::Link { inlines, .. } => words(inlines, length),
            Inline::Note { .. } => {
                length.characters += 1.0;
                length.calls += 1;
            }
            Inline::Break => length.calls += 1,
            Inline::Tie | Inline::PageBreak { .. } => {}
        }
    }
}

fn width(text: &str) -> f64 {
    let of = |c| match c {
        // What governs lines has no width.
        '\u{2060}' | '\u{200b}' => 0.0,
        ' '..='~' => 0.5,
        _ => 1.0,
    };
    text.chars().map(of).sum()
}
