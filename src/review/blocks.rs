//! Finding blocks by their address, and the plain text of any block.

use crate::article::{Article, Block, Place, Step, plain_text};

/// The address of what a place stands in.
pub(super) fn outer(place: &Place) -> Option<Place> {
    let (_, steps) = place.steps.split_last()?;
    Some(Place { part: place.part, steps: steps.to_vec() })
}

/// The block at a place; `None` for a place that is no block, or lies in a note.
pub(super) fn at<'a>(article: &'a Article, place: &Place) -> Option<&'a Block> {
    let mut list = &article.body;
    let mut steps = place.steps.iter().peekable();
    while let Some(Step::Block(i)) = steps.next() {
        let block = list.get(*i)?;
        let Some(next) = steps.peek() else { return Some(block) };
        list = match (block, next) {
            (Block::Quote(inner), Step::Block(_)) => inner,
            (Block::Aside(aside), Step::Block(_)) => &aside.blocks,
            (Block::List(l), Step::Item(n)) => {
                steps.next();
                l.items.get(*n)?
            }
            (Block::Table(table), Step::Cell(r, c)) => {
                steps.next();
                &table.rows.get(*r)?.get(*c)?.blocks
            }
            _ => return None,
        };
    }
    None
}

/// The blocks among which the block at a place stands, and its number there.
pub(super) fn siblings<'a>(
    article: &'a mut Article,
    place: &Place,
) -> Option<(&'a mut Vec<Block>, usize)> {
    let mut list = &mut article.body;
    let mut steps = place.steps.iter().peekable();
    while let Some(Step::Block(i)) = steps.next() {
        let Some(next) = steps.peek() else {
            return (*i < list.len()).then_some((list, *i));
        };
        list = match (list.get_mut(*i)?, next) {
            (Block::Quote(inner), Step::Block(_)) => inner,
            (Block::Aside(aside), Step::Block(_)) => &mut aside.blocks,
            (Block::List(l), Step::Item(n)) => {
                steps.next();
                l.items.get_mut(*n)?
            }
            (Block::Table(table), Step::Cell(r, c)) => {
                steps.next();
                &mut table.rows.get_mut(*r)?.get_mut(*c)?.blocks
            }
            _ => return None,
        };
    }
    None
}

/// All words of a block, its parts with a space between.
pub(super) fn text(block: &Block) -> String {
    let mut parts = Vec::new();
    collect(block, &mut parts);
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn collect(block: &Block, out: &mut Vec<String>) {
    match block {
        Block::Paragraph(inlines) => out.push(plain_text(inlines)),
        Block::Heading(heading) => out.push(plain_text(&heading.text)),
        Block::Figure(figure) => {
            out.extend(figure.images.iter().map(|i| i.name.clone()));
            out.push(plain_text(&figure.caption));
        }
        Block::List(list) => list.items.iter().flatten().for_each(|b| collect(b, out)),
        Block::Table(table) => {
            out.push(plain_text(&table.caption));
            let cells = table.rows.iter().flatten();
            cells.flat_map(|cell| &cell.blocks).for_each(|b| collect(b, out));
        }
        Block::Quote(inner) => inner.iter().for_each(|b| collect(b, out)),
        Block::Aside(aside) => aside.blocks.iter().for_each(|b| collect(b, out)),
        Block::Rule => {}
        Block::Unknown { text, .. } => out.push(text.clone()),
    }
}
