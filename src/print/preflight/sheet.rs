//! The boxes of a page (ISO 32000-1, 14.11.2) and the checks that measure them:
//! 7, 8 and 22.

use hayro_syntax::object::{Dict, Rect};
use hayro_syntax::page::{Page, Rotation};

use crate::diag::{Code, Finding};

use super::file::has;
use super::geometry::{Area, POINTS};
use super::order::Order;
use super::verdict::{Check, Notes, tenth};

const NO_MEDIA: Code = Code::new("preflight-no-media-box");
const NO_TRIM: Code = Code::new("preflight-no-trim-box");
const NO_BLEED: Code = Code::new("preflight-no-bleed-box");
const NESTED: Code = Code::new("preflight-box-sticks-out");
const CROP: Code = Code::new("preflight-odd-crop-box");
const SIZE: Code = Code::new("preflight-trim-size");
const DIFFERS: Code = Code::new("preflight-trim-differs");
const SHORT: Code = Code::new("preflight-bleed-short");
const ROTATED: Code = Code::new("preflight-rotated");
const UNIT: Code = Code::new("preflight-user-unit");
const FOURS: Code = Code::new("preflight-not-fours");
const UNMEASURED: Code = Code::new("preflight-unmeasured");

/// How far a measure may be off, in millimetres.
const SLACK: f64 = 0.1;
/// How far the tree of pages is climbed for what a page inherits.
const CLIMB: usize = 64;

/// A page's boxes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    /// Its number, from 1.
    pub(super) number: usize,
    /// The paper.
    pub(super) media: Area,
    has_media: bool,
    crop: Option<Area>,
    bleed: Option<Area>,
    /// What is left after trimming: TrimBox, or ArtBox in its place.
    pub(super) trim: Option<Area>,
    rotated: bool,
    unit: f64,
}

impl Sheet {
    /// Reads the boxes of a page.
    pub(super) fn of(page: &Page<'_>, number: usize) -> Self {
        let raw = page.raw();
        let own = |key: &str| raw.get::<Rect>(key).map(area);
        Self {
            number,
            media: area(page.media_box()),
            has_media: inherits(raw, "MediaBox"),
            crop: inherits(raw, "CropBox").then(|| area(page.crop_box())),
            bleed: own("BleedBox"),
            trim: own("TrimBox").or_else(|| own("ArtBox")),
            rotated: !matches!(page.rotation(), Rotation::None),
            unit: raw.get::<f32>("UserUnit").map_or(1.0, f64::from),
        }
    }

    /// The trimmed page, or the paper where nothing says what is trimmed.
    pub(super) fn trimmed(&self) -> Area {
        self.trim.unwrap_or(self.media)
    }

    /// As far as the bleed goes: what a box says, else what may be seen.
    pub(super) fn bled(&self) -> Area {
        self.bleed.or(self.crop).unwrap_or(self.media)
    }

    /// Where something stands, in millimetres from the left and the top of the
    /// trimmed page.
    pub(super) fn at(&self, area: Area) -> (usize, [f64; 2]) {
        let trim = self.trimmed();
        // Measures of broken files may be none.
        let told = |points: f64| match points / POINTS {
            measure if measure.is_finite() => measure.clamp(-99_999.0, 99_999.0),
            _ => 0.0,
        };
        (self.number, [told(area.left - trim.left), told(trim.top - area.top)])
    }

    /// Width and height of the trimmed page in millimetres.
    pub(super) fn size(&self) -> Option<[f64; 2]> {
        self.trim.map(|trim| [trim.width() / POINTS, trim.height() / POINTS])
    }
}

fn area(rect: Rect) -> Area {
    Area { left: rect.x0, bottom: rect.y0, right: rect.x1, top: rect.y1 }
}

/// Whether a page or what it hangs from has a key.
fn inherits(page: &Dict<'_>, key: &str) -> bool {
    let mut node = page.clone();
    for _ in 0..CLIMB {
        if has(&node, key) {
            return true;
        }
        match node.get::<Dict<'_>>("Parent") {
            Some(parent) => node = parent,
            None => return false,
        }
    }
    false
}

