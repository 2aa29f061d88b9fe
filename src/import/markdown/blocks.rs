//! Blocks of Markdown to blocks of the model.

use comrak::nodes::{ListType, Node, NodeValue};

use crate::article::{Block, Cell, Heading, Inlines, List, Table, tidy};
use crate::diag::{Code, Finding};
use crate::import::draft::Draft;
use crate::import::{asides, runs};

use super::notes::Notes;
use super::{DEPTH, figures, html, inlines, paragraph};

const STATED: Code = Code::new("read-stated");
const ASIDE: Code = Code::new("read-aside-mark");
const CODE_KEPT: Code = Code::new("read-code-kept");
const TOO_DEEP: Code = Code::new("read-too-deep");
const UNPLACED: Code = Code::new("read-unplaced");
const NOTE_UNUSED: Code = Code::new("read-note-unused");
const NOTE_AT_END: Code = Code::new("read-note-at-end");

/// The walk over a parsed file.
pub(super) struct Reader<'d, 'a> {
    pub(super) draft: &'d mut Draft,
    pub(super) notes: Notes<'a>,
    first_line: usize,
}

impl<'d, 'a> Reader<'d, 'a> {
    /// A walk that adds to `draft`. The parsed text began on line `first_line`,
    /// counted from 0.
    pub(super) fn new(draft: &'d mut Draft, notes: Notes<'a>, first_line: usize) -> Self {
        Self { draft, notes, first_line }
    }

    /// The line of the source a node begins on.
    pub(super) fn line(&self, node: Node<'_>) -> usize {
        node.data().sourcepos.start.line + self.first_line
    }

    /// The inlines of a heading or paragraph, in their one shape.
    pub(super) fn inlines_of(&mut self, node: Node<'a>, depth: usize) -> Inlines {
        let mut out = inlines::read(self, node, depth);
        tidy(&mut out);
        runs::trim(&mut out);
        out
    }

    /// The lines of a paragraph that is nothing but text, else nothing.
    pub(super) fn plain_lines(&self, node: Node<'_>) -> Option<Vec<(usize, String)>> {
        if !matches!(node.data().value, NodeValue::Paragraph) {
            return None;
        }
        let mut number = self.line(node);
        let mut lines = vec![(number, String::new())];
        for child in node.children() {
            match &child.data().value {
                NodeValue::Text(text) => lines.last_mut()?.1.push_str(text),
                NodeValue::SoftBreak | NodeValue::LineBreak => {
                    number += 1;
                    lines.push((number, String::new()));
                }
                _ => return None,
            }
        }
        Some(lines)
    }

    /// Adds a block of the top level to the article.
    pub(super) fn top(&mut self, node: Node<'a>, shift: u8) {
        let line = self.line(node);
        for block in self.block(node, shift, 0) {
            match asides::noticed(self.draft, block, line) {
                Ok(aside) => self.draft.push(aside, line, 1.0, ASIDE),
                Err(block) => self.draft.push(block, line, 1.0, STATED),
            }
        }
    }

    /// The blocks of all children of a node.
    pub(super) fn children(&mut self, node: Node<'a>, shift: u8, depth: usize) -> Vec<Block> {
        node.children().flat_map(|child| self.block(child, shift, depth)).collect()
    }

    fn block(&mut self, node: Node<'a>, shift: u8, depth: usize) -> Vec<Block> {
        if depth >= DEPTH {
            let line = self.line(node);
            self.draft.say(Finding::warning(TOO_DEEP).arg("depth", DEPTH).line(line));
            return vec![Block::Unknown { text: all_text(node), why: TOO_DEEP.name().into() }];
        }
        let value = node.data().value.clone();
        match value {
            NodeValue::Paragraph => {
                figures::read(self, node, depth).unwrap_or_else(|| self.words(node, depth))
            }
            NodeValue::Heading(heading) => {
                let level = heading.level.saturating_sub(shift).max(1);
                vec![Block::Heading(Heading { level, text: self.inlines_of(node, depth) })]
            }
            NodeValue::ThematicBreak => vec![Block::Rule],
            NodeValue::BlockQuote => vec![Block::Quote(self.children(node, shift, depth + 1))],
            NodeValue::List(list) => {
                let items =
                    node.children().map(|item| self.children(item, shift, depth + 1)).collect();
                let start = (list.list_type == ListType::Ordered)
                    .then(|| u32::try_from(list.start).unwrap_or(1));
                vec![Block::List(List { start, items })]
            }
            NodeValue::Table(_) => vec![self.table(node, depth)],
            NodeValue::CodeBlock(code) => {
                let line = self.line(node);
                self.draft.say(Finding::note(CODE_KEPT).line(line));
                lines_of(&code.literal)
            }
            NodeValue::HtmlBlock(raw) => html::block(self, node, &raw.literal),
            NodeValue::FootnoteDefinition(_) => Vec::new(),
            _ => vec![Block::Unknown { text: all_text(node), why: UNPLACED.name().into() }],
        }
    }

    fn words(&mut self, node: Node<'a>, depth: usize) -> Vec<Block> {
        let inlines = self.inlines_of(node, depth);
        if inlines.is_empty() { Vec::new() } else { vec![Block::Paragraph(inlines)] }
    }

    fn table(&mut self, node: Node<'a>, depth: usize) -> Block {
        let mut table = Table { header_rows: 1, ..Table::default() };
        for row in node.children() {
            let cells = row.children().map(|cell| {
                let inlines = self.inlines_of(cell, depth);
                let blocks =
                    if inlines.is_empty() { Vec::new() } else { vec![Block::Paragraph(inlines)] };
                Cell { blocks, ..Cell::default() }
            });
            let cells: Vec<Cell> = cells.collect();
            table.rows.push(cells);
        }
        Block::Table(table)
    }

    /// Keeps the notes that nothing calls, at the end of the text.
    pub(super) fn unused_notes(&mut self) {
        while let Some((name, node)) = self.notes.next_unused() {
            let line = self.line(node);
            let place = self.draft.next_place();
            self.draft.say(Finding::warning(NOTE_UNUSED).arg("name", name).line(line).place(place));
            for block in self.children(node, 0, 1) {
                self.draft.push(block, line, 0.6, NOTE_AT_END);
            }
        }
    }
}

/// Text in lines, each a paragraph.
fn lines_of(text: &str) -> Vec<Block> {
    text.lines().filter(|l| !l.trim().is_empty()).map(|l| paragraph(l.to_owned())).collect()
}

/// All characters below a node, without walking it by recursion.
pub(super) fn all_text(node: Node<'_>) -> String {
    let mut out = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::CodeBlock(code) => out.push_str(&code.literal),
            NodeValue::HtmlInline(raw) => out.push_str(raw),
            NodeValue::HtmlBlock(raw) => out.push_str(&raw.literal),
            NodeValue::FootnoteReference(note) => {
                out.push_str("[^");
                out.push_str(&note.name);
                out.push(']');
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push('\n'),
            NodeValue::Paragraph | NodeValue::Heading(_) if !out.is_empty() => out.push('\n'),
            _ => {}
        }
    }
    out.trim().to_owned()
}
