//! What the reader needs of an XML tree: elements and attributes by their local
//! names, since Word's two dialects (transitional and strict) differ only in their
//! namespaces.

use roxmltree::{Document, Node, ParsingOptions};

/// The most nodes a part may hold.
const MAX_NODES: u32 = 1_200_000;

/// The tree of a part.
///
/// # Errors
/// What is wrong, in the parser's words: the part is no XML, declares entities,
/// or is too large.
pub(super) fn parse(text: &str) -> Result<Document<'_>, String> {
    let options = ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|e| e.to_string())
}

/// The text without characters that XML 1.0 forbids, written out or as references:
/// some programs leave them in, and a parser then refuses the whole part.
pub(super) fn without_forbidden(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c| c == '&' || !allowed(c)) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let reference = rest.strip_prefix("&#").and_then(|r| r.split_once(';')).map(|(r, _)| r);
        let number = reference.filter(|r| r.len() < 9).and_then(|r| match r.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => r.parse().ok(),
        });
        match (number, reference) {
            (Some(n), Some(r)) if !char::from_u32(n).is_some_and(allowed) => {
                rest = &rest[r.len() + 3..];
            }
            _ if rest.starts_with('&') => {
                out.push('&');
                rest = &rest[1..];
            }
            _ => rest = &rest[first..],
        }
    }
    out.push_str(rest);
    out
}

/// The local name of an element; empty for what is no element.
pub(super) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    if node.is_element() { node.tag_name().name() } else { "" }
}

/// The value of an attribute, by its local name.
pub(super) fn attr<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|a| a.name() == name).map(|a| a.value())
}

/// The first child element of that local name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|n| name(*n) == wanted)
}

/// The `val` of the first child element of that local name.
pub(super) fn val<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    child(node, wanted).and_then(|n| attr(n, "val"))
}

/// Whether a property is on; nothing where it is not mentioned (ECMA-376 part 1,
/// 17.17.4).
pub(super) fn on(node: Node<'_, '_>, wanted: &str) -> Option<bool> {
    let found = child(node, wanted)?;
    Some(!matches!(attr(found, "val"), Some("0" | "false" | "off")))
}

/// All characters of the text elements below a node, without recursion.
pub(super) fn all_text(node: Node<'_, '_>) -> String {
    let mut out = String::new();
    for inner in node.descendants() {
        match name(inner) {
            "t" => out.push_str(inner.text().unwrap_or_default()),
            "p" if !out.is_empty() => out.push('\n'),
            "tab" | "br" | "cr" => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}
