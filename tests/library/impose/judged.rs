//! What outside judges find in the sheets.

use std::path::{Path, PathBuf};

use kanyin::diag::Silent;
use kanyin::export::pdf::Edition;
use kanyin::export::{Job, pdf};
use kanyin::layout::Medium;
use kanyin::media::{Album, Store};
use kanyin::print::impose::{Creep, Plan, Scheme, Signature, impose, open};
use tempfile::TempDir;

use super::leaves::{Leaves, POINTS, bytes};
use super::{SADDLE, book, laid, plan, sheet};
use crate::judges;
use crate::support;

/// Writes the sheets of a document to a file of their own.
fn written(dir: &TempDir, leaves: &Leaves, plan: &Plan) -> PathBuf {
    let path = dir.path().join("sheets.pdf");
    std::fs::write(&path, bytes(&mut laid(leaves, plan).value.document)).unwrap();
    path
}

/// A word and a point in mm.
type Placed = (String, [f64; 2]);

/// The words of each side with the left end of their base in mm from the sheet's lower
/// left corner, from left to right.
fn words(path: &Path) -> Option<Vec<Vec<Placed>>> {
    let heights = judges::pdfinfo_boxes(path)?.into_iter().map(|page| page.media[3]);
    let sides = judges::words(path)?.into_iter().zip(heights).map(|(words, height)| {
        let mm = |points: f64| points / POINTS;
        let mut words: Vec<_> = words
            .into_iter()
            .map(|word| (word.text, [mm(word.left), mm(height - word.bottom)]))
            .collect();
        words.sort_by(|(_, a), (_, b)| a[0].total_cmp(&b[0]));
        words
    });
    Some(sides.collect())
}

/// The numbers of the pages on each side: left, right, as poppler finds their words.
fn found(path: &Path, middle: f64) -> Option<Vec<[String; 2]>> {
    let sides = words(path)?;
    let half = |words: &[Placed], right: bool| {
        let here = words.iter().filter(|(_, at)| (at[0] > middle) == right);
        here.map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")
    };
    Some(sides.iter().map(|words| [half(words, false), half(words, true)]).collect())
}

#[test]
fn every_page_is_where_the_scheme_says() {
    let dir = tempfile::tempdir().unwrap();
    let sets = Scheme::Saddle(Signature::new(8));
    for (scheme, sides) in [
        (SADDLE, [["n8", "n1"], ["n2", "n7"], ["n6", "n3"], ["n4", "n5"]].as_slice()),
        (Scheme::Cut, &[["n1", "n5"], ["n6", "n2"], ["n3", "n7"], ["n8", "n4"]]),
        (Scheme::TwoUp, &[["n1", "n2"], ["n3", "n4"], ["n5", "n6"], ["n7", "n8"]]),
        (sets, &[["n8", "n1"], ["n2", "n7"], ["n6", "n3"], ["n4", "n5"]]),
    ] {
        let path = written(&dir, &book(8), &plan(scheme));
        let Some(complaints) = judges::qpdf_check(&path) else { return };
        assert_eq!(complaints, [""; 0]);
        let Some(pages) = found(&path, 210.0) else { return };
        assert_eq!(pages, sides, "{scheme:?}");
    }
    let path = written(&dir, &book(5), &plan(SADDLE));
    let blanks = [["", "n1"], ["n2", ""], ["", "n3"], ["n4", "n5"]];
    assert_eq!(found(&path, 210.0).unwrap(), blanks);
}

#[test]
fn pages_land_to_a_tenth_of_a_millimetre_however_their_file_counts() {
    let dir = tempfile::tempdir().unwrap();
    let place = |leaves: &Leaves, plan: &Plan| {
        let words = words(&written(&dir, leaves, plan))?;
        Some(words.into_iter().flatten().collect::<Vec<_>>())
    };
    let Some(usual) = place(&book(4), &plan(SADDLE)) else { return };
    // 20 mm from the left and the lower edge of the trimmed page; a word begins on its
    // base line.
    let [x, y] = usual[1].1;
    assert_eq!(usual[1].0, "n1");
    assert!((x - 230.0).abs() < 0.1 && (y - 38.5).abs() < 4.0, "{x} {y}");
    for leaves in [
        Leaves { origin: [-300.0, 1000.0], ..book(4) },
        Leaves { unit: 2.5, ..book(4) },
        Leaves { streams: 3, ground: true, ..book(4) },
        Leaves { bleed: 7.0, ..book(4) },
    ] {
        let there = place(&leaves, &plan(SADDLE)).unwrap();
        assert_eq!(there.len(), usual.len());
        for ((word, [x, y]), (same, [there_x, there_y])) in usual.iter().zip(&there) {
            assert_eq!(word, same);
            assert!((x - there_x).abs() < 0.1 && (y - there_y).abs() < 0.1, "{word} {there:?}");
        }
    }
    let crept = Plan { creep: Creep::Leaf(1.5), ..plan(SADDLE) };
    let words = place(&book(8), &crept).unwrap();
    let left = |name: &str| words.iter().find(|(word, _)| word == name).unwrap().1[0];
    assert!((left("n1") - 230.0).abs() < 0.1 && (left("n8") - 45.0).abs() < 0.1, "outermost");
    assert!((left("n3") - 228.5).abs() < 0.1 && (left("n6") - 46.5).abs() < 0.1, "drawn in");
}

