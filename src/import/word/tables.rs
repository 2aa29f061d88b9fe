//! Tables: spans resolved, header rows told, and tables that only hold pictures in
//! their places taken apart.

use crate::article::{Block, Cell, Figure, Image, Inlines, Table, plain_text};

use super::item::{Grid, Held, Item, Para};
use super::structure;

/// The most columns of which spans are followed.
const WIDEST: usize = 4096;
/// A caption below a picture in a table of pictures may be this long, in characters.
const CAPTION: usize = 60;

/// The blocks of a table: itself, or the figures that it only holds in place. The
/// flag says that a block is such a figure.
pub(super) fn read(grid: &Grid, caption: Option<&Para>) -> Vec<(Block, bool)> {
    if caption.is_none()
        && let Some(figures) = pictures_in_place(grid)
    {
        return figures.into_iter().map(|figure| (Block::Figure(figure), true)).collect();
    }
    let mut table = Table {
        caption: caption.map(|c| structure::numbered(c, true)).unwrap_or_default(),
        header_rows: header_rows(grid),
        rows: Vec::with_capacity(grid.rows.len()),
    };
    // Which cell of the rows so far covers each column: its row, its place there
    // and the column it begins in.
    let mut above: Vec<Option<(usize, usize, usize)>> = Vec::new();
    for (r, row) in grid.rows.iter().enumerate() {
        let mut cells: Vec<Cell> = Vec::new();
        let mut column = 0;
        for held in &row.cells {
            if held.column > column {
                let colspan = held.column - column;
                cells.push(Cell { colspan, ..Cell::default() });
                cover(&mut above, column..held.column, None);
            }
            column = held.column + held.span;
            let owner = above.get(held.column).copied().flatten();
            let owner = owner.filter(|(_, _, begins)| held.continues && *begins == held.column);
            let blocks = structure::blocks(&held.items);
            if let Some((row, at, _)) = owner
                && let Some(cell) = table.rows.get_mut(row).and_then(|row| row.get_mut(at))
            {
                cell.rowspan = r + 1 - row;
                cell.blocks.extend(blocks);
                continue;
            }
            let place = (r, cells.len(), held.column);
            cells.push(Cell { blocks, colspan: held.span, rowspan: 1 });
            cover(&mut above, held.column..column, Some(place));
        }
        table.rows.push(cells);
    }
    // A row that only goes on with the cells above has nothing of its own, but its
    // spans count it.
    table.header_rows = table.header_rows.min(table.rows.len());
    if table.rows.iter().all(Vec::is_empty) {
        Vec::new()
    } else {
        vec![(Block::Table(table), false)]
    }
}

fn cover(
    above: &mut Vec<Option<(usize, usize, usize)>>,
    columns: std::ops::Range<usize>,
    place: Option<(usize, usize, usize)>,
) {
    // Nobody's table is wider; what lies beyond has no cells below it to cover.
    if columns.end > WIDEST {
        return;
    }
    if above.len() < columns.end {
        above.resize(columns.end, None);
    }
    above[columns].fill(place);
}

/// The rows at the top that are repeated on each page or, where none is, a first
/// row in bold type.
fn header_rows(grid: &Grid) -> usize {
    let told = grid.rows.iter().take_while(|row| row.header).count();
    if told > 0 {
        return told;
    }
    let Some(first) = grid.rows.first() else { return 0 };
    let bold = |held: &Held| {
        held.items.iter().all(|item| match item {
            Item::Paragraph(para) => para.text().is_empty() || para.look.bold,
            _ => false,
        })
    };
    let says = first.cells.iter().any(|held| !text(held).is_empty());
    usize::from(grid.rows.len() > 1 && says && grid.first_row && first.cells.iter().all(bold))
}

fn text(held: &Held) -> String {
    let texts = held.items.iter().map(|item| match item {
        Item::Paragraph(para) => para.text(),
        Item::Table(_) | Item::Foreign(..) => "\u{fffc}".to_owned(),
    });
    texts.collect::<Vec<_>>().concat()
}

fn images(held: &Held) -> Vec<Image> {
    let paras = held.items.iter().filter_map(|item| match item {
        Item::Paragraph(para) => Some(para),
        _ => None,
    });
    let shots = paras.flat_map(|para| para.pictures());
    shots.map(|s| Image { name: s.name.clone(), alt: s.alt.clone() }).collect()
}

/// The figures of a table that holds nothing but pictures and short words below
/// them; nothing where it holds more.
fn pictures_in_place(grid: &Grid) -> Option<Vec<Figure>> {
    let mut out: Vec<Figure> = Vec::new();
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    for row in &grid.rows {
        let filled: Vec<&Held> = row
            .cells
            .iter()
            .filter(|held| !images(held).is_empty() || !text(held).is_empty())
            .collect();
        let with_pictures = filled.iter().filter(|held| !images(held).is_empty()).count();
        if filled.iter().any(|held| {
            held.items.iter().any(|i| match i {
                Item::Paragraph(para) => para.boxes().next().is_some(),
                _ => true,
            }) || text(held).chars().count() > CAPTION
        }) {
            return None;
        }
        if with_pictures == filled.len() {
            waiting.clear();
            for held in filled {
                waiting.push((held.column, out.len()));
                out.push(Figure { images: images(held), caption: words(held), credit: None });
            }
        } else if with_pictures == 0 && !waiting.is_empty() {
            if let [only] = &filled[..]
                && waiting.len() > 1
            {
                // One line of words for all pictures of the row.
                let first = waiting[0].1;
                let rest: Vec<Figure> = out.drain(first + 1..).collect();
                if rest.iter().chain(&out[first..]).any(|f| !f.caption.is_empty()) {
                    return None;
                }
                out[first].images.extend(rest.into_iter().flat_map(|f| f.images));
                out[first].caption = words(only);
            } else {
                for held in filled {
                    let (_, figure) = waiting.iter().find(|(column, _)| *column == held.column)?;
                    let figure = out.get_mut(*figure).filter(|f| f.caption.is_empty())?;
                    figure.caption = words(held);
                }
            }
            waiting.clear();
        } else {
            return None;
        }
    }
    (!out.is_empty()).then_some(out)
}

fn words(held: &Held) -> Inlines {
    let mut out = Inlines::new();
    for item in &held.items {
        let Item::Paragraph(para) = item else { continue };
        let inlines = structure::numbered(para, true);
        if plain_text(&inlines).trim().is_empty() && inlines.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(crate::article::Inline::Break);
        }
        out.extend(inlines);
    }
    out
}
