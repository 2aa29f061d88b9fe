//! Stands between the tags of a page and its tree, and leaves out what would make
//! the tree too deep or too large. Loses no text.

use std::cell::{Cell, RefCell};

use dom_query::{Document, NodeId};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{Attribute, LocalName, QualName, ns};

use super::parse::MARK;

/// A page with more tags than this is no page.
const TAGS: usize = 100_000;
/// Elements nested deeper than this are left out; what they hold moves up.
const DEPTH: usize = 200;
/// So many marks of emphasis may stand open at once; each is opened anew in
/// every paragraph that follows.
const FORMATTING: usize = 16;
/// A tree of more elements and texts than this is no page: marks of emphasis that
/// are never closed can make many out of few tags.
const NODES: usize = 250_000;
/// A tag of more attributes than this is none; telling them apart takes the square
/// of their number.
const ATTRIBUTES: usize = 500;
/// How far back an end tag looks for its beginning.
const LOOK_BACK: usize = 1000;

/// Where in a tag a character stands.
#[derive(Clone, Copy)]
enum Within {
    Names,
    /// A value without quotes; whether it has yet to begin.
    Value(bool),
    Quoted(u8),
}

/// Whether a page has more tags than any, or a tag more attributes; scripts, styles
/// and comments are passed over.
pub(super) fn is_endless(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut at, mut tags) = (0, 0);
    while let Some(open) = bytes[at..].iter().position(|b| *b == b'<') {
        at += open + 1;
        let rest = &html[at..];
        let begins = |word: &str| {
            rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        let end = if begins("!--") {
            Some("-->")
        } else if begins("script") {
            Some("</script")
        } else if begins("style") {
            Some("</style")
        } else {
            None
        };
        if let Some(end) = end {
            at += rest.find(end).unwrap_or(rest.len());
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        tags += 1;
        if tags > TAGS {
            return true;
        }
        let (mut parts, mut within) = (0, Within::Names);
        for byte in rest.bytes() {
            at += 1;
            let space = byte.is_ascii_whitespace();
            within = match (within, byte) {
                (Within::Quoted(mark), _) if byte == mark => Within::Names,
                (Within::Quoted(mark), _) => Within::Quoted(mark),
                (_, b'>') => break,
                (Within::Names, b'=') => Within::Value(true),
                (Within::Value(true), b'"' | b'\'') => Within::Quoted(byte),
                (Within::Value(true), _) => Within::Value(space),
                (Within::Value(false), _) if !space => Within::Value(false),
                _ => {
                    parts += usize::from(space || byte == b'/');
                    Within::Names
                }
            };
            if parts > 2 * ATTRIBUTES {
                return true;
            }
        }
    }
    false
}

/// Stands between the tokens and the tree and leaves out what is too deep.
pub(super) struct Shallow {
    builder: TreeBuilder<NodeId, Document>,
    /// The elements open by now, the left out ones included.
    open: RefCell<Vec<LocalName>>,
    /// Marks of emphasis that stand open.
    formatting: Cell<usize>,
    /// Of those, the ones that were left out.
    refused: Cell<usize>,
    lines: RefCell<Vec<u32>>,
    flattened: Cell<usize>,
    overfull: Cell<bool>,
}

impl TokenSink for Shallow {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let TagToken(mut tag) = token else { return self.builder.process_token(token, line) };
        let goes_on = match tag.kind {
            StartTag => self.opens(&mut tag, line),
            EndTag => self.closes(&tag),
        };
        if goes_on {
            self.builder.process_token(TagToken(tag), line)
        } else {
            self.flattened.set(self.flattened.get() + 1);
            TokenSinkResult::Continue
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Shallow {
    /// Begins a tree.
    pub(super) fn new(builder: TreeBuilder<NodeId, Document>) -> Self {
        Self {
            builder,
            open: RefCell::default(),
            formatting: Cell::new(0),
            refused: Cell::new(0),
            lines: RefCell::default(),
            flattened: Cell::new(0),
            overfull: Cell::new(false),
        }
    }

    /// The tree, the line of each tag, and how many tags were left out; nothing where
    /// there were more than any page has.
    pub(super) fn finish(self) -> Option<(Document, Vec<u32>, usize)> {
        let lines = self.lines.into_inner();
        let fits = lines.len() <= TAGS && !self.overfull.get();
        fits.then(|| (self.builder.sink.finish(), lines, self.flattened.get()))
    }

    fn opens(&self, tag: &mut Tag, line: u64) -> bool {
        let mut lines = self.lines.borrow_mut();
        if self.builder.sink.tree.len() > NODES {
            self.overfull.set(true);
        }
        if lines.len() > TAGS || self.overfull.get() {
            return false;
        }
        let value = StrTendril::from(lines.len().to_string());
        lines.push(u32::try_from(line).unwrap_or(u32::MAX));
        tag.attrs.retain(|a| &*a.name.local != MARK);
        let name = QualName::new(None, ns!(), LocalName::from(MARK));
        tag.attrs.push(Attribute { name, value });
        if tag.self_closing || is_void(&tag.name) {
            return self.open.borrow().len() < DEPTH;
        }
        if is_formatting(&tag.name) {
            self.formatting.set(self.formatting.get() + 1);
            if self.formatting.get() > FORMATTING {
                self.refused.set(self.refused.get() + 1);
                return false;
            }
        }
        let mut open = self.open.borrow_mut();
        for implied in closed_by(&tag.name) {
            while open.last().is_some_and(|name| &**name == *implied) {
                open.pop();
            }
        }
        open.push(tag.name.clone());
        // What switches the tokenizer's state has to reach the tree builder.
        open.len() <= DEPTH || is_raw(&tag.name)
    }

    fn closes(&self, tag: &Tag) -> bool {
        if is_formatting(&tag.name) {
            self.formatting.set(self.formatting.get().saturating_sub(1));
            if self.refused.get() > 0 {
                self.refused.set(self.refused.get() - 1);
                return false;
            }
        }
        let mut open = self.open.borrow_mut();
        let from = open.len().saturating_sub(LOOK_BACK);
        match open[from..].iter().rposition(|name| *name == tag.name) {
            Some(at) => {
                let deep = from + at >= DEPTH;
                open.truncate(from + at);
                !deep || is_raw(&tag.name)
            }
            None => open.len() <= DEPTH,
        }
    }
}

/// The elements that end where this one begins without having been closed.
fn closed_by(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["p", "li"],
        "dt" | "dd" => &["p", "dt", "dd"],
        "td" | "th" => &["p", "td", "th"],
        "tr" => &["p", "td", "th", "tr"],
        "tbody" | "thead" | "tfoot" => &["p", "td", "th", "tr", "tbody", "thead", "tfoot"],
        "option" | "optgroup" => &["option"],
        "rt" | "rp" | "rb" => &["rt", "rp", "rb"],
        "p" | "div" | "section" | "ul" | "ol" | "table" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "blockquote" | "hr" | "pre" | "figure" | "center" => &["p"],
        _ => &[],
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "hr"
            | "input"
            | "meta"
            | "link"
            | "wbr"
            | "source"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "param"
            | "track"
            | "keygen"
            | "frame"
            | "basefont"
            | "bgsound"
    )
}

fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "plaintext"
    )
}

fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}
