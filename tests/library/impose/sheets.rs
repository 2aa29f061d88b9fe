//! Sheets as geometry, and their marks.

use kanyin::print::impose::{
    Ground, Half, Mark, Point, Rect, Scheme, Signature, Size, faces, marks,
};

use super::SADDLE;

const PAGE: Size = Size { width: 185.0, height: 260.0 };
const A3: Size = Size { width: 297.0, height: 420.0 };
const SCHEMES: [Scheme; 3] = [SADDLE, Scheme::TwoUp, Scheme::Cut];

/// Pages of 185 by 260 mm with 3 mm of bleed on A3.
fn ground() -> Ground {
    Ground::on(A3, PAGE, 3.0, 0.0).unwrap()
}

#[test]
fn two_pages_meet_at_the_fold_in_the_middle_of_the_sheet() {
    let ground = ground();
    assert_eq!((ground.sheet.width, ground.sheet.height), (420.0, 297.0), "it lies broad");
    assert_eq!(ground.middle(), 210.0);
    let [left, right] = [Half::Left, Half::Right].map(|half| ground.place(half, 0.0));
    assert_eq!((left.corner, right.corner), ([25.0, 18.5], [210.0, 18.5]));
    let trim = Rect { left: 25.0, bottom: 18.5, right: 395.0, top: 278.5 };
    assert_eq!(ground.trim(0.0), trim);
    // Bleed is kept where it is trimmed, and cut off at the fold.
    let shown = Rect { left: 22.0, bottom: 15.5, right: 210.0, top: 281.5 };
    assert_eq!(left.shown, shown);
    assert_eq!(right.shown, Rect { left: 210.0, right: 398.0, ..shown });
}

#[test]
fn creep_draws_both_pages_towards_the_fold_and_the_cut_with_them() {
    let ground = ground();
    let [left, right] = [Half::Left, Half::Right].map(|half| ground.place(half, 1.5));
    assert_eq!((left.corner[0], right.corner[0]), (26.5, 208.5));
    assert_eq!((left.shown.left, left.shown.right), (23.5, 210.0), "still cut off at the fold");
    assert_eq!((right.shown.left, right.shown.right), (210.0, 396.5));
    let trim = ground.trim(1.5);
    assert_eq!((trim.left, trim.right, trim.bottom), (26.5, 393.5, 18.5));
}

#[test]
fn stacks_that_are_cut_apart_keep_their_bleed_between_them() {
    let ground = Ground::on(A3, PAGE, 3.0, 6.0).unwrap();
    let [left, right] = [Half::Left, Half::Right].map(|half| ground.place(half, 0.0));
    assert_eq!((left.corner[0], right.corner[0]), (22.0, 213.0));
    assert_eq!((left.shown.left, left.shown.right), (19.0, 210.0));
}

#[test]
fn a_sheet_lies_the_way_its_pages_need() {
    let narrow = Size { width: 100.0, height: 260.0 };
    let ground = Ground::on(Size { width: 210.0, height: 297.0 }, narrow, 3.0, 0.0).unwrap();
    assert_eq!(ground.sheet.width, 210.0, "upright, for lying it would be too low");
    let a4 = Size { width: 210.0, height: 297.0 };
    assert!(Ground::on(A3, a4, 0.0, 0.0).is_some(), "exactly");
    assert!(Ground::on(A3, Size { width: 210.04, ..a4 }, 0.0, 0.0).is_some(), "to a rounding");
    assert!(Ground::on(A3, a4, 0.2, 0.0).is_none());
}

/// Every point of a mark.
fn points(mark: &Mark) -> Vec<Point> {
    match mark {
        Mark::Cut(from, to) | Mark::Fold(from, to) => vec![*from, *to],
        Mark::Bar(bar) => vec![[bar.left, bar.bottom], [bar.right, bar.top]],
        Mark::Stroke(stroke) => stroke.clone(),
    }
}

