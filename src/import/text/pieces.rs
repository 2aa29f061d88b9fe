//! Lines cut into words and pictures.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::import::draft::SourceLine;
use crate::import::picture;

/// A line with more names than this is no line of pictures.
const MOST_NAMES: usize = 200;

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
    let stems: BTreeSet<&str> = lines
        .iter()
        .filter_map(|line| Some((line, picture::bare(line.text)?)))
        .flat_map(|(line, names)| names.into_iter().map(|n| picture::stem(&line.text[n])))
        .collect();
    let mut out: Vec<Piece<'a>> = Vec::new();
    for line in lines {
        let after_picture = out.last().is_some_and(Piece::is_picture);
        cut(*line, &stems, after_picture, &mut out);
    }
    out
}

fn cut<'a>(
    line: SourceLine<'a>,
    stems: &BTreeSet<&str>,
    after_picture: bool,
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
    if let Some(glued) = picture::glued(text, stems, after_picture) {
        add(0..glued.name.start, PieceKind::Words);
        add(glued.name.clone(), PieceKind::Picture(glued.confidence));
        add(glued.name.end..text.len(), PieceKind::Words);
    } else if let Some(names) = picture::bare(text).filter(|names| names.len() <= MOST_NAMES) {
        for name in names {
            add(name, PieceKind::Picture(1.0));
        }
    } else {
        add(0..text.len(), PieceKind::Words);
    }
}
