//! Reading a fragment of HTML, flatly and as a tree, as far as a post needs it.
//! Nothing is corrected: what is read is what will be pasted.

use std::borrow::Cow;

/// A piece of a fragment.
pub(super) enum Token<'a> {
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag, by its name.
    Close(&'a str),
    /// Text, its references as written.
    Text(&'a str),
    /// A comment, a declaration or a processing instruction.
    Other,
}

/// A start tag.
#[derive(Clone)]
pub(super) struct Tag<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// Names and values as written, in order; a value is empty where there is none.
    pub attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute as written, if the tag has it.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| *v)
    }

    /// Whether the tag has one of these names.
    pub(super) fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|n| self.name.eq_ignore_ascii_case(n))
    }

    /// Whether it has no end tag.
    pub(super) fn is_void(&self) -> bool {
        self.is(VOID)
    }

    /// The declarations of its `style`, property and value, in order.
    pub(super) fn style(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        declarations(self.get("style").unwrap_or_default())
    }

    /// The value its `style` gives a property; the last one counts.
    pub(super) fn property(&self, name: &str) -> Option<&'a str> {
        self.style().filter(|(n, _)| n.eq_ignore_ascii_case(name)).last().map(|(_, v)| v)
    }
}

/// Splits a `style` value at the semicolons that stand outside brackets and quotes.
fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut depth = 0usize;
    let mut quote = None;
    let parts = style.split(move |c| {
        match (quote, c) {
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';') => return depth == 0,
            (None, _) => {}
        }
        false
    });
    parts.filter_map(|part| part.split_once(':')).map(|(n, v)| (n.trim(), v.trim()))
}

/// The elements that have no end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Cuts a fragment into its pieces.
pub(super) fn tokens(fragment: &str) -> impl Iterator<Item = Token<'_>> {
    pieces(fragment).map(|(token, _)| token)
}

/// The same, each piece with its characters as written.
pub(super) fn pieces(fragment: &str) -> impl Iterator<Item = (Token<'_>, &str)> {
    let mut rest = fragment;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (token, length) = next(rest);
        let (written, left) = rest.split_at(length);
        rest = left;
        Some((token, written))
    })
}

fn next(rest: &str) -> (Token<'_>, usize) {
    let after = |from: usize, end: &str| rest[from..].find(end).map_or(rest.len(), |n| from + n);
    let Some(inner) = rest.strip_prefix('<') else {
        let end = after(0, "<");
        return (Token::Text(&rest[..end]), end);
    };
    if inner.starts_with("!--") {
        return (Token::Other, (after(1, "-->") + 3).min(rest.len()));
    }
    if inner.starts_with(['!', '?']) {
        return (Token::Other, (after(1, ">") + 1).min(rest.len()));
    }
    if let Some(name) = inner.strip_prefix('/') {
        let end = after(2, ">");
        let name = name[..end - 2].trim();
        return (Token::Close(name), (end + 1).min(rest.len()));
    }
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let end = after(1, "<");
        return (Token::Text(&rest[..end]), end);
    }
    let (tag, length) = open(inner);
    (Token::Open(tag), length + 1)
}

/// Reads a start tag from behind its `<`, and says how many bytes it took.
fn open(inner: &str) -> (Tag<'_>, usize) {
    let boundary = |c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/');
    let name_end = inner.find(boundary).unwrap_or(inner.len());
    let mut tag = Tag { name: &inner[..name_end], attributes: Vec::new() };
    let mut at = name_end;
    loop {
        let rest = inner[at..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        at = inner.len() - rest.len();
        if rest.is_empty() {
            return (tag, at);
        }
        if rest.starts_with('>') {
            return (tag, at + 1);
        }
        let end = rest.find(|c: char| boundary(c) || c == '=').unwrap_or(rest.len()).max(1);
        let name = &rest[..end];
        let behind = rest[end..].trim_start();
        let Some(value) = behind.strip_prefix('=').map(str::trim_start) else {
            tag.attributes.push((name, ""));
            at += end;
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, left) = match quote {
            Some(q) => value[1..].split_once(q).unwrap_or((&value[1..], "")),
            None => value.split_at(
                value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len()),
            ),
        };
        tag.attributes.push((name, value));
        at = inner.len() - left.len();
    }
}

