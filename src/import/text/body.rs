//! The text itself: pieces to blocks.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Aside, Block, Figure, Heading, Image, Inline, Inlines, Step};
use crate::diag::{Code, Finding};

use super::captions::{self, Group};
use super::headings::{self, Shape};
use super::pieces::{self, Piece, PieceKind};
use crate::import::draft::{Draft, SourceLine};
use crate::import::{fields, notice};

const PARAGRAPH: Code = Code::new("read-line-paragraph");
const HEADING_SHAPE: Code = Code::new("read-heading-shape");
const HEADING_NUMBER: Code = Code::new("read-heading-number");
const HEADING_QUESTION: Code = Code::new("read-heading-question");
const FIGURE_LINE: Code = Code::new("read-picture-line");
const FIGURE_GLUED: Code = Code::new("read-picture-glued");
const CAPTION_SHAPE: Code = Code::new("read-caption-shape");
const CAPTION_CUE: Code = Code::new("read-caption-cue");
const ASIDE: Code = Code::new("read-aside-mark");
const RULE: Code = Code::new("read-rule-line");
const NAME_DOUBTFUL: Code = Code::new("read-picture-name-doubtful");

/// A picture's name longer than this may have swallowed a caption.
const LONG_NAME: usize = 14;

/// Reads the lines of a text into blocks.
pub(super) fn read(draft: &mut Draft, lines: &[SourceLine<'_>]) {
    let pieces = pieces::of(lines);
    let groups = captions::find(&pieces);
    let figures: BTreeMap<usize, &Group> = groups.iter().map(|g| (g.pictures.start, g)).collect();
    let captions: BTreeSet<usize> = groups.iter().filter_map(|g| g.caption).collect();
    let is_caption = |i: usize| captions.contains(&i);
    let heads: BTreeMap<usize, Shape> = headings::find(&pieces, &is_caption).into_iter().collect();
    let levels = Levels::of(heads.values().copied());
    let mut aside = None;
    for (i, piece) in pieces.iter().enumerate() {
        if let Some(group) = figures.get(&i) {
            figure(draft, &pieces, group);
        } else if piece.is_picture() || is_caption(i) {
        } else if let Some(opening) = aside.take() {
            noted(draft, piece, opening);
        } else if let Some(opening) = notice::opening(piece.text(), true) {
            let rest = piece.text()[opening.mark.end..].trim();
            let next_is_words =
                pieces.get(i + 1).is_some_and(|p| !p.is_picture() && !is_caption(i + 1));
            if rest.is_empty() && next_is_words {
                let place = draft.next_place().then(Step::Block(0));
                draft.consume_rest(&place, piece.line, piece.range.clone(), &[]);
                aside = Some(notice::Opening { mark: 0..0, ..opening });
            } else if rest.is_empty() {
                paragraph(draft, piece);
            } else {
                noted(draft, piece, opening);
            }
        } else if let Some(shape) = heads.get(&i) {
            heading(draft, piece, *shape, &levels);
        } else if is_rule(piece.text()) {
            let place = draft.next_place();
            draft.consume_rest(&place, piece.line, piece.range.clone(), &[]);
            draft.push(Block::Rule, piece.line.number, 0.9, RULE);
        } else {
            paragraph(draft, piece);
        }
    }
}

fn text_of(piece: &Piece<'_>) -> Inlines {
    vec![Inline::Text(piece.text().to_owned())]
}

fn paragraph(draft: &mut Draft, piece: &Piece<'_>) {
    draft.push(Block::Paragraph(text_of(piece)), piece.line.number, 1.0, PARAGRAPH);
}

fn heading(draft: &mut Draft, piece: &Piece<'_>, shape: Shape, levels: &Levels) {
    let (confidence, reason) = match shape {
        Shape::Numbered(_) => (0.9, HEADING_NUMBER),
        Shape::Plain => (0.8, HEADING_SHAPE),
        Shape::Question => (0.6, HEADING_QUESTION),
    };
    let block = Block::Heading(Heading { level: levels.of_shape(shape), text: text_of(piece) });
    draft.push(block, piece.line.number, confidence, reason);
}

/// An aside whose mark stands at the start of `piece`, or stood alone before it.
fn noted(draft: &mut Draft, piece: &Piece<'_>, opening: notice::Opening) {
    let place = draft.next_place().then(Step::Block(0));
    let start = piece.range.start;
    let mark = start + opening.mark.start..start + opening.mark.end;
    draft.consume_rest(&place, piece.line, mark, &[]);
    let text = piece.text()[opening.mark.end..].trim().to_owned();
    draft.origin(place, piece.line.number, 0.95, ASIDE);
    let inner = vec![Block::Paragraph(vec![Inline::Text(text)])];
    let block = Block::Aside(Aside { kind: opening.kind, blocks: inner });
    draft.push(block, piece.line.number, 0.95, ASIDE);
}

fn figure(draft: &mut Draft, pieces: &[Piece<'_>], group: &Group) {
    let mut figure = Figure::default();
    let mut confidence = 1.0_f32;
    for piece in &pieces[group.pictures.clone()] {
        let name = piece.text().to_owned();
        if let PieceKind::Picture(sure) = piece.kind {
            if sure < confidence {
                draft.wrote(draft.next_place(), piece.line);
            }
            confidence = confidence.min(sure);
        }
        figure.images.push(Image { name, alt: None });
    }
    let first = &pieces[group.pictures.start];
    let place = draft.next_place();
    if let Some(at) = group.caption {
        let piece = &pieces[at];
        let told = captions::is_told(piece.text());
        let text = piece.text().trim_start_matches(['▲', '△', '▼', '▽', '↑', '↓', ' ']);
        let mark = piece.range.start..piece.range.end - text.len();
        let place = place.then(Step::Caption);
        draft.consume_rest(&place, piece.line, mark, &[]);
        figure.caption = vec![Inline::Text(text.to_owned())];
        let (sure, reason) = if told { (0.95, CAPTION_CUE) } else { (0.8, CAPTION_SHAPE) };
        draft.origin(place, piece.line.number, sure, reason);
    }
    for at in group.pictures.clone() {
        let before = at.checked_sub(1).map(|b| &pieces[b]);
        separators(draft, before, &pieces[at]);
        doubt_name(draft, &pieces[at]);
    }
    let reason = if confidence < 1.0 { FIGURE_GLUED } else { FIGURE_LINE };
    draft.push(Block::Figure(figure), first.line.number, confidence, reason);
}

/// What parts a name from the piece before it on its line is consumed.
fn separators(draft: &mut Draft, before: Option<&Piece<'_>>, piece: &Piece<'_>) {
    let start = before.filter(|b| b.line.number == piece.line.number).map_or(0, |b| b.range.end);
    draft.consume_rest(&draft.next_place(), piece.line, start..piece.range.start, &[]);
}

/// A long name with no sibling to learn from may hold a caption as well; nobody
/// but a person can tell.
fn doubt_name(draft: &mut Draft, piece: &Piece<'_>) {
    let name = piece.text();
    let words = name.chars().filter(|c| fields::is_han(*c)).count();
    if words > LONG_NAME {
        let place = draft.next_place();
        let finding = Finding::warning(NAME_DOUBTFUL).arg("name", name).place(place);
        draft.say(finding.line(piece.line.number));
    }
}

/// Whether a line is nothing but marks that draw a rule.
fn is_rule(text: &str) -> bool {
    let marks = text.chars().filter(|c| !c.is_whitespace());
    marks.clone().count() >= 3 && marks.clone().all(|c| "-—–_=*＊·◇◆○●※~～─━".contains(c))
}

/// The levels of the kinds of number an article uses, without gaps.
struct Levels(Vec<u8>);

impl Levels {
    fn of(shapes: impl Iterator<Item = Shape>) -> Self {
        let ranks: BTreeSet<u8> = shapes.map(Self::rank).collect();
        Self(ranks.into_iter().collect())
    }

    /// A heading without number stands beside those with 一、.
    fn rank(shape: Shape) -> u8 {
        match shape {
            Shape::Numbered(rank) => rank,
            Shape::Plain | Shape::Question => 1,
        }
    }

    fn of_shape(&self, shape: Shape) -> u8 {
        let at = self.0.iter().position(|r| *r == Self::rank(shape)).unwrap_or(0);
        u8::try_from(at + 1).unwrap_or(6).min(6)
    }
}
