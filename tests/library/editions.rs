//! The sample project at the repository's root, built whole: what is handed over
//! is what outside judges see here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use kanyin::diag::{Severity, Silent};
use kanyin::pipeline::{BuildOptions, Built, build};
use kanyin::print::preflight::Verdict;
use kanyin::project::Project;
use kanyin::verify::{self, without_pictures};
use tempfile::TempDir;

use crate::{judges, pdf, support};

/// The sample as built once for all tests; `None` where the fonts are not there.
pub struct Sample {
    out: TempDir,
    built: Built,
}

pub fn sample() -> Option<&'static Sample> {
    static SAMPLE: OnceLock<Option<Sample>> = OnceLock::new();
    let made = SAMPLE.get_or_init(|| {
        pdf::fonts()?;
        let out = tempfile::tempdir().unwrap();
        let built = build_in(&support::root(), out.path());
        Some(Sample { out, built })
    });
    made.as_ref()
}

fn build_in(project: &Path, out: &Path) -> Built {
    let mut fonts = vec![support::root().join("fonts")];
    fonts.extend(std::env::var_os("KANYIN_FONTS").map(PathBuf::from));
    let options = BuildOptions { out: Some(out.to_owned()), fonts, ..BuildOptions::default() };
    build(&Project::open(project).unwrap(), &options, &Silent).unwrap()
}

impl Sample {
    /// The finished files whose names end so.
    fn files(&self, ending: &str) -> Vec<PathBuf> {
        let all = self.built.publications.iter();
        let all = all.flat_map(|p| p.files.iter().map(|(file, _)| p.folder.join(file)));
        all.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
    }

    /// One of them, by its path below the folder of results.
    pub fn file(&self, name: &str) -> PathBuf {
        self.out.path().join(name)
    }
}

