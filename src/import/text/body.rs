//! The text itself: pieces to blocks.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Aside, Block, Figure, Heading, Image, Inline, Inlines, Step};
use crate::diag::{Code, Finding};

use super::captions::{self, Group};
use super::headings::{self, Shape};
use super::pieces::{self, Piece, PieceKind};
use crate::import::draft::{Draft, SourceLine};
use crate::import::{byline, fields, notice, picture};

const PARAGRAPH: Code = Code::new("read-line-paragraph");
const HEADING_SHAPE: Code = Code::new("read-heading-shape");
const HEADING_NUMBER: Code = Code::new("read-heading-number");
const HEADING_QUESTION: Code = Code::new("read-heading-question");
const FIGURE_LINE: Code = Code::new("read-picture-line");
const FIGURE_GLUED: Code = Code::new("read-picture-glued");
const CAPTION_SHAPE: Code = Code::new("read-caption-shape");
const CAPTION_CUE: Code = Code::new("read-caption-cue");
const CAPTION_HEADING: Code = Code::new("read-caption-heading");
const CAPTION_ABOVE: Code = Code::new("read-caption-above");
const TOO_MANY: Code = Code::new("read-pictures-too-many");
const NAMELESS: Code = Code::new("read-picture-nameless");
const CREDIT: Code = Code::new("read-picture-credit");
const ASIDE: Code = Code::new("read-aside-mark");
const RULE: Code = Code::new("read-rule-line");
const NAME_DOUBTFUL: Code = Code::new("read-picture-name-doubtful");

/// A picture's name with more Han characters than this may have swallowed a caption.
const LONG_NAME: usize = 10;
const DOUBTFUL_NAME: f32 = 0.6;

