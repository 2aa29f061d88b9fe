//! Preflight: twenty-four numbered checks of a PDF that is to go to a print shop,
//! ours or anybody's. Reads and judges; changes nothing, and certifies nothing: no
//! free program can.

mod colour;
mod file;
mod font;
mod geometry;
mod guard;
mod intent;
mod order;
mod pictures;
mod place;
mod sheet;
mod space;
mod structure;
mod verdict;
mod walk;

use hayro_syntax::{LoadPdfError, Pdf};
use rayon::prelude::*;

use crate::diag::{Code, Fault, Finding};
use crate::print::Standard;

use file::{Facts, File};
use font::Fonts;
use pictures::Album;
use sheet::Sheet;
use verdict::Notes;
use walk::{Mark, walk};

pub(crate) use file::content;
pub use guard::{Refusal, guarded};
pub use order::{BlackPages, KnownPicture, Order, Paper};
pub use verdict::{Check, Found, Judged, Preflight, Verdict};

const NO_PDF: Code = Code::new("preflight-no-pdf");
const UNREADABLE: Code = Code::new("preflight-unreadable");
const NESTED: Code = Code::new("preflight-nested");
const PAGES: Code = Code::new("preflight-page-tree");
const LOCKED: Code = Code::new("preflight-locked");

/// So many operations are followed on one page, and in one file.
const PAGE_BUDGET: usize = 20_000_000;
const FILE_BUDGET: usize = 400_000_000;

/// A job and the standard it is judged by.
struct Job<'o> {
    order: &'o Order,
    standard: Standard,
    elsewhere: Elsewhere<'o>,
}

/// The data of a picture that are not in the file as it was given, by the number of its
/// object; nothing of a picture whose data are there.
pub type Elsewhere<'a> = &'a (dyn Fn(u32) -> Option<Vec<u8>> + Sync);

/// Judges a file. The streams of pictures that `order.pictures` knows may be blank.
///
/// # Errors
/// A usage fault where the file is no PDF or is damaged beyond reading.
pub fn preflight(bytes: Vec<u8>, order: &Order) -> Result<Preflight, Fault> {
    preflight_with(bytes, order, &|_| None)
}

/// The same of a file from which the data of some JPEGs were left out.
///
/// # Errors
/// As those of [`preflight`].
pub fn preflight_with(
    bytes: Vec<u8>,
    order: &Order,
    elsewhere: Elsewhere<'_>,
) -> Result<Preflight, Fault> {
    let refuse = |code| Fault::usage(Finding::error(code));
    if !bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Err(refuse(NO_PDF));
    }
    guarded(bytes, |bytes, packed| open(bytes, packed, order, elsewhere)).unwrap_or_else(|why| {
        Err(refuse(match why {
            Refusal::Nested => NESTED,
            Refusal::Pages => PAGES,
            Refusal::Broken => UNREADABLE,
        }))
    })
}

fn open(
    bytes: Vec<u8>,
    packed: bool,
    order: &Order,
    elsewhere: Elsewhere<'_>,
) -> Result<Preflight, Fault> {
    let facts = Facts::of(&bytes, packed);
    match Pdf::new(bytes) {
        Ok(pdf) => Ok(judge(&File { pdf, facts }, order, elsewhere)),
        Err(LoadPdfError::Decryption(_)) => Ok(locked(&Facts { locked: true, ..facts }, order)),
        Err(LoadPdfError::Invalid) => Err(Fault::usage(Finding::error(UNREADABLE))),
    }
}

/// What can be said of a file that only a password opens.
fn locked(facts: &Facts, order: &Order) -> Preflight {
    let standard = order.standard.unwrap_or(Standard::X4);
    let mut notes = Notes::default();
    structure::header(facts, None, standard, &mut notes);
    for check in Check::all().filter(|c| !matches!(c, Check::Version | Check::Encryption)) {
        notes.unjudged(check, None, Finding::note(LOCKED));
    }
    let checks = notes.verdicts(|_| true);
    Preflight { standard, pages: 0, trim: None, checks }
}

fn judge(file: &File, order: &Order, elsewhere: Elsewhere<'_>) -> Preflight {
    let standard = order.standard.unwrap_or_else(|| intent::claimed(file));
    let job = Job { order, standard, elsewhere };
    let mut notes = Notes::default();
    let catalog = file::name(&file.catalog(), "Version");
    structure::header(&file.facts, catalog.as_deref(), standard, &mut notes);
    // Goes over every object before the pages are read side by side: a table that
    // has to be mended is mended here.
    structure::whole(file, standard, &mut notes);
    intent::check(file, standard, &mut notes);
    let pages = file.pdf.pages();
    let sheets: Vec<Sheet> = pages.iter().zip(1..).map(|(page, n)| Sheet::of(page, n)).collect();
    let usual = sheet::usual_size(&sheets);
    sheet::fours(sheets.len(), order, &mut notes);
    let fonts = Fonts::default();
    let budget = PAGE_BUDGET.min(FILE_BUDGET / sheets.len().max(1));
    let seen: Vec<(Notes, Album)> = pages
        .par_iter()
        .zip(&sheets)
        .map(|(page, sheet)| {
            let (mut notes, mut album) = (Notes::default(), Album::new());
            sheet::measure(sheet, order, usual, &mut notes);
            structure::page(page, sheet, &mut notes);
            walk(page, sheet.media, &fonts, budget, &mut |mark| {
                colour::see(mark, &job, sheet, &mut notes);
                place::see(mark, &job, sheet, &mut notes);
                if let Mark::Picture(placed) = mark {
                    pictures::see(placed, &job, sheet, &mut album, &mut notes);
                }
            });
            (notes, album)
        })
        .collect();
    let mut album = Album::new();
    for (found, more) in seen {
        notes.extend(found);
        pictures::collect(&mut album, more);
    }
    let waiting: Vec<_> = album.into_iter().collect();
    let judged: Vec<Notes> = waiting
        .par_iter()
        .map(|(id, waiting)| pictures::judge_one(file, *id, waiting, &job))
        .collect();
    for found in judged {
        notes.extend(found);
    }
    let checks = notes.verdicts(|check| match check {
        Check::Saddle => order.saddle,
        Check::Grey => order.black != BlackPages::Unsaid,
        _ => true,
    });
    Preflight { standard, pages: sheets.len(), trim: order.trim.or(usual), checks }
}
