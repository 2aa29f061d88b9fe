//! Imposition: pages laid two to a side of a sheet, so that folding or cutting brings
//! them into their order. A document in, a document out; everything it holds passes
//! through memory. Reads and writes no file.

mod assemble;
mod claims;
mod form;
mod marks;
mod open;
mod scheme;
mod sheet;
mod source;

use lopdf::Document;

use crate::diag::{Code, Fault, Finding, Warned};

use self::assemble::{Done, Job, assemble};
use self::source::{Page, Unusable};

pub use marks::{Mark, Point, marks};
pub use open::open;
pub use scheme::{Face, Scheme, Side, Signature, faces, filled};
pub use sheet::{Ground, Half, Place, Rect, SIDES, Sheet, Size};

const NO_PAGES: Code = Code::new("impose-no-pages");
const PAGE_UNUSABLE: Code = Code::new("impose-page-unusable");
const SIZES_DIFFER: Code = Code::new("impose-sizes-differ");
const TOO_SMALL: Code = Code::new("impose-sheet-too-small");
const TOO_SMALL_WITH_BLEED: Code = Code::new("impose-sheet-too-small-with-bleed");
const CREEPS_AWAY: Code = Code::new("impose-creep-too-large");
const THICK: Code = Code::new("impose-too-thick");
const BLANKS: Code = Code::new("impose-blanks");
const NO_BLEED: Code = Code::new("impose-bleed-left-out");
const NO_MARKS: Code = Code::new("impose-no-room-for-marks");
const REMARKS: Code = Code::new("impose-annotations-left-out");
const CLAIM_WITHDRAWN: Code = Code::new("impose-claim-withdrawn");

/// How many sheets can be stitched through one fold before the book springs open.
const MOST_SHEETS: usize = 20;

/// How far pages may be drawn towards the fold, in millimetres: more of the inner
/// margin than that is not there to be given up.
const MOST_CREEP: f64 = 10.0;

/// How far the pages of inner sheets are drawn towards the fold: the leaves around them
/// push them out at the fore-edge, where all are cut together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Creep {
    /// By the thickness of one leaf in millimetres for each sheet around it.
    Leaf(f64),
    /// By so many millimetres on the innermost sheet, and in proportion on the others.
    Innermost(f64),
}

/// What is to be made of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The sheet it is printed on.
    pub sheet: Sheet,
    /// How pages are laid on it.
    pub scheme: Scheme,
    /// How far those of inner sheets are drawn towards the fold.
    pub creep: Creep,
    /// The most bleed that is kept, in millimetres; all there is where nothing is said.
    pub bleed: Option<f64>,
    /// Sheets to be advised where this one is too small.
    pub known: Vec<Sheet>,
}

/// The edge of a sheet about which it is turned to print its other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The shorter one.
    Short,
    /// The longer one.
    Long,
}

/// A document of sheets.
#[derive(Debug)]
pub struct Imposed {
    /// The sheets, a page of it for each side.
    pub document: Document,
    /// How many pages the source had.
    pub pages: usize,
    /// How many sheets there are.
    pub sheets: usize,
    /// How many sets of sheets laid into one another.
    pub signatures: usize,
    /// About which edge a sheet is turned.
    pub turned: Edge,
}

/// Lays the pages of a document on sheets. Vectors, fonts and inks stay as they are;
/// annotations, outlines and tags go. The objects of the source keep their numbers.
/// Whatever the document holds stays in memory.
///
/// # Errors
/// Where a page cannot be read, pages differ in size, or the sheet is too small.
pub fn impose(mut document: Document, plan: &Plan) -> Result<Warned<Imposed>, Fault> {
    let tree = source::tree(&document).map_err(unusable)?;
    let page = same_size(&tree.pages)?;
    let mut findings = Vec::new();
    let ground = ground(plan, page, bleed(&tree.pages, plan, page, &mut findings))?;
    let faces = faces(plan.scheme, tree.pages.len());
    let signatures = faces.last().map_or(1, |face| face.signature + 1);
    let creep = creep(plan, &faces)?;
    let name = format!("{plan:?}");
    let job = Job { ground, scheme: plan.scheme, faces: &faces, signatures, creep, name };
    let Done { withdrawn, marked } = assemble(&mut document, &tree, &job).map_err(unusable)?;

    let pages = tree.pages.len();
    let deepest = faces.iter().map(|face| face.depth + 1).max().unwrap_or(1);
    if deepest > MOST_SHEETS {
        findings.push(Finding::warning(THICK).arg("sheets", deepest));
    }
    let blanks = filled(plan.scheme, pages) - pages;
    if blanks > 0 {
        findings.push(Finding::note(BLANKS).arg("pages", pages).arg("blanks", blanks));
    }
    // Where there is no room for bleed either, that has been said.
    if !marked && !findings.iter().any(|finding| finding.code == NO_BLEED) {
        findings.push(Finding::note(NO_MARKS).arg("sheet", &plan.sheet.name));
    }
    let remarks: usize = tree.pages.iter().map(|page| page.remarks).sum();
    if remarks > 0 {
        let first = tree.pages.iter().position(|page| page.remarks > 0).unwrap_or_default();
        findings.push(Finding::warning(REMARKS).arg("count", remarks).arg("page", first + 1));
    }
    if withdrawn {
        findings.push(Finding::note(CLAIM_WITHDRAWN));
    }
    let sheets = faces.len().div_ceil(2);
    let broad = ground.sheet.width >= ground.sheet.height;
    let turned = if broad { Edge::Short } else { Edge::Long };
    Ok(Warned { value: Imposed { document, pages, sheets, signatures, turned }, findings })
}

