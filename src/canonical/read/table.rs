//! Reading tables: with bars, and as a directive.

use crate::article::{Block, Cell, Table};

use super::Reader;
use super::inline::cells;
use super::lines::{Line, item};

/// How far the blocks of a cell are indented.
const INDENT: usize = 2;

/// Whether a line is `| --- | --- |`, which makes a table of the lines about it.
pub(super) fn is_rule(line: Option<&Line<'_>>) -> bool {
    let rule = |c: &str| {
        let dashes = c.trim_start_matches(':').trim_end_matches(':');
        !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
    };
    line.is_some_and(|line| line.text.starts_with('|') && cells(line.text).into_iter().all(rule))
}

/// Reads `| a | b |` lines, the second of which is such a rule.
pub(super) fn with_bars(reader: &mut Reader<'_>, lines: &[Line<'_>]) -> Table {
    let mut rows = Vec::new();
    for (_, line) in lines.iter().enumerate().filter(|(i, _)| *i != 1) {
        let texts = cells(line.text);
        rows.push(texts.into_iter().map(|text| cell(reader, text, line.number)).collect());
    }
    Table { header_rows: 1, rows, ..Table::default() }
}

fn cell(reader: &mut Reader<'_>, text: &str, line: usize) -> Cell {
    let run = reader.inlines(text, line);
    let blocks = if run.is_empty() { Vec::new() } else { vec![Block::Paragraph(run)] };
    Cell { blocks, ..Cell::default() }
}

/// Reads the inner lines of `:::table`.
pub(super) fn directive(reader: &mut Reader<'_>, inner: &[Line<'_>], out: &mut Vec<Block>) {
    let mut table = Table { header_rows: 1, ..Table::default() };
    let mut strays = Vec::new();
    let mut i = 0;
    while let Some(&line) = inner.get(i) {
        i += 1;
        if line.blank() {
            continue;
        }
        if let Some(text) = line.text.strip_prefix("表题：") {
            table.caption = reader.inlines(text, line.number);
        } else if let Some(Ok(rows)) = line.text.strip_prefix("表头：").map(|n| n.trim().parse())
        {
            table.header_rows = rows;
        } else if line.text.trim_end() == "行：" {
            table.rows.push(Vec::new());
        } else if let Some((mut made, text)) = cell_mark(line.text) {
            let (lines, taken) = item(line.with(text), &inner[i..], INDENT);
            i += taken;
            made.blocks = if taken == 0 {
                cell(reader, text, line.number).blocks
            } else {
                reader.deeper(&lines)
            };
            if table.rows.is_empty() {
                table.rows.push(Vec::new());
            }
            if let Some(row) = table.rows.last_mut() {
                row.push(made);
            }
        } else {
            strays.push(line);
        }
    }
    out.push(Block::Table(table));
    reader.strays(&strays, "table", out);
}

/// `格：`, `格 跨2列：`, `格 跨2列 跨3行：`, and what follows.
fn cell_mark(text: &str) -> Option<(Cell, &str)> {
    let (spans, rest) = text.strip_prefix('格')?.split_once('：')?;
    let mut cell = Cell::default();
    for span in spans.split_whitespace() {
        let number = span.strip_prefix('跨')?;
        if let Some(n) = number.strip_suffix('列') {
            cell.colspan = n.parse().ok()?;
        } else {
            cell.rowspan = number.strip_suffix('行')?.parse().ok()?;
        }
    }
    Some((cell, rest))
}
