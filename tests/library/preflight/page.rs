//! Books spoilt on their pages: checks 9 to 24. Each is caught by its check and by no
//! other.

use kanyin::print::preflight::{Check, KnownPicture, Order, Paper, Verdict};
use lopdf::{Object, Stream, dictionary};

use super::sheet::{Book, MM, picture};
use super::{after, after_by, caught, only, order};

#[test]
fn check_9_art_that_ends_at_the_trim() {
    caught(Check::Bleed, "preflight-art-stops-short", Verdict::Failed, |book| {
        book.draw(1, "0 0 0 0.3 k 0 100 60 60 re f");
    });
    // White is no art, and what is drawn well inside does not touch the trim.
    let Some(found) = after(|book| {
        book.draw(1, "0 0 0 0 k 0 100 60 60 re f 0 0 0 0.3 k 10 100 60 60 re f");
    }) else {
        return;
    };
    assert_eq!(found.check(Check::Bleed).verdict, Verdict::Passed);
}

#[test]
fn check_10_text_near_the_trim() {
    let near = |x: f64| format!("0 0 0 1 k BT /F 10 Tf {x} 150 Td <00010001> Tj ET");
    caught(Check::Margin, "preflight-text-near-trim", Verdict::Failed, |book| {
        book.draw(1, &near(1.0 * MM));
    });
    let Some(found) = after(|book| book.draw(1, &near(1.0 * MM))) else { return };
    let place = &found.check(Check::Margin).found[0];
    assert_eq!(place.page, Some(1));
    let [left, top] = place.at.unwrap();
    assert!((left - 1.0).abs() < 0.05, "{left}");
    assert!((top - (150.0 - 150.0 / MM - 8.8 / MM)).abs() < 0.1, "{top}");
    let found = after(|book| book.draw(1, &near(3.0 * MM))).unwrap();
    assert_eq!(found.check(Check::Margin).verdict, Verdict::Passed);
}

#[test]
fn check_11_fonts_that_do_not_travel_or_lack_a_glyph() {
    caught(Check::Fonts, "preflight-font-not-embedded", Verdict::Failed, |book| {
        let descriptor = book.descriptor;
        book.dictionary(descriptor).remove(b"FontFile2");
    });
    caught(Check::Fonts, "preflight-missing-glyph", Verdict::Failed, |book| {
        book.draw(1, "0 0 0 1 k BT /F 10 Tf 100 150 Td <00010000> Tj ET");
    });
    caught(Check::Fonts, "preflight-type3-font", Verdict::Failed, |book| {
        let glyph = book.doc.add_object(Stream::new(dictionary! {}, b"500 0 d0".to_vec()));
        let font = dictionary! {
            "Type" => "Font",
            "Subtype" => "Type3",
            "FontBBox" => vec![0.into(), 0.into(), 1000.into(), 1000.into()],
            "FontMatrix" => vec![0.001.into(), 0.into(), 0.into(), 0.001.into(), 0.into(), 0.into()],
            "CharProcs" => dictionary! { "a" => glyph },
            "Encoding" => dictionary! { "Differences" => vec![97.into(), "a".into()] },
            "FirstChar" => 97,
            "LastChar" => 97,
            "Widths" => vec![500.into()],
        };
        book.resource("Font", "T3", font);
        book.draw(1, "0 0 0 1 k BT /T3 10 Tf 100 150 Td (a) Tj ET");
    });
    let Some(found) = after(|book| {
        let descriptor = book.descriptor;
        book.dictionary(descriptor).remove(b"FontFile2");
    }) else {
        return;
    };
    let told = &found.check(Check::Fonts).found;
    assert_eq!((told.len(), told[0].count, told[0].page), (1, 4, Some(1)), "once, for all pages");
}

#[test]
fn check_12_a_link_on_the_page() {
    let link = |at: [i64; 4]| {
        dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => at.map(Object::Integer).to_vec(),
        }
    };
    caught(Check::Annotations, "preflight-annotation", Verdict::Failed, |book| {
        book.page(1).set("Annots", vec![link([50, 50, 90, 60]).into()]);
    });
    let Some(found) = after(|book| {
        book.page(1).set("Annots", vec![link([-90, 50, -50, 60]).into()]);
    }) else {
        return;
    };
    assert_eq!(found.check(Check::Annotations).verdict, Verdict::Passed, "beside the page");
}

