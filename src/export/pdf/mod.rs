//! PDF through Typst, used as a library. The look's Typst files receive the view
//! as JSON and place it; no mark-up is ever generated from an article. One
//! layout serves both editions: the press's inks are given to the finished pages.

mod booklet;
mod compose;
mod files;
mod folios;
mod glyphs;
mod inks;
mod order;
mod pages;
mod pictures;

use std::collections::BTreeSet;
use std::sync::Arc;

use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diag::{Code, Fault, Finding, Warned};
use crate::print;
use crate::print::Standard;
use crate::print::press::{self, Finish, Identity, PressFile};

use super::typeset::{self, Argument, Desk, Laid, Typefaces};
use super::view::View;
use super::{Artifact, Body, Job};

use self::inks::Inks;
use self::pictures::Pictures;

pub use booklet::Booklet;
pub use folios::Folio;
pub use order::PressOrder;

const STAGE: Code = Code::new("pdf-stage");
const FINISH: Code = Code::new("pdf-finish");
const IMPOSE: Code = Code::new("pdf-impose");
const NOT_WRITTEN: Code = Code::new("pdf-not-written");

/// The program, as it names itself in files.
const CREATOR: &str = concat!("Kanyin ", env!("CARGO_PKG_VERSION"));

/// What the file of a booklet is called after the publication's id.
const BOOKLET: &str = "-booklet";

/// The two PDFs that can be made of one publication.
#[derive(Debug, Clone, Copy)]
pub enum Edition<'o> {
    /// For the screen: links, bookmarks, tags. `ID.pdf`.
    Screen,
    /// For the press: bleed, boxes, inks. `ID-print.pdf`, `ID-cover.pdf` where the
    /// look has a cover of one sheet, and `ID-booklet.pdf` where one is ordered.
    Press(&'o PressOrder),
}

/// The PDFs of a publication, and what their pages are called.
pub struct Printed<'a> {
    /// The files.
    pub artifacts: Vec<Artifact<'a>>,
    /// The folios of the screen's pages, in order; the press's inside has the same
    /// without those of the cover.
    pub folios: Vec<Folio>,
}