/// A fragment as a tree.
pub(super) struct Tree<'a> {
    /// Its elements and texts in the order of the fragment.
    pub nodes: Vec<Node<'a>>,
}

/// An element or a text.
pub(super) struct Node<'a> {
    /// The node it stands in; `None` at the top.
    pub parent: Option<usize>,
    /// What it is.
    pub content: Content<'a>,
}

/// What a node is.
pub(super) enum Content<'a> {
    /// An element, and its number among the elements, from 0, in document order.
    Element(Tag<'a>, usize),
    /// A text, its references as written.
    Text(&'a str),
}

impl<'a> Tree<'a> {
    /// Reads a fragment.
    pub(super) fn new(fragment: &'a str) -> Self {
        let mut nodes: Vec<Node<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut elements = 0;
        for token in tokens(fragment) {
            let parent = open.last().copied();
            match token {
                Token::Open(tag) => {
                    let holds = !tag.is_void();
                    nodes.push(Node { parent, content: Content::Element(tag, elements) });
                    elements += 1;
                    if holds {
                        open.push(nodes.len() - 1);
                    }
                }
                Token::Close(name) => {
                    let opened = |&n: &usize| matches!(&nodes[n].content, Content::Element(t, _) if t.is(&[name]));
                    if let Some(at) = open.iter().rposition(opened) {
                        open.truncate(at);
                    }
                }
                Token::Text(text) => nodes.push(Node { parent, content: Content::Text(text) }),
                Token::Other => {}
            }
        }
        Self { nodes }
    }

    /// All elements with their place in `nodes`.
    pub(super) fn elements(&self) -> impl Iterator<Item = (usize, &Tag<'a>)> {
        self.nodes.iter().enumerate().filter_map(|(n, node)| match &node.content {
            Content::Element(tag, _) => Some((n, tag)),
            Content::Text(_) => None,
        })
    }

    /// All texts with their place in `nodes`.
    pub(super) fn texts(&self) -> impl Iterator<Item = (usize, &'a str)> {
        self.nodes.iter().enumerate().filter_map(|(n, node)| match node.content {
            Content::Text(text) => Some((n, text)),
            Content::Element(..) => None,
        })
    }

    /// The elements that a node stands in, the nearest first.
    pub(super) fn ancestors(&self, node: usize) -> impl Iterator<Item = (usize, &Tag<'a>)> {
        std::iter::successors(self.nodes[node].parent, |n| self.nodes[*n].parent).filter_map(|n| {
            match &self.nodes[n].content {
                Content::Element(tag, _) => Some((n, tag)),
                Content::Text(_) => None,
            }
        })
    }

    /// The nodes directly within a node, or those at the top.
    pub(super) fn children(&self, of: Option<usize>) -> impl Iterator<Item = &Node<'a>> {
        self.nodes.iter().filter(move |node| node.parent == of)
    }

    /// All characters within a node, its references resolved.
    pub(super) fn text_of(&self, node: usize) -> String {
        let inside = |n: usize| n == node || self.ancestors(n).any(|(a, _)| a == node);
        self.texts().filter(|(n, _)| inside(*n)).map(|(_, text)| unescape(text)).collect()
    }
}

/// Resolves the references that the serialiser writes, and numeric ones.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = rest.find(';').and_then(|end| Some((reference(&rest[1..end])?, end + 1)));
        let (character, length) = known.unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out.into()
}

fn reference(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok();
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => char::from_u32(number(&hex[1..], 16)?),
            decimal => char::from_u32(number(decimal, 10)?),
        },
    }
}