/// A ground of magenta or cyan, or bare paper.
#[derive(Debug, PartialEq)]
enum Seen {
    Odd,
    Even,
    Paper,
}

fn seen([red, green, blue]: [u8; 3]) -> Seen {
    match [red, green, blue].map(|light| light > 200) {
        [true, true, true] => Seen::Paper,
        [true, false, _] => Seen::Odd,
        [false, _, true] => Seen::Even,
        _ => panic!("{red} {green} {blue} is none of the grounds"),
    }
}

#[test]
fn bleed_ends_at_the_fold_and_is_whole_on_the_outer_edges() {
    let dir = tempfile::tempdir().unwrap();
    let leaves = Leaves { ground: true, ..book(8) };
    let path = written(&dir, &leaves, &Plan { creep: Creep::Leaf(2.0), ..plan(SADDLE) });
    // The inner sheet, drawn in by 2 mm: pages 6 and 3, then 4 and 5.
    let Some(side) = judges::raster(&path, 3, 200) else { return };
    let across = |x: f64| seen(side.at([x, 150.0]));
    assert_eq!((across(209.7), across(210.3)), (Seen::Even, Seen::Odd), "at the fold");
    assert_eq!((across(23.7), across(24.3)), (Seen::Paper, Seen::Even), "25 mm, 2 in, 3 out");
    assert_eq!((across(395.7), across(396.3)), (Seen::Odd, Seen::Paper));
    let up = |y: f64| seen(side.at([100.0, y]));
    assert_eq!(
        (up(15.2), up(15.8), up(281.2), up(281.8)),
        (Seen::Paper, Seen::Even, Seen::Even, Seen::Paper)
    );

    let path = written(&dir, &leaves, &plan(Scheme::Cut));
    let side = judges::raster(&path, 1, 200).unwrap();
    let across = |x: f64| seen(side.at([x, 150.0]));
    // Pages 1 and 5, each with its bleed, 22 mm from the edges.
    assert_eq!((across(18.7), across(19.3)), (Seen::Paper, Seen::Odd));
    assert_eq!((across(400.7), across(401.3)), (Seen::Odd, Seen::Paper));
}

#[test]
fn turned_pages_lie_as_they_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let lay = |rotate| Leaves { rotate, ..book(4) };
    let a2 = Plan { sheet: sheet("A2", 420.0, 594.0), ..plan(SADDLE) };
    // Where the lower left corner of the unturned page comes to, in mm from that of the
    // turned one; 20 mm inside it the word begins.
    for (turn, corner, inward) in [
        (90, [0.0, 185.0], [20.0, -20.0]),
        (180, [185.0, 260.0], [-20.0, -20.0]),
        (270, [260.0, 0.0], [-20.0, 20.0]),
        (-90, [260.0, 0.0], [-20.0, 20.0]),
        (450, [0.0, 185.0], [20.0, -20.0]),
    ] {
        let path = written(&dir, &lay(turn), &a2);
        let Some(words) = words(&path) else { return };
        let high = if turn == 180 { 260.0 } else { 185.0 };
        let (word, [x, y]) = &words[0][1];
        assert_eq!(word, "n1", "{turn}");
        let expected =
            [297.0 + corner[0] + inward[0], (420.0 - high) / 2.0 + corner[1] + inward[1]];
        // A word's box is larger than its beginning by its height and length.
        assert!(
            (x - expected[0]).abs() < 14.0 && (y - expected[1]).abs() < 14.0,
            "{turn}: {x} {y}, {expected:?}"
        );
        assert_eq!(judges::qpdf_check(&path).unwrap(), [""; 0]);
    }
}

#[test]
fn black_stays_on_its_own_plate() {
    let dir = tempfile::tempdir().unwrap();
    // Without room there are no marks: what is found is the pages' alone.
    let a4 = |group| Leaves { trim: [210.0, 297.0], bleed: 0.0, group, ..book(8) };
    for group in [None, Some("DeviceCMYK"), Some("DeviceRGB")] {
        let path = written(&dir, &a4(group), &plan(SADDLE));
        let Some(sides) = judges::inkcov(&path) else { return };
        assert_eq!(sides.len(), 4);
        for [c, m, y, k] in sides {
            assert_eq!([c, m, y], [0.0; 3], "{group:?}");
            assert!(k > 0.0002, "{group:?}: {k}");
        }
    }
}