/// The most frequent size of the trimmed pages in millimetres, to a tenth.
pub(super) fn usual_size(sheets: &[Sheet]) -> Option<[f64; 2]> {
    let mut sizes: Vec<[i64; 2]> = sheets
        .iter()
        .filter_map(Sheet::size)
        .map(|size| size.map(|side| (side * 10.0).round() as i64))
        .collect();
    sizes.sort_unstable();
    let groups = sizes.chunk_by(|a, b| a == b);
    let best = groups.max_by_key(|group| group.len())?.first()?;
    Some(best.map(|side| side as f64 / 10.0))
}

/// Checks 7 and 8 on one page. `usual` is the size that most pages have.
pub(super) fn measure(sheet: &Sheet, order: &Order, usual: Option<[f64; 2]>, notes: &mut Notes) {
    boxes(sheet, notes);
    let page = sheet.number;
    if sheet.rotated {
        notes.page(Check::Size, page, Finding::error(ROTATED));
    }
    if (sheet.unit - 1.0).abs() > 1e-6 {
        notes.page(Check::Size, page, Finding::error(UNIT).arg("unit", sheet.unit));
    }
    let (Some(trim), Some([width, height])) = (sheet.trim, sheet.size()) else {
        for check in [Check::Size, Check::Bleed, Check::Margin] {
            notes.unjudged(check, Some(page), Finding::note(UNMEASURED));
        }
        return;
    };
    let is = |[w, h]: [f64; 2]| (width - w).abs() <= SLACK && (height - h).abs() <= SLACK;
    let told = |finding: Finding, [w, h]: [f64; 2]| {
        finding
            .arg("width", tenth(width))
            .arg("height", tenth(height))
            .arg("wanted-width", tenth(w))
            .arg("wanted-height", tenth(h))
    };
    match (order.trim, usual) {
        (Some(size), _) if !is(size) => {
            notes.page(Check::Size, page, told(Finding::error(SIZE), size));
        }
        (None, Some(size)) if !is(size) => {
            notes.page(Check::Size, page, told(Finding::warning(DIFFERS), size));
        }
        _ => {}
    }
    let bled = sheet.bled();
    let sides = [
        trim.left - bled.left,
        trim.bottom - bled.bottom,
        bled.right - trim.right,
        bled.top - trim.top,
    ];
    let least = sides.into_iter().fold(f64::INFINITY, f64::min) / POINTS;
    if least < order.bleed() - SLACK {
        let finding = Finding::error(SHORT).arg("bleed", tenth(least.max(0.0)));
        notes.page(Check::Size, page, finding.arg("wanted", tenth(order.bleed())));
    }
}

/// Check 7: each box lies in the next larger one.
fn boxes(sheet: &Sheet, notes: &mut Notes) {
    let page = sheet.number;
    if !sheet.has_media {
        notes.page(Check::Boxes, page, Finding::error(NO_MEDIA));
    }
    if sheet.trim.is_none() {
        notes.page(Check::Boxes, page, Finding::error(NO_TRIM));
    }
    if sheet.bleed.is_none() {
        notes.page(Check::Boxes, page, Finding::warning(NO_BLEED));
    }
    // A hundredth of a point is how exactly boxes are written.
    let slack = 0.02;
    let mut within = |inner: Option<Area>, outer: Area, names: [&str; 2]| {
        if inner.is_some_and(|inner| !outer.holds(inner, slack)) {
            let finding = Finding::error(NESTED).arg("inner", names[0]).arg("outer", names[1]);
            notes.page(Check::Boxes, page, finding);
        }
    };
    within(sheet.trim, sheet.bleed.unwrap_or(sheet.media), ["TrimBox", "BleedBox"]);
    within(sheet.bleed, sheet.media, ["BleedBox", "MediaBox"]);
    let shown = sheet.bleed.or(sheet.trim).unwrap_or(sheet.media);
    if sheet.crop.is_some_and(|crop| !crop.holds(shown.both(sheet.media), slack)) {
        notes.page(Check::Boxes, page, Finding::error(CROP));
    }
}

/// Check 22: what is stapled through the spine has four pages a sheet.
pub(super) fn fours(pages: usize, order: &Order, notes: &mut Notes) {
    if order.saddle && !pages.is_multiple_of(4) {
        let finding = Finding::error(FOURS).arg("pages", pages);
        notes.file(Check::Saddle, finding.arg("missing", 4 - pages % 4));
    }
}
