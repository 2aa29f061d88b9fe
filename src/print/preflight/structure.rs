//! The checks of a file's structure: 1 version, 2 encryption, 12 annotations,
//! 13 actions, and of 14 what stands outside of the pages' contents.

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Rect};
use hayro_syntax::page::Page;

use crate::diag::{Code, Finding, Severity};

use super::file::{Facts, File, has, name};
use super::geometry::Area;
use super::sheet::Sheet;
use super::verdict::{Check, Notes};
use crate::print::Standard;

const NO_HEADER: Code = Code::new("preflight-no-header");
const TOO_NEW: Code = Code::new("preflight-version-too-new");
const PACKED: Code = Code::new("preflight-object-streams");
const DAMAGED: Code = Code::new("preflight-damaged");
const LOCKED: Code = Code::new("preflight-encrypted");
const NO_ID: Code = Code::new("preflight-no-id");
const ANNOTATION: Code = Code::new("preflight-annotation");
const ACTION: Code = Code::new("preflight-action");
const LZW: Code = Code::new("preflight-lzw");
const ALTERNATE: Code = Code::new("preflight-alternate-picture");
const LAYERS: Code = Code::new("preflight-layers");

/// Checks 1 and 2, from what the bytes say. `catalog` is the version that the
/// catalog sets instead, where the file can be opened so far.
pub(super) fn header(facts: &Facts, catalog: Option<&str>, standard: Standard, notes: &mut Notes) {
    let most = standard.version();
    match facts.version.as_deref() {
        None => notes.file(Check::Version, Finding::error(NO_HEADER)),
        // Versions of this form sort as their text does.
        Some(header) => {
            let version = catalog.map_or(header, |set| set.max(header));
            if version > most {
                let finding = Finding::error(TOO_NEW).arg("version", version);
                let finding = finding.arg("most", most).arg("standard", standard.title());
                notes.file(Check::Version, finding);
            }
        }
    }
    if facts.packed && standard == Standard::X1a {
        notes.file(Check::Version, Finding::error(PACKED));
    }
    if !facts.sound {
        notes.file(Check::Version, Finding::error(DAMAGED));
    }
    if facts.locked {
        notes.file(Check::Encryption, Finding::error(LOCKED));
    }
    if !facts.has_id {
        notes.file(Check::Encryption, Finding::error(NO_ID));
    }
}

/// Check 13 on the file, and of 14 what the file as a whole says.
pub(super) fn whole(file: &File, standard: Standard, notes: &mut Notes) {
    let catalog = file.catalog();
    for key in ["OpenAction", "AA", "AcroForm", "Collection", "AF"] {
        if has(&catalog, key) {
            notes.file(Check::Actions, Finding::error(ACTION).arg("what", key));
        }
    }
    let names = catalog.get::<Dict<'_>>("Names").unwrap_or_default();
    for key in ["JavaScript", "EmbeddedFiles", "Renditions"] {
        if has(&names, key) {
            notes.file(Check::Actions, Finding::error(ACTION).arg("what", key));
        }
    }
    if standard == Standard::X1a && has(&catalog, "OCProperties") {
        notes.file(Check::Features, Finding::error(LAYERS));
    }
    let (mut lzw, mut alternates) = (0, 0);
    for object in file.pdf.objects() {
        if let Object::Stream(stream) = object {
            lzw += usize::from(stream.filters().contains(&Filter::LzwDecode));
            alternates += usize::from(has(stream.dict(), "Alternates"));
        }
    }
    for (count, code) in [(lzw, LZW), (alternates, ALTERNATE)] {
        if count > 0 {
            notes.file(Check::Features, Finding::error(code).arg("count", count));
        }
    }
}

/// Check 12 on one page, and of 13 what hangs on the page.
pub(super) fn page(page: &Page<'_>, sheet: &Sheet, notes: &mut Notes) {
    if has(page.raw(), "AA") {
        notes.page(Check::Actions, sheet.number, Finding::error(ACTION).arg("what", "AA"));
    }
    let annotations = page.raw().get::<Array<'_>>("Annots").unwrap_or_default();
    for annotation in annotations.iter::<Dict<'_>>() {
        let kind = name(&annotation, "Subtype").unwrap_or_default();
        // Marks of the press itself may stay.
        if matches!(kind.as_str(), "PrinterMark" | "TrapNet") {
            continue;
        }
        let place = annotation.get::<Rect>("Rect").map(|rect| Area {
            left: rect.x0,
            bottom: rect.y0,
            right: rect.x1,
            top: rect.y1,
        });
        let place = place.unwrap_or(sheet.bled());
        if place.overlaps(sheet.bled()) {
            let what = (Severity::Error, ANNOTATION);
            let args = || vec![("kind", kind.clone())];
            notes.place(Check::Annotations, what, &kind, sheet.at(place), args);
        }
    }
}