#[test]
fn marks_are_on_all_plates() {
    let dir = tempfile::tempdir().unwrap();
    let path = written(&dir, &book(8), &plan(SADDLE));
    let Some(sides) = judges::inkcov(&path) else { return };
    for [c, m, y, k] in sides {
        assert!(c > 0.0001 && c == m && m == y && k > c, "{c} {m} {y} {k}");
    }
}

#[test]
fn the_boxes_are_those_of_the_sheet() {
    let dir = tempfile::tempdir().unwrap();
    let crept = Plan { creep: Creep::Leaf(1.0), ..plan(SADDLE) };
    let Some(pages) = judges::pdfinfo_boxes(&written(&dir, &book(8), &crept)) else { return };
    assert_eq!(pages.len(), 4);
    let mm = |corners: [f64; 4]| corners.map(|at| (at * 254.0 / 72.0).round() / 10.0);
    for (page, drawn_in) in pages.iter().zip([0.0, 0.0, 1.0, 1.0]) {
        assert_eq!(mm(page.media), [0.0, 0.0, 420.0, 297.0]);
        assert_eq!(mm(page.trim), [25.0 + drawn_in, 18.5, 395.0 - drawn_in, 278.5]);
        assert_eq!(mm(page.bleed), [22.0 + drawn_in, 15.5, 398.0 - drawn_in, 281.5]);
    }
}

/// The press edition of an article without pictures.
fn press_file(dir: &TempDir) -> Option<PathBuf> {
    let fonts = crate::pdf::fonts()?;
    let look = support::look(Medium::Print, "plain");
    let long = "夜里十一点，灯还亮着，Yunlan 图书馆三楼的 42 盏灯。".repeat(150);
    let article = support::plain_article("灯下", &[&long]);
    let book = support::publication(vec![article], &[]);
    let view = support::view_of(&book, &look);
    let album = Album::new(Store::new(dir.path().join("store")), Vec::new());
    let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
    let order = crate::pdf::press_order(&fonts);
    let made = pdf::export(job, &[Edition::Press(&order)]).unwrap().value.artifacts;
    let file = made.into_iter().find(|artifact| artifact.path.ends_with("-print.pdf")).unwrap();
    let path = dir.path().join(&file.path);
    file.write(&mut std::fs::File::create(&path).unwrap()).unwrap();
    Some(path)
}

/// All Han characters and digits in their order.
fn characters(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_press_file_keeps_its_fonts_its_words_and_its_inks() {
    let dir = tempfile::tempdir().unwrap();
    let Some(press) = press_file(&dir) else { return };
    // As large as two pages with their bleed: no marks, so that inks can be weighed.
    let bare = Plan { sheet: sheet("376x266", 376.0, 266.0), ..plan(SADDLE) };
    let document = open(&std::fs::read(&press).unwrap()).unwrap();
    let mut done = impose(document, &bare).unwrap().value;
    let sheets = dir.path().join("booklet.pdf");
    std::fs::write(&sheets, bytes(&mut done.document)).unwrap();
    let Some(complaints) = judges::qpdf_check(&sheets) else { return };
    assert_eq!(complaints, [""; 0]);
    let fonts = |path: &Path| {
        let mut fonts = judges::pdffonts(path).unwrap();
        fonts.sort_by(|a, b| a.name.cmp(&b.name));
        fonts
    };
    assert!(!fonts(&press).is_empty());
    assert_eq!(fonts(&sheets), fonts(&press));
    let sorted = |path: &Path| {
        let mut all = characters(&judges::pdftotext(path).unwrap());
        all.sort_unstable();
        all
    };
    assert!(sorted(&press).len() > 3000);
    assert_eq!(sorted(&sheets), sorted(&press));
    let (Some(before), Some(after)) = (judges::inkcov(&press), judges::inkcov(&sheets)) else {
        return;
    };
    let weighed = |pages: &[[f64; 4]], ink: usize, area: f64| -> f64 {
        pages.iter().map(|page| page[ink] * area).sum()
    };
    for ink in 0..4 {
        let (was, is) = (weighed(&before, ink, 191.0 * 266.0), weighed(&after, ink, 376.0 * 266.0));
        assert!((was - is).abs() <= 0.03 * was, "plate {ink}: {was} mm² before, {is} after");
    }
    assert!(weighed(&after, 3, 1.0) > 0.05);
}
