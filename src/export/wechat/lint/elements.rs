//! W01, W02, W03 (class and handlers), W07: elements and attributes that do not
//! survive in WeChat's editor.

use crate::diag::{Code, Severity};

use super::Page;
use super::report::Report;

const FORBIDDEN: Code = Code::new("wechat-w01");
const IDENTIFIER: Code = Code::new("wechat-w02");
const HANDLER: Code = Code::new("wechat-w03");
const CLASS: Code = Code::new("wechat-w03-class");
const DIV: Code = Code::new("wechat-w07");

/// W01: elements that the editor refuses.
pub(super) fn forbidden(page: &Page<'_>, report: &mut Report) {
    const NAMES: &[&str] = &[
        "style", "script", "link", "meta", "iframe", "form", "input", "button", "video", "audio",
        "object", "embed", "html", "head", "body",
    ];
    for (node, tag) in page.tree.elements().filter(|(_, tag)| tag.is(NAMES)) {
        report.node(Severity::Error, FORBIDDEN, tag.name, &page.tree, node);
    }
}

/// W02: `id` is taken away, and what pointed to it leads nowhere.
pub(super) fn identifiers(page: &Page<'_>, report: &mut Report) {
    for (node, tag) in page.tree.elements() {
        if let Some(id) = tag.get("id") {
            report.node(Severity::Error, IDENTIFIER, id, &page.tree, node);
        }
    }
}

/// W03: handlers are refused; classes mean nothing without a style sheet.
pub(super) fn classes_and_handlers(page: &Page<'_>, report: &mut Report) {
    for (node, tag) in page.tree.elements() {
        if let Some(class) = tag.get("class") {
            report.node(Severity::Warning, CLASS, class, &page.tree, node);
        }
        let handler = |name: &str| name.get(..2).is_some_and(|n| n.eq_ignore_ascii_case("on"));
        for (name, _) in tag.attributes.iter().filter(|(name, _)| handler(name)) {
            report.node(Severity::Error, HANDLER, name, &page.tree, node);
        }
    }
}

/// W07: `div` loses its style in some versions of the editor.
pub(super) fn div(page: &Page<'_>, report: &mut Report) {
    for (node, tag) in page.tree.elements().filter(|(_, tag)| tag.is(&["div"])) {
        report.node(Severity::Warning, DIV, tag.name, &page.tree, node);
    }
}
