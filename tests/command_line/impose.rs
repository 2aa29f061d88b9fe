//! `kanyin impose`: a file is laid on sheets, or it is said why not.

use std::fs;

use crate::Desk;

/// A desk with the press edition of a bulletin on it: A4 pages with bleed.
fn with_press_file() -> Desk {
    let desk = Desk::with_project();
    let config = desk.read("kanyin.toml");
    desk.write("kanyin.toml", &format!("{config}\n[publication.print]\ntrim = [210, 297]\n"));
    let ran = desk.run(&["build", "--format", "print"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    desk
}

const PRESS: &str = "out/all/all-print.pdf";

fn starts_as_pdf(desk: &Desk, name: &str) -> bool {
    fs::read(desk.path(name)).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
}

#[test]
fn the_simplest_command_makes_a_booklet_and_says_how_to_print_it() {
    let desk = with_press_file();
    let ran = desk.run(&["impose", PRESS, "-o", "booklet.pdf"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(starts_as_pdf(&desk, "booklet.pdf"));
    assert!(ran.out.contains("A3") && ran.out.contains("短边翻转"), "{}", ran.out);
    assert!(ran.err.contains("impose-bleed-left-out"), "A4 leaves A3 no bleed: {}", ran.err);
    let first = fs::read(desk.path("booklet.pdf")).unwrap();
    let ran = desk.run(&["impose", PRESS, "-o", "booklet.pdf", "--lang", "en"]);
    assert!(ran.out.contains("flipped on the short edge"), "{}", ran.out);
    assert_eq!(fs::read(desk.path("booklet.pdf")).unwrap(), first, "the same bytes, made again");
}

#[test]
fn sheets_papers_and_schemes_are_taken_by_their_names() {
    let desk = with_press_file();
    for more in [
        &["--sheet", "SRA3", "--paper", "80g 双胶"][..],
        &["--sheet", "sra3", "--paper", "0.105", "--signature", "16"],
        &["--sheet", "大度四开", "--creep", "1.5", "--bleed", "2"],
        &["--sheet", "450x320", "--scheme", "2up"],
        &["--sheet", "SRA2", "--scheme", "cut"],
    ] {
        let ran = desk.run(&[&["impose", PRESS, "-o", "sheets.pdf"], more].concat());
        assert_eq!(ran.code, 0, "{more:?}: {}", ran.err);
        fs::remove_file(desk.path("sheets.pdf")).unwrap();
    }
    desk.write("layouts/shared/sheets.toml", "\"本厂\" = [470, 330]\n");
    let ran = desk.run(&["impose", PRESS, "-o", "sheets.pdf", "--sheet", "本厂"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    desk.write("layouts/shared/sheets.toml", "\"本厂\" = [47, 33]\n");
    let ran = desk.run(&["impose", PRESS, "-o", "sheets.pdf", "--sheet", "本厂"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("layouts/shared/sheets.toml:1"), "{}", ran.err);
}

#[test]
fn what_is_typed_wrongly_is_told_with_what_could_be_typed() {
    let desk = with_press_file();
    for (more, said) in [
        (&["--sheet", "A33"][..], "SRA3"),
        (&["--scheme", "fold"], "saddle、2up、cut"),
        (&["--signature", "6"], "impose-signature-wrong"),
        (&["--signature", "16", "--scheme", "cut"], "impose-signature-idle"),
        (&["--paper", "羊皮"], "80g 双胶"),
        (&["--creep", "11"], "--creep"),
        (&["--bleed", "thick"], "--bleed"),
    ] {
        let ran = desk.run(&[&["impose", PRESS, "-o", "sheets.pdf"], more].concat());
        assert_eq!(ran.code, 2, "{more:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{more:?}: {}", ran.err);
        assert!(!desk.path("sheets.pdf").exists(), "{more:?}");
    }
    assert_eq!(desk.run(&["impose", PRESS]).code, 2, "where to?");
    let ran = desk.run(&["impose", "out/nobody.pdf", "-o", "sheets.pdf"]);
    assert_eq!((ran.code, ran.err.contains("out/nobody.pdf")), (2, true), "{}", ran.err);
}

#[test]
fn what_cannot_be_laid_leaves_no_file_and_no_old_one_changed() {
    let desk = with_press_file();
    desk.write("notes.pdf", "文字");
    desk.write("empty.pdf", "");
    desk.write("sheets.pdf", "an older file");
    for (file, more, said) in [
        ("notes.pdf", &[][..], "impose-no-pdf"),
        ("empty.pdf", &[], "impose-file-empty"),
        (PRESS, &["--sheet", "A4"], "SRA3"),
    ] {
        let ran = desk.run(&[&["impose", file, "-o", "sheets.pdf"], more].concat());
        assert_eq!(ran.code, 1, "{file}: {}", ran.err);
        assert!(ran.err.contains(said) && ran.err.contains(file), "{file}: {}", ran.err);
        assert_eq!(desk.read("sheets.pdf"), "an older file", "{file}");
    }
    let ran = desk.run(&["impose", PRESS, "-o", "no/such/folder/sheets.pdf"]);
    assert_eq!((ran.code, ran.err.contains("impose-unwritable")), (1, true), "{}", ran.err);
    let left: Vec<_> = fs::read_dir(desk.path(".")).unwrap().flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().starts_with(".tmp")));
}

#[test]
fn the_source_is_overwritten_only_when_told() {
    let desk = with_press_file();
    let before = fs::read(desk.path(PRESS)).unwrap();
    let ran = desk.run(&["impose", PRESS, "-o", "out/all/../all/all-print.pdf"]);
    assert_eq!((ran.code, ran.err.contains("--force")), (2, true), "{}", ran.err);
    assert_eq!(fs::read(desk.path(PRESS)).unwrap(), before);
    let ran = desk.run(&["impose", PRESS, "-o", PRESS, "--force"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_ne!(fs::read(desk.path(PRESS)).unwrap(), before);
}

#[test]
fn a_booklet_is_made_where_kanyin_toml_asks_and_gone_when_it_no_longer_does() {
    let desk = Desk::with_project();
    let config = desk.read("kanyin.toml");
    let asked = config.lines().find(|line| line.starts_with("formats")).expect("formats");
    let config = config.replace(asked, "formats = [\"print\"]");
    desk.write("kanyin.toml", &format!("{config}\n[publication.print]\nbooklet = \"A3\"\n"));
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("all-booklet.pdf") && starts_as_pdf(&desk, "out/all/all-booklet.pdf"));
    let ran = desk.run(&["verify", "out/all/all-booklet.pdf", "--against", "all"]);
    assert_eq!((ran.code, ran.err.contains("all-print.pdf")), (2, true), "{}", ran.err);
    desk.write("kanyin.toml", &config);
    assert_eq!(desk.run(&["build"]).code, 0);
    assert!(!desk.path("out/all/all-booklet.pdf").exists());
}
