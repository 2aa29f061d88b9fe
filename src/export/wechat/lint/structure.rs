//! W14 to W17 and W28: how the elements must stand in each other.

use crate::diag::{Code, Severity};
use crate::export::wechat::markup::{Content, Tag};

use super::Page;
use super::report::Report;

const LIST: Code = Code::new("wechat-w14");
const CELL: Code = Code::new("wechat-w15");
const PARAGRAPH: Code = Code::new("wechat-w16");
const WHITE_SPACE: Code = Code::new("wechat-w17");
const ROOT: Code = Code::new("wechat-w28");

const LISTS: &[&str] = &["ul", "ol"];

/// W14: no list in a list, one `section` in each `li`, nothing between them.
pub(super) fn lists(page: &Page<'_>, report: &mut Report) {
    let tree = &page.tree;
    for (node, tag) in tree.elements() {
        let children = || tree.children(Some(node)).map(|child| &child.content);
        let fault = if tag.is(LISTS) && tree.ancestors(node).any(|(_, t)| t.is(LISTS)) {
            "ul ol"
        } else if tag.is(LISTS) && children().any(|c| matches!(c, Content::Text(_))) {
            "ul li"
        } else if tag.is(&["li"]) && !one_section(children()) {
            "li section"
        } else {
            continue;
        };
        report.node(Severity::Error, LIST, fault, tree, node);
    }
}

fn one_section<'a>(mut children: impl Iterator<Item = &'a Content<'a>>) -> bool {
    let first = children.next();
    matches!(first, Some(Content::Element(tag, _)) if tag.is(&["section"]))
        && children.next().is_none()
}

/// W15: a cell inherits nothing from its row.
pub(super) fn cells(page: &Page<'_>, report: &mut Report) {
    for (node, tag) in page.tree.elements().filter(|(_, tag)| tag.is(&["th", "td"])) {
        let has = |name| tag.property(name).is_some();
        let background = has("background-color") || has("background");
        let missing = [
            ("font-size", has("font-size")),
            ("color", has("color")),
            ("background-color", background),
        ];
        let missing: Vec<_> = missing.iter().filter(|(_, has)| !has).map(|(n, _)| *n).collect();
        if !missing.is_empty() {
            report.node(Severity::Warning, CELL, missing.join(" "), &page.tree, node);
        }
    }
}

/// W16: a paragraph without a colour of its own turns black or grey in dark mode.
pub(super) fn paragraphs(page: &Page<'_>, report: &mut Report) {
    for (node, tag) in page.tree.elements().filter(|(_, tag)| tag.is(&["p"])) {
        if tag.property("color").is_none() {
            report.node(Severity::Warning, PARAGRAPH, "color", &page.tree, node);
        }
    }
}

/// W17: line ends and runs of spaces must be written out.
pub(super) fn white_space(page: &Page<'_>, report: &mut Report) {
    let keeps = |tag: &Tag<'_>| {
        let value = tag.property("white-space").unwrap_or_default();
        tag.is(&["pre"]) || value.contains("pre") || value == "break-spaces"
    };
    for (node, text) in page.tree.texts() {
        let relies = text.contains('\n') || text.contains("  ");
        if relies && page.tree.ancestors(node).any(|(_, tag)| keeps(tag)) {
            report.node(Severity::Error, WHITE_SPACE, "white-space", &page.tree, node);
        }
    }
}

/// W28: one root that stands in the page as it comes, and no margins that pull.
pub(super) fn root(page: &Page<'_>, report: &mut Report) {
    let mut top = page.tree.nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none());
    let single = match (top.next(), top.next()) {
        (Some((node, first)), None) => match &first.content {
            Content::Element(tag, _) if tag.is(&["section"]) => Some((node, tag)),
            _ => None,
        },
        _ => None,
    };
    let Some((node, tag)) = single else {
        report.post(Severity::Warning, ROOT, "section");
        return;
    };
    for (name, value) in tag.style() {
        let nothing = matches!(value, "0" | "0px" | "none" | "transparent");
        if (name.starts_with("margin") || name.starts_with("background")) && !nothing {
            report.node(Severity::Warning, ROOT, format!("{name}: {value}"), &page.tree, node);
        }
    }
    for (node, tag) in page.tree.elements() {
        let negative = |value: &str| value.split_whitespace().any(|v| v.starts_with('-'));
        let pulled = tag.style().find(|(n, v)| n.starts_with("margin") && negative(v));
        if let Some((name, value)) = pulled {
            report.node(Severity::Warning, ROOT, format!("{name}: {value}"), &page.tree, node);
        }
    }
}
