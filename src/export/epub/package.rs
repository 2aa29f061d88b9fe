//! What the package document tells of the book besides the view: its files, their
//! order, and how accessible it is.

use serde::Serialize;

use crate::export::Job;

use super::faces::Embedded;
use super::page::Page;
use super::pictures::{Descriptions, Picture};
use super::scan;

/// A book without any date is dated so, since the clock is never asked.
const UNDATED: &str = "2000-01-01";

/// `package` in the templates `package.opf.j2` and `toc.ncx.j2`.
#[derive(Serialize)]
pub(super) struct Package {
    /// Every file but the package document itself.
    items: Vec<Item>,
    /// The ids of the pages in reading order.
    spine: Vec<String>,
    /// When the content last changed: the latest article's day.
    modified: String,
    /// Whether there are pictures.
    pictures: bool,
    /// Whether every picture has a description of its own.
    described: bool,
    /// Whether there are readings above characters.
    ruby: bool,
}

/// A file in the manifest.
#[derive(Serialize)]
struct Item {
    id: String,
    href: String,
    media_type: &'static str,
    properties: String,
}

impl Package {
    pub(super) fn of(
        job: &Job<'_>,
        pages: &[Page],
        faces: &[Embedded],
        pictures: &[Picture],
        descriptions: Descriptions,
    ) -> Self {
        let item = |id: &str, href: &str, media_type, properties: &str| Item {
            id: id.to_owned(),
            href: href.to_owned(),
            media_type,
            properties: properties.to_owned(),
        };
        let mut items = vec![
            item("cover-image", "cover.jpg", "image/jpeg", "cover-image"),
            item("ncx", "toc.ncx", "application/x-dtbncx+xml", ""),
            item("style", "style.css", "text/css", ""),
        ];
        items.extend(pages.iter().map(|page| {
            let content = scan::properties(&page.text);
            let own = if page.id == "nav" { "nav" } else { "" };
            let properties = format!("{own} {content}");
            item(&page.id, &page.href(), "application/xhtml+xml", properties.trim())
        }));
        items.extend(
            faces
                .iter()
                .map(|face| item(&format!("font-{}", face.id), &face.href, face.media_type, "")),
        );
        items.extend(pictures.iter().map(|picture| {
            let href = picture.path();
            let href = href.trim_start_matches("EPUB/");
            item(&picture.id, href, picture.ready.media_type(), "")
        }));
        let date = &job.view.date_iso;
        let day = if date.is_empty() { UNDATED } else { date };
        Self {
            items,
            spine: pages.iter().map(|page| page.id.clone()).collect(),
            modified: format!("{day}T00:00:00Z"),
            pictures: descriptions.pictures > 0,
            described: descriptions.complete(),
            ruby: pages.iter().any(|page| page.text.contains("<ruby")),
        }
    }
}
