//! Notes: their definitions by name, and which of them have been called.

use std::collections::BTreeMap;

use comrak::nodes::{Node, NodeValue};

/// The definitions of a file's notes.
pub(super) struct Notes<'a> {
    by_name: BTreeMap<String, Definition<'a>>,
    open: Vec<String>,
}

struct Definition<'a> {
    node: Node<'a>,
    called: bool,
}

/// Collects the definitions below `root`.
pub(super) fn definitions<'a>(root: Node<'a>) -> Notes<'a> {
    let mut by_name = BTreeMap::new();
    for node in root.descendants() {
        if let NodeValue::FootnoteDefinition(definition) = &node.data().value {
            by_name.entry(key(&definition.name)).or_insert(Definition { node, called: false });
        }
    }
    Notes { by_name, open: Vec::new() }
}

/// Names are compared as CommonMark compares labels: by case-folded words.
fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl<'a> Notes<'a> {
    /// Opens the note of that name for reading, or nothing where it has no
    /// definition, is being read already, or is called a second time from within
    /// a note: the last would let a small file grow without bound.
    pub(super) fn open(&mut self, name: &str) -> Option<Node<'a>> {
        let key = key(name);
        let inside = !self.open.is_empty();
        let definition = self.by_name.get_mut(&key)?;
        if self.open.contains(&key) || (inside && definition.called) {
            return None;
        }
        definition.called = true;
        self.open.push(key);
        Some(definition.node)
    }

    /// Ends the reading of the note opened last.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// The first note, in the order of the file, that nobody has called yet; it
    /// counts as called from now on.
    pub(super) fn next_unused(&mut self) -> Option<(String, Node<'a>)> {
        let unused = self.by_name.iter_mut().filter(|(_, d)| !d.called);
        let (name, first) = unused.min_by_key(|(_, d)| d.node.data().sourcepos.start.line)?;
        first.called = true;
        Some((name.clone(), first.node))
    }
}
