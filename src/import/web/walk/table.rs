//! Tables: those that hold data become tables of the model; those that only put
//! things in their places are walked through.

use dom_query::NodeRef;

use crate::article::{Block, Cell, Table, plain_text};
use crate::diag::Code;
use crate::import::web::style::{self, Look};

use super::Walker;

const TABLE: Code = Code::new("read-stated");

/// A cell covers no more columns than this, and a table has no more.
const COLUMNS: usize = 200;

struct Row<'p> {
    head: bool,
    cells: Vec<NodeRef<'p>>,
}

/// Reads a table.
pub(super) fn read<'p>(walker: &mut Walker<'p>, node: NodeRef<'p>, look: Look) {
    walker.flush();
    let line = walker.page.line(node.id);
    let (rows, captions, skipped) = rows(walker, &node);
    for row in skipped {
        // The walk counts what it skips.
        walker.node(row, look);
    }
    if is_layout(walker, &node, &rows) {
        return through(walker, &rows, &captions, look);
    }
    // Where the table stands in the middle its cells do not.
    let look = Look { align: style::Align::Plain, ..look };
    let mut table = Table::default();
    let count = rows.len();
    let mut header_rows = 0;
    let mut still_head = true;
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<Cell> = row
            .cells
            .iter()
            .map(|cell| {
                let name = cell.node_name().unwrap_or_default();
                let blocks = walker.nested(*cell, look.within(cell, &name));
                Cell {
                    blocks,
                    colspan: span(cell, "colspan").min(COLUMNS),
                    rowspan: span(cell, "rowspan").min(count - at),
                }
            })
            .collect();
        let all_head = row.cells.iter().all(|c| c.has_name("th"));
        let bold = at == 0 && count > 1 && cells.len() > 1 && cells.iter().all(is_strong);
        still_head &= row.head || all_head || bold;
        if still_head && at + 1 < count {
            header_rows = at + 1;
        }
        table.rows.push(cells);
    }
    if header_rows > 0 {
        table.rows[..header_rows].iter_mut().flatten().for_each(plain);
    }
    table.header_rows = header_rows;
    for caption in captions {
        for block in walker.nested(caption, look) {
            match block {
                Block::Paragraph(inlines) => table.caption.extend(inlines),
                other => walker.push_block(other, line, 0.9, TABLE),
            }
        }
    }
    walker.push_block(Block::Table(table), line, 1.0, TABLE);
}

/// The rows of a table in order, its captions, and rows that are not shown; tables
/// within it are not looked into.
fn rows<'p>(
    walker: &Walker<'p>,
    node: &NodeRef<'p>,
) -> (Vec<Row<'p>>, Vec<NodeRef<'p>>, Vec<NodeRef<'p>>) {
    let mut rows = Vec::new();
    let mut captions = Vec::new();
    let mut skipped = Vec::new();
    let mut add = |row: NodeRef<'p>, head: bool| {
        let cells: Vec<_> =
            row.children_it(false).filter(|c| c.has_name("td") || c.has_name("th")).collect();
        if style::is_hidden(&row) || walker.rules.drop.contains(&row.id) {
            skipped.push(row);
        } else if !cells.is_empty() {
            rows.push(Row { head, cells });
        }
    };
    for child in node.children_it(false) {
        let name = child.node_name().unwrap_or_default();
        match name.as_ref() {
            "caption" => captions.push(child),
            "tr" => add(child, false),
            "thead" | "tbody" | "tfoot" => {
                for row in child.children_it(false).filter(|r| r.has_name("tr")) {
                    add(row, name.as_ref() == "thead");
                }
            }
            _ => {}
        }
    }
    (rows, captions, skipped)
}

fn span(cell: &NodeRef<'_>, name: &str) -> usize {
    cell.attr(name).and_then(|v| v.trim().parse().ok()).unwrap_or(1).max(1)
}

