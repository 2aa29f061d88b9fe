//! PDF through Typst, used as a library. The look's Typst files receive the view
//! as JSON and place it; no mark-up is ever generated from an article. One
//! layout serves both editions: the press's inks are given to the finished pages.

mod files;
mod glyphs;
mod inks;
mod pages;

use std::collections::BTreeSet;
use std::sync::Arc;

use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::diag::{Code, Fault, Finding, Warned};
use crate::media::{Ready, Want};
use crate::print::{self, Boxes};

use super::typeset::{self, Desk, Typefaces};
use super::{Artifact, Body, Job};

use self::inks::Inks;

const STAGE: Code = Code::new("pdf-stage");
const NOT_WRITTEN: Code = Code::new("pdf-not-written");

/// Pixels an inch beyond which a picture only makes the file larger.
const MOST_PPI: f64 = 450.0;

/// The two PDFs that can be made of one publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// For the screen: links, bookmarks, tags. `ID.pdf`.
    Screen,
    /// For the press: bleed, boxes, black on K alone. `ID-print.pdf`.
    Press,
}

/// Makes the PDFs asked for.
///
/// # Errors
/// Where the look is wrong (file and line), a character has no glyph (article,
/// character, face).
pub fn export<'a>(job: Job<'a>, editions: &[Edition]) -> Result<Warned<Vec<Artifact<'a>>>, Fault> {
    job.progress.begin(STAGE, 2 + editions.len());
    let result = make(job, editions);
    job.progress.end();
    // What Typst remembers between compilations is the better part of its memory.
    typst::comemo::evict(0);
    result
}

fn make<'a>(job: Job<'a>, editions: &[Edition]) -> Result<Warned<Vec<Artifact<'a>>>, Fault> {
    let pictures = pictures(job);
    job.progress.step();
    if pictures.findings.is_empty() {
        return set(job, editions, &pictures.value);
    }
    // A picture that cannot be decoded leaves a frame, as one that is not there.
    let there: BTreeSet<&str> = pictures.value.iter().map(|(id, _)| id.as_str()).collect();
    let mut view = job.view.clone();
    view.keep_pictures(&there);
    let mut done = set(Job { view: &view, ..job }, editions, &pictures.value)?;
    done.findings.extend(pictures.findings);
    Ok(done)
}

fn set<'a>(
    job: Job<'_>,
    editions: &[Edition],
    pictures: &[(String, Ready)],
) -> Result<Warned<Vec<Artifact<'a>>>, Fault> {
    let fonts = Arc::new(Typefaces::load(job.look, job.fonts)?);
    let desk = Desk::new(files::gather(job)?, fonts)?;
    glyphs::known(job.view, desk.fonts())?;
    let compiled = typst::compile::<PagedDocument>(&desk);
    job.progress.step();
    let document = compiled.output.map_err(|errors| typeset::fault(&desk, job.look, &errors))?;
    let mut findings = typeset::warnings(&desk, job.look, &compiled.warnings)?;
    glyphs::set(job.view, document.pages(), desk.fonts())?;
    typst::comemo::evict(0);

    let finish = |pages: &PagedDocument, edition: Edition, name: &str| {
        let bytes = typst_pdf::pdf(pages, &options(job, edition, name))
            .map_err(|errors| typeset::fault(&desk, job.look, &errors))?;
        let boxes = match edition {
            Edition::Screen => Boxes::AsTheyAre,
            Edition::Press => Boxes::BleedIsMedia,
        };
        let file = print::Swap::new(bytes, pictures.to_vec(), boxes)
            .map_err(|why| Fault::internal(Finding::error(NOT_WRITTEN).arg("why", why)))?;
        Ok(Artifact {
            path: format!("{}{name}.pdf", job.view.id),
            body: Body::Stream(Box::new(move |out| file.write(out))),
        })
    };
    let mut artifacts = Vec::new();
    for edition in editions {
        match edition {
            Edition::Screen => {
                artifacts.push(finish(&pages::for_screen(&document), *edition, "")?);
            }
            Edition::Press => {
                let mut inks = Inks::of(job.look);
                let inside = pages::for_press(&document, &mut inks);
                if job.look.get(files::SHEET).is_some() && job.view.kind != "post" {
                    let sheet = cover_sheet(job, desk.fonts(), inside.pages().len())?;
                    findings.extend(sheet.findings);
                    let sheet = pages::for_press(&sheet.value, &mut inks);
                    artifacts.push(finish(&sheet, *edition, "-cover")?);
                }
                findings.extend(inks.complaints());
                artifacts.push(finish(&inside, *edition, "-print")?);
            }
        }
        job.progress.step();
    }
    Ok(Warned { value: artifacts, findings })
}

/// The cover as one sheet around so many pages.
fn cover_sheet(
    job: Job<'_>,
    fonts: &Arc<Typefaces>,
    pages: usize,
) -> Result<Warned<PagedDocument>, Fault> {
    let leaves = pages.div_ceil(2) as f64;
    let spine = job.view.page.map_or(0.0, |page| page.spine.unwrap_or(leaves * page.leaf));
    let files = files::gather_sheet(job, &files::Sheet { pages, spine })?;
    let desk = Desk::new(files, Arc::clone(fonts))?;
    let compiled = typst::compile::<PagedDocument>(&desk);
    let value = compiled.output.map_err(|errors| typeset::fault(&desk, job.look, &errors))?;
    let findings = typeset::warnings(&desk, job.look, &compiled.warnings)?;
    glyphs::set(job.view, value.pages(), fonts)?;
    Ok(Warned { value, findings })
}

/// What stays the same for the same publication, and no clock.
fn options(job: Job<'_>, edition: Edition, name: &str) -> PdfOptions {
    let date = || {
        let mut fields = job.view.date_iso.split('-').map(str::parse::<i32>);
        let (Ok(y), Ok(m), Ok(d)) = (fields.next()?, fields.next()?, fields.next()?) else {
            return None;
        };
        Datetime::from_ymd_hms(y, m.try_into().ok()?, d.try_into().ok()?, 0, 0, 0)
    };
    PdfOptions {
        ident: Smart::Custom(format!("{}/{edition:?}{name}", job.view.uuid)),
        creator: Smart::Custom(Some(concat!("Kanyin ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: date().map(Timestamp::new_utc),
        tagged: edition == Edition::Screen,
        ..PdfOptions::default()
    }
}

/// Every picture of the album as a page can show it at its widest, and those that
/// cannot be decoded, each once.
fn pictures(job: Job<'_>) -> Warned<Vec<(String, Ready)>> {
    let inches = job.look.settings.page.map_or(210.0, |page| page.width + 2.0 * page.bleed) / 25.4;
    let want = Want { max_width: Some((inches * MOST_PPI) as u32), ..Want::default() };
    let mut ready = Warned::clean(Vec::new());
    for picture in job.album.iter() {
        match job.album.ready(&picture.id, &want) {
            Ok(Some(found)) => ready.value.push((picture.id.clone(), found)),
            Ok(None) => {}
            Err(finding) => {
                let file = job.view.shown_in(&picture.id).unwrap_or_default();
                ready.findings.push(finding.file(file));
            }
        }
    }
    ready
}
