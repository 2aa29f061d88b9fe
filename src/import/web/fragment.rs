//! HTML in the middle of another source, as in Markdown, by the same walk.

use std::collections::BTreeSet;

use dom_query::NodeRef;

use crate::article::{Block, Inline, Inlines, tidy};
use crate::diag::Finding;
use crate::import::Embedded;

use super::parse::{self, Page};
use super::shape;
use super::walk::{Item, PIECE, Rules, Walker};

/// What is to be said about a piece of HTML. All lines are its own, from 1.
pub(in crate::import) struct Fragment {
    pub(in crate::import) findings: Vec<Finding>,
    /// The elements of which only the text was kept, each name once, and where.
    pub(in crate::import) unread: Vec<(String, usize)>,
    /// What is not shown: comments and scripts.
    pub(in crate::import) hidden: Vec<(String, usize)>,
    pub(in crate::import) embedded: Vec<Embedded>,
}

/// How an inline that is read already stands in a piece of HTML.
pub(in crate::import) fn placeholder(number: usize) -> String {
    format!("<{PIECE} i=\"{number}\"></{PIECE}>")
}

/// Reads a piece of HTML that stands alone; nothing where it has more tags than
/// any page.
pub(in crate::import) fn blocks(html: &str) -> Option<(Vec<Block>, Fragment)> {
    let page = parse::fragment(html)?;
    let rules = Rules::default();
    let mut walker = Walker::new(&page, &rules);
    let items = walker.root(page.document.root());
    let fragment = fragment(&page, &mut walker);
    Some((shape::nested(items), fragment))
}

/// Reads a piece of HTML within a line, in which `pieces` stand as placeholders;
/// each of them is in the result.
pub(in crate::import) fn inlines(html: &str, pieces: &[Inline]) -> Option<(Inlines, Fragment)> {
    let page = parse::fragment(html)?;
    let rules = Rules::default();
    let mut walker = Walker::new(&page, &rules);
    walker.pieces = pieces.iter().cloned().map(Some).collect();
    let mut out = Inlines::new();
    for (n, item) in walker.root(page.document.root()).into_iter().enumerate() {
        if n > 0 {
            out.push(Inline::Break);
        }
        match item {
            Item::Words(words) => out.extend(words.inlines),
            // A picture or a table within a line of words has no place in the model.
            Item::Picture(picture) => {
                let alt = picture.image.alt.unwrap_or_default();
                out.push(Inline::Text(format!("[{alt}]({})", picture.image.name)));
            }
            Item::Block(block, ..) => words_of(&block, &mut out),
        }
    }
    out.extend(walker.pieces.iter_mut().filter_map(Option::take));
    tidy(&mut out);
    let fragment = fragment(&page, &mut walker);
    Some((out, fragment))
}

/// The words of a block, for a place that has no room for blocks.
fn words_of(block: &Block, out: &mut Inlines) {
    let all = |blocks: &[Block], out: &mut Inlines| {
        for block in blocks {
            words_of(block, out);
            out.push(Inline::Text(" ".to_owned()));
        }
    };
    match block {
        Block::Paragraph(inlines) => out.extend(inlines.iter().cloned()),
        Block::Heading(heading) => out.extend(heading.text.iter().cloned()),
        Block::Figure(figure) => out.extend(figure.caption.iter().cloned()),
        Block::List(list) => list.items.iter().for_each(|item| all(item, out)),
        Block::Table(table) => {
            table.rows.iter().flatten().for_each(|cell| all(&cell.blocks, out));
        }
        Block::Quote(blocks) => all(blocks, out),
        Block::Aside(aside) => all(&aside.blocks, out),
        Block::Rule => {}
        Block::Unknown { text, .. } => out.push(Inline::Text(text.replace('\n', " "))),
    }
}

fn fragment(page: &Page, walker: &mut Walker<'_>) -> Fragment {
    let mut seen = BTreeSet::new();
    let mut unread = Vec::new();
    let mut hidden = Vec::new();
    for node in page.document.root().descendants_it() {
        let line = page.line(node.id);
        if let Some(text) = parse::unseen(&node) {
            hidden.push((text, line));
        } else if let Some(name) = name(&node).filter(|name| !is_read(name))
            && seen.insert(name.clone())
        {
            unread.push((name, line));
        }
    }
    Fragment {
        findings: std::mem::take(&mut walker.findings),
        unread,
        hidden,
        embedded: std::mem::take(&mut walker.embedded),
    }
}

fn name(node: &NodeRef<'_>) -> Option<String> {
    node.node_name().filter(|_| node.is_element()).map(|n| n.chars().take(40).collect())
}

/// Whether the model has what an element means.
fn is_read(name: &str) -> bool {
    const READ: &[&str] = &[
        "html",
        "p",
        "br",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "colgroup",
        "col",
        "blockquote",
        "figure",
        "figcaption",
        "img",
        "picture",
        "source",
        "a",
        "b",
        "strong",
        "i",
        "em",
        "sup",
        "sub",
        "ruby",
        "rb",
        "rt",
        "rp",
        "pre",
        "video",
        "audio",
        "iframe",
        "script",
        "style",
        PIECE,
    ];
    READ.contains(&name)
}
