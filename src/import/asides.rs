//! Paragraphs and quotes that open with 编者按 or 导语 are asides: the mark is cut
//! off, whatever it is set in, and the rest kept.

use std::ops::Range;

use crate::article::{Aside, AsideKind, Block, Inline, Inlines, Step, plain_text, tidy};

use super::draft::{Draft, SourceLine};
use super::{notice, runs};

/// The aside that a block is, or the block as it came. The mark is recorded as
/// consumed at the place that the draft's next block will have.
pub(super) fn noticed(draft: &mut Draft, block: Block, line: usize) -> Result<Block, Block> {
    let (kind, blocks) = match block {
        Block::Paragraph(inlines) => match without_mark(draft, inlines, line) {
            Ok((kind, rest)) => (kind, vec![Block::Paragraph(rest)]),
            Err(inlines) => return Err(Block::Paragraph(inlines)),
        },
        Block::Quote(mut inner) => {
            let first = match inner.first_mut() {
                Some(Block::Paragraph(inlines)) => std::mem::take(inlines),
                _ => return Err(Block::Quote(inner)),
            };
            match without_mark(draft, first, line) {
                Ok((kind, rest)) => {
                    if rest.is_empty() && inner.len() > 1 {
                        inner.remove(0);
                    } else {
                        inner[0] = Block::Paragraph(rest);
                    }
                    (kind, inner)
                }
                Err(inlines) => {
                    inner[0] = Block::Paragraph(inlines);
                    return Err(Block::Quote(inner));
                }
            }
        }
        other => return Err(other),
    };
    Ok(Block::Aside(Aside { kind, blocks }))
}

/// The text behind the mark of an aside; the mark may be strong and may be the
/// whole of its paragraph.
fn without_mark(
    draft: &mut Draft,
    inlines: Inlines,
    line: usize,
) -> Result<(AsideKind, Inlines), Inlines> {
    let whole = plain_text(&inlines);
    let strong_first = matches!(inlines.first(), Some(Inline::Strong(_) | Inline::Emphasis(_)));
    let Some(found) = notice::opening(&whole, true) else {
        // **编者按** with the text right behind it.
        if strong_first
            && let Some(label) = inlines.first().map(|f| plain_text(f.children()))
            && let Some(found) = notice::opening(&label, true)
            && found.mark.end == label.len()
        {
            return Ok((found.kind, cut(draft, inlines, found.mark, line)));
        }
        return Err(inlines);
    };
    Ok((found.kind, cut(draft, inlines, found.mark, line)))
}

fn cut(draft: &mut Draft, mut inlines: Inlines, mark: Range<usize>, line: usize) -> Inlines {
    let whole = plain_text(&inlines);
    let place = draft.next_place().then(Step::Block(0));
    let source = SourceLine { number: line, text: &whole };
    draft.consume_rest(&place, source, mark.clone(), &[]);
    runs::cut_start(&mut inlines, mark.end);
    // A colon that stood behind the strong word goes with it.
    let rest = plain_text(&inlines);
    if let Some(colon) = rest.chars().next().filter(|c| matches!(c, ':' | '：')) {
        let source = SourceLine { number: line, text: &rest };
        draft.consume_rest(&place, source, 0..colon.len_utf8(), &[]);
        runs::cut_start(&mut inlines, colon.len_utf8());
    }
    tidy(&mut inlines);
    runs::trim(&mut inlines);
    inlines
}
