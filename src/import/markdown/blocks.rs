//! Blocks of Markdown to blocks of the model.

use comrak::nodes::{ListType, Node, NodeValue};

use crate::article::{
    Aside, Block, Cell, Heading, Inline, Inlines, List, Step, Table, plain_text, tidy,
};
use crate::diag::{Code, Finding};
use crate::import::draft::{Draft, SourceLine};
use crate::import::notice;

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
        inlines::trim(&mut out);
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
            let (block, reason, sure) = self.noticed(block, line);
            self.draft.push(block, line, sure, reason);
        }
    }

    /// Turns a paragraph or quote that opens with 编者按 into an aside.
    fn noticed(&mut self, block: Block, line: usize) -> (Block, Code, f32) {
        let inner = match block {
            Block::Paragraph(inlines) => match self.without_mark(inlines, line) {
                Ok((kind, rest)) => (kind, vec![Block::Paragraph(rest)]),
                Err(inlines) => return (Block::Paragraph(inlines), STATED, 1.0),
            },
            Block::Quote(mut inner) => {
                let first = match inner.first_mut() {
                    Some(Block::Paragraph(inlines)) => std::mem::take(inlines),
                    _ => return (Block::Quote(inner), STATED, 1.0),
                };
                match self.without_mark(first, line) {
                    Ok((kind, rest)) => {
                        if rest.is_empty() && inner.len() > 1 {
                            inner.remove(0);
                        } else {
                            inner[0] = Block::Paragraph(rest);
                        }
                        (kind, inner)
                    }
                    Err(inlines) => {
                        inner[0] = Block::Paragraph(inlines);
                        return (Block::Quote(inner), STATED, 1.0);
                    }
                }
            }
            other => return (other, STATED, 1.0),
        };
        (Block::Aside(Aside { kind: inner.0, blocks: inner.1 }), ASIDE, 1.0)
    }

    /// The text behind the mark of an aside; the mark may be strong and may be
    /// the whole of its paragraph.
    fn without_mark(
        &mut self,
        inlines: Inlines,
        line: usize,
    ) -> Result<(crate::article::AsideKind, Inlines), Inlines> {
        let whole = plain_text(&inlines);
        let strong_first = matches!(inlines.first(), Some(Inline::Strong(_) | Inline::Emphasis(_)));
        let Some(found) = notice::opening(&whole, true) else {
            // **编者按** with the text right behind it.
            if strong_first
                && let Some(label) = inlines.first().map(|f| plain_text(f.children()))
                && let Some(found) = notice::opening(&label, true)
                && found.mark.end == label.len()
            {
                return Ok((found.kind, self.cut(inlines, found.mark, line)));
            }
            return Err(inlines);
        };
        Ok((found.kind, self.cut(inlines, found.mark, line)))
    }

    fn cut(&mut self, mut inlines: Inlines, mark: std::ops::Range<usize>, line: usize) -> Inlines {
        let whole = plain_text(&inlines);
        let place = self.draft.next_place().then(Step::Block(0));
        let source = SourceLine { number: line, text: &whole };
        self.draft.consume_rest(&place, source, mark.clone(), &[]);
        inlines::cut_start(&mut inlines, mark.end);
        // A colon that stood behind the strong word goes with it.
        let rest = plain_text(&inlines);
        if let Some(colon) = rest.chars().next().filter(|c| matches!(c, ':' | '：')) {
            let source = SourceLine { number: line, text: &rest };
            self.draft.consume_rest(&place, source, 0..colon.len_utf8(), &[]);
            inlines::cut_start(&mut inlines, colon.len_utf8());
        }
        tidy(&mut inlines);
        inlines::trim(&mut inlines);
        inlines
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
