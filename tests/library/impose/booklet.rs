//! The booklet of a build: the finished press edition on sheets, pictures and all.

use std::path::{Path, PathBuf};

use kanyin::diag::{Fault, FaultKind, Silent};
use kanyin::pipeline::{BuildOptions, Built, build};
use kanyin::project::{Format, Project};

use crate::{judges, pdf, support};

/// Builds the press edition of one article with two pictures.
fn built(folder: &Path, print: &str) -> Option<Built> {
    Some(tried(folder, print)?.unwrap())
}

fn tried(folder: &Path, print: &str) -> Option<Result<Built, Fault>> {
    pdf::fonts()?;
    let sources = folder.join("sources");
    std::fs::create_dir_all(&sources).unwrap();
    let colours = image::RgbImage::from_fn(900, 600, |x, y| {
        image::Rgb([(x % 256) as u8, (y % 256) as u8, 90])
    });
    colours.save(sources.join("江岸.jpg")).unwrap();
    image::imageops::grayscale(&colours).save(sources.join("旧影.jpg")).unwrap();
    let paragraph = "清晨六点半，江面上的雾还没有散，来晨读的人把书摊在膝头。\n\n".repeat(60);
    let article = format!(
        "+++\ntitle = \"江边晨读\"\ndate = 2024-03-05\n+++\n\n{paragraph}![江岸](江岸.jpg)\n\n\
         {paragraph}![旧影](旧影.jpg)\n"
    );
    std::fs::write(sources.join("晨读.md"), article).unwrap();
    let manifest = format!(
        "[press]\nname = \"云澜大学\"\n\n[[publication]]\nid = \"book\"\ntitle = \"晨读集\"\n\
         formats = [\"print\"]\n\n[publication.print]\n{print}\n"
    );
    std::fs::write(folder.join("kanyin.toml"), manifest).unwrap();
    let fonts = std::env::var_os("KANYIN_FONTS").map(PathBuf::from);
    let fonts = fonts.into_iter().chain([support::root().join("fonts")]).collect();
    let options = BuildOptions { formats: vec![Format::Print], fonts, ..BuildOptions::default() };
    Some(build(&Project::open(folder).unwrap(), &options, &Silent))
}

fn codes(built: &Built) -> Vec<&'static str> {
    built.findings().map(|finding| finding.code.name()).collect()
}

#[test]
fn a_booklet_is_the_press_edition_on_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_) = built(folder.path(), "paper = \"80g 双胶\"\nbooklet = \"A3\"") else {
        return;
    };
    let out = folder.path().join("out/book");
    let (press, booklet) = (out.join("book-print.pdf"), out.join("book-booklet.pdf"));
    let Some(complaints) = judges::qpdf_check(&booklet) else { return };
    assert_eq!(complaints, [""; 0]);

    let Some(pages) = judges::pdfinfo_boxes(&press) else { return };
    let sides = judges::pdfinfo_boxes(&booklet).unwrap();
    assert_eq!(sides.len(), pages.len().next_multiple_of(4) / 2);
    let mm = |points: f64| (points * 254.0 / 72.0).round() / 10.0;
    assert!(sides.iter().all(|side| mm(side.media[2]) == 420.0 && mm(side.media[3]) == 297.0));
    // Every sheet is drawn in by one leaf more, 0.105 mm.
    let left: Vec<f64> = sides.iter().step_by(2).map(|side| side.trim[0] / 72.0 * 25.4).collect();
    for (sheet, left) in left.iter().enumerate() {
        assert!((left - 25.0 - 0.105 * sheet as f64).abs() < 0.01, "sheet {sheet}: {left}");
    }

    let pictures = |path: &Path| {
        let mut all: Vec<_> = judges::pdfimages(path)
            .unwrap()
            .into_iter()
            .map(|picture| (picture.width, picture.height, picture.colour, picture.ppi as usize))
            .collect();
        all.sort();
        all
    };
    assert_eq!(pictures(&press).len(), 2);
    assert_eq!(pictures(&booklet), pictures(&press));
    let mut fonts = [judges::pdffonts(&press).unwrap(), judges::pdffonts(&booklet).unwrap()];
    fonts.iter_mut().for_each(|fonts| fonts.sort_by(|a, b| a.name.cmp(&b.name)));
    assert_eq!(fonts[0], fonts[1]);

    let bytes = std::fs::read(&booklet).unwrap();
    let says = |words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(bytes.starts_with(b"%PDF-1.6") && says("PDF/X-4") && says("/GTS_PDFX"));
    assert!(!says("InstanceID"), "it is not that file");
}

#[test]
fn black_stays_black_beside_pictures_and_marks() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_) = built(folder.path(), "booklet = \"A3\"") else { return };
    let booklet = folder.path().join("out/book/book-booklet.pdf");
    let (Some(words), Some(boxes)) = (judges::words(&booklet), judges::pdfinfo_boxes(&booklet))
    else {
        return;
    };
    // A point inside a character is as dark as black alone can be: no other ink below
    // it. Words of the text stand many to a side; pictures have none.
    let Some(plates) = judges::tiffsep(&booklet, 72) else { return };
    assert_eq!(plates.len(), boxes.len());
    let wide = boxes[0].media[2].round() as usize;
    let mut looked_at = 0;
    for (words, plates) in words.iter().zip(&plates) {
        for word in words.iter().filter(|word| word.text.chars().count() > 20) {
            let (columns, rows) =
                (word.left as usize..word.right as usize, word.top as usize..word.bottom as usize);
            for at in rows.flat_map(|row| columns.clone().map(move |column| row * wide + column)) {
                let inks = [0, 1, 2, 3].map(|ink| plates.inks[ink].get(at).copied().unwrap_or(0));
                assert_eq!(inks[..3], [0; 3], "{}", word.text);
                looked_at += usize::from(inks[3] > 128);
            }
        }
    }
    assert!(looked_at > 1000, "{looked_at} black points");
}

#[test]
fn a_booklet_that_cannot_be_made_leaves_the_press_edition_alone() {
    let folder = tempfile::tempdir().unwrap();
    let Some(done) = built(folder.path(), "trim = [210, 285]\nbooklet = \"A3\"") else { return };
    assert!(codes(&done).contains(&"impose-sheet-too-small-with-bleed"), "{:?}", codes(&done));
    let out = folder.path().join("out/book");
    assert!(out.join("book-print.pdf").is_file() && !out.join("book-booklet.pdf").exists());
}

#[test]
fn a_sheet_that_nobody_knows_is_told_before_any_work_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let Some(tried) = tried(folder.path(), "booklet = \"A33\"") else { return };
    let fault = tried.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Configuration);
    assert_eq!(fault.findings[0].code.name(), "impose-sheet-unknown");
}

/// A new inside beside the cover or the sheets of an older one would be printed wrong.
#[test]
fn sheets_of_an_earlier_inside_do_not_outlive_it() {
    let folder = tempfile::tempdir().unwrap();
    if built(folder.path(), "booklet = \"A3\"").is_none() {
        return;
    }
    let booklet = folder.path().join("out/book/book-booklet.pdf");
    assert!(booklet.is_file());
    built(folder.path(), "trim = [210, 285]\nbooklet = \"A3\"");
    assert!(!booklet.exists());
}