/// The booklet of a finished document: one set of sheets, stitched through the fold.
/// `leaf` is the thickness of one leaf in millimetres; `known` are the sheets to be
/// advised where `sheet` is too small.
///
/// # Errors
/// As [`impose`].
pub fn booklet(
    document: Document,
    sheet: Sheet,
    leaf: f64,
    known: Vec<Sheet>,
) -> Result<Warned<Imposed>, Fault> {
    let (scheme, creep) = (Scheme::Saddle(None), Creep::Leaf(leaf));
    impose(document, &Plan { sheet, scheme, creep, bleed: None, known })
}

fn unusable(why: Unusable) -> Fault {
    Fault::work(match why {
        Unusable::NoPages => Finding::error(NO_PAGES),
        Unusable::Numbers => Finding::error(open::DAMAGED),
        Unusable::Page(number) => Finding::error(PAGE_UNUSABLE).arg("page", number),
    })
}

/// The size that all pages have.
fn same_size(pages: &[Page]) -> Result<Size, Fault> {
    let first = pages.first().ok_or_else(|| unusable(Unusable::NoPages))?.size();
    let Some(other) = pages.iter().position(|page| !page.size().is_like(first)) else {
        return Ok(first);
    };
    let finding = Finding::error(SIZES_DIFFER)
        .arg("page", other + 1)
        .arg("size", measures(pages[other].size()))
        .arg("first", measures(first));
    Err(Fault::work(finding))
}

/// How much bleed is kept. Two pages that are the whole sheet between them leave room
/// for none: such a sheet is folded and not trimmed.
fn bleed(pages: &[Page], plan: &Plan, page: Size, findings: &mut Vec<Finding>) -> f64 {
    let most = pages.iter().map(Page::most_bleed).fold(0.0, f64::max);
    let bleed = plan.bleed.map_or(most, |kept| kept.min(most));
    let bare = Ground::needed(page, 0.0, 0.0);
    let whole = bare.is_like(plan.sheet.size) || bare.is_like(plan.sheet.size.turned());
    if whole && bleed > 0.0 {
        findings.push(Finding::note(NO_BLEED).arg("sheet", &plan.sheet.name));
        return 0.0;
    }
    bleed
}

fn ground(plan: &Plan, page: Size, bleed: f64) -> Result<Ground, Fault> {
    // Stacks that are cut apart are trimmed all round; folded pages meet.
    let gutter = |bleed: f64| match plan.scheme {
        Scheme::Cut => 2.0 * bleed,
        Scheme::Saddle(_) | Scheme::TwoUp => 0.0,
    };
    let on = |sheet: &Sheet, bleed: f64| Ground::on(sheet.size, page, bleed, gutter(bleed));
    if let Some(ground) = on(&plan.sheet, bleed) {
        return Ok(ground);
    }
    let needed = Ground::needed(page, bleed, gutter(bleed));
    let roomy = |sheet: &&Sheet| {
        Ground::on(sheet.size, page, bleed, gutter(bleed)).is_some_and(|g| g.has_margins())
    };
    let area = |sheet: &Sheet| sheet.size.width * sheet.size.height;
    let would = plan.known.iter().filter(roomy).min_by(|a, b| area(a).total_cmp(&area(b)));
    // No sheet that is known: the measures of one with margins.
    let side = |side: f64| (side - 0.1).ceil() + 20.0;
    let measured = || format!("{}x{}", side(needed.width), side(needed.height));
    let would = would.map_or_else(measured, |sheet| sheet.name.clone());
    let bare = bleed > 0.0 && on(&plan.sheet, 0.0).is_some();
    let code = if bare { TOO_SMALL_WITH_BLEED } else { TOO_SMALL };
    let finding = Finding::error(code)
        .arg("sheet", &plan.sheet.name)
        .arg("size", measures(plan.sheet.size))
        .arg("page", measures(page))
        .arg("needed", measures(needed))
        .arg("would", would);
    Err(Fault::work(finding))
}

/// How much further each sheet's pages are drawn towards the fold than those of the one
/// around it.
fn creep(plan: &Plan, faces: &[Face]) -> Result<f64, Fault> {
    let deepest = faces.iter().map(|face| face.depth).max().unwrap_or_default();
    let step = match plan.creep {
        Creep::Leaf(leaf) => leaf,
        Creep::Innermost(all) => all / deepest.max(1) as f64,
    };
    let all = step * deepest as f64;
    if all <= MOST_CREEP {
        return Ok(step);
    }
    let finding = Finding::error(CREEPS_AWAY).arg("creep", format!("{all:.1}"));
    Err(Fault::work(finding.arg("sheets", deepest + 1)))
}

/// A size as people write it, in millimetres.
fn measures(size: Size) -> String {
    let side = |mm: f64| {
        let text = format!("{mm:.1}");
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
    format!("{} × {} mm", side(size.width), side(size.height))
}
