//! The checks of colour, mark by mark: 15 spaces, 16 black, 17 transparency, 18 ink,
//! 19 overprint, 23 spot colours. Pictures' pixels are judged elsewhere.

use crate::diag::{Args, Code, Finding, Severity};

use super::Job;
use super::order::Paper;
use super::sheet::Sheet;
use super::space::{Inks, Space};
use super::verdict::{Check, Notes, tenth};
use super::walk::{Effects, Mark, Paint, PaintKind, Placed};
use crate::print::Standard;

const FOREIGN: Code = Code::new("preflight-foreign-colour");
const FOREIGN_PICTURE: Code = Code::new("preflight-foreign-picture");
const ALTERNATE: Code = Code::new("preflight-alternate-colour");
const BLACK_PAGE: Code = Code::new("preflight-colour-on-black-page");
const RICH: Code = Code::new("preflight-rich-black-text");
const GROUP: Code = Code::new("preflight-group-space");
const TRANSPARENT: Code = Code::new("preflight-transparent");
const TOO_MUCH: Code = Code::new("preflight-too-much-ink");
const MUCH: Code = Code::new("preflight-much-ink");
const CONVERTED: Code = Code::new("preflight-ink-unknown");
const UNTOLD: Code = Code::new("preflight-picture-space-unknown");
const SHADING: Code = Code::new("preflight-shading-unjudged");
const WHITE: Code = Code::new("preflight-white-overprint");
const ODD: Code = Code::new("preflight-odd-overprint");
const SPOT: Code = Code::new("preflight-spot");
const UNAGREED: Code = Code::new("preflight-spot-not-agreed");

/// From this size on, in points, black text may be built of several plates: it is
/// large enough to bear a misfit of theirs.
const DISPLAY: f64 = 24.0;
/// Uncoated paper bears so much ink, in per cent.
const UNCOATED: f64 = 280.0;
/// Less ink than this, in plates, is a rounding.
const TRACE: f64 = 0.005;

/// Looks at a mark's colours.
pub(super) fn see(mark: &Mark<'_>, job: &Job<'_>, sheet: &Sheet, notes: &mut Notes) {
    match mark {
        Mark::Text { area, size, fill, stroke, effects, .. } => {
            for (paint, overprint) in
                [(fill, effects.fill_overprint), (stroke, effects.stroke_overprint)]
            {
                let Some(paint) = paint else { continue };
                let seen = Seen { area: *area, paint, overprint, text: Some(*size) };
                flat(&seen, job, sheet, notes);
            }
            transparent(*effects, sheet.at(*area), job, notes);
        }
        Mark::Fill { area, paint, effects, .. } => {
            let overprint = effects.fill_overprint;
            flat(&Seen { area: *area, paint, overprint, text: None }, job, sheet, notes);
            transparent(*effects, sheet.at(*area), job, notes);
        }
        Mark::Stroke { area, paint, effects, .. } => {
            let overprint = effects.stroke_overprint;
            flat(&Seen { area: *area, paint, overprint, text: None }, job, sheet, notes);
            transparent(*effects, sheet.at(*area), job, notes);
        }
        Mark::Picture(placed) => picture(placed, job, sheet, notes),
        Mark::Group { space, mask } => group(space.as_ref(), *mask, job, sheet, notes),
        Mark::Feature(_) | Mark::Unread => {}
    }
}

/// An even colour on a place.
struct Seen<'s> {
    area: super::geometry::Area,
    paint: &'s Paint,
    overprint: bool,
    /// The size of the text in points, where it is text.
    text: Option<f64>,
}

fn flat(seen: &Seen<'_>, job: &Job<'_>, sheet: &Sheet, notes: &mut Notes) {
    let at = sheet.at(seen.area);
    space(&seen.paint.space, FOREIGN, at, job, notes);
    match seen.paint.inks() {
        Some(inks) => {
            black(inks, seen, job, at, notes);
            // Marks of the press outside of the page carry every plate.
            if seen.area.overlaps(sheet.bled()) {
                ink(inks.total(), job, at, notes);
            }
        }
        None => match seen.paint.kind {
            PaintKind::Shading(Some(most)) => ink(most, job, at, notes),
            PaintKind::Shading(None) => {
                notes.unjudged(Check::Ink, Some(sheet.number), Finding::note(SHADING));
            }
            PaintKind::Flat if !seen.paint.is_white() => {
                notes.unjudged(Check::Ink, Some(sheet.number), Finding::note(CONVERTED));
            }
            PaintKind::Flat | PaintKind::Tiles(_) => {}
        },
    }
    if seen.overprint && seen.area.overlaps(sheet.bled()) {
        overprint(seen.paint, at, notes);
    }
}

type At = (usize, [f64; 2]);

/// Checks 15 and 23.
fn space(space: &Space, code: Code, at: At, job: &Job<'_>, notes: &mut Notes) {
    if let Space::Foreign { name, .. } = space.base() {
        let args = || vec![("space", name.clone())];
        notes.place(Check::Colours, (Severity::Error, code), name, at, args);
    }
    if let Space::Plates { names, alternate: false } = space.base() {
        let severity = match job.standard {
            Standard::X1a => Severity::Error,
            Standard::X4 => Severity::Warning,
        };
        let args = || vec![("names", names.join(", "))];
        notes.place(Check::Colours, (severity, ALTERNATE), names, at, args);
    }
    for spot in space.base().spots() {
        let args = || vec![("spot", spot.to_owned())];
        match &job.order.spots {
            None => notes.place(Check::Spots, (Severity::Warning, SPOT), spot, at, args),
            Some(agreed) if !agreed.contains(spot) => {
                notes.place(Check::Spots, (Severity::Error, UNAGREED), spot, at, args);
            }
            Some(_) => {}
        }
    }
}

