//! An article as lines of print want it: where they may not part and where they
//! may, which marks are half as wide, what is set as a foreign language. No
//! character of the text is changed; what is added has no width and is taken out
//! of the finished pages again ([`spell`]). What each rule follows stands in
//! `docs/clreq.md`.

mod foreign;
mod lengths;
mod line;
mod marks;
mod numbers;
mod spelt;
mod widths;

pub(super) use self::lengths::{Length, lengths};
pub(super) use self::spelt::spell;

use crate::export::view::{Article, Block, Inline};

use self::line::Line;
use self::marks::{not_first, not_first_by_us, not_last_by_us};

/// The article with its lines prepared. Its title is left as it is: titles are
/// parted into lines by the look, at their phrases.
pub(super) fn article(article: &Article) -> Article {
    let mut article = article.clone();
    for inlines in [&mut article.kicker, &mut article.subtitle] {
        compose(inlines, Opens::Anywhere);
    }
    blocks(&mut article.blocks);
    for note in &mut article.notes {
        blocks(&mut note.blocks);
    }
    article
}

fn blocks(all: &mut [Block]) {
    for block in all {
        match block {
            Block::Paragraph { inlines, .. } | Block::Heading { inlines, .. } => {
                compose(inlines, Opens::Paragraph);
            }
            Block::Figure { caption, .. } => compose(caption, Opens::Anywhere),
            Block::List { items, .. } => {
                for item in items {
                    blocks(&mut item.blocks);
                }
            }
            Block::Table { caption, rows, .. } => {
                compose(caption, Opens::Anywhere);
                rows.iter_mut().flatten().for_each(|cell| blocks(&mut cell.blocks));
            }
            Block::Quote { blocks: within } | Block::Aside { blocks: within, .. } => blocks(within),
            Block::Unknown { lines } => {
                for line in lines {
                    let mut inlines =
                        vec![Inline::Text { text: std::mem::take(line), marks: Vec::new() }];
                    let mut whole = Line::read(&inlines);
                    breaks(&mut whole);
                    whole.write(&mut inlines);
                    *line = inlines.into_iter().map(said).collect();
                }
            }
            Block::Rule | Block::PageBreak { .. } => {}
        }
    }
}

fn said(inline: Inline) -> String {
    match inline {
        Inline::Text { text, .. } => text,
        _ => String::new(),
    }
}

/// Where a line of inlines begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opens {
    /// It may open a paragraph, after the indent.
    Paragraph,
    /// It stands in the middle or at the edge, as captions do.
    Anywhere,
}

fn compose(inlines: &mut Vec<Inline>, opens: Opens) {
    let mut line = Line::read(inlines);
    foreign::mark(&mut line);
    widths::halve(&mut line, opens == Opens::Paragraph);
    breaks(&mut line);
    if opens == Opens::Paragraph {
        keep_last(&mut line);
    }
    line.write(inlines);
}

/// Keeps the last two characters of a paragraph together, so that no last line is one
/// character and its marks.
fn keep_last(line: &mut Line) {
    let last = (1..line.len()).rev().find(|at| line.char(*at).is_alphanumeric());
    if let Some(at) = last.filter(|at| line.text(Some(at - 1)).is_some_and(char::is_alphanumeric)) {
        line.join(at);
    }
}

/// Says between which characters no line parts, and where one may that would not.
fn breaks(line: &mut Line) {
    let long = foreign::long_runs(line);
    let mixed = line.any(|at| line.foreign(at));
    for at in 1..line.len() {
        let (before, after) = (line.char(at - 1), line.char(at));
        if long.contains(at - 1) && long.contains(at) {
            if long.parts(at) {
                line.part(at);
            }
            continue;
        }
        let boxed = line.is_box(at - 1) || line.is_box(at);
        let tied = not_first_by_us(after)
            || (boxed && not_first(after))
            || (not_last_by_us(before) && !after.is_whitespace())
            || line.clings(at)
            || line.half_ties(at)
            || numbers::tie(line, at);
        if tied {
            line.join(at);
        } else if line.quote_may_part(at, mixed) {
            line.part(at);
        }
    }
}
