//! The walk over the elements of a page's text: to words, pictures and blocks in
//! reading order. What they mean together is `shape`'s affair. Hidden elements
//! are skipped and counted; nothing else is lost.

mod anchor;
mod line;
mod media;
mod picture;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use dom_query::{NodeData, NodeId, NodeRef};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::article::{Block, Image, Inline, Inlines, List, plain_text};
use crate::diag::{Code, Finding};
use crate::import::{Embedded, clean};

use super::mime::Parts;
use super::parse::{self, Page, is_unseen};
use super::shape;
use super::style::{self, Look, Stress};
use line::{Line, Wrap};

pub(super) use line::trim;
pub(super) use picture::ending;
pub(in crate::import) use picture::{is_generic, percent_decoded};

const STATED: Code = Code::new("read-stated");
const TOO_DEEP: Code = Code::new("read-too-deep");
const CODE_KEPT: Code = Code::new("read-code-kept");

/// Lists, tables and quotes within each other are told apart this deep.
const DEPTH: usize = 24;

/// The element that stands for an inline read before.
pub(super) const PIECE: &str = "k-n";

/// One thing met on the walk.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// A line of words.
    Words(Words),
    /// A picture.
    Picture(Picture),
    /// A block that is complete already.
    Block(Block, usize, f32, Code),
}

/// A line of words.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub(super) inlines: Inlines,
    pub(super) look: Look,
    /// The line of the source.
    pub(super) line: usize,
    /// The element it stands in; lines of one element are parted by `<br>`.
    pub(super) element: usize,
    /// Whether it begins with the indent of a paragraph.
    pub(super) indented: bool,
    /// Whether the element is a paragraph of the page's own.
    pub(super) paragraph: bool,
}

/// A picture.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub(super) image: Image,
    pub(super) look: Look,
    pub(super) line: usize,
    pub(super) element: usize,
}

/// What the walk has to know beyond the page.
#[derive(Debug, Default)]
pub(super) struct Rules<'p> {
    /// Elements that are not part of the text.
    pub(super) drop: BTreeSet<NodeId>,
    /// Elements that are captions.
    pub(super) captions: BTreeSet<NodeId>,
    /// The attributes that hold a picture's address before it is loaded.
    pub(super) pictures: Vec<&'p str>,
    /// The parts of a page saved as one file.
    pub(super) parts: Option<&'p Parts>,
    /// The element at which the walk ends.
    pub(super) stop: Option<NodeId>,
    /// Whether the words of different elements are set apart by a space.
    pub(super) spaced: bool,
}

/// What was left out and what was met on the way.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Characters that the page hides.
    pub(super) hidden: usize,
    /// The texts of what is not part of the article, as of a share button.
    pub(super) chrome: Vec<(String, usize)>,
    /// Pictures that only decorate.
    pub(super) decoration: usize,
    /// Control characters that were removed.
    pub(super) controls: usize,
    /// Links that run a script.
    pub(super) scripts: usize,
}

/// The walk.
pub(super) struct Walker<'p> {
    page: &'p Page,
    rules: &'p Rules<'p>,
    items: Vec<Item>,
    line: Line,
    number: usize,
    look: Look,
    element: usize,
    paragraph: bool,
    depth: usize,
    figures: usize,
    /// Elements that were read as notes already.
    taken: BTreeSet<NodeId>,
    notes_open: bool,
    /// The elements by `id` or `name`, once a note has asked for one.
    anchors: Option<BTreeMap<String, Vec<NodeId>>>,
    /// How many bytes the pictures inside the page have.
    inside: usize,
    stopped: bool,
    /// Inlines that were read before and stand in the page as placeholders.
    pub(super) pieces: Vec<Option<Inline>>,
    pub(super) tally: Tally,
    pub(super) findings: Vec<Finding>,
    pub(super) embedded: Vec<Embedded>,
}

impl<'p> Walker<'p> {
    /// A walk over a page.
    pub(super) fn new(page: &'p Page, rules: &'p Rules<'p>) -> Self {
        Self {
            page,
            rules,
            items: Vec::new(),
            line: Line::default(),
            number: 1,
            look: Look::default(),
            element: 0,
            paragraph: false,
            depth: 0,
            figures: 0,
            taken: BTreeSet::new(),
            notes_open: false,
            anchors: None,
            inside: 0,
            stopped: false,
            pieces: Vec::new(),
            tally: Tally::default(),
            findings: Vec::new(),
            embedded: Vec::new(),
        }
    }