/// Check 16: pages in black have ink on the black plate alone, and black text of
/// reading size has so everywhere.
fn black(inks: Inks, seen: &Seen<'_>, job: &Job<'_>, at: At, notes: &mut Notes) {
    let detail = inks.process.map(|ink| (ink * 100.0).round() as u32);
    if job.order.black.contains(at.0) {
        if inks.beside_black() > TRACE {
            let what = (Severity::Error, BLACK_PAGE);
            notes.place(Check::Black, what, detail, at, || told(inks));
        }
    } else if let Some(size) = seen.text.filter(|size| *size < DISPLAY && is_rich_black(inks)) {
        let args = || [told(inks), vec![("size", tenth(size).to_string())]].concat();
        notes.place(Check::Black, (Severity::Error, RICH), detail, at, args);
    }
}

/// Whether a colour is meant to be black and is built of several plates.
fn is_rich_black(inks: Inks) -> bool {
    let [c, m, y, k] = inks.process;
    inks.beside_black() > 0.05 && (k >= 0.8 || c.min(m).min(y) >= 0.5 && inks.total() >= 2.2)
}

/// An ink as people write it.
fn told(inks: Inks) -> Args {
    let names = ["C", "M", "Y", "K"].into_iter().zip(inks.process).chain([("+", inks.spots)]);
    let used = names.filter(|(_, ink)| *ink > TRACE);
    let text: Vec<String> = used.map(|(name, ink)| format!("{name}{:.0}", ink * 100.0)).collect();
    vec![("ink", text.join(" "))]
}

/// Check 18 for an even colour; `total` counts full plates.
fn ink(total: f64, job: &Job<'_>, at: At, notes: &mut Notes) {
    let percent = (total * 100.0).round();
    let args =
        |most: f64| move || vec![("ink", format!("{percent:.0}")), ("most", format!("{most:.0}"))];
    if percent > job.order.ink() {
        let what = (Severity::Error, TOO_MUCH);
        notes.place(Check::Ink, what, percent as u32, at, args(job.order.ink()));
    } else if job.order.paper == Paper::Uncoated && percent > UNCOATED {
        let what = (Severity::Warning, MUCH);
        notes.place(Check::Ink, what, percent as u32, at, args(UNCOATED));
    }
}

/// Check 18 for a picture whose ink is known, in per cent.
pub(super) fn picture_ink(percent: f64, job: &Job<'_>, at: At, notes: &mut Notes) {
    ink(percent / 100.0, job, at, notes);
}

/// Check 19: what overprints is black alone; white that overprints vanishes.
fn overprint(paint: &Paint, at: At, notes: &mut Notes) {
    if paint.is_white() {
        notes.place(Check::Overprint, (Severity::Error, WHITE), (), at, Vec::new);
        return;
    }
    let inks = paint.inks();
    if inks.is_some_and(|i| i.beside_black() <= TRACE && i.process[3] > 1.0 - TRACE) {
        return;
    }
    let args = inks.map_or_else(|| vec![("ink", "?".to_owned())], told);
    let detail = args.clone();
    notes.place(Check::Overprint, (Severity::Warning, ODD), detail, at, || args);
}

/// Check 17: PDF/X-1a knows no transparency.
fn transparent(effects: Effects, at: At, job: &Job<'_>, notes: &mut Notes) {
    if effects.transparent && job.standard == Standard::X1a {
        let what = (Severity::Error, TRANSPARENT);
        notes.place(Check::Transparency, what, (), at, Vec::new);
    }
}

/// Check 17: groups are blended in the colours of the press.
fn group(space: Option<&Space>, mask: bool, job: &Job<'_>, sheet: &Sheet, notes: &mut Notes) {
    let at = sheet.at(sheet.trimmed());
    let name = match space {
        _ if job.standard == Standard::X1a => {
            notes.place(Check::Transparency, (Severity::Error, TRANSPARENT), (), at, Vec::new);
            return;
        }
        None | Some(Space::Cmyk) => return,
        // A mask is no picture: grey is what it is made of.
        Some(Space::Gray) if mask => return,
        Some(Space::Gray) => "DeviceGray",
        Some(Space::Foreign { name, .. }) => name,
        Some(_) => "?",
    };
    let args = || vec![("space", name.to_owned())];
    notes.place(Check::Transparency, (Severity::Error, GROUP), name, at, args);
}

fn picture(placed: &Placed<'_>, job: &Job<'_>, sheet: &Sheet, notes: &mut Notes) {
    let at = sheet.at(placed.area);
    if let Some(colours) = &placed.space {
        space(colours, FOREIGN_PICTURE, at, job, notes);
    } else if placed.paint.is_none() {
        notes.unjudged(Check::Colours, Some(sheet.number), Finding::note(UNTOLD));
    }
    if let Some(paint) = placed.paint {
        let overprint = placed.effects.fill_overprint;
        flat(&Seen { area: placed.area, paint, overprint, text: None }, job, sheet, notes);
    }
    let effects = Effects { transparent: placed.transparent, ..placed.effects };
    transparent(effects, at, job, notes);
}
