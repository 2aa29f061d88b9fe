//! Where the text of a page stands that no profile knows. `dom_smoothie` finds
//! it in a copy; what it kept is found again in the page by its marks, because it
//! throws away alignment, lazy pictures and much else that the walk needs.

use std::collections::BTreeSet;

use dom_query::{NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::parse::{self, Page};
use super::walk::visible;

/// Larger pages are searched no further than their `<body>`.
const ELEMENTS: usize = 30_000;

/// The element that holds the text, and those of its children that stand before
/// or behind all of it and so are no part of it.
pub(super) struct Found<'p> {
    pub(super) root: NodeRef<'p>,
    pub(super) outside: Vec<NodeId>,
}

/// Finds the text of a page.
pub(super) fn find(page: &Page) -> Option<Found<'_>> {
    let body = page.document.body()?;
    let small = page.document.tree.len() <= ELEMENTS * 3;
    let Some(kept) = small.then(|| kept_marks(page)).flatten() else {
        return Some(Found { root: body, outside: Vec::new() });
    };
    let kept_here = |node: &NodeRef<'_>| parse::mark(node).is_some_and(|m| kept.contains(&m));
    let all: Vec<NodeRef<'_>> = body.descendants_it().filter(kept_here).collect();
    // Only elements with words of their own or with pictures say where the text is.
    let holds = |node: &&NodeRef<'_>| node.has_name("img") || visible(&node.immediate_text()) > 0;
    let telling: Vec<&NodeRef<'_>> = all.iter().filter(holds).collect();
    let root = common(&telling)?;
    // A paragraph is never the whole of what surrounds it.
    let root = climb(page, root);
    let whole: BTreeSet<NodeId> =
        telling.iter().flat_map(|n| n.ancestors_it(None).map(|a| a.id).chain([n.id])).collect();
    let children: Vec<NodeRef<'_>> = root.children();
    let first = children.iter().position(|c| whole.contains(&c.id));
    let last = children.iter().rposition(|c| whole.contains(&c.id));
    let (Some(first), Some(last)) = (first, last) else {
        return Some(Found { root, outside: Vec::new() });
    };
    // Short words right before and behind may be a caption or credits: they stay
    // where the text is not the whole page.
    let page_itself = root.has_name("body");
    let outside = children
        .iter()
        .enumerate()
        .filter(|(at, child)| {
            let beyond = *at < first || *at > last;
            beyond && (page_itself || links_only(page, child)) && child.is_element()
        })
        .map(|(_, child)| child.id)
        .collect();
    Some(Found { root, outside })
}

/// The marks of the elements that the extractor kept.
fn kept_marks(page: &Page) -> Option<BTreeSet<usize>> {
    let config = Config {
        keep_classes: true,
        disable_json_ld: true,
        max_elements_to_parse: ELEMENTS,
        ..Config::default()
    };
    let mut reader = Readability::with_document(page.document.clone(), None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    let content: &str = &article.content;
    // The marks stand as attributes of the extractor's own making of the page.
    let pattern = format!(" {}=\"", parse::MARK);
    let mut marks = BTreeSet::new();
    for (at, _) in content.match_indices(&pattern) {
        let value = &content[at + pattern.len()..];
        let end = value.find('"').unwrap_or(0);
        marks.extend(value[..end].parse::<usize>());
    }
    (!marks.is_empty()).then_some(marks)
}

/// The innermost element round all of `nodes`.
fn common<'p>(nodes: &[&NodeRef<'p>]) -> Option<NodeRef<'p>> {
    let chain = |node: &NodeRef<'p>| {
        let mut up: Vec<NodeRef<'p>> = node.ancestors(None);
        up.reverse();
        up.push(*node);
        up
    };
    let (first, rest) = nodes.split_first()?;
    let mut shared = chain(first);
    for node in rest {
        let other = chain(node);
        let same = shared.iter().zip(&other).take_while(|(a, b)| a.id == b.id).count();
        shared.truncate(same);
    }
    shared.pop()
}

/// Out of a lone paragraph or line into the element that holds it.
fn climb<'p>(page: &Page, root: NodeRef<'p>) -> NodeRef<'p> {
    let mut at = root;
    for _ in 0..4 {
        let name = at.node_name().unwrap_or_default();
        let narrow = matches!(
            name.as_ref(),
            "p" | "span" | "strong" | "b" | "em" | "a" | "img" | "font" | "h1" | "h2" | "h3"
        );
        let Some(parent) = at.parent().filter(|p| p.is_element() && !p.has_name("html")) else {
            break;
        };
        // One child is nothing more than its parent.
        let alone = visible(&parse::text(page, parent.id)) == visible(&parse::text(page, at.id));
        if narrow || (alone && !parent.has_name("body")) {
            at = parent;
        } else {
            break;
        }
    }
    at
}

/// Whether most of an element's words are links.
fn links_only(page: &Page, node: &NodeRef<'_>) -> bool {
    let all = visible(&parse::text(page, node.id));
    let linked: usize = node
        .descendants_it()
        .filter(|n| n.has_name("a"))
        .map(|n| visible(&parse::text(page, n.id)))
        .sum();
    all > 0 && linked * 2 > all
}
