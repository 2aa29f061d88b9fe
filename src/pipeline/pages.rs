//! The pages of the printed edition for the e-book of the same publication: read off
//! the finished PDF where the build makes one, else off a proof of it. What was read is
//! kept in the cache for the next e-book that is made alone.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::Fault;
use crate::export::Job;
use crate::export::pdf::{self, Folio};
use crate::publication::{Begins, Entry, PrintPage, Publication};
use crate::verify::{self, FileText, PageStart, Shown, compare_by_page};

/// A printed file that was read back, and where its pages begin.
pub(super) struct PagesRead {
    /// Its text.
    pub(super) text: FileText,
    /// Where its pages begin.
    pub(super) starts: Vec<PageStart>,
}

/// What is kept of a printed edition.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// What the pages were laid out from.
    key: String,
    folios: Vec<Folio>,
    texts: Vec<String>,
}

/// The pages of a publication, off a proof of them.
///
/// # Errors
/// As for [`pdf::proof`].
pub(super) fn of_proof(
    job: Job<'_>,
    publication: &Publication,
    cache: &Path,
) -> Result<Vec<PrintPage>, Fault> {
    let key = pdf::fingerprint(job)?;
    let known = fs::read(file(cache, publication)).ok();
    let known: Option<Kept> = known.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let (text, folios) = match known.filter(|known| known.key == key) {
        Some(known) => (FileText::new(&known.texts, true), known.folios),
        None => {
            let (bytes, folios) = pdf::proof(job)?;
            let text = verify::pdf(bytes).map_err(Fault::internal)?;
            keep(cache, publication, key, &text, &folios);
            (text, folios)
        }
    };
    let entries: Vec<&Entry> = publication.entries().collect();
    let (_, starts) = compare_by_page(&entries, Shown::Whole, &text);
    Ok(printed(&PagesRead { text, starts }, &folios, publication))
}

/// The pages of a file that was made from `job` and read back. `folios` are those of
/// all pages; the file may lack the cover's.
pub(super) fn of_file(
    job: Job<'_>,
    publication: &Publication,
    cache: &Path,
    read: &PagesRead,
    folios: &[Folio],
) -> Vec<PrintPage> {
    let whole = read.text.pages() == folios.len();
    let folios: Vec<Folio> = folios.iter().filter(|folio| whole || !folio.cover).cloned().collect();
    if let Ok(key) = pdf::fingerprint(job) {
        keep(cache, publication, key, &read.text, &folios);
    }
    printed(read, &folios, publication)
}

fn file(cache: &Path, publication: &Publication) -> PathBuf {
    cache.join("pages").join(format!("{}.json", publication.id))
}

/// Puts what was read into the cache. Where that cannot be done the next e-book lays
/// its pages out once more; nothing is lost.
fn keep(cache: &Path, publication: &Publication, key: String, text: &FileText, folios: &[Folio]) {
    let texts = (0..text.pages()).map(|page| text.page_text(page)).collect();
    let Ok(bytes) = serde_json::to_vec(&Kept { key, folios: folios.to_vec(), texts }) else {
        return;
    };
    let file = file(cache, publication);
    if fs::read(&file).is_ok_and(|known| known == bytes) {
        return;
    }
    let Some(folder) = file.parent().filter(|folder| fs::create_dir_all(folder).is_ok()) else {
        return;
    };
    if let Ok(mut new) = tempfile::NamedTempFile::new_in(folder)
        && std::io::Write::write_all(&mut new, &bytes).is_ok()
    {
        let _ = new.persist(file);
    }
}

/// The pages as the e-book names them.
fn printed(read: &PagesRead, folios: &[Folio], publication: &Publication) -> Vec<PrintPage> {
    let mut pages: Vec<(usize, PrintPage)> = Vec::new();
    for start in &read.starts {
        let Some(folio) = folios.get(start.page).filter(|folio| !folio.printed.is_empty()) else {
            continue;
        };
        let begins =
            Begins::Text { entry: start.article, place: start.place.clone(), offset: start.offset };
        pages.push((start.page, PrintPage { label: folio.printed.clone(), begins }));
    }
    pages.extend(openings(read, folios, publication));
    pages.sort_by_key(|(page, _)| *page);
    pages.into_iter().map(|(_, page)| page).collect()
}

/// The pages on which parts open: the one before a part's first article that says its
/// title. They bear no number and are counted.
fn openings(
    read: &PagesRead,
    folios: &[Folio],
    publication: &Publication,
) -> Vec<(usize, PrintPage)> {
    /// How many pages lie at most between an opening and its first article.
    const BETWEEN: usize = 2;
    let mut out = Vec::new();
    let mut entry = publication.front.len();
    for (number, part) in publication.parts.iter().enumerate() {
        let first = read.starts.iter().find(|start| start.article == entry).map(|s| s.page);
        entry += part.articles.len();
        let (Some(first), Some(title)) = (first, part.title.as_deref()) else { continue };
        let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
        let before = (first.saturating_sub(BETWEEN)..first).rev();
        let says = |page: &usize| read.text.page_text(*page).contains(&title);
        let Some(page) = before.into_iter().find(says) else { continue };
        if let Some(folio) = folios.get(page).filter(|folio| folio.printed.is_empty()) {
            let label = folio.number.to_string();
            out.push((page, PrintPage { label, begins: Begins::Part(number) }));
        }
    }
    out
}
