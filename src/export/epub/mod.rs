//! EPUB 3.3 by our own writer: pages from the look's templates, fonts subset to
//! what is set in them, pictures passed from disk to disk. No look and no wording
//! stands here; see `layouts/epub/` and docs/decisions for why there is no builder
//! crate underneath.

mod archive;
mod book;
mod characters;
mod faces;
mod package;
mod page;
mod pictures;
mod scan;
mod subset;

use crate::diag::{Fault, Warned};

use super::html::Templates;
use super::{Artifact, Body, Job, cover};

use archive::{Content, Entry};

/// Pixels of the cover picture, as the large bookshops ask: width, height.
const COVER: (u32, u32) = (1560, 2496);

/// Makes `ID.epub`.
///
/// # Errors
/// Where the look is wrong (file and line), a character is in no face of the role
/// it is set in (article, character, role), or a face cannot be subset.
pub fn export(job: Job<'_>) -> Result<Warned<Vec<Artifact<'_>>>, Fault> {
    let pictures = pictures::ready(&job);
    let mut findings = pictures.findings;
    let templates = Templates::new(job.look)?;
    let book = book::render(&job, &templates, &pictures.value)?;
    findings.extend(book.findings);

    let mut entries = book.entries;
    let cover = cover(&job)?;
    findings.extend(cover.findings);
    entries.push(Entry::bytes("EPUB/cover.jpg", cover.value));
    for picture in pictures.value {
        entries.push(Entry { path: picture.path(), content: Content::Picture(picture.ready) });
    }
    let artifact = Artifact {
        path: format!("{}.epub", job.view.id),
        body: Body::Stream(Box::new(move |out| archive::write(entries, out))),
    };
    Ok(Warned { value: vec![artifact], findings })
}

/// The cover as a picture, for the shelves of reading systems.
fn cover(job: &Job<'_>) -> Result<Warned<Vec<u8>>, Fault> {
    let facts = cover::Facts::of_publication(job.view);
    cover::Painter::new(job.look, job.fonts).paint("cover.typ", &facts, COVER)
}