    /// The items below an element; its own look counts, but not that it is hidden.
    pub(super) fn root(&mut self, node: NodeRef<'p>) -> Vec<Item> {
        let name = node.node_name().unwrap_or_default();
        let look = Look::default().within(&node, &name);
        if name.as_ref() == "table" {
            self.number = self.page.line(node.id);
            table::read(self, node, look);
        } else {
            self.children(node, look);
        }
        self.flush();
        std::mem::take(&mut self.items)
    }

    /// The items of an element itself.
    pub(super) fn single(&mut self, node: NodeRef<'p>) -> Vec<Item> {
        self.node(node, Look::default());
        self.flush();
        std::mem::take(&mut self.items)
    }

    /// The elements outside `root` that were read as notes.
    pub(super) fn notes_outside(&self, root: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let tree = &self.page.document.tree;
        let within = move |id: &NodeId| tree.ancestor_ids_of(id, None).contains(&root);
        let whole = move |id: &NodeId| {
            !tree.ancestor_ids_of(id, None).iter().any(|above| self.taken.contains(above))
        };
        self.taken.iter().copied().filter(move |id| !within(id) && whole(id))
    }

    fn children(&mut self, node: NodeRef<'p>, look: Look) {
        for child in node.children_it(false) {
            self.node(child, look);
        }
    }

    fn node(&mut self, node: NodeRef<'p>, look: Look) {
        self.stopped |= self.rules.stop == Some(node.id);
        if self.stopped {
            return;
        }
        let mut words = None;
        let name = node.query_or(None, |n| match &n.data {
            NodeData::Text { contents } => {
                words = Some(contents.to_string());
                None
            }
            NodeData::Element(element) => Some(element.name.local.clone()),
            _ => None,
        });
        if let Some(words) = words {
            self.words(&words, node.id, look);
        } else if let Some(name) = name {
            self.element(node, &name, look);
        }
    }

