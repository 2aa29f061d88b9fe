//! A page's characters to a tree of elements. The tree is never deeper than a
//! walk can follow, and never larger than a page is: hostile nesting is cut
//! before it costs anything. Knows no site and no article.

use dom_query::{Document, NodeData, NodeId, NodeRef};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, QualName, TokenizerResult, ns};

use super::shallow::{Shallow, is_endless};

/// The attribute that says which tag of the source an element came from.
pub(super) const MARK: &str = "k";

/// A parsed page.
pub(super) struct Page {
    /// The elements.
    pub(super) document: Document,
    /// The lines of the source, by mark.
    lines: Vec<u32>,
    /// How many tags stood too deep and were left out.
    pub(super) flattened: usize,
}

impl Page {
    /// The line of the source that an element, or the element a text stands in,
    /// begins on.
    pub(super) fn line(&self, id: NodeId) -> usize {
        let mut at = self.document.tree.get(&id);
        while let Some(node) = at {
            if let Some(mark) = mark(&node) {
                return self.lines.get(mark).map_or(1, |line| *line as usize);
            }
            at = node.parent();
        }
        1
    }
}

/// The mark of an element.
pub(super) fn mark(node: &NodeRef<'_>) -> Option<usize> {
    node.attr(MARK)?.parse().ok()
}

/// Parses a whole page, or nothing where it has more tags than any page.
pub(super) fn page(html: &str) -> Option<Page> {
    if is_endless(html) {
        return None;
    }
    let sink = Document::default();
    run(TreeBuilder::new(sink, options()), html, TokenizerOpts::default())
}

/// Parses a piece of a page as it stands in the middle of a text.
pub(super) fn fragment(html: &str) -> Option<Page> {
    if is_endless(html) {
        return None;
    }
    let sink = Document::fragment_sink();
    let name = QualName::new(None, ns!(html), LocalName::from("body"));
    let context =
        sink.create_element(name, Vec::new(), html5ever::tree_builder::ElementFlags::default());
    let builder = TreeBuilder::new_for_fragment(sink, context, None, options());
    run(builder, html, TokenizerOpts::default())
}

fn options() -> TreeBuilderOpts {
    TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() }
}

fn run(builder: TreeBuilder<NodeId, Document>, html: &str, options: TokenizerOpts) -> Option<Page> {
    let tokenizer = Tokenizer::new(Shallow::new(builder), options);
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    // A script or a declared character set ends a run of the tokenizer; what follows
    // is read by the next.
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    let (document, lines, flattened) = tokenizer.sink.finish()?;
    Some(Page { document, lines, flattened })
}

/// The characters below a node that a browser would show or a search would find:
/// no scripts, no styles. Parts of different elements are parted by a space.
pub(super) fn text(page: &Page, id: NodeId) -> String {
    text_to(page, id, usize::MAX)
}

/// As [`text`], but no further than some characters beyond so many bytes.
pub(super) fn text_to(page: &Page, id: NodeId, bytes: usize) -> String {
    let mut out = String::new();
    let Some(top) = page.document.tree.get(&id) else { return out };
    let mut stack = vec![top];
    while let Some(node) = stack.pop() {
        if out.len() > bytes {
            break;
        }
        let descend = node.query_or(false, |n| match &n.data {
            NodeData::Text { contents } => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                out.push_str(contents.trim());
                false
            }
            NodeData::Element(element) => !is_unseen(&element.name.local),
            NodeData::Document | NodeData::Fragment => true,
            _ => false,
        });
        if descend {
            stack.extend(node.children_it(true));
        }
    }
    out.trim().to_owned()
}

/// Elements whose text nobody sees.
pub(super) fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "head"
            | "template"
            | "noscript"
            | "select"
            | "textarea"
            | "button"
            | "input"
            | "meta"
            | "link"
            | "title"
            | "datalist"
            | "object"
    )
}

/// The text of a comment, a script or a style sheet.
pub(super) fn unseen(node: &NodeRef<'_>) -> Option<String> {
    let text = if node.is_comment() {
        node.query_or(String::new(), |n| match &n.data {
            NodeData::Comment { contents } => contents.to_string(),
            _ => String::new(),
        })
    } else if node.has_name("script") || node.has_name("style") {
        node.text().to_string()
    } else {
        return None;
    };
    Some(text.trim().to_owned())
}
