//! `reader BOOK.epub`: what the book is to another reader, as JSON: its spine, its
//! contents with their depths, its landmarks, its list of pages, its people and the
//! text of each page.

use rbook::Epub;
use rbook::epub::toc::EpubTocEntry;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("reader BOOK.epub")?;
    let book = Epub::options().strict(true).open(path)?;
    let toc = book.toc();
    let listed = |root: Option<EpubTocEntry<'_>>| {
        let mut out = Vec::new();
        if let Some(root) = root {
            below(&root, 0, &mut out);
        }
        out
    };
    let told = book.metadata();
    let people = told.creators().chain(told.contributors()).map(|one| {
        let role = one.main_role().map(|role| role.code().to_owned());
        json!({ "name": one.value(), "role": role, "sorted": one.file_as() })
    });
    let mut pages = Vec::new();
    for page in book.reader() {
        pages.push(page?.content().to_owned());
    }
    let spine: Vec<&str> = book.spine().iter().map(|entry| entry.idref()).collect();
    println!(
        "{}",
        json!({
            "title": told.title().map(|title| title.value()),
            "description": told.description().map(|said| said.value()),
            "subjects": told.tags().map(|tag| tag.value()).collect::<Vec<_>>(),
            "people": people.collect::<Vec<_>>(),
            "spine": spine,
            "contents": listed(toc.contents()),
            "landmarks": listed(toc.landmarks()),
            "pages": listed(toc.page_list()),
            "text": pages,
        })
    );
    Ok(())
}

/// What stands below an entry, at every depth, in order.
fn below(entry: &EpubTocEntry<'_>, depth: usize, out: &mut Vec<Value>) {
    for child in entry.iter() {
        let href = child.href_raw().map(|href| href.to_string());
        out.push(json!({
            "depth": depth, "label": child.label(), "href": href, "kind": child.kind_raw(),
        }));
        below(&child, depth + 1, out);
    }
}
