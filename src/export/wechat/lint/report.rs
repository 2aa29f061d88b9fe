//! Gathering what the rules find: one finding for each code and gravity, however
//! many elements have the fault.

use crate::diag::{Code, Finding, Severity};
use crate::export::wechat::markup::{Content, Tree, unescape};

use super::Found;

/// How much of a text is shown as excerpt, in characters.
const EXCERPT: usize = 30;

/// What was found so far.
#[derive(Default)]
pub(super) struct Report {
    found: Vec<Found>,
}

impl Report {
    /// Notes a fault of the post as a whole.
    pub(super) fn post(&mut self, severity: Severity, code: Code, what: impl ToString) {
        self.add(severity, code, what.to_string(), None, String::new());
    }

    /// Notes a fault of an element or text, `node` of the tree.
    pub(super) fn node(
        &mut self,
        severity: Severity,
        code: Code,
        what: impl ToString,
        tree: &Tree<'_>,
        node: usize,
    ) {
        let element = match tree.nodes[node].content {
            Content::Element(_, number) => Some(number),
            Content::Text(_) => match tree.nodes[node].parent.map(|p| &tree.nodes[p].content) {
                Some(Content::Element(_, number)) => Some(*number),
                _ => None,
            },
        };
        // Reading the text is dear; only the first of a kind shows it.
        let known = self.found.iter().any(|f| same(f, severity, code));
        let excerpt = if known { String::new() } else { excerpt(tree, node) };
        self.add(severity, code, what.to_string(), element, excerpt);
    }

    fn add(
        &mut self,
        severity: Severity,
        code: Code,
        what: String,
        element: Option<usize>,
        excerpt: String,
    ) {
        if let Some(found) = self.found.iter_mut().find(|f| same(f, severity, code)) {
            found.elements.extend(element);
            set_count(found);
            return;
        }
        let mut finding = Finding::new(severity, code).arg("what", what).arg("count", 1);
        if !excerpt.is_empty() {
            finding = finding.excerpt(excerpt);
        }
        self.found.push(Found { finding, elements: element.into_iter().collect() });
    }

    /// Everything that was found.
    pub(super) fn finish(self) -> Vec<Found> {
        self.found
    }
}

fn same(found: &Found, severity: Severity, code: Code) -> bool {
    found.finding.severity == severity && found.finding.code == code
}

fn set_count(found: &mut Found) {
    let count = found.finding.args.iter_mut().find(|(name, _)| *name == "count");
    if let Some((_, value)) = count {
        *value = found.elements.len().to_string();
    }
}

/// The beginning of the text in or around a node.
fn excerpt(tree: &Tree<'_>, node: usize) -> String {
    let text = match tree.nodes[node].content {
        Content::Text(text) => unescape(text).into_owned(),
        Content::Element(..) => tree.text_of(node),
    };
    let text = text.trim();
    let mut short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
