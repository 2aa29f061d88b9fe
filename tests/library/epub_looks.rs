//! Every look of e-books, judged from outside: the specimen, and an article with
//! wide tables, long titles and pictures of every shape, as each look sets them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use kanyin::layout::Medium;
use kanyin::publication::Kind;

use crate::{judges, specimen, support};

/// Makes the e-book in a folder; none where the fonts are not here.
fn book(folder: &Path, look: &str) -> Option<PathBuf> {
    let sources = folder.join("sources");
    fs::create_dir_all(&sources).unwrap();
    support::copy(&support::root().join("tests/cases/epub/shapes.md"), &sources.join("03.md"));
    for (name, width, height) in [("竖", 700, 1050), ("全景", 1600, 420), ("小", 140, 140)] {
        let pixels =
            image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
        pixels.save(sources.join(format!("{name}.jpg"))).unwrap();
    }
    specimen::built_in(folder, Medium::Epub, look, Kind::Compilation)?;
    Some(folder.join("out/specimen/specimen.epub"))
}

#[test]
fn epubcheck_and_ace_find_nothing_in_any_look() {
    for look in specimen::looks(Medium::Epub) {
        let folder = tempfile::tempdir().unwrap();
        let Some(path) = book(folder.path(), &look) else { return };
        if let Some(report) = judges::epubcheck(&path) {
            let counts = (report.fatal, report.errors, report.warnings);
            assert_eq!(counts, (0, 0, 0), "{look}: {report:#?}");
        }
        if let Some(violations) = judges::ace(&path) {
            assert!(violations.is_empty(), "{look}: {violations:#?}");
        }
    }
}

/// On a narrow screen, with large letters, by day and by night, page by page: what
/// that means stands in `tests/judges/readable.mjs`.
#[test]
fn every_look_is_readable_on_small_screens_by_day_and_by_night() {
    for look in specimen::looks(Medium::Epub) {
        let folder = tempfile::tempdir().unwrap();
        let Some(path) = book(folder.path(), &look) else { return };
        let pages = folder.path().join("pages");
        zip::ZipArchive::new(File::open(path).unwrap()).unwrap().extract(&pages).unwrap();
        let Some(found) = judges::browser("readable.mjs", &[&pages.display().to_string()]) else {
            return;
        };
        let found: Vec<String> = serde_json::from_str(&found).unwrap();
        assert!(found.is_empty(), "{look}: {found:#?}");
    }
}

/// A look that inherits from another says what it does otherwise, and no more.
#[test]
fn no_file_of_a_look_repeats_the_one_it_inherits() {
    for look in specimen::looks(Medium::Epub) {
        let folder = support::root().join("layouts/epub").join(&look);
        let settings = fs::read_to_string(folder.join("layout.toml")).unwrap();
        let settings: toml::Table = settings.parse().unwrap();
        let Some(base) = settings.get("inherits").and_then(|name| name.as_str()) else { continue };
        for entry in fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name();
            let read = |look: &str| fs::read(folder.with_file_name(look).join(&name)).ok();
            assert_ne!(read(&look), read(base), "{look}/{}", name.display());
        }
    }
}
