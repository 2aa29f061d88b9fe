//! The walk over the elements of a page's text: to words, pictures and blocks in
//! reading order. What they mean together is `shape`'s affair. Hidden elements
//! are skipped and counted; nothing else is lost.

mod anchor;
mod holding;
mod items;
mod line;
mod media;
mod picture;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use dom_query::{NodeData, NodeId, NodeRef};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::article::{Block, Inline};
use crate::diag::{Code, Finding};
use crate::import::{Embedded, clean};

use super::parse::{self, Page, is_unseen};
use super::style::{self, Look, Stress};
use line::{Line, Wrap};

pub(super) use items::{Item, Picture, Rules, Tally, Words};
pub(super) use line::trim;
pub(super) use picture::ending;
pub(in crate::import) use picture::{is_generic, percent_decoded};

const STATED: Code = Code::new("read-stated");

/// The element that stands for an inline read before.
pub(super) const PIECE: &str = "k-n";

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