/// Makes the PDFs asked for.
///
/// # Errors
/// Where the look is wrong (file and line), a character has no glyph (article,
/// character, face).
pub fn export<'a>(job: Job<'a>, editions: &[Edition<'_>]) -> Result<Warned<Printed<'a>>, Fault> {
    job.progress.begin(STAGE, 2 + editions.len());
    let result = make(job, editions);
    job.progress.end();
    // What Typst remembers between compilations is the better part of its memory.
    typst::comemo::evict(0);
    result
}

/// The pages of a publication as a PDF with stand-ins for its pictures, never to be
/// published: other editions read off it where pages begin.
///
/// # Errors
/// As for [`export`].
pub fn proof(job: Job<'_>) -> Result<(Vec<u8>, Vec<Folio>), Fault> {
    let fonts = Arc::new(Typefaces::load(job.look, job.fonts)?);
    let pages = set(job, &fonts, false)?.value;
    let options = PdfOptions { tagged: false, ..options(job, "") };
    let bytes = pdf(&pages::for_screen(&pages.inside), &options)?;
    typst::comemo::evict(0);
    Ok((bytes, folios::folios(&pages.inside.pages)))
}

/// What the pages of a publication are laid out from, in short: the same for the same
/// pages, whatever its pictures show.
///
/// # Errors
/// Where the look lacks its first file.
pub fn fingerprint(job: Job<'_>) -> Result<String, Fault> {
    let files = files::gather(job)?;
    let mut hasher = blake3::Hasher::new();
    let mut add = |name: &str, bytes: &[u8]| {
        for part in [name.as_bytes(), bytes] {
            hasher.update(&part.len().to_le_bytes());
            hasher.update(part);
        }
    };
    add(CREATOR, b"");
    files.sources.iter().for_each(|(name, text)| add(name, text.as_bytes()));
    files.data.iter().for_each(|(name, bytes)| add(name, bytes));
    for call in &files.calls {
        for argument in &call.arguments {
            match argument {
                Argument::Place(place) => add(call.function, &place.to_le_bytes()),
                Argument::Json(bytes) => add(call.function, bytes),
            }
        }
    }
    Ok(hasher.finalize().to_hex().to_string())
}

fn make<'a>(job: Job<'a>, editions: &[Edition<'_>]) -> Result<Warned<Printed<'a>>, Fault> {
    let fonts = Arc::new(Typefaces::load(job.look, job.fonts)?);
    let press = editions.iter().any(|edition| matches!(edition, Edition::Press(_)));
    let mut view: Option<View> = None;
    let mut failed = Vec::new();
    loop {
        let job = Job { view: view.as_ref().unwrap_or(job.view), ..job };
        let mut set = set(job, &fonts, press)?;
        job.progress.step();
        let laid = [&set.value.inside].into_iter().chain(&set.value.cover);
        let widths = pictures::widths(laid.flat_map(|laid| &laid.pages));
        let gathered = pictures::gather(job, editions, &widths);
        job.progress.step();
        if gathered.failed.is_empty() {
            set.findings.extend(failed);
            return finish(job, editions, &set.value, gathered.each, set.findings);
        }
        // A picture that cannot be decoded leaves a frame, as one that is not there.
        let all = job.album.iter().map(|picture| picture.id.as_str());
        let there: BTreeSet<&str> = all.filter(|id| !gathered.failed.contains_key(*id)).collect();
        let mut without = job.view.clone();
        without.keep_pictures(&there);
        failed.extend(gathered.failed.into_values());
        view = Some(without);
    }
}

/// The pages of a publication, laid out.
struct Pages {
    inside: Laid,
    /// The cover as one sheet, where the press takes one.
    cover: Option<Laid>,
}

fn set(job: Job<'_>, fonts: &Arc<Typefaces>, press: bool) -> Result<Warned<Pages>, Fault> {
    let desk = Arc::new(Desk::new(files::gather(job)?, Arc::clone(fonts))?);
    glyphs::known(job.view, fonts)?;
    let mut inside = laid_out(job, &desk, files::ENTRY)?;
    let mut cover = None;
    if press && job.look.get(files::SHEET).is_some() && job.view.kind != "post" {
        let sheet = cover_sheet(job, fonts, pages::inside(&inside.value))?;
        inside.findings.extend(sheet.findings);
        cover = Some(sheet.value);
    }
    Ok(Warned { value: Pages { inside: inside.value, cover }, findings: inside.findings })
}

fn laid_out(job: Job<'_>, desk: &Arc<Desk>, door: &str) -> Result<Warned<Laid>, Fault> {
    let compiled = typeset::compiled(desk, job.look, door)?;
    let mut value = compiled.output.map_err(|errors| typeset::fault(desk, job.look, &errors))?;
    value.pages.iter_mut().for_each(|page| compose::spell(&mut page.frame));
    let findings = typeset::warnings(desk, job.look, &compiled.warnings)?;
    glyphs::set(job.view, &value.pages, desk.fonts())?;
    typst::comemo::evict(0);
    Ok(Warned { value, findings })
}

/// Writes the editions of laid-out pages.
fn finish<'a>(
    job: Job<'_>,
    editions: &[Edition<'_>],
    set: &Pages,
    pictures: Vec<Pictures>,
    mut findings: Vec<Finding>,
) -> Result<Warned<Printed<'a>>, Fault> {
    let mut artifacts = Vec::new();
    for (edition, pictures) in editions.iter().zip(pictures) {
        match edition {
            Edition::Screen => artifacts.push(screen(job, &set.inside, pictures)?),
            Edition::Press(order) => {
                let mut inks = Inks::of(job.look);
                if let Some(sheet) = &set.cover {
                    let sheet = pages::for_press(sheet, &mut inks);
                    let sheet = pressed(job, order, &sheet, &pictures, "-cover")?;
                    artifacts.push(artifact(job, "-cover", sheet));
                }
                let inside = pages::for_press(&set.inside, &mut inks);
                findings.extend(inks.complaints());
                let inside = pressed(job, order, &inside, &pictures, "-print")?;
                if let Some(wanted) = &order.booklet {
                    let leaf = job.view.page.map_or(0.0, |page| page.leaf);
                    let path = format!("{}{BOOKLET}.pdf", job.view.id);
                    job.progress.begin(IMPOSE, 1);
                    let laid = booklet::lay(&inside, wanted, leaf, &path);
                    job.progress.end();
                    findings.extend(laid.findings);
                    artifacts.extend(laid.value.map(|file| artifact(job, BOOKLET, file)));
                }
                artifacts.push(artifact(job, "-print", inside));
            }
        }
        job.progress.step();
    }
    let folios = folios::folios(&set.inside.pages);
    Ok(Warned { value: Printed { artifacts, folios }, findings })
}

fn screen<'a>(job: Job<'_>, inside: &Laid, pictures: Pictures) -> Result<Artifact<'a>, Fault> {
    let options = PdfOptions { tagged: true, ..options(job, "") };
    let bytes = pdf(&pages::for_screen(inside), &options)?;
    let file = print::Swap::new(bytes, pictures).map_err(|why| not_written(&why))?;
    let path = format!("{}.pdf", job.view.id);
    Ok(Artifact { path, body: Body::Stream(Box::new(move |out| file.write(out))) })
}

