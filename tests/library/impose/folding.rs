//! The arithmetic of folding and cutting, followed with paper in the mind.

use kanyin::print::impose::{Face, Scheme, Side, Signature, faces, filled};

const SADDLE: Scheme = Scheme::Saddle(None);

fn signed(pages: usize) -> Scheme {
    Scheme::Saddle(Some(Signature::new(pages).unwrap()))
}

/// The sides as a printer names them: page numbers from 1, 0 for a blank.
fn numbers(scheme: Scheme, pages: usize) -> Vec<(usize, usize)> {
    let number = |page: Option<usize>| page.map_or(0, |page| page + 1);
    faces(scheme, pages).iter().map(|face| (number(face.left), number(face.right))).collect()
}

#[test]
fn eight_pages_make_two_sheets_one_in_the_other() {
    assert_eq!(numbers(SADDLE, 8), [(8, 1), (2, 7), (6, 3), (4, 5)]);
}

#[test]
fn twelve_pages_make_three_sheets() {
    let sheets = [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)];
    assert_eq!(numbers(SADDLE, 12), sheets);
    let depths: Vec<usize> = faces(SADDLE, 12).iter().map(|face| face.depth).collect();
    assert_eq!(depths, [0, 0, 1, 1, 2, 2]);
}

#[test]
fn thirteen_pages_are_filled_up_with_three_blanks_at_the_end() {
    assert_eq!(filled(SADDLE, 13), 16);
    let sheets = [(0, 1), (2, 0), (0, 3), (4, 13), (12, 5), (6, 11), (10, 7), (8, 9)];
    assert_eq!(numbers(SADDLE, 13), sheets);
}

#[test]
fn two_signatures_of_eight_are_folded_each_for_itself() {
    let first = [(8, 1), (2, 7), (6, 3), (4, 5)];
    let second = [(16, 9), (10, 15), (14, 11), (12, 13)];
    assert_eq!(numbers(signed(8), 16), [first, second].concat());
    let sets: Vec<(usize, usize, usize)> =
        faces(signed(8), 16).iter().map(|face| (face.signature, face.sheet, face.depth)).collect();
    assert_eq!(sets[..4], [(0, 0, 0), (0, 0, 0), (0, 1, 1), (0, 1, 1)]);
    assert_eq!(sets[4..], [(1, 0, 0), (1, 0, 0), (1, 1, 1), (1, 1, 1)]);
}

#[test]
fn the_last_signature_holds_what_is_left() {
    assert_eq!(numbers(signed(8), 12)[4..], [(12, 9), (10, 11)]);
    assert_eq!(numbers(signed(8), 9)[4..], [(0, 9), (0, 0)]);
    assert_eq!(numbers(signed(64), 8), numbers(SADDLE, 8), "never more than there is");
}

#[test]
fn a_signature_is_a_multiple_of_four() {
    for pages in [0, 1, 2, 6, 15] {
        assert_eq!(Signature::new(pages), None, "{pages}");
    }
    assert!(Signature::new(4).is_some() && Signature::new(16).is_some());
}

#[test]
fn two_up_reads_from_left_to_right() {
    assert_eq!(numbers(Scheme::TwoUp, 5), [(1, 2), (3, 4), (5, 0)]);
    let sides: Vec<Side> = faces(Scheme::TwoUp, 5).iter().map(|face| face.side).collect();
    assert_eq!(sides, [Side::Front, Side::Back, Side::Front]);
}

#[test]
fn cut_and_stack_has_the_first_half_left() {
    assert_eq!(numbers(Scheme::Cut, 8), [(1, 5), (6, 2), (3, 7), (8, 4)]);
    assert_eq!(numbers(Scheme::Cut, 13)[6..], [(7, 0), (0, 8)], "of sixteen");
}

/// A leaf of paper: the page on its front and the page behind it.
type Leaf = (Option<usize>, Option<usize>);

/// The two leaves of every sheet: the back is printed after a turn about the vertical
/// axis, so that behind the right half lies what is printed on the left.
fn leaves(faces: &[Face]) -> Vec<(Leaf, Leaf)> {
    let sheets = faces.chunks(2).map(|sheet| {
        let [front, back] = sheet else { panic!("a sheet has two sides") };
        assert_eq!((front.side, back.side), (Side::Front, Side::Back));
        assert_eq!((front.sheet, front.depth), (back.sheet, back.depth));
        ((front.left, back.right), (front.right, back.left))
    });
    sheets.collect()
}

/// Folds each set with its front outside and reads it leaf by leaf: first the right
/// leaves from the outermost sheet inwards, then the left ones outwards, seen from
/// behind.
fn folded(faces: &[Face]) -> Vec<Option<usize>> {
    let mut pages = Vec::new();
    for set in faces.chunk_by(|a, b| a.signature == b.signature) {
        let sheets = leaves(set);
        pages.extend(sheets.iter().flat_map(|(_, (front, back))| [*front, *back]));
        pages.extend(sheets.iter().rev().flat_map(|((front, back), _)| [*back, *front]));
    }
    pages
}

/// Cuts the whole stack and lays the left half on the right one.
fn cut(faces: &[Face]) -> Vec<Option<usize>> {
    let sheets = leaves(faces);
    let left = sheets.iter().flat_map(|((front, back), _)| [*front, *back]);
    let right = sheets.iter().flat_map(|(_, (front, back))| [*front, *back]);
    left.chain(right).collect()
}

/// The pages in their order, and blanks to the end of the last sheet.
fn in_order(pages: usize) -> Vec<Option<usize>> {
    (0..pages.next_multiple_of(4)).map(|page| Some(page).filter(|page| *page < pages)).collect()
}

#[test]
fn folded_or_cut_the_pages_are_in_their_order_each_behind_the_other() {
    for pages in 1..=70 {
        for scheme in [SADDLE, signed(4), signed(8), signed(16), signed(64)] {
            assert_eq!(folded(&faces(scheme, pages)), in_order(pages), "{pages} in {scheme:?}");
        }
        assert_eq!(cut(&faces(Scheme::Cut, pages)), in_order(pages), "{pages} cut");
        let pairs = faces(Scheme::TwoUp, pages);
        let read: Vec<_> = pairs.iter().flat_map(|face| [face.left, face.right]).collect();
        assert_eq!(read[..pages], in_order(pages)[..pages], "{pages} side by side");
        assert_eq!(read.len(), pages.next_multiple_of(2));
    }
}
