//! Lines cut into words and pictures.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::import::draft::SourceLine;
use crate::import::picture;

/// A line with more names than this is no line of pictures.
const MOST_NAMES: usize = 200;

/// So many pictures are found in an article; further names stay words.
pub(super) const MOST_PICTURES: usize = 5000;

/// A part of a line.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) line: SourceLine<'a>,
    pub(super) range: Range<usize>,
    pub(super) kind: PieceKind,
}

/// What a part of a line is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PieceKind {
    /// Words.
    Words,
    /// The file name of a picture, and how sure that is.
    Picture(f32),
}

impl<'a> Piece<'a> {
    /// Its characters.
    pub(super) fn text(&self) -> &'a str {
        &self.line.text[self.range.clone()]
    }

    /// Whether both are of one line. Numbers do not say so: a page break parts a
    /// line of the file in two.
    pub(super) fn shares_line(&self, other: &Self) -> bool {
        std::ptr::eq(self.line.text, other.line.text)
    }

    /// Whether it is a picture.
    pub(super) fn is_picture(&self) -> bool {
        matches!(self.kind, PieceKind::Picture(_))
    }
}

/// Cuts lines into words and pictures. Names that stand alone teach how the
/// names glued to words look.
pub(super) fn of<'a>(lines: &[SourceLine<'a>]) -> Vec<Piece<'a>> {
    let mut stems: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        for name in picture::bare(line.text).unwrap_or_default() {
            *stems.entry(picture::stem(&line.text[name])).or_insert(0) += 1;
        }
    }
    let mut out: Vec<Piece<'a>> = Vec::new();
    let mut pictures = 0;
    for line in lines {
        let after_picture = out.last().is_some_and(Piece::is_picture);
        let before = out.len();
        let room = MOST_PICTURES.saturating_sub(pictures);
        cut(*line, &stems, after_picture, room, &mut out);
        pictures += out[before..].iter().filter(|p| p.is_picture()).count();
    }
    out
}

fn cut<'a>(
    line: SourceLine<'a>,
    stems: &BTreeMap<&str, usize>,
    after_picture: bool,
    room: usize,
    out: &mut Vec<Piece<'a>>,
) {
    let text = line.text;
    let mut add = |range: Range<usize>, kind: PieceKind| {
        let part = &text[range.clone()];
        let start = range.start + part.len() - part.trim_start().len();
        let range = start..start + part.trim().len();
        if !range.is_empty() {
            out.push(Piece { line, range, kind });
        }
    };
    if room == 0 {
        add(0..text.len(), PieceKind::Words);
    } else if let Some(glued) = picture::glued(text, stems, after_picture) {
        add(0..glued.name.start, PieceKind::Words);
        add(glued.name.clone(), PieceKind::Picture(glued.confidence));
        add(glued.name.end..text.len(), PieceKind::Words);
    } else if let Some(names) =
        picture::bare(text).filter(|names| names.len() <= MOST_NAMES.min(room))
    {
        for name in names {
            add(name, PieceKind::Picture(1.0));
        }
    } else {
        add(0..text.len(), PieceKind::Words);
    }
}
