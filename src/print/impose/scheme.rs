//! Which page lies where: the arithmetic of folding and cutting as plain data.
//! Knows no millimetre and no PDF.

/// How the pages of a document are laid out two to a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Saddle stitch (骑马订): sheets are folded once, laid into one another and
    /// stitched through the fold. With a signature there are several such sets, to be
    /// gathered one upon the other; without one, all sheets make a single set.
    Saddle(Option<Signature>),
    /// Two pages side by side in reading order.
    TwoUp,
    /// Cut and stack: the sheets are cut once down the middle, and the left stack laid
    /// on the right one is in reading order.
    Cut,
}

/// How many pages a set of sheets laid into one another has: a multiple of four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature(usize);

impl Signature {
    /// A signature of so many pages; `None` where that is no positive multiple of four.
    pub fn new(pages: usize) -> Option<Self> {
        (pages > 0 && pages.is_multiple_of(4)).then_some(Self(pages))
    }
}

/// The two sides of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The side that is printed first; folded, it is the outer one.
    Front,
    /// The side behind it, after a turn about the vertical axis.
    Back,
}

/// One printed side of a sheet. Pages count from 0; `None` is a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face {
    /// The page on the left half.
    pub left: Option<usize>,
    /// The page on the right half.
    pub right: Option<usize>,
    /// Which side of its sheet it is.
    pub side: Side,
    /// The sheet, from 0, within its signature.
    pub sheet: usize,
    /// How many sheets the signature has.
    pub sheets: usize,
    /// The signature, from 0.
    pub signature: usize,
    /// How many sheets lie around this one when the signature is folded.
    pub depth: usize,
}

/// How many pages there are once blanks fill the last sheet, or for [`Scheme::TwoUp`]
/// the last side.
pub fn filled(scheme: Scheme, pages: usize) -> usize {
    match scheme {
        Scheme::Saddle(_) | Scheme::Cut => pages.next_multiple_of(4),
        Scheme::TwoUp => pages.next_multiple_of(2),
    }
}

/// All sides in the order in which they are printed: front, back, front, back.
pub fn faces(scheme: Scheme, pages: usize) -> Vec<Face> {
    let all = filled(scheme, pages);
    let mut faces = match scheme {
        Scheme::Saddle(signature) => saddle(all, signature.map_or(all, |Signature(n)| n)),
        Scheme::TwoUp => two_up(all),
        Scheme::Cut => cut(all),
    };
    // Blanks come last in the order of pages, wherever that is on the sheets.
    for page in faces.iter_mut().flat_map(|face| [&mut face.left, &mut face.right]) {
        *page = page.filter(|page| *page < pages);
    }
    faces
}

/// The last signature holds what the others leave, a multiple of four too.
fn saddle(all: usize, pages: usize) -> Vec<Face> {
    let mut faces = Vec::with_capacity(all / 2);
    for (signature, first) in (0..all).step_by(pages.max(4)).enumerate() {
        let pages = pages.min(all - first);
        let (sheets, last) = (pages / 4, first + pages - 1);
        for sheet in 0..sheets {
            let (low, high) = (first + 2 * sheet, last - 2 * sheet);
            let face = |side, left, right| Face {
                left: Some(left),
                right: Some(right),
                side,
                sheet,
                sheets,
                signature,
                depth: sheet,
            };
            faces.push(face(Side::Front, high, low));
            faces.push(face(Side::Back, low + 1, high - 1));
        }
    }
    faces
}

fn cut(all: usize) -> Vec<Face> {
    let (half, sheets) = (all / 2, all / 4);
    let sides = (0..sheets).flat_map(|sheet| [(sheet, Side::Front), (sheet, Side::Back)]);
    sides
        .map(|(sheet, side)| {
            let (low, high) = (2 * sheet, half + 2 * sheet);
            let (left, right) = match side {
                Side::Front => (low, high),
                // Behind the right half of the front lies the left half of the back.
                Side::Back => (high + 1, low + 1),
            };
            flat(left, right, side, sheet, sheets)
        })
        .collect()
}

fn two_up(all: usize) -> Vec<Face> {
    let sides = all / 2;
    (0..sides)
        .map(|at| {
            let side = if at.is_multiple_of(2) { Side::Front } else { Side::Back };
            flat(2 * at, 2 * at + 1, side, at / 2, sides.div_ceil(2))
        })
        .collect()
}

/// A side of a sheet that is not folded into others.
fn flat(left: usize, right: usize, side: Side, sheet: usize, sheets: usize) -> Face {
    let (left, right) = (Some(left), Some(right));
    Face { left, right, side, sheet, sheets, signature: 0, depth: 0 }
}
