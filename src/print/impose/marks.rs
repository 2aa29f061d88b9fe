//! What is printed around the pages for those who fold, cut and gather: crop and
//! fold marks, bars that show a missing or turned sheet, and the sheet's number. Plain
//! data in millimetres; nothing of it touches a page or its bleed.

use super::scheme::{Face, Scheme, Side};
use super::sheet::{Ground, Rect};

/// A point in millimetres.
pub type Point = [f64; 2];

/// One thing that is drawn in all inks.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// Cut along here.
    Cut(Point, Point),
    /// Fold along here: drawn with dashes.
    Fold(Point, Point),
    /// A full rectangle at the foot of a front side, further from the fold with every
    /// sheet or signature: in a stack they make a staircase.
    Bar(Rect),
    /// A stroke of the sheet's number.
    Stroke(Vec<Point>),
}

/// How far marks stay from the bleed, in millimetres.
const GAP: f64 = 1.0;
/// How far they stay from the trimmed page where there is no bleed.
const CLEAR: f64 = 2.0;
/// How long a mark is, and how short it may be before it is left out.
const LENGTH: f64 = 5.0;
const SHORTEST: f64 = 2.0;
/// From the edge of the page or the fold to the number and the first bar.
const INSET: f64 = 5.0;
/// A bar is this broad; the next one begins this much further.
const BAR: f64 = 2.0;
const STEP: f64 = 3.0;
/// How tall the digits of the number are.
const DIGIT: f64 = 2.2;

/// The marks of one side. None are where the sheet leaves no room for them.
pub fn marks(
    ground: &Ground,
    scheme: Scheme,
    face: &Face,
    signatures: usize,
    creep: f64,
) -> Vec<Mark> {
    let trim = ground.trim(creep);
    let off = (ground.bleed + GAP).max(CLEAR);
    // Where marks may stand beyond each edge: from the page outwards.
    let above = zone(trim.top + off, ground.sheet.height);
    let below = zone(trim.bottom - off, 0.0);
    let left = zone(trim.left - off, 0.0);
    let right = zone(trim.right + off, ground.sheet.width);
    let mut marks = Vec::new();
    for (from, to) in [above, below].into_iter().flatten() {
        let line = |x: f64| ([x, from], [x, to]);
        let (middle, half) = (ground.middle(), ground.gutter / 2.0);
        let mut cuts = vec![trim.left, trim.right];
        if half > 0.0 {
            cuts.extend([middle - half, middle + half]);
        }
        let cuts = cuts.into_iter().map(line);
        marks.extend(cuts.map(|(from, to)| Mark::Cut(from, to)));
        let (from, to) = line(middle);
        marks.push(match scheme {
            Scheme::Saddle(_) => Mark::Fold(from, to),
            Scheme::TwoUp | Scheme::Cut => Mark::Cut(from, to),
        });
    }
    for (from, to) in [left, right].into_iter().flatten() {
        marks.extend([trim.bottom, trim.top].map(|y| Mark::Cut([from, y], [to, y])));
    }
    if let Some((top, bottom)) = below {
        marks.extend(bar(ground, scheme, face, signatures, (top, bottom)).map(Mark::Bar));
        if top - bottom >= DIGIT {
            let corner = [trim.left + INSET, top - DIGIT];
            marks.extend(number(&label(face, signatures), corner).map(Mark::Stroke));
        }
    }
    marks
}

/// From where to where a mark reaches that begins at `from` and goes to an edge of the
/// sheet at most; `None` where the edge is too near.
fn zone(from: f64, edge: f64) -> Option<(f64, f64)> {
    // Pages lie between: what is beyond 0 goes down or left, the rest up or right.
    let outwards = if edge == 0.0 { -1.0 } else { 1.0 };
    let room = (edge - from) * outwards;
    (room >= SHORTEST).then(|| (from, from + outwards * room.min(LENGTH)))
}

