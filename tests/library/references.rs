//! How the sample's pages look: each is held against a small picture of itself in
//! `tests/references`, so that no page changes without somebody seeing it.

use std::fs;
use std::path::{Path, PathBuf};

use image::RgbImage;
use kanyin::layout::Medium;
use kanyin::pipeline;
use kanyin::print::impose::{Creep, Plan, Scheme};

use crate::editions::{Sample, pages, sample, solid};
use crate::{judges, support};

/// Dots an inch: enough to see where everything stands.
const DPI: u32 = 24;
/// The side of the squares that are compared, in dots.
const SQUARE: u32 = 6;
/// How far the mean of a square may be off, of 255: programs smooth edges otherwise.
const TOLERANCE: f64 = 20.0;

/// The page of a file that says these words first; the last page where there are none.
fn page_of(file: &Path, words: &str) -> Option<usize> {
    let pages = pages(file)?;
    let found = pages.iter().position(|page| !words.is_empty() && solid(page).contains(words));
    // What follows the last form feed is no page.
    found.map(|at| at + 1).or_else(|| words.is_empty().then(|| pages.len() - 1))
}

/// The bulletin on sheets for saddle stitch.
fn imposed(bulletin: &Path) -> PathBuf {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("references-sheet.pdf");
    let sheet = pipeline::sheet(&support::look(Medium::Print, "bulletin"), "SRA3").unwrap();
    let (scheme, creep) = (Scheme::Saddle(None), Creep::Leaf(0.1));
    let plan = Plan { sheet, scheme, creep, bleed: None, known: Vec::new() };
    pipeline::impose(bulletin, &to, &plan, false).unwrap();
    to
}

/// The pages that are looked at: a name, the file, and the page.
fn looked_at(sample: &Sample) -> Option<Vec<(&'static str, PathBuf, usize)>> {
    let book = sample.file("yearbook/yearbook-print.pdf");
    let bulletin = sample.file("bulletin/bulletin-print.pdf");
    let sheet = imposed(&bulletin);
    let opening = page_of(&book, "监考老师晚到了九分钟")?;
    Some(vec![
        ("cover", sample.file("yearbook/yearbook-cover.pdf"), 1),
        ("title-page", book.clone(), 1),
        ("colophon", book.clone(), 2),
        ("part-opening", book.clone(), page_of(&book, "第一部分校园要闻雪落")?),
        ("verso", book.clone(), opening / 2 * 2),
        ("recto", book.clone(), opening / 2 * 2 + 1),
        ("bulletin-first", bulletin.clone(), 1),
        ("bulletin-last", bulletin.clone(), page_of(&bulletin, "")?),
        ("document-first", sample.file("notice/notice-print.pdf"), 1),
        ("chronicle", book.clone(), page_of(&book, "大事记1月")?),
        ("index", book.clone(), page_of(&book, "索引按汉语")?),
        ("sheet", sheet, 1),
    ])
}

/// The largest difference between the means of two squares, and where.
fn difference(one: &RgbImage, other: &RgbImage) -> (f64, u32, u32) {
    let mean = |picture: &RgbImage, left: u32, top: u32| {
        let mut sums = [0.0; 3];
        for (x, y) in (0..SQUARE).flat_map(|x| (0..SQUARE).map(move |y| (left + x, top + y))) {
            let pixel = picture.get_pixel(x, y).0;
            sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += f64::from(value));
        }
        sums.map(|sum| sum / f64::from(SQUARE * SQUARE))
    };
    let (width, height) = one.dimensions();
    let mut worst = (0.0, 0, 0);
    for x in (0..=width - SQUARE).step_by(SQUARE as usize) {
        for y in (0..=height - SQUARE).step_by(SQUARE as usize) {
            for (a, b) in mean(one, x, y).into_iter().zip(mean(other, x, y)) {
                if (a - b).abs() > worst.0 {
                    worst = ((a - b).abs(), x, y);
                }
            }
        }
    }
    worst
}

#[test]
fn pages_look_as_they_did() {
    let Some(pages) = sample().and_then(looked_at) else { return };
    let now = Path::new(env!("CARGO_TARGET_TMPDIR")).join("references");
    fs::create_dir_all(&now).unwrap();
    let mut changed = Vec::new();
    for (name, file, page) in pages {
        let Some(page) = judges::raster(&file, page, DPI) else { return };
        let drawn = page.picture;
        drawn.save(now.join(format!("{name}.png"))).unwrap();
        let known = support::root().join(format!("tests/references/{name}.png"));
        let Ok(known) = image::open(known) else {
            changed.push(format!("{name}: there is no reference"));
            continue;
        };
        let known = known.into_rgb8();
        if known.dimensions() != drawn.dimensions() {
            changed.push(format!("{name}: another size"));
            continue;
        }
        let (off, x, y) = difference(&known, &drawn);
        if off > TOLERANCE {
            changed.push(format!("{name}: {off:.0} of 255 at {x}, {y}"));
        }
    }
    assert!(
        changed.is_empty(),
        "look at the pictures in {}, and copy them to tests/references where they are as \
         wanted: {changed:#?}",
        now.display()
    );
}

#[test]
fn a_line_that_moved_is_seen() {
    let page = |line: u32| {
        RgbImage::from_fn(60, 60, |_, y| image::Rgb([if y / 2 == line { 0 } else { 255 }; 3]))
    };
    assert!(difference(&page(4), &page(4)).0 < 1.0);
    assert!(difference(&page(4), &page(10)).0 > TOLERANCE);
}
