//! What holds blocks of its own: lists, quotations, lines kept as they are, and
//! readings above characters.

use dom_query::NodeRef;

use crate::article::{Block, Inline, List, plain_text};
use crate::diag::{Code, Finding};
use crate::import::web::parse;
use crate::import::web::shape;
use crate::import::web::style::{self, Look};

use super::{PIECE, STATED, Walker};

const TOO_DEEP: Code = Code::new("read-too-deep");
const CODE_KEPT: Code = Code::new("read-code-kept");

/// Lists, tables and quotes within each other are told apart this deep.
const DEPTH: usize = 24;

impl<'p> Walker<'p> {
    /// What is below an element, as blocks of their own.
    pub(super) fn nested(&mut self, node: NodeRef<'p>, look: Look) -> Vec<Block> {
        let line = self.page.line(node.id);
        if self.depth >= DEPTH {
            self.findings.push(Finding::warning(TOO_DEEP).arg("depth", DEPTH).line(line));
            let text = parse::text(self.page, node.id);
            let unknown = Block::Unknown { text, why: TOO_DEEP.name().into() };
            return vec![unknown];
        }
        self.depth += 1;
        let items = std::mem::take(&mut self.items);
        let outer = std::mem::take(&mut self.line);
        let paragraph = std::mem::take(&mut self.paragraph);
        self.element += 1;
        self.children(node, look);
        self.flush();
        self.paragraph = paragraph;
        self.line = outer;
        let inner = std::mem::replace(&mut self.items, items);
        self.depth -= 1;
        shape::nested(inner)
    }

    pub(super) fn list(&mut self, node: NodeRef<'p>, name: &str, look: Look) {
        self.flush();
        let line = self.page.line(node.id);
        let start = (name == "ol")
            .then(|| node.attr("start").and_then(|s| s.trim().parse().ok()).unwrap_or(1));
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in node.children_it(false).filter(|c| c.is_element()) {
            let skip = self.taken.contains(&child.id)
                || self.rules.drop.contains(&child.id)
                || style::is_hidden(&child);
            if skip {
                // The one place that counts what is skipped.
                self.node(child, look);
                continue;
            }
            let inner = look.within(&child, "li");
            let blocks = self.nested(child, inner);
            if !blocks.is_empty() {
                items.push(blocks);
            }
        }
        let loose: String = node.immediate_text().trim().to_owned();
        if !loose.is_empty() {
            items.push(vec![Block::Paragraph(vec![Inline::Text(loose)])]);
        }
        if items.iter().flatten().all(|b| matches!(b, Block::Figure(_))) {
            for figure in items.into_iter().flatten() {
                self.push_block(figure, line, 0.9, STATED);
            }
        } else {
            self.push_block(Block::List(List { start, items }), line, 1.0, STATED);
        }
    }

    pub(super) fn quote(&mut self, node: NodeRef<'p>, look: Look) {
        self.flush();
        let line = self.page.line(node.id);
        let blocks = self.nested(node, look);
        if blocks.iter().all(|b| matches!(b, Block::Figure(_) | Block::Rule)) {
            for block in blocks {
                self.push_block(block, line, 0.9, STATED);
            }
        } else {
            self.push_block(Block::Quote(blocks), line, 1.0, STATED);
        }
    }

    /// Lines as they are; the model has no code.
    pub(super) fn pre(&mut self, node: NodeRef<'p>) {
        self.flush();
        let line = self.page.line(node.id);
        let text = node.text();
        let words = |l: &str| !l.trim().is_empty();
        if text.lines().any(words) {
            self.findings.push(Finding::note(CODE_KEPT).line(line));
        }
        for text in text.lines().filter(|l| words(l)) {
            let inlines = vec![Inline::Text(text.trim_end().to_owned())];
            self.push_block(Block::Paragraph(inlines), line, 0.9, CODE_KEPT);
        }
    }

    /// A base and its reading. Brackets for programs that know no readings are
    /// left out, as a browser leaves them out.
    pub(super) fn ruby(&mut self, node: NodeRef<'p>) {
        let mut base = String::new();
        let mut stack: Vec<NodeRef<'p>> = node.children_it(true).collect();
        if self.line.is_empty() {
            self.number = self.page.line(node.id);
        }
        while let Some(child) = stack.pop() {
            let name = child.node_name().unwrap_or_default();
            match name.as_ref() {
                "rp" => _ = self.plain_below(child),
                "rt" => {
                    let text = self.plain_below(child);
                    let base = std::mem::take(&mut base).trim().to_owned();
                    match (base.is_empty(), text.is_empty()) {
                        (false, false) => self.line.inline(Inline::Ruby { base, text }),
                        _ => self.line.words(&(base + &text)),
                    }
                }
                PIECE => base.push_str(&self.plain_below(child)),
                _ if child.is_element() => stack.extend(child.children_it(true)),
                _ if child.is_text() => base.push_str(&child.text()),
                _ => {}
            }
        }
        self.line.words(&base);
    }

    /// The words of an element without marks, inlines read before included.
    pub(super) fn plain_below(&mut self, node: NodeRef<'p>) -> String {
        let mut out = String::new();
        for inner in std::iter::once(node).chain(node.descendants_it()) {
            if inner.is_text() {
                out.push_str(&inner.text());
            } else if let Some(piece) = self.piece(&inner) {
                out.push_str(&plain_text(&[piece]));
            }
        }
        out.trim().to_owned()
    }

    /// The inline read before that an element stands for.
    pub(super) fn piece(&mut self, node: &NodeRef<'_>) -> Option<Inline> {
        let at = node.has_name(PIECE).then(|| node.attr("i")).flatten()?;
        self.pieces.get_mut(at.parse::<usize>().ok()?)?.take()
    }
}
