//! Finished pages without the signs that governed their lines, so that what is
//! copied from a page is what the article says.

use typst::layout::{Frame, FrameItem};
use typst::text::{Glyph, TextItem};

/// Takes the signs out of a page, so that every text is as the article has it.
pub(in super::super) fn spell(page: &mut Frame) {
    // Only what has signs is touched: what is not touched is not copied.
    if !has_signs(page) {
        return;
    }
    page.retain(|item| {
        match item {
            FrameItem::Group(group) => spell(&mut group.frame),
            FrameItem::Text(text) => {
                if let Some(spelt) = without_signs(text) {
                    *text = spelt;
                }
            }
            _ => {}
        }
        true
    });
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{2060}' | '\u{200b}')
}

fn has_signs(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_signs(&group.frame),
        FrameItem::Text(text) => text.text.contains(is_sign),
        _ => false,
    })
}

/// The text without signs, its glyphs pointing to the same characters as before.
fn without_signs(item: &TextItem) -> Option<TextItem> {
    if !item.text.contains(is_sign) {
        return None;
    }
    let text: String = item.text.chars().filter(|c| !is_sign(*c)).collect();
    let place = |old: u16| {
        let before = item.text.get(..usize::from(old)).unwrap_or(&item.text);
        let kept: usize = before.chars().filter(|c| !is_sign(*c)).map(char::len_utf8).sum();
        u16::try_from(kept).unwrap_or(u16::MAX)
    };
    let glyphs = item.glyphs.iter().map(|glyph| Glyph {
        range: place(glyph.range.start)..place(glyph.range.end),
        ..glyph.clone()
    });
    Some(TextItem { text: text.into(), glyphs: glyphs.collect(), ..item.clone() })
}
