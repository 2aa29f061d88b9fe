//! Writing a table: with bars where that is enough, else as a directive.

use crate::article::{Block, Cell, Table};

use super::inline::{Spot, inlines};
use super::{Notes, blocks, directive, indented};

/// Writes a table.
pub(super) fn write<'a>(table: &'a Table, notes: &mut Notes<'a>) -> String {
    if simple(table) { with_bars(table, notes) } else { as_directive(table, notes) }
}

/// Whether bars can show the table: one header row, as many cells in each row,
/// no spans, no caption, at most one paragraph a cell.
fn simple(table: &Table) -> bool {
    let width = table.rows.first().map_or(0, Vec::len);
    width > 0
        && table.header_rows == 1
        && table.caption.is_empty()
        && table.rows.iter().all(|row| row.len() == width && row.iter().all(plain))
}

fn plain(cell: &Cell) -> bool {
    let text = matches!(cell.blocks.as_slice(), [] | [Block::Paragraph(_)]);
    text && cell.colspan == 1 && cell.rowspan == 1
}

fn cell_line<'a>(cell: &'a Cell, notes: &mut Notes<'a>) -> Option<String> {
    match cell.blocks.as_slice() {
        [] => Some(String::new()),
        [Block::Paragraph(run)] => Some(inlines(run, Spot::OneLine, notes)),
        _ => None,
    }
}

fn with_bars<'a>(table: &'a Table, notes: &mut Notes<'a>) -> String {
    let mut lines = Vec::new();
    for (i, row) in table.rows.iter().enumerate() {
        let cells: Vec<String> =
            row.iter().map(|cell| cell_line(cell, notes).unwrap_or_default()).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if i == 0 {
            lines.push(format!("|{}", " --- |".repeat(row.len())));
        }
    }
    lines.join("\n")
}

fn as_directive<'a>(table: &'a Table, notes: &mut Notes<'a>) -> String {
    let mut lines = Vec::new();
    if !table.caption.is_empty() {
        lines.push(format!("表题：{}", inlines(&table.caption, Spot::OneLine, notes)));
    }
    lines.push(format!("表头：{}", table.header_rows));
    for row in &table.rows {
        lines.push("行：".to_owned());
        for cell in row {
            let mut mark = "格".to_owned();
            if cell.colspan > 1 {
                mark.push_str(&format!(" 跨{}列", cell.colspan));
            }
            if cell.rowspan > 1 {
                mark.push_str(&format!(" 跨{}行", cell.rowspan));
            }
            mark.push('：');
            lines.push(match cell_line(cell, notes) {
                Some(text) => mark + &text,
                None => indented(&mark, 2, &format!("\n{}", blocks(&cell.blocks, notes))),
            });
        }
    }
    directive("table", &lines.join("\n"))
}