#[test]
fn check_13_an_action_and_an_attachment() {
    caught(Check::Actions, "preflight-action", Verdict::Failed, |book| {
        book.catalog().set("OpenAction", dictionary! { "S" => "Named", "N" => "LastPage" });
    });
    caught(Check::Actions, "preflight-action", Verdict::Failed, |book| {
        let files = dictionary! { "Names" => Vec::<Object>::new() };
        book.catalog().set("Names", dictionary! { "EmbeddedFiles" => files });
    });
}

#[test]
fn check_14_features_that_no_press_wants() {
    caught(Check::Features, "preflight-transfer", Verdict::Failed, |book| {
        let half = dictionary! {
            "FunctionType" => 2,
            "Domain" => vec![0.into(), 1.into()],
            "N" => 2,
        };
        book.resource("ExtGState", "Dark", dictionary! { "TR" => half });
        book.draw(1, "/Dark gs 0 0 0 1 k 100 100 9 9 re f");
    });
    caught(Check::Features, "preflight-alternate-picture", Verdict::Failed, |book| {
        let mut image = picture(80, &[9]);
        image.dict.set("Alternates", Vec::<Object>::new());
        book.resource("XObject", "Alt", image);
    });
    caught(Check::Features, "preflight-lzw", Verdict::Failed, |book| {
        // A clear, two equal samples and the end, in codes of nine bits.
        let mut image = picture(1, &[0]);
        image.dict.set("Filter", "LZWDecode");
        image.set_content(vec![0x80, 0x00, 0x20, 0x20]);
        book.resource("XObject", "Lzw", image);
    });
    caught(Check::Features, "preflight-postscript", Verdict::Failed, |book| {
        let piece = dictionary! { "Type" => "XObject", "Subtype" => "PS" };
        book.resource("XObject", "Ps", Stream::new(piece, b"showpage".to_vec()));
        book.draw(1, "/Ps Do");
    });
}

#[test]
fn check_15_colours_that_have_to_be_converted() {
    for (space, draw) in [
        ("DeviceRGB", "1 0 0 rg 100 100 9 9 re f"),
        ("ICC Gray", "/Icc cs 0 scn 100 100 9 9 re f"),
        ("Lab", "/Lab CS 50 9 9 SCN 100 100 m 120 120 l S"),
    ] {
        caught(Check::Colours, "preflight-foreign-colour", Verdict::Failed, |book| {
            let icc = book.doc.add_object(Stream::new(dictionary! { "N" => 1 }, vec![0; 128]));
            book.resource("ColorSpace", "Icc", vec!["ICCBased".into(), icc.into()]);
            let white = dictionary! { "WhitePoint" => vec![1.into(), 1.into(), 1.into()] };
            book.resource("ColorSpace", "Lab", vec!["Lab".into(), white.into()]);
            book.draw(1, draw);
        });
        let Some(found) = after(|book| {
            let icc = book.doc.add_object(Stream::new(dictionary! { "N" => 1 }, vec![0; 128]));
            book.resource("ColorSpace", "Icc", vec!["ICCBased".into(), icc.into()]);
            book.resource("ColorSpace", "Lab", vec!["Lab".into(), dictionary! {}.into()]);
            book.draw(1, draw);
        }) else {
            return;
        };
        let args = &found.check(Check::Colours).found[0].finding.args;
        assert_eq!(args, &[("space", space.to_owned())]);
    }
}