/// Reads the lines of a text into blocks.
pub(super) fn read(draft: &mut Draft, lines: &[SourceLine<'_>]) {
    let pieces = pieces::of(lines);
    if pieces.iter().filter(|p| p.is_picture()).count() >= pieces::MOST_PICTURES {
        draft.say(Finding::warning(TOO_MANY).arg("limit", pieces::MOST_PICTURES));
    }
    let groups = captions::find(&pieces);
    let figures: BTreeMap<usize, &Group> = groups.iter().map(|g| (g.pictures.start, g)).collect();
    let captions: BTreeSet<usize> =
        groups.iter().flat_map(|g| [g.caption, g.credit]).flatten().collect();
    let waiting: BTreeSet<usize> = groups
        .iter()
        .filter(|g| !g.headed && g.caption.is_none_or(|at| at >= g.pictures.end))
        .map(|g| g.pictures.end)
        .collect();
    let is_caption = |i: usize| captions.contains(&i);
    let waits = |i: usize| waiting.contains(&i);
    let heads: BTreeMap<usize, Shape> =
        headings::find(&pieces, &is_caption, &waits).into_iter().collect();
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
        } else if picture::is_nameless(piece.text()) {
            nameless(draft, piece);
        } else if super::is_rule(piece.text()) {
            let place = draft.next_place();
            draft.consume(&place, piece.line, piece.range.clone(), RULE, "");
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

/// The mark of a picture that did not come along.
fn nameless(draft: &mut Draft, piece: &Piece<'_>) {
    let finding = Finding::warning(NAMELESS).place(draft.next_place());
    draft.say(finding.line(piece.line.number));
    let why = NAMELESS.name().to_owned();
    let block = Block::Unknown { text: piece.text().to_owned(), why };
    draft.push(block, piece.line.number, 0.9, NAMELESS);
}

fn heading(draft: &mut Draft, piece: &Piece<'_>, shape: Shape, levels: &Levels) {
    let (confidence, reason) = match shape {
        Shape::Numbered(_) => (0.9, HEADING_NUMBER),
        Shape::Plain => (0.8, HEADING_SHAPE),
        Shape::Lone => (0.65, HEADING_SHAPE),
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
    if let Some(at) = group.caption {
        let doubt = match group.doubtful {
            true if at >= group.pictures.end => Some(CAPTION_HEADING),
            true => Some(CAPTION_ABOVE),
            false => None,
        };
        caption(draft, &mut figure, &pieces[at], doubt);
    }
    if let Some(at) = group.credit {
        let piece = &pieces[at];
        let text = piece.text().trim_matches(fields::is_bracket);
        let start = piece.range.start + piece.text().find(text).unwrap_or(0);
        let place = draft.next_place().then(Step::Credit);
        let kept = start..start + text.len();
        draft.consume_rest(&place, piece.line, piece.range.clone(), &[kept]);
        draft.origin(place, piece.line.number, 0.9, CREDIT);
        add_credit(&mut figure, text);
    }
    for at in group.pictures.clone() {
        let before = at.checked_sub(1).map(|b| &pieces[b]);
        separators(draft, before, &pieces[at], pieces.get(at + 1));
        if doubt_name(draft, &pieces[at]) {
            confidence = confidence.min(DOUBTFUL_NAME);
        }
    }
    let glued = group.pictures.clone().any(|at| pieces[at].kind != PieceKind::Picture(1.0));
    let reason = if glued { FIGURE_GLUED } else { FIGURE_LINE };
    draft.push(Block::Figure(figure), first.line.number, confidence, reason);
}

/// Sets the caption, without the mark it opens with and with the photographer at
/// its end as the figure's credit.
fn caption(draft: &mut Draft, figure: &mut Figure, piece: &Piece<'_>, doubt: Option<Code>) {
    let text = piece.text().trim_start_matches(['▲', '△', '▼', '▽', '↑', '↓', ' ']);
    let start = piece.range.end - text.len();
    let place = draft.next_place().then(Step::Caption);
    draft.consume_rest(&place, piece.line, piece.range.start..start, &[]);
    let told = captions::is_told(piece.text()) || captions::has_number(piece.text());
    let mut words = text;
    if let Some((end, by)) = byline::at_end_of_caption(text).filter(|(end, _)| *end > 0) {
        draft.consume(&place, piece.line, start + end..piece.range.end, CREDIT, "");
        add_credit(figure, &text[by]);
        words = &text[..end];
    }
    figure.caption = vec![Inline::Text(words.to_owned())];
    let (sure, reason) = match (told, doubt) {
        (true, _) => (0.95, CAPTION_CUE),
        (false, None) => (0.8, CAPTION_SHAPE),
        (false, Some(doubt)) => (0.55, doubt),
    };
    draft.origin(place, piece.line.number, sure, reason);
}

fn add_credit(figure: &mut Figure, by: &str) {
    figure.credit = Some(match figure.credit.take() {
        Some(before) => format!("{before} {by}"),
        None => by.to_owned(),
    });
}

/// What parts a name from the pieces before and after it on its line is consumed.
fn separators(
    draft: &mut Draft,
    before: Option<&Piece<'_>>,
    piece: &Piece<'_>,
    after: Option<&Piece<'_>>,
) {
    let on_its_line = |other: &&Piece<'_>| other.shares_line(piece);
    let start = before.filter(on_its_line).map_or(0, |b| b.range.end);
    draft.consume_rest(&draft.next_place(), piece.line, start..piece.range.start, &[]);
    if after.filter(on_its_line).is_none() {
        let end = piece.line.text.len();
        draft.consume_rest(&draft.next_place(), piece.line, piece.range.end..end, &[]);
    }
}

/// A long name with no sibling to learn from may hold a caption as well; nobody
/// but a person can tell.
fn doubt_name(draft: &mut Draft, piece: &Piece<'_>) -> bool {
    let name = piece.text();
    let words = name.chars().filter(|c| fields::is_han(*c)).count();
    let doubtful = words > LONG_NAME;
    if doubtful {
        let place = draft.next_place();
        let finding = Finding::warning(NAME_DOUBTFUL).arg("name", name).place(place);
        draft.say(finding.line(piece.line.number));
    }
    doubtful
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
            Shape::Plain | Shape::Lone | Shape::Question => 1,
        }
    }

    fn of_shape(&self, shape: Shape) -> u8 {
        let at = self.0.iter().position(|r| *r == Self::rank(shape)).unwrap_or(0);
        u8::try_from(at + 1).unwrap_or(6).min(6)
    }
}