/// The bar of a front side. Sheets of one set are told apart, of several sets the sets.
fn bar(
    ground: &Ground,
    scheme: Scheme,
    face: &Face,
    signatures: usize,
    (top, bottom): (f64, f64),
) -> Option<Rect> {
    let (at, of) =
        if signatures > 1 { (face.signature, signatures) } else { (face.sheet, face.sheets) };
    if !matches!(scheme, Scheme::Saddle(_)) || face.side == Side::Back || of < 2 {
        return None;
    }
    let steps = ((ground.page.width - 2.0 * INSET) / STEP).floor().max(1.0) as usize;
    let left = ground.middle() + INSET + STEP * (at % steps) as f64;
    Some(Rect { left, bottom, right: left + BAR, top })
}

/// The number of a side: `3/15 A` is the front of the third sheet of fifteen, `2-3/4 B`
/// the back of the third sheet of the second signature.
fn label(face: &Face, signatures: usize) -> String {
    let side = match face.side {
        Side::Front => 'A',
        Side::Back => 'B',
    };
    let sheet = format!("{}/{} {side}", face.sheet + 1, face.sheets);
    if signatures > 1 { format!("{}-{sheet}", face.signature + 1) } else { sheet }
}

/// The strokes of a number: marks must not bring a font into the file.
fn number(label: &str, [x, y]: Point) -> impl Iterator<Item = Vec<Point>> {
    let unit = DIGIT / 8.0;
    label.chars().enumerate().flat_map(move |(at, c)| {
        let left = x + at as f64 * 6.0 * unit;
        strokes(c).iter().map(move |stroke| {
            let place =
                |(dx, dy): &(u8, u8)| [left + f64::from(*dx) * unit, y + f64::from(*dy) * unit];
            stroke.iter().map(place).collect()
        })
    })
}

/// A character as strokes on a grid of 4 by 8.
fn strokes(c: char) -> &'static [&'static [(u8, u8)]] {
    match c {
        '0' => &[&[(0, 1), (1, 0), (3, 0), (4, 1), (4, 7), (3, 8), (1, 8), (0, 7), (0, 1)]],
        '1' => &[&[(1, 6), (3, 8), (3, 0)]],
        '2' => &[&[(0, 7), (1, 8), (3, 8), (4, 7), (4, 5), (0, 0), (4, 0)]],
        '3' => &[&[(0, 8), (4, 8), (2, 5), (3, 5), (4, 4), (4, 1), (3, 0), (1, 0), (0, 1)]],
        '4' => &[&[(3, 0), (3, 8), (0, 3), (4, 3)]],
        '5' => &[&[(4, 8), (0, 8), (0, 5), (3, 5), (4, 4), (4, 1), (3, 0), (1, 0), (0, 1)]],
        '6' => &[&[
            (4, 7),
            (3, 8),
            (1, 8),
            (0, 7),
            (0, 1),
            (1, 0),
            (3, 0),
            (4, 1),
            (4, 4),
            (3, 5),
            (0, 5),
        ]],
        '7' => &[&[(0, 8), (4, 8), (1, 0)]],
        '8' => &[
            &[(1, 4), (0, 5), (0, 7), (1, 8), (3, 8), (4, 7), (4, 5), (3, 4), (1, 4)],
            &[(1, 4), (0, 3), (0, 1), (1, 0), (3, 0), (4, 1), (4, 3), (3, 4)],
        ],
        '9' => &[&[
            (0, 1),
            (1, 0),
            (3, 0),
            (4, 1),
            (4, 7),
            (3, 8),
            (1, 8),
            (0, 7),
            (0, 4),
            (1, 3),
            (4, 3),
        ]],
        '/' => &[&[(0, 0), (4, 8)]],
        '-' => &[&[(0, 4), (4, 4)]],
        'A' => &[&[(0, 0), (2, 8), (4, 0)], &[(1, 3), (3, 3)]],
        'B' => &[
            &[(0, 0), (0, 8), (3, 8), (4, 7), (4, 5), (3, 4), (0, 4)],
            &[(3, 4), (4, 3), (4, 1), (3, 0), (0, 0)],
        ],
        _ => &[],
    }
}
