//! Where the text of a page stands that no profile knows. `dom_smoothie` finds
//! it in a copy; what it kept is found again in the page, because it throws away
//! alignment, lazy pictures and much else that the walk needs.

use std::collections::BTreeSet;

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::parse::{self, Page};
use super::walk::visible;

/// Larger pages are searched no further than their `<body>`.
const ELEMENTS: usize = 30_000;
/// Words tell where the text is from so many characters on.
const TELLING: usize = 8;

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
    let Some(kept) = small.then(|| kept(page)).flatten() else {
        return Some(Found { root: body, outside: Vec::new() });
    };
    // Only words and pictures say where the text is.
    let telling = |node: &NodeRef<'_>| match node.has_name("img") {
        true => parse::mark(node).is_some_and(|mark| kept.pictures.contains(&mark)),
        false => node.is_text() && kept.texts.contains(node.text().trim()),
    };
    let telling: Vec<NodeRef<'_>> = body.descendants_it().filter(telling).collect();
    let Some(root) = common(&telling) else {
        return Some(Found { root: body, outside: Vec::new() });
    };
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
    // Words before and behind may be the title, a caption or credits: they stay
    // where nothing says that they are the page's own.
    let outside = children
        .iter()
        .enumerate()
        .filter(|(at, child)| (*at < first || *at > last) && child.is_element())
        .filter(|(_, child)| is_named_furniture(child) || links_only(page, child))
        .map(|(_, child)| child.id)
        .collect();
    Some(Found { root, outside })
}

/// What the extractor kept: it builds new elements, so words are known again by
/// themselves, and pictures by their marks.
struct Kept {
    texts: BTreeSet<String>,
    pictures: BTreeSet<usize>,
}

fn kept(page: &Page) -> Option<Kept> {
    let config = Config {
        keep_classes: true,
        disable_json_ld: true,
        max_elements_to_parse: ELEMENTS,
        ..Config::default()
    };
    let copy = page.document.clone();
    plain_addresses(&copy);
    let mut reader = Readability::with_document(copy, None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    let content = Document::fragment(article.content);
    let mut kept = Kept { texts: BTreeSet::new(), pictures: BTreeSet::new() };
    for node in content.root().descendants_it() {
        if node.is_text() {
            let text = node.text();
            // A short word may well stand in the menu, too.
            if visible(&text) >= TELLING {
                kept.texts.insert(text.trim().to_owned());
            }
        } else if node.has_name("img") {
            kept.pictures.extend(parse::mark(&node));
        }
    }
    (!kept.texts.is_empty() || !kept.pictures.is_empty()).then_some(kept)
}

/// Leaves nothing but ASCII in and below what embeds a film: the extractor looks at
/// the bytes before a host's name there, wherever a character may begin.
fn plain_addresses(copy: &Document) {
    let embeds: Vec<NodeRef<'_>> = copy
        .root()
        .descendants_it()
        .filter(|n| n.has_name("iframe") || n.has_name("embed") || n.has_name("object"))
        .collect();
    for node in embeds {
        for attribute in node.attrs().iter().filter(|a| !a.value.is_ascii()) {
            let plain: String =
                attribute.value.chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
            node.set_attr(&attribute.name.local, &plain);
        }
        if node.has_name("object") {
            node.remove_children();
        }
    }
}

/// The innermost element round all of `nodes`.
fn common<'p>(nodes: &[NodeRef<'p>]) -> Option<NodeRef<'p>> {
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
        let narrow = at.is_text()
            || matches!(
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

/// Whether an element's name, class or id says that it belongs to the page.
fn is_named_furniture(node: &NodeRef<'_>) -> bool {
    const NAMES: &[&str] = &[
        "nav",
        "menu",
        "foot",
        "header",
        "sidebar",
        "side-bar",
        "copyright",
        "crumb",
        "share",
        "related",
        "comment",
        "banner",
        "logo",
        "toolbar",
        "recommend",
    ];
    let name = node.node_name().unwrap_or_default();
    // What holds the title is the article's own head.
    let has = |names: &[&str]| node.descendants_it().any(|n| names.iter().any(|x| n.has_name(x)));
    if has(&["h1", "h2", "time"]) && !has(&["nav", "ul", "form"]) && !is_comments(node) {
        return false;
    }
    if matches!(name.as_ref(), "nav" | "header" | "footer" | "aside") {
        return true;
    }
    ["class", "id"].iter().filter_map(|a| node.attr(a)).any(|value| {
        let value = value.to_ascii_lowercase();
        NAMES.iter().any(|name| value.contains(name))
    })
}

fn is_comments(node: &NodeRef<'_>) -> bool {
    ["class", "id"].iter().filter_map(|a| node.attr(a)).any(|value| {
        let value = value.to_ascii_lowercase();
        ["comment", "related", "recommend", "sidebar", "foot"].iter().any(|n| value.contains(n))
    })
}

/// Whether most of an element's words are links.
fn links_only(page: &Page, node: &NodeRef<'_>) -> bool {
    // A paragraph is a text's own, however many links it has.
    if node.has_name("p") {
        return false;
    }
    let all = visible(&parse::text(page, node.id));
    let linked: usize = node
        .descendants_it()
        .filter(|n| n.has_name("a"))
        .map(|n| visible(&parse::text(page, n.id)))
        .sum();
    all > 0 && linked * 2 > all
}