/// A text without its white space, so that line ends do not matter.
pub fn solid(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The pages of a PDF as text.
pub fn pages(path: &Path) -> Option<Vec<String>> {
    let text = judges::pdftotext(path)?;
    Some(text.split('\u{c}').map(str::to_owned).collect())
}

#[test]
fn the_sample_is_built_without_an_error() {
    let Some(sample) = sample() else { return };
    let errors: Vec<_> =
        sample.built.findings().filter(|f| f.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for ending in ["yearbook.pdf", "yearbook-print.pdf", "yearbook-cover.pdf", "yearbook.epub"] {
        assert_eq!(sample.files(ending).len(), 1, "{ending}");
    }
    assert!(sample.built.publications.iter().map(|p| p.articles).sum::<usize>() >= 16);
}

#[test]
fn every_pdf_is_sound_and_brings_its_fonts() {
    let Some(sample) = sample() else { return };
    for path in sample.files(".pdf") {
        let Some(complaints) = judges::qpdf_check(&path) else { return };
        assert_eq!(complaints, [""; 0], "{}", path.display());
        let Some(fonts) = judges::pdffonts(&path) else { return };
        assert!(!fonts.is_empty(), "{}", path.display());
        for font in fonts {
            assert!(font.embedded && font.subset && font.kind != "Type 3", "{font:?}");
        }
    }
}

/// Red as GB/T 9704 has it is as much yellow as magenta; all else that is set is
/// black alone. Pages with photographs are left to the eye.
#[test]
fn text_is_printed_in_black_and_red_alone() {
    let Some(sample) = sample() else { return };
    for path in sample.files("-print.pdf") {
        let Some(inks) = judges::inkcov(&path) else { return };
        let Some(pictures) = judges::pdfimages(&path) else { return };
        let mut plain = 0;
        for (i, [cyan, magenta, yellow, _]) in inks.iter().enumerate() {
            if pictures.iter().all(|picture| picture.page != i + 1) {
                let place = format!("{}, page {}", path.display(), i + 1);
                assert!(*cyan == 0.0 && (magenta - yellow).abs() < 1e-4, "{place}: {inks:?}");
                plain += 1;
            }
        }
        assert!(plain > 2, "{}: no page without pictures", path.display());
    }
}

/// Passing is no certificate, and a picture of too few pixels is only worth knowing.
#[test]
fn preflight_finds_nothing_wrong_with_any_press_file() {
    let Some(sample) = sample() else { return };
    let judged: Vec<_> = sample.built.publications.iter().flat_map(|p| &p.preflights).collect();
    let press = sample.files("-print.pdf").len() + sample.files("-cover.pdf").len();
    assert!(press > 3 && judged.len() == press, "{press} press files, {} judged", judged.len());
    for file in judged {
        for check in &file.preflight.checks {
            assert!(
                !matches!(check.verdict, Verdict::Failed | Verdict::NotJudged),
                "{}: {check:?}",
                file.file
            );
        }
    }
}

#[test]
fn no_press_file_asks_for_more_ink_than_paper_takes_or_holds_rgb() {
    let Some(sample) = sample() else { return };
    for ending in ["-print.pdf", "-cover.pdf"] {
        for path in sample.files(ending) {
            let Some(plates) = judges::tiffsep(&path, 48) else { return };
            let most = plates.iter().map(judges::Plates::most_ink).fold(0.0, f64::max);
            assert!(most > 90.0 && most <= 300.5, "{}: {most:.1} %", path.display());
            for picture in judges::pdfimages(&path).unwrap_or_default() {
                let colour = picture.colour.as_str();
                assert!(["cmyk", "gray"].contains(&colour), "{}: {picture:?}", path.display());
            }
        }
    }
}

#[test]
fn press_pages_have_their_bleed_and_their_trim() {
    let Some(sample) = sample() else { return };
    let mm = |points: f64| points / 72.0 * 25.4;
    for (name, width, height) in [
        ("yearbook/yearbook-print.pdf", 185.0, 260.0),
        ("bulletin/bulletin-print.pdf", 210.0, 297.0),
        ("notice/notice-print.pdf", 210.0, 297.0),
    ] {
        let Some(boxes) = judges::pdfinfo_boxes(&sample.file(name)) else { return };
        for page in boxes {
            let size = |b: [f64; 4]| (mm(b[2] - b[0]), mm(b[3] - b[1]));
            let (w, h) = size(page.trim);
            assert!((w - width).abs() < 0.1 && (h - height).abs() < 0.1, "{name}: {page:?}");
            let (w, h) = size(page.bleed);
            assert!((w - width - 6.0).abs() < 0.1 && (h - height - 6.0).abs() < 0.1, "{name}");
            assert_eq!(page.bleed, page.media, "{name}");
        }
    }
}

/// The contents name a page for every article, and the article opens there.
#[test]
fn the_pages_in_the_contents_are_those_of_the_articles() {
    let Some(sample) = sample() else { return };
    for (name, opening) in [("yearbook/yearbook-print.pdf", "目录")] {
        let Some(pages) = pages(&sample.file(name)) else { return };
        let contents = pages.iter().position(|page| solid(page).starts_with(opening)).unwrap();
        let mut checked = 0;
        let texts: Vec<String> = pages.iter().map(|page| solid(page)).collect();
        // The chronicle's first page is number 1.
        let first = texts.iter().skip(contents + 1).position(|t| t.starts_with("大事记"));
        let first = contents + 1 + first.expect("a chronicle");
        for title in titles(name.split('/').next().unwrap()) {
            let title = solid(&title);
            let entries: String = texts[contents..first].concat();
            let at = entries.find(&title).unwrap_or_else(|| panic!("{title} is in the contents"));
            // A series and its number may stand between the title and the leader.
            let rest = entries[at + title.len()..].trim_start_matches(|c: char| c != '.');
            let rest = rest.trim_start_matches('.');
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let number: usize =
                rest[..digits].parse().unwrap_or_else(|_| panic!("{title}: {rest}"));
            assert!(texts[first + number - 1].contains(&title), "{title} opens on page {number}");
            checked += 1;
        }
        assert!(checked >= 16, "{checked} articles");
    }
}

/// GB/T 9704-2012, 5.2.1 and 5.2.3: a type area of 156 × 225 mm, 37 mm from the
/// top, in 22 lines of 28 characters. Every line of the text stands on one of the
/// 22, and a line of 28 Han characters fills the measure.
#[test]
fn the_bulletin_stands_on_its_grid() {
    let Some(sample) = sample() else { return };
    let Some(pages) = judges::words(&sample.file("bulletin/bulletin.pdf")) else { return };
    let mm = |points: f64| points / 72.0 * 25.4;
    let (pitch, size) = (225.0 / 22.0, 156.0 / 28.0);
    let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let (mut lines, mut full) = (0, 0);
    for (page, words) in (1..).zip(&pages) {
        let inner = if page % 2 == 1 { 28.0 } else { 26.0 };
        for word in words {
            let count = word.text.chars().count();
            // The text alone: other sizes have a grid of their own.
            if count < 8 || (mm(word.bottom - word.top) - size).abs() > 0.05 {
                continue;
            }
            let line = (mm(word.top) - 37.0) / pitch;
            let off = line.rem_euclid(1.0);
            assert!(line > 0.0 && line < 22.0, "page {page}, {word:?}: line {line}");
            // Poppler's box begins 0.23 of a line below the line's own top.
            let head_of_the_issue = page == 1 && (off - 0.48).abs() < 0.01;
            assert!((off - 0.23).abs() < 0.01 || head_of_the_issue, "page {page}, {word:?}: {off}");
            lines += 1;
            // A mark at the line's end gives up half of its width; poppler's box does not.
            let edge =
                inner + 156.0 + if word.text.ends_with(han) { 0.2 } else { size / 2.0 + 0.2 };
            assert!(mm(word.right) < edge, "page {page}: {word:?}");
            if count == 28 && (mm(word.left) - inner).abs() < 0.2 && word.text.ends_with(han) {
                assert!((mm(word.right) - inner - 156.0).abs() < 0.2, "page {page}: {word:?}");
                full += 1;
            }
        }
    }
    assert!(lines >= 30, "{lines} lines were measured");
    assert!(full >= 5, "{full} full lines were measured");
}

/// The titles of the articles in a publication's parts, by its report.
pub fn titles(id: &str) -> Vec<String> {
    let sample = sample().unwrap();
    let report = fs::read_to_string(sample.file(&format!("{id}/report.json"))).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let articles = report["articles"].as_array().unwrap().iter();
    articles
        .filter(|article| !article["part"].is_null())
        .map(|article| article["title"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_e_book_passes_both_judges() {
    let Some(sample) = sample() else { return };
    let books = sample.files(".epub");
    assert!(!books.is_empty());
    for book in books {
        let Some(report) = judges::epubcheck(&book) else { return };
        assert_eq!((report.fatal, report.errors, report.warnings), (0, 0, 0), "{report:?}");
        let Some(violations) = judges::ace(&book) else { return };
        assert!(violations.is_empty(), "{violations:?}");
    }
}

#[test]
fn every_post_passes_the_lint() {
    let Some(sample) = sample() else { return };
    let posts = sample.files("article.html");
    assert!(posts.len() >= 16, "{} posts", posts.len());
    let complaints: Vec<_> =
        sample.built.findings().filter(|f| f.code.name().starts_with("wechat-")).collect();
    assert!(complaints.is_empty(), "{complaints:?}");
}

/// The photographs of a book are not needed to read its text back, and its text is
/// the same without them.
#[test]
fn a_book_is_read_back_without_its_photographs() {
    let Some(sample) = sample() else { return };
    let path = sample.file("yearbook/yearbook.pdf");
    let (whole, sparse) = (fs::read(&path).unwrap(), without_pictures(&path).unwrap());
    assert!(sparse.len() < whole.len() / 2, "most of a book is photographs");
    let text = |bytes| format!("{:?}", verify::pdf(bytes).unwrap());
    assert!(text(sparse) == text(whole), "the words are all there");
}

#[test]
fn two_folders_give_the_same_bytes() {
    let Some(sample) = sample() else { return };
    let elsewhere = tempfile::tempdir().unwrap();
    for name in ["kanyin.toml", "sources", "lists", "layouts"] {
        support::copy(&support::root().join(name), &elsewhere.path().join(name));
    }
    let out = elsewhere.path().join("结果");
    build_in(elsewhere.path(), &out);
    let (here, there) = (digests(sample.out.path()), digests(&out));
    assert!(here.len() > 20);
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    for (name, digest) in &here {
        assert_eq!(there[name], *digest, "{name}");
    }
}

/// Every file below a folder with the hash of its bytes.
fn digests(folder: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (name, blake3::hash(&fs::read(entry.path()).unwrap()).to_string())
        })
        .collect()
}
