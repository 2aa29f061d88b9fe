//! The checks of place and measure, mark by mark: 9 bleed, 10 margin, 11 fonts,
//! 14 features met while drawing, 21 thin lines and small reversed text.

use crate::diag::{Code, Finding, Severity};

use super::Job;
use super::font::Font;
use super::geometry::{Area, POINTS};
use super::sheet::Sheet;
use super::verdict::{Check, Notes, tenth};
use super::walk::{Feature, Mark, Paint};

const STOPS_SHORT: Code = Code::new("preflight-art-stops-short");
const NEAR_TRIM: Code = Code::new("preflight-text-near-trim");
const DRAWN_FONT: Code = Code::new("preflight-type3-font");
const NOT_EMBEDDED: Code = Code::new("preflight-font-not-embedded");
const NO_GLYPH: Code = Code::new("preflight-missing-glyph");
const GLYPHS_UNJUDGED: Code = Code::new("preflight-glyphs-unjudged");
const TRANSFER: Code = Code::new("preflight-transfer");
const POSTSCRIPT: Code = Code::new("preflight-postscript");
const OPI: Code = Code::new("preflight-opi");
const LOOP: Code = Code::new("preflight-form-loop");
const UNREAD: Code = Code::new("preflight-page-unread");
const THIN: Code = Code::new("preflight-thin-line");
const VANISHING: Code = Code::new("preflight-vanishing-line");
const SMALL_REVERSED: Code = Code::new("preflight-small-reversed-text");

/// Text stays so far within the trim, in millimetres.
const MARGIN: f64 = 3.0;
/// How exactly that is measured, in millimetres.
const SLACK: f64 = 0.1;
/// What ends so near to the trim, in millimetres, is meant to be cut there.
const TOUCH: f64 = 0.2;
/// Thinner lines break up in print, in millimetres.
const HAIRLINE: f64 = 0.2;
/// Thinner lines are lost on the plate: a quarter of a point, in millimetres.
const LOST: f64 = 0.088;
/// Smaller white text fills with the ink around it, in points.
const REVERSED: f64 = 8.0;
/// So little ink, in plates, counts as white.
const PALE: f64 = 0.1;

/// Looks at a mark's place and measures.
pub(super) fn see(mark: &Mark<'_>, job: &Job<'_>, sheet: &Sheet, notes: &mut Notes) {
    match mark {
        Mark::Text { area, size, font: face, missing, fill, .. } => {
            margin(*area, sheet, notes);
            font(face, *missing, *area, sheet, notes);
            reversed(*fill, *size, *area, sheet, notes);
        }
        Mark::Fill { area, thin, paint, .. } => {
            if !paint.is_white() {
                bleed(*area, job, sheet, notes);
                if let Some(width) = thin {
                    line(*width, *area, sheet, notes);
                }
            }
        }
        Mark::Stroke { area, width, paint, .. } => {
            if !paint.is_white() {
                bleed(*area, job, sheet, notes);
                line(*width, *area, sheet, notes);
            }
        }
        Mark::Picture(placed) => bleed(placed.area, job, sheet, notes),
        Mark::Feature(feature) => {
            let code = match feature {
                Feature::Transfer => TRANSFER,
                Feature::PostScript => POSTSCRIPT,
                Feature::Opi => OPI,
                Feature::Loop => LOOP,
            };
            let at = sheet.at(sheet.trimmed());
            notes.place(Check::Features, (Severity::Error, code), (), at, Vec::new);
        }
        Mark::Unread => notes.page_unjudged(sheet.number, &Finding::note(UNREAD)),
        Mark::Group { .. } => {}
    }
}

/// How far beyond each side of `inner` a box reaches, in millimetres: left, bottom,
/// right, top.
fn beyond(area: Area, inner: Area) -> [f64; 4] {
    [
        inner.left - area.left,
        inner.bottom - area.bottom,
        area.right - inner.right,
        area.top - inner.top,
    ]
    .map(|points| points / POINTS)
}

/// Check 9: what reaches the trim goes on to the end of the bleed.
fn bleed(area: Area, job: &Job<'_>, sheet: &Sheet, notes: &mut Notes) {
    let Some(trim) = sheet.trim.filter(|trim| area.overlaps(*trim)) else { return };
    let wanted = job.order.bleed();
    let short = beyond(area, trim)
        .into_iter()
        .filter(|reach| *reach > -TOUCH && *reach < wanted - SLACK)
        .reduce(f64::min);
    if let Some(reach) = short {
        let reach = tenth(reach.max(0.0));
        let args = || vec![("reach", reach.to_string()), ("wanted", tenth(wanted).to_string())];
        let what = (Severity::Error, STOPS_SHORT);
        notes.place(Check::Bleed, what, reach.to_bits(), sheet.at(area), args);
    }
}

/// Check 10: no text where the knife may go.
fn margin(area: Area, sheet: &Sheet, notes: &mut Notes) {
    let Some(trim) = sheet.trim.filter(|trim| area.overlaps(*trim)) else { return };
    let reach = beyond(area, trim).into_iter().fold(f64::NEG_INFINITY, f64::max);
    if reach > -(MARGIN - SLACK) {
        let distance = tenth((-reach).max(0.0));
        let args = || vec![("distance", distance.to_string())];
        let what = (Severity::Error, NEAR_TRIM);
        notes.place(Check::Margin, what, distance.to_bits(), sheet.at(area), args);
    }
}

/// Check 11.
fn font(font: &Font, missing: usize, area: Area, sheet: &Sheet, notes: &mut Notes) {
    let at = sheet.at(area);
    let args = || vec![("font", font.name.clone())];
    if font.drawn {
        notes.place(Check::Fonts, (Severity::Error, DRAWN_FONT), &font.name, at, args);
    } else if !font.embedded {
        notes.place(Check::Fonts, (Severity::Error, NOT_EMBEDDED), &font.name, at, args);
    } else if missing > 0 {
        notes.place(Check::Fonts, (Severity::Error, NO_GLYPH), &font.name, at, args);
    } else if !font.knows_missing() {
        let finding = Finding::note(GLYPHS_UNJUDGED).arg("font", &font.name);
        notes.unjudged(Check::Fonts, Some(sheet.number), finding);
    }
}

/// Check 21 for lines; `width` is in points.
fn line(width: f64, area: Area, sheet: &Sheet, notes: &mut Notes) {
    let width = width / POINTS;
    // The marks that show where to cut may be finer.
    if width > HAIRLINE - 0.003 || !area.overlaps(sheet.trimmed()) {
        return;
    }
    let what = if width < LOST { (Severity::Error, VANISHING) } else { (Severity::Warning, THIN) };
    let told = format!("{width:.2}");
    notes.place(Check::Lines, what, &told, sheet.at(area), || vec![("width", told.clone())]);
}

/// Check 21 for text that the ink leaves out.
fn reversed(fill: Option<&Paint>, size: f64, area: Area, sheet: &Sheet, notes: &mut Notes) {
    let Some(paint) = fill.filter(|_| size < REVERSED - 0.05) else { return };
    if paint.is_white() || paint.inks().is_some_and(|inks| inks.total() < PALE) {
        let told = tenth(size);
        let what = (Severity::Warning, SMALL_REVERSED);
        let args = || vec![("size", told.to_string())];
        notes.place(Check::Lines, what, told.to_bits(), sheet.at(area), args);
    }
}
