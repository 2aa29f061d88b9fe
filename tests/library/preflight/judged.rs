//! Where an outside program judges the same thing, the two agree: on the clean book
//! and on one that is spoilt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jpeg_encoder::{ColorType, Encoder};
use kanyin::print::preflight::{Check, Order, Verdict, preflight};
use lopdf::{Object, Stream, dictionary};
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

/// How much ink lies on the second page when Ghostscript separates it, all plates
/// together, in per cent of one full plate.
fn ink(path: &Path) -> Option<f64> {
    let tool = judges::at_hand::program("gs")?;
    let args = ["-q", "-dSAFER", "-o", "-", "-dFirstPage=2", "-dLastPage=2", "-sDEVICE=ink_cov"];
    let said =
        judges::at_hand::said(&judges::at_hand::finish(Command::new(tool).args(args).arg(path)));
    Some(said.split_whitespace().take(4).map(|n| n.parse::<f64>().expect("a number")).sum())
}

/// A CMYK JPEG as Adobe writes them: 255 for no ink, and turned round by the PDF.
fn jpeg(colour: [u8; 4]) -> Stream {
    let mut bytes = Vec::new();
    let pixels = colour.repeat(80 * 80);
    Encoder::new(&mut bytes, 95).encode(&pixels, 80, 80, ColorType::Cmyk).expect("a JPEG");
    let mut image = picture(80, &[0; 4]);
    image.dict.set("Filter", "DCTDecode");
    image.dict.set("Decode", [1, 0, 1, 0, 1, 0, 1, 0].map(Object::Integer).to_vec());
    image.set_content(bytes);
    image
}

#[test]
fn a_file_on_disk_is_judged_without_holding_its_photographs() {
    let mut seed = 1_u32;
    let pixels: Vec<u8> = (0..400 * 400 * 4)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            255 - (seed >> 26) as u8
        })
        .collect();
    let mut data = Vec::new();
    Encoder::new(&mut data, 95).encode(&pixels, 400, 400, ColorType::Cmyk).expect("a JPEG");
    assert!(data.len() > 100_000, "{}", data.len());
    let Some((_dir, path, _)) = spoilt(Check::Ink, |book| {
        let mut image = jpeg([0; 4]);
        image.dict.set("Width", 400);
        image.dict.set("Height", 400);
        image.set_content(data.clone());
        book.resource("XObject", "Photo", image);
        book.draw(1, "90 0 0 90 100 40 cm /Photo Do");
    }) else {
        return;
    };
    let whole = fs::read(&path).expect("it was written");
    let short = kanyin::verify::without(&path, |_| true).expect("it can be read");
    assert_eq!(short.cut.len(), 1);
    assert!(short.bytes.len() + 100_000 < whole.len());
    let range = short.cut.values().next().expect("there is one");
    let [from, to] = [range.start, range.end].map(|at| usize::try_from(at).expect("small"));
    assert_eq!(whole[from..to], data, "and it is known where they lie");
    let order = order();
    let found = kanyin::pipeline::preflight(&path, &order).expect("it can be judged");
    assert_eq!(found, preflight(whole, &order).expect("it can be judged"));
    let ink = found.check(Check::Ink);
    assert_eq!(ink.verdict, Verdict::Failed, "{ink:?}");
    // Noise of an eighth about seven eighths of four plates.
    let percent: f64 = ink.found[0].finding.args[0].1.parse().expect("a number");
    assert!((345.0..400.0).contains(&percent), "{percent}");
}

#[test]
fn ghostscript_finds_as_much_ink_in_pictures_and_colours() {
    let decoded = |range: [i64; 8]| {
        let mut image = picture(80, &[200, 100, 50, 25]);
        image.dict.set("Decode", range.map(Object::Integer).to_vec());
        image
    };
    let mut indexed = picture(80, &[1]);
    let table = Object::string_literal([0, 0, 0, 0, 90, 80, 70, 60].to_vec());
    let space = vec!["Indexed".into(), "DeviceCMYK".into(), 1.into(), table];
    indexed.dict.set("ColorSpace", space);
    let page = "308 0 0 450 -9 -9 cm /Page Do";
    let even = "-9 -9 308 450 re f";
    for (name, image, draw) in [
        ("raw", picture(80, &[200, 100, 50, 25]), page.to_owned()),
        ("turned round", decoded([1, 0, 1, 0, 1, 0, 1, 0]), page.to_owned()),
        ("JPEG", jpeg([200, 100, 50, 25]), page.to_owned()),
        ("indexed", indexed, page.to_owned()),
        ("an even colour", picture(1, &[0]), format!("0.7 0.6 0.5 0.4 k {even}")),
        ("a plate", picture(1, &[0]), format!("/Plate cs 0.7 scn {even}")),
    ] {
        let Some((_dir, path, _)) = spoilt(Check::Ink, |book| {
            let tint = dictionary! {
                "FunctionType" => 2,
                "Domain" => vec![0.into(), 1.into()],
                "C0" => vec![0.into(); 4],
                "C1" => vec![0.into(), 0.into(), 1.into(), 0.into()],
                "N" => 1,
            };
            let plate =
                vec!["Separation".into(), "Yellow".into(), "DeviceCMYK".into(), tint.into()];
            book.resource("ColorSpace", "Plate", plate);
            book.resource("XObject", "Page", image);
            book.draw(2, &draw);
        }) else {
            return;
        };
        let Some(theirs) = ink(&path) else { return };
        // Whatever has ink is told, and where; this one begins in the corner.
        let all = Order { ink: Some(0.0), ..order() };
        let found = preflight(fs::read(&path).unwrap(), &all).unwrap();
        let corner = found.check(Check::Ink).found.iter().find(|found| {
            found.page == Some(2) && found.at.is_some_and(|[left, top]| left < -2.9 && top < -2.9)
        });
        let ours: f64 = corner.unwrap().finding.args[0].1.parse().unwrap();
        assert!((ours - theirs).abs() < 1.5, "{name}: {ours} {theirs}");
    }
}