#[test]
fn check_15_looks_into_forms_and_patterns() {
    let red = b"1 0 0 rg 0 0 9 9 re f".to_vec();
    caught(Check::Colours, "preflight-foreign-colour", Verdict::Failed, |book| {
        let form = dictionary! {
            "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        };
        book.resource("XObject", "Form", Stream::new(form, red.clone()));
        book.draw(1, "1 0 0 1 100 100 cm /Form Do");
    });
    caught(Check::Colours, "preflight-foreign-colour", Verdict::Failed, |book| {
        let cell = dictionary! {
            "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "XStep" => 9, "YStep" => 9,
            "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        };
        book.resource("Pattern", "Tiles", Stream::new(cell, red.clone()));
        book.draw(1, "/Pattern cs /Tiles scn 100 100 40 40 re f");
    });
}

#[test]
fn check_16_black_text_on_four_plates_and_colour_on_a_black_page() {
    let word = "BT /F 10 Tf 100 150 Td <00010001> Tj ET";
    caught(Check::Black, "preflight-rich-black-text", Verdict::Failed, |book| {
        book.draw(1, &format!("0.6 0.4 0.4 1 k {word}"));
    });
    caught(Check::Black, "preflight-colour-on-black-page", Verdict::Failed, |book| {
        book.draw(2, "0 0.1 0 0.3 k 100 100 9 9 re f");
    });
    // A coloured word is no black one, and a headline may be deep.
    let Some(found) = after(|book| {
        book.draw(1, &format!("0 0.8 0.8 0 k {word}"));
        book.draw(1, &format!("0.6 0.4 0.4 1 k {}", word.replace(" 10 Tf", " 30 Tf")));
    }) else {
        return;
    };
    assert_eq!(found.check(Check::Black).verdict, Verdict::Passed);
}

#[test]
fn check_17_groups_that_blend_in_other_colours() {
    caught(Check::Transparency, "preflight-group-space", Verdict::Failed, |book| {
        let group = dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" };
        book.page(1).set("Group", group);
    });
}

#[test]
fn check_18_too_much_ink_in_a_colour_or_in_a_picture() {
    caught(Check::Ink, "preflight-too-much-ink", Verdict::Failed, |book| {
        book.draw(1, "1 1 0.6 0.6 k 100 100 9 9 re f");
    });
    let deep = |book: &mut Book| {
        book.resource("XObject", "Deep", picture(80, &[250, 250, 200, 160]));
        book.draw(1, "14.4 0 0 14.4 100 100 cm /Deep Do");
    };
    caught(Check::Ink, "preflight-too-much-ink", Verdict::Failed, deep);
    let Some(found) = after(deep) else { return };
    let ink = &found.check(Check::Ink).found[0].finding.args[0].1;
    assert_eq!(ink, "337", "(250 + 250 + 200 + 160) / 255");
    let uncoated = Order { paper: Paper::Uncoated, ..order() };
    let found = after_by(&uncoated, |book| book.draw(1, "1 1 0.9 0 k 100 100 9 9 re f")).unwrap();
    only(&found, Check::Ink, "preflight-much-ink", Verdict::Warned);
}

#[test]
fn check_18_takes_a_few_wild_pixels_for_noise_and_believes_the_maker() {
    let Some(found) = after(|book| {
        let mut image = picture(80, &[100, 100, 100, 100]);
        image.content[..20].fill(255);
        book.resource("XObject", "Noisy", image);
        book.draw(1, "14.4 0 0 14.4 100 100 cm /Noisy Do");
    }) else {
        return;
    };
    assert_eq!(found.check(Check::Ink).verdict, Verdict::Passed);
    let mut known = 0;
    let blank = |book: &mut Book| {
        let mut image = picture(80, &[1, 1, 1, 1]);
        image.dict.set("Filter", "DCTDecode");
        known = book.doc.max_id + 1;
        book.resource("XObject", "Blank", image);
        book.draw(1, "14.4 0 0 14.4 100 100 cm /Blank Do");
    };
    let found = after(blank).unwrap();
    assert_eq!(found.check(Check::Ink).verdict, Verdict::NotJudged, "it is no JPEG");
    let pictures = [(known, KnownPicture { ink: 290.0, black_only: false })].into();
    let told = Order { pictures, ..order() };
    let found = after_by(&told, |book| {
        let mut image = picture(80, &[1, 1, 1, 1]);
        image.dict.set("Filter", "DCTDecode");
        book.resource("XObject", "Blank", image);
        book.draw(1, "14.4 0 0 14.4 100 100 cm /Blank Do");
    });
    assert_eq!(found.unwrap().check(Check::Ink).verdict, Verdict::Passed);
}

#[test]
fn check_19_white_that_overprints_and_colour_that_does() {
    caught(Check::Overprint, "preflight-white-overprint", Verdict::Failed, |book| {
        book.draw(1, "/Over gs 0 0 0 0 k 100 100 9 9 re f");
    });
    caught(Check::Overprint, "preflight-odd-overprint", Verdict::Warned, |book| {
        book.draw(1, "/Over gs 0 1 0 0 k 100 100 9 9 re f");
    });
}

#[test]
fn check_20_pictures_with_too_few_pixels() {
    let enlarged = |side: f64| {
        move |book: &mut Book| {
            book.draw(1, &format!("{side} 0 0 {side} 60 60 cm /Grey Do"));
        }
    };
    // 80 pixels over 24 points are 240 an inch, over 48 half as many.
    caught(Check::Resolution, "preflight-coarse-picture", Verdict::Noted, enlarged(24.0));
    caught(Check::Resolution, "preflight-coarse-picture", Verdict::Warned, enlarged(48.0));
    caught(Check::Resolution, "preflight-coarse-line-art", Verdict::Warned, |book| {
        let mut image = picture(80, &[0]);
        image.dict.set("BitsPerComponent", 1);
        image.set_content(vec![0; 80 * 10]);
        book.resource("XObject", "Lines", image);
        book.draw(1, "14.4 0 0 14.4 100 100 cm /Lines Do");
    });
}

#[test]
fn check_21_thin_lines_and_small_reversed_text() {
    caught(Check::Lines, "preflight-thin-line", Verdict::Warned, |book| {
        book.draw(1, "0.4 w 100 100 m 150 100 l S");
    });
    caught(Check::Lines, "preflight-vanishing-line", Verdict::Failed, |book| {
        book.draw(1, "0.1 0 0 0.1 0 0 cm 1 w 1000 1000 m 1500 1000 l S");
    });
    caught(Check::Lines, "preflight-thin-line", Verdict::Warned, |book| {
        book.draw(1, "0 0 0 1 k 100 100 50 0.3 re f");
    });
    caught(Check::Lines, "preflight-small-reversed-text", Verdict::Warned, |book| {
        book.draw(1, "0 0 0 0 k BT /F 6 Tf 100 150 Td <00010001> Tj ET");
    });
    // Marks of the press stand outside of the trimmed page.
    let Some(found) = after(|book| book.draw(1, "0.25 w -8 10 m -4 10 l S")) else { return };
    assert_eq!(found.check(Check::Lines).verdict, Verdict::Passed);
}

#[test]
fn check_22_pages_that_do_not_come_by_fours() {
    caught(Check::Saddle, "preflight-not-fours", Verdict::Failed, |book| {
        book.doc.delete_pages(&[4]);
    });
    let loose = Order { saddle: false, ..order() };
    let Some(found) = after_by(&loose, |book| book.doc.delete_pages(&[4])) else { return };
    assert_eq!(found.check(Check::Saddle).verdict, Verdict::NotApplicable);
}

#[test]
fn check_23_spot_colours_that_were_not_agreed_on() {
    let spot = |book: &mut Book| {
        let tint = dictionary! {
            "FunctionType" => 2,
            "Domain" => vec![0.into(), 1.into()],
            "C0" => vec![0.into(); 4],
            "C1" => vec![0.into(), 1.into(), 1.into(), 0.into()],
            "N" => 1,
        };
        let name = Object::Name(b"PANTONE 485 C".to_vec());
        let space = vec!["Separation".into(), name, "DeviceCMYK".into(), tint.into()];
        book.resource("ColorSpace", "Spot", space);
        book.draw(1, "/Spot cs 1 scn 100 100 9 9 re f");
        book.draw(3, "/Spot cs 1 scn 100 100 9 9 re f");
    };
    caught(Check::Spots, "preflight-spot-not-agreed", Verdict::Failed, spot);
    let unsaid = Order { spots: None, ..order() };
    let Some(found) = after_by(&unsaid, spot) else { return };
    only(&found, Check::Spots, "preflight-spot", Verdict::Warned);
    assert_eq!(found.check(Check::Spots).found[0].count, 2, "once for the file");
    let agreed = Order { spots: Some(["PANTONE 485 C".to_owned()].into()), ..order() };
    let found = after_by(&agreed, spot).unwrap();
    assert_eq!(found.check(Check::Spots).verdict, Verdict::Passed);
}

#[test]
fn check_24_a_picture_in_colour_on_a_black_page() {
    caught(Check::Grey, "preflight-coloured-grey", Verdict::Failed, |book| {
        book.draw(2, "14.4 0 0 14.4 100 100 cm /Colour Do");
    });
    let Some(found) = after(|book| {
        book.resource("XObject", "Black", picture(80, &[0, 0, 0, 99]));
        book.draw(2, "14.4 0 0 14.4 100 100 cm /Black Do");
    }) else {
        return;
    };
    assert_eq!(
        found.check(Check::Grey).verdict,
        Verdict::Passed,
        "its three other plates are empty"
    );
}