/// Whether a table only puts things in their places: it says so, has one column
/// and no frame, or holds pictures.
fn is_layout(walker: &Walker<'_>, node: &NodeRef<'_>, rows: &[Row<'_>]) -> bool {
    if walker.rules.flat
        || node.attr("role").is_some_and(|r| matches!(&*r, "presentation" | "none"))
    {
        return true;
    }
    if rows.iter().flat_map(|r| &r.cells).any(|c| c.has_name("th")) || rows.iter().any(|r| r.head) {
        return false;
    }
    if rows.iter().all(|r| r.cells.len() == 1) {
        let framed = node.attr("border").is_some_and(|b| !matches!(b.trim(), "" | "0"))
            || node.attr("style").is_some_and(|s| s.contains("border-collapse"));
        let long = rows.len() > 2 && framed;
        return !long;
    }
    let cells = rows.iter().flat_map(|r| &r.cells);
    let filled = |c: &&NodeRef<'_>| super::visible(&super::parse::text(walker.page, c.id)) > 0;
    let pictures = |c: &&NodeRef<'_>| c.descendants_it().any(|n| n.has_name("img"));
    // A row of pictures, alone or with their captions below.
    let first_pictured = rows.first().is_some_and(|r| r.cells.iter().any(|c| pictures(&c)));
    let pictured_rows = rows.iter().filter(|r| r.cells.iter().any(|c| pictures(&c))).count();
    let nested = cells.clone().any(|c| c.descendants_it().any(|n| n.has_name("table")));
    let words = cells.filter(|c| filled(c) && !pictures(c)).count();
    (first_pictured && pictured_rows * 2 >= rows.len()) || (nested && words == 0)
}

/// Walks through the cells; a row of words below a row of as many pictures holds
/// their captions.
fn through<'p>(walker: &mut Walker<'p>, rows: &[Row<'p>], captions: &[NodeRef<'p>], look: Look) {
    for caption in captions {
        walker.block(*caption, look);
    }
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let next = rows.get(at + 1).filter(|next| next.cells.len() == row.cells.len());
        let pictured =
            |r: &Row<'_>| r.cells.iter().all(|c| c.descendants_it().any(|n| n.has_name("img")));
        let below = next.filter(|next| row.cells.len() > 1 && pictured(row) && !pictured(next));
        for (column, cell) in row.cells.iter().enumerate() {
            let name = cell.node_name().unwrap_or_default();
            walker.figures += 1;
            let mut within = look.within(cell, &name);
            if below.is_some() {
                within.figure = walker.figures;
            }
            if shuts(walker, cell) {
                continue;
            }
            walker.block(*cell, within);
            if let Some(words) = below.map(|b| b.cells[column]) {
                within.caption = true;
                walker.block(words, within);
            }
        }
        at += if below.is_some() { 2 } else { 1 };
    }
}

/// Whether a cell, or its row, is where the walk ends or is not part of the text.
fn shuts<'p>(walker: &mut Walker<'p>, cell: &NodeRef<'p>) -> bool {
    let around = || std::iter::once(*cell).chain(cell.ancestors_it(Some(2)));
    walker.stopped |= around().any(|n| walker.rules.stop == Some(n.id));
    if walker.rules.drop.contains(&cell.id) {
        walker.drop(*cell);
        return true;
    }
    walker.stopped || around().any(|n| walker.rules.drop.contains(&n.id))
}

/// Whether all words of a cell are strong.
fn is_strong(cell: &Cell) -> bool {
    use crate::article::Inline;
    let strong = |b: &Block| match b {
        Block::Paragraph(inlines) => {
            let words = |i: &&Inline| !plain_text(std::slice::from_ref(*i)).trim().is_empty();
            inlines.iter().filter(words).all(|i| matches!(i, Inline::Strong(_)))
        }
        _ => false,
    };
    !cell.blocks.is_empty() && cell.blocks.iter().all(strong)
}

/// Takes the strength off a header cell: its row says it already.
fn plain(cell: &mut Cell) {
    use crate::article::Inline;
    for block in &mut cell.blocks {
        if let Block::Paragraph(inlines) = block
            && let [Inline::Strong(inner)] = inlines.as_mut_slice()
        {
            *inlines = std::mem::take(inner);
        }
    }
}
