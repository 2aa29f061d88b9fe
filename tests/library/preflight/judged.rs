//! Where an outside program judges the same thing, the two agree: on the clean book
//! and on one that is spoilt.

use std::fs;
use std::path::PathBuf;

use kanyin::print::preflight::{Check, Verdict, preflight};
use lopdf::Object;
use tempfile::TempDir;

use super::order;
use super::sheet::{Book, book, picture};
use crate::judges;

/// A spoilt book on disk, and how the check of that kind went.
fn spoilt(check: Check, spoil: impl FnOnce(&mut Book)) -> Option<(TempDir, PathBuf, Verdict)> {
    let mut book = book()?;
    spoil(&mut book);
    let bytes = book.bytes();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("book.pdf");
    fs::write(&path, &bytes).unwrap();
    let verdict = preflight(bytes, &order()).unwrap().check(check).verdict;
    Some((dir, path, verdict))
}

#[test]
fn qpdf_finds_the_clean_book_sound_and_a_shifted_one_not() {
    let Some((_dir, path, verdict)) = spoilt(Check::Version, |_| {}) else { return };
    let Some(complaints) = judges::qpdf_check(&path) else { return };
    assert_eq!((complaints, verdict), (Vec::new(), Verdict::Passed));
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(6).position(|window| window == b"endobj").unwrap();
    bytes.splice(at..at, *b"     ");
    fs::write(&path, &bytes).unwrap();
    assert!(!judges::qpdf_check(&path).unwrap().is_empty());
    let found = preflight(bytes, &order()).unwrap();
    let codes: Vec<_> =
        found.check(Check::Version).found.iter().map(|f| f.finding.code.name()).collect();
    assert_eq!(codes, ["preflight-damaged"]);
}

#[test]
fn poppler_sees_the_same_fonts() {
    let embedded = |path: &PathBuf| Some(judges::pdffonts(path)?.iter().all(|f| f.embedded));
    let Some((_dir, path, verdict)) = spoilt(Check::Fonts, |_| {}) else { return };
    let Some(all) = embedded(&path) else { return };
    assert_eq!((all, verdict), (true, Verdict::Passed));
    let (_dir, path, verdict) = spoilt(Check::Fonts, |book| {
        let descriptor = book.descriptor;
        book.dictionary(descriptor).remove(b"FontFile2");
    })
    .unwrap();
    assert_eq!((embedded(&path).unwrap(), verdict), (false, Verdict::Failed));
}

#[test]
fn poppler_sees_the_same_pictures() {
    let Some((_dir, path, verdict)) = spoilt(Check::Resolution, |book| {
        book.draw(1, "40 0 0 40 60 60 cm /Grey Do");
    }) else {
        return;
    };
    let Some(pictures) = judges::pdfimages(&path) else { return };
    let least = pictures.iter().map(|p| p.ppi).fold(f64::INFINITY, f64::min);
    assert_eq!((least, verdict), (144.0, Verdict::Warned));
    let found = preflight(fs::read(&path).unwrap(), &order()).unwrap();
    let told = &found.check(Check::Resolution).found[0].finding.args[0];
    assert_eq!(told, &("ppi", "144".to_owned()));
    let (_dir, path, verdict) = spoilt(Check::Colours, |book| {
        let mut image = picture(80, &[9]);
        image.dict.set("ColorSpace", "DeviceRGB");
        let pixels = image.content.repeat(3);
        image.set_content(pixels);
        book.resource("XObject", "Rgb", image);
        book.draw(1, "14.4 0 0 14.4 100 100 cm /Rgb Do");
    })
    .unwrap();
    let has_rgb = judges::pdfimages(&path).unwrap().iter().any(|p| p.colour == "rgb");
    assert_eq!((has_rgb, verdict), (true, Verdict::Failed));
}

#[test]
fn poppler_sees_the_same_boxes() {
    let nested = |path: &PathBuf| {
        let within = |inner: [f64; 4], outer: [f64; 4]| {
            let lower = inner[..2].iter().zip(&outer[..2]).all(|(i, o)| *i >= o - 0.02);
            lower && inner[2..].iter().zip(&outer[2..]).all(|(i, o)| *i <= o + 0.02)
        };
        let boxes = judges::pdfinfo_boxes(path)?;
        Some(boxes.iter().all(|b| within(b.trim, b.bleed) && within(b.bleed, b.media)))
    };
    let Some((_dir, path, verdict)) = spoilt(Check::Boxes, |_| {}) else { return };
    let Some(all) = nested(&path) else { return };
    assert_eq!((all, verdict), (true, Verdict::Passed));
    let (_dir, path, verdict) = spoilt(Check::Boxes, |book| {
        let small = [20, 20, 200, 300].map(Object::Integer).to_vec();
        book.page(3).set("BleedBox", small);
    })
    .unwrap();
    assert_eq!((nested(&path).unwrap(), verdict), (false, Verdict::Failed));
}

#[test]
fn ghostscript_finds_ink_beside_black_where_we_do() {
    let coloured = |path: &PathBuf| {
        let page = judges::inkcov(path)?[1];
        Some(page[..3].iter().any(|ink| *ink > 0.0))
    };
    for (check, draw, expected) in [
        (Check::Black, "0 0 0 0.5 k 100 100 40 40 re f", Verdict::Passed),
        (Check::Black, "0 0.3 0 0.5 k 100 100 40 40 re f", Verdict::Failed),
        (Check::Grey, "14.4 0 0 14.4 100 100 cm /Grey Do", Verdict::Passed),
        (Check::Grey, "14.4 0 0 14.4 100 100 cm /Colour Do", Verdict::Failed),
    ] {
        let Some((_dir, path, verdict)) = spoilt(check, |book| book.draw(2, draw)) else { return };
        let Some(coloured) = coloured(&path) else { return };
        assert_eq!((coloured, verdict), (expected == Verdict::Failed, expected), "{draw}");
    }
}
