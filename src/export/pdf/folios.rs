//! The numbers of the pages, as the layout gives them: for editions that have no pages
//! of their own and speak of these.

use serde::{Deserialize, Serialize};
use typst::model::Numbering;
use typst_layout::Page;

use super::pages::said;

/// What one page is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folio {
    /// Whether it belongs to the cover.
    pub cover: bool,
    /// Its number as printed, `12` or `iv`; empty where the page bears none.
    pub printed: String,
    /// Its place in the count of pages, from 1.
    pub number: u64,
}

/// The folios of all pages, in order.
pub(super) fn folios(pages: &[Page]) -> Vec<Folio> {
    let pages = pages.iter().map(|page| Folio {
        cover: said(&page.frame, "cover").is_some(),
        printed: match &page.numbering {
            Some(Numbering::Pattern(pattern)) => {
                pattern.apply(None, &[page.number]).map(String::from).unwrap_or_default()
            }
            Some(Numbering::Func(_)) | None => String::new(),
        },
        number: page.number,
    });
    pages.collect()
}