/// A finished press file of these pages.
fn pressed(
    job: Job<'_>,
    order: &PressOrder,
    pages: &PagedDocument,
    pictures: &Pictures,
    name: &str,
) -> Result<PressFile, Fault> {
    let version = match order.standard {
        Standard::X4 => PdfStandard::V_1_6,
        Standard::X1a => PdfStandard::V_1_4,
    };
    let standards = PdfStandards::new(&[version]).map_err(|why| not_written(&why.message()))?;
    let options = PdfOptions { tagged: false, standards, ..options(job, name) };
    let identity = Identity {
        title: job.view.title.clone(),
        author: format!("{}{}", job.view.press.name, job.view.press.unit),
        creator: CREATOR.to_owned(),
        date: job.view.date_iso.clone(),
        uuid: job.view.uuid.clone(),
    };
    let wanted = Finish { standard: order.standard, profile: &order.profile, identity: &identity };
    let bytes = pdf(pages, &options)?;
    job.progress.begin(FINISH, 1);
    let file = press::finish(&bytes, pictures, &wanted);
    job.progress.end();
    file.map_err(|why| not_written(&why))
}

fn artifact<'a>(job: Job<'_>, name: &str, file: PressFile) -> Artifact<'a> {
    let path = format!("{}{name}.pdf", job.view.id);
    Artifact { path, body: Body::Press(Box::new(file)) }
}

fn pdf(pages: &PagedDocument, options: &PdfOptions) -> Result<Vec<u8>, Fault> {
    typst_pdf::pdf(pages, options).map_err(|errors| {
        let why: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
        not_written(&why.join("; "))
    })
}

fn not_written(why: &dyn std::fmt::Display) -> Fault {
    Fault::internal(Finding::error(NOT_WRITTEN).arg("why", why))
}

/// The cover as one sheet around so many pages.
fn cover_sheet(job: Job<'_>, fonts: &Arc<Typefaces>, pages: usize) -> Result<Warned<Laid>, Fault> {
    let leaves = pages.div_ceil(2) as f64;
    let spine = job.view.page.map_or(0.0, |page| page.spine.unwrap_or(leaves * page.leaf));
    let files = files::gather_sheet(job, &files::Sheet { pages, spine })?;
    laid_out(job, &Arc::new(Desk::new(files, Arc::clone(fonts))?), files::SHEET)
}

/// What stays the same for the same publication, and no clock.
fn options(job: Job<'_>, name: &str) -> PdfOptions {
    let date = || {
        let mut fields = job.view.date_iso.split('-').map(str::parse::<i32>);
        let (Ok(y), Ok(m), Ok(d)) = (fields.next()?, fields.next()?, fields.next()?) else {
            return None;
        };
        Datetime::from_ymd_hms(y, m.try_into().ok()?, d.try_into().ok()?, 0, 0, 0)
    };
    PdfOptions {
        ident: Smart::Custom(format!("{}/{name}", job.view.uuid)),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        timestamp: date().map(Timestamp::new_utc),
        ..PdfOptions::default()
    }
}