    fn words(&mut self, text: &str, id: NodeId, look: Look) {
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            if (c.is_control() && !c.is_ascii_whitespace()) || clean::is_invisible(c) {
                self.tally.controls += 1;
            } else {
                kept.push(c);
            }
        }
        if !is_nfc(&kept) {
            kept = kept.nfc().collect();
        }
        if self.line.is_empty() && !kept.trim().is_empty() {
            self.number = self.page.line(id);
            self.look = look;
        }
        self.line.words(&kept);
    }

    fn element(&mut self, node: NodeRef<'p>, name: &str, look: Look) {
        if self.taken.contains(&node.id) {
            return;
        }
        if self.rules.drop.contains(&node.id) || (is_unseen(name) && name != "object") {
            if !matches!(name, "script" | "style" | "head" | "meta" | "link" | "title") {
                self.drop(node);
            }
            return;
        }
        if style::is_hidden(&node) {
            self.tally.hidden += visible(&parse::text(self.page, node.id));
            return;
        }
        let mut look = look.within(&node, name);
        look.caption |= self.rules.captions.contains(&node.id);
        if let Some(url) = node.attr("pdfsrc").filter(|url| !url.trim().is_empty()) {
            return self.shown_file(node, &url);
        }
        match name {
            "br" => self.end_line(),
            "hr" => {
                self.flush();
                let line = self.page.line(node.id);
                self.push_block(Block::Rule, line, 1.0, STATED);
            }
            "img" | "image" | "v:imagedata" => picture::read(self, node, look),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                look.heading = name.as_bytes()[1] - b'0';
                self.block(node, look);
            }
            "figure" => {
                self.figures += 1;
                look.figure = self.figures;
                self.block(node, look);
            }
            "figcaption" => {
                look.caption = true;
                self.block(node, look);
            }
            "ul" | "ol" | "menu" => self.list(node, name, look),
            "dt" => self.wrapped_block(node, look, Stress::Strong),
            "table" => table::read(self, node, look),
            "blockquote" => self.quote(node, look),
            "pre" | "xmp" | "listing" => self.pre(node),
            "a" => anchor::read(self, node, look),
            "ruby" => self.ruby(node),
            PIECE => {
                if let Some(piece) = self.piece(&node) {
                    self.line.inline(piece);
                }
            }
            "video"
            | "audio"
            | "iframe"
            | "embed"
            | "object"
            | "mpvoice"
            | "qqmusic"
            | "mpvideosnap"
            | "mp-common-videosnap"
            | "mp-common-mpaudio"
            | "mp-common-qqmusic"
            | "mp-miniprogram"
            | "mp-weapp" => media::read(self, node, name),
            _ if is_block(name) => self.block(node, look),
            _ => self.inline(node, name, look),
        }
    }

    /// What an element says about its words by its name and its style.
    fn wraps(node: &NodeRef<'_>, name: &str) -> Vec<Wrap> {
        let by_name = match name {
            "b" | "strong" => Some(Stress::Strong),
            "i" | "em" | "cite" | "dfn" => Some(Stress::Emphasis),
            "sup" => Some(Stress::Super),
            "sub" => Some(Stress::Sub),
            _ => None,
        };
        let (mut styled, plain) = style::stresses(&node.attr("style").unwrap_or_default());
        if let Some(stress) = by_name.filter(|s| !(plain && *s == Stress::Strong)) {
            styled.retain(|s| *s != stress);
            styled.insert(0, stress);
        }
        styled.into_iter().map(Wrap::Stress).collect()
    }

    fn inline(&mut self, node: NodeRef<'p>, name: &str, look: Look) {
        let style = node.attr("style").unwrap_or_default();
        let as_block = style::declarations(&style).any(|(name, value)| {
            name == "display" && matches!(value, "block" | "flex" | "grid" | "table")
        });
        if as_block {
            return self.block(node, look);
        }
        if self.rules.spaced {
            self.line.words(" ");
        }
        let wraps = Self::wraps(&node, name);
        let count = wraps.len();
        for wrap in wraps {
            self.line.open(wrap);
        }
        self.children(node, look);
        for _ in 0..count {
            self.line.close();
        }
        if self.rules.spaced {
            self.line.words(" ");
        }
    }

    fn block(&mut self, node: NodeRef<'p>, look: Look) {
        self.flush();
        let paragraph = std::mem::replace(&mut self.paragraph, node.has_name("p"));
        let wraps = Self::wraps(&node, "div");
        for wrap in &wraps {
            self.line.open(wrap.clone());
        }
        self.children(node, look);
        self.flush();
        for _ in &wraps {
            self.line.close();
        }
        self.paragraph = paragraph;
    }

    fn wrapped_block(&mut self, node: NodeRef<'p>, look: Look, stress: Stress) {
        self.flush();
        self.line.open(Wrap::Stress(stress));
        self.children(node, look);
        self.flush();
        self.line.close();
    }

    /// Ends the line within an element, as `<br>` does.
    fn end_line(&mut self) {
        let (look, line, element) = (self.look, self.number, self.element);
        let indented = self.line.is_indented();
        let inlines = self.line.take();
        let paragraph = self.paragraph;
        self.items.push(Item::Words(Words { inlines, look, line, element, indented, paragraph }));
    }

    /// Ends the element whose words are being read.
    fn flush(&mut self) {
        if self.line.is_empty() {
            self.line.take();
        } else {
            self.end_line();
        }
        self.element += 1;
    }

    fn push_block(&mut self, block: Block, line: usize, sure: f32, why: Code) {
        self.items.push(Item::Block(block, line, sure, why));
    }

    /// Takes note of something that is not part of the article.
    fn drop(&mut self, node: NodeRef<'p>) {
        let text = parse::text(self.page, node.id);
        if !text.is_empty() {
            self.tally.chrome.push((text, self.page.line(node.id)));
        }
    }

    /// What is below an element, as blocks of their own.
    fn nested(&mut self, node: NodeRef<'p>, look: Look) -> Vec<Block> {
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

    fn list(&mut self, node: NodeRef<'p>, name: &str, look: Look) {
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

    fn quote(&mut self, node: NodeRef<'p>, look: Look) {
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
    fn pre(&mut self, node: NodeRef<'p>) {
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
    fn ruby(&mut self, node: NodeRef<'p>) {
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
    fn plain_below(&mut self, node: NodeRef<'p>) -> String {
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
    fn piece(&mut self, node: &NodeRef<'_>) -> Option<Inline> {
        let at = node.has_name(PIECE).then(|| node.attr("i")).flatten()?;
        self.pieces.get_mut(at.parse::<usize>().ok()?)?.take()
    }
}

/// How many characters a reader would see.
pub(super) fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "center"
            | "form"
            | "fieldset"
            | "legend"
            | "address"
            | "dl"
            | "dd"
            | "li"
            | "details"
            | "summary"
            | "caption"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "hgroup"
            | "body"
            | "html"
            | "frameset"
            | "noframes"
            | "dir"
            | "optgroup"
            | "option"
            | "marquee"
            | "svg"
            | "foreignObject"
    )
}
