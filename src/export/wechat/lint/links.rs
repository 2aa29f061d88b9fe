//! W08 and W09: where links may lead.

use crate::diag::{Code, Severity};
use crate::export::wechat::links::OWN_POSTS;

use super::Page;
use super::report::Report;

const OUTWARD: Code = Code::new("wechat-w08");
const INWARD: Code = Code::new("wechat-w09");

/// W08: only WeChat's own posts may be linked to.
pub(super) fn outward(page: &Page<'_>, report: &mut Report) {
    for (node, address) in addresses(page) {
        if !address.starts_with(OWN_POSTS) && !address.starts_with('#') {
            report.node(Severity::Error, OUTWARD, address, &page.tree, node);
        }
    }
}

/// W09: a link to a place in the page leads nowhere, because `id` is gone.
pub(super) fn inward(page: &Page<'_>, report: &mut Report) {
    for (node, address) in addresses(page).filter(|(_, address)| address.starts_with('#')) {
        report.node(Severity::Error, INWARD, address, &page.tree, node);
    }
}

fn addresses<'a>(page: &'a Page<'_>) -> impl Iterator<Item = (usize, &'a str)> {
    let links = page.tree.elements().filter(|(_, tag)| tag.is(&["a"]));
    links.filter_map(|(node, tag)| Some((node, tag.get("href")?.trim())))
}