#[test]
fn marks_stay_on_the_sheet_and_off_the_bleed() {
    let sra3 = Size { width: 320.0, height: 450.0 };
    let large = Size { width: 210.0, height: 285.0 };
    for scheme in SCHEMES {
        let gutter = if scheme == Scheme::Cut { 6.0 } else { 0.0 };
        for (sheet, page) in [(A3, PAGE), (sra3, large), (sra3, PAGE)] {
            let ground = Ground::on(sheet, page, 3.0, gutter).unwrap();
            let faces = faces(scheme, 80);
            for (face, creep) in faces.iter().flat_map(|face| [(face, 0.0), (face, 1.9)]) {
                let bleed = ground.bleed_box(creep);
                let marks = marks(&ground, scheme, face, 1, creep);
                assert!(marks.len() >= 14, "four corners, the middle, the number");
                for mark in &marks {
                    let points = points(mark);
                    for [x, y] in &points {
                        assert!((0.0..=ground.sheet.width).contains(x), "{mark:?}");
                        assert!((0.0..=ground.sheet.height).contains(y), "{mark:?}");
                    }
                    let beyond = |off: &dyn Fn(&Point) -> bool| points.iter().all(off);
                    assert!(
                        beyond(&|[x, _]| *x < bleed.left)
                            || beyond(&|[x, _]| *x > bleed.right)
                            || beyond(&|[_, y]| *y < bleed.bottom)
                            || beyond(&|[_, y]| *y > bleed.top),
                        "{mark:?} touches {bleed:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn crop_marks_show_the_trimmed_page_and_the_fold_is_dashed() {
    let face = faces(SADDLE, 8)[3];
    let marks = marks(&ground(), SADDLE, &face, 1, 0.5);
    let cuts: Vec<(Point, Point)> = marks
        .iter()
        .filter_map(|mark| if let Mark::Cut(from, to) = mark { Some((*from, *to)) } else { None })
        .collect();
    let upright: Vec<f64> = cuts.iter().filter(|(a, b)| a[0] == b[0]).map(|(a, _)| a[0]).collect();
    let level: Vec<f64> = cuts.iter().filter(|(a, b)| a[1] == b[1]).map(|(a, _)| a[1]).collect();
    assert_eq!(upright, [25.5, 394.5, 25.5, 394.5], "with the creep of the sheet");
    assert_eq!(level, [18.5, 278.5, 18.5, 278.5]);
    let folds: Vec<&Mark> = marks.iter().filter(|mark| matches!(mark, Mark::Fold(..))).collect();
    let fold = |from, to| Mark::Fold([210.0, from], [210.0, to]);
    assert_eq!(folds, [&fold(282.5, 287.5), &fold(14.5, 9.5)]);
}

#[test]
fn a_stack_shows_a_staircase_of_bars_at_its_foot() {
    let bars = |scheme, pages, signatures| -> Vec<f64> {
        let faces = faces(scheme, pages);
        let marks = faces.iter().flat_map(|face| marks(&ground(), scheme, face, signatures, 0.0));
        marks
            .filter_map(|mark| if let Mark::Bar(bar) = mark { Some(bar.left) } else { None })
            .collect()
    };
    assert_eq!(bars(SADDLE, 12, 1), [215.0, 218.0, 221.0], "a step for each sheet, on its front");
    let sets = Scheme::Saddle(Signature::new(8));
    assert_eq!(bars(sets, 16, 2), [215.0, 215.0, 218.0, 218.0], "a step for each set");
    assert_eq!(bars(SADDLE, 4, 1), [0.0; 0], "one sheet is no stack");
    assert_eq!(bars(Scheme::Cut, 16, 1), [0.0; 0]);
    let many = bars(SADDLE, 800, 1);
    assert!(many.iter().all(|left| left + 2.0 <= 395.0), "it begins anew before the edge");
}

#[test]
fn where_there_is_no_room_there_are_no_marks() {
    let a4 = Size { width: 210.0, height: 297.0 };
    let face = faces(SADDLE, 4)[0];
    let exact = Ground::on(A3, a4, 0.0, 0.0).unwrap();
    assert_eq!(marks(&exact, SADDLE, &face, 1, 0.0), []);
    // Only above and below: the sheet is as broad as the pages.
    let low = Ground::on(A3, Size { height: 280.0, ..a4 }, 0.0, 0.0).unwrap();
    let level = |mark: &Mark| matches!(mark, Mark::Cut(from, to) if from[1] == to[1]);
    let marks = marks(&low, SADDLE, &face, 1, 0.0);
    assert!(!marks.is_empty() && !marks.iter().any(level), "{marks:?}");
}
