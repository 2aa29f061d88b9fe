//! HTML in the middle of another source, as in Markdown, by the same walk.

use dom_query::NodeRef;

use crate::article::{Block, Inline};
use crate::diag::Finding;

use super::parse;
use super::shape;
use super::walk::{Rules, Walker};

/// What a piece of HTML holds.
pub(in crate::import) struct Fragment {
    pub(in crate::import) blocks: Vec<Block>,
    pub(in crate::import) findings: Vec<Finding>,
    /// The elements of which only the text was kept.
    pub(in crate::import) unknown: Vec<String>,
    /// What is not shown: comments, scripts, hidden elements.
    pub(in crate::import) hidden: Vec<String>,
}

/// Reads a piece of HTML; `pieces` are inlines read already, which stand in it as
/// `<k-n i="0"></k-n>` and so on. Nothing where it has more tags than any page.
pub(in crate::import) fn blocks(html: &str, pieces: Vec<Inline>) -> Option<Fragment> {
    let page = parse::fragment(html)?;
    let rules = Rules::default();
    let mut walker = Walker::new(&page, &rules);
    walker.pieces = pieces;
    let root: NodeRef<'_> = page.document.root();
    let items = walker.root(root);
    let mut hidden = Vec::new();
    for node in root.descendants_it() {
        if let Some(text) = parse::unseen(&node) {
            hidden.push(text);
        }
    }
    Some(Fragment {
        blocks: shape::nested(items),
        findings: std::mem::take(&mut walker.findings),
        unknown: std::mem::take(&mut walker.tally.unknown).into_iter().collect(),
        hidden,
    })
}
