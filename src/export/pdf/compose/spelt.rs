//! Finished pages without the signs that governed their lines, so that what is
//! copied from a page is what the article says.

use typst::layout::{Frame, FrameItem, GroupItem};
use typst::model::Document;
use typst::text::{Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

/// The pages, every text as the article has it.
pub(in super::super) fn spelt(document: PagedDocument) -> PagedDocument {
    let pages = document.pages().iter().map(|page| match cleared(&page.frame) {
        Some(frame) => Page { frame, ..page.clone() },
        None => page.clone(),
    });
    PagedDocument::new(pages.collect(), document.info().clone())
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{2060}' | '\u{200b}')
}

/// The frame without signs; none where it has none.
fn cleared(frame: &Frame) -> Option<Frame> {
    let clear = |item: &FrameItem| match item {
        FrameItem::Group(group) => {
            let frame = cleared(&group.frame)?;
            Some(FrameItem::Group(GroupItem { frame, ..group.clone() }))
        }
        FrameItem::Text(text) => without_signs(text).map(FrameItem::Text),
        _ => None,
    };
    let new: Vec<Option<FrameItem>> = frame.items().map(|(_, item)| clear(item)).collect();
    if new.iter().all(Option::is_none) {
        return None;
    }
    let mut out = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        out.set_baseline(frame.baseline());
    }
    let old = frame.items();
    out.push_multiple(
        old.zip(new).map(|((at, item), new)| (*at, new.unwrap_or_else(|| item.clone()))),
    );
    Some(out)
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
