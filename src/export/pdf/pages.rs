//! The pages of one layout as each edition takes them. Both are laid out with
//! the bleed; the screen does without it, the press without the cover, which is a
//! sheet of its own, without links and tags, and in its own inks.

use typst::foundations::{Smart, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Sides};
use typst_layout::{Page, PagedDocument};

use crate::export::typeset::Laid;

use super::inks::Inks;

/// The pages as trimmed.
pub(super) fn for_screen(laid: &Laid) -> PagedDocument {
    let pages = laid.pages.iter().cloned();
    laid.document(pages.map(|page| Page { bleed: Sides::splat(Abs::zero()), ..page }))
}

/// How many pages are inside the cover.
pub(super) fn inside(laid: &Laid) -> usize {
    laid.pages.iter().filter(|page| said(&page.frame, "cover").is_none()).count()
}

/// The pages with their bleed, for ink on paper.
pub(super) fn for_press(laid: &Laid, inks: &mut Inks) -> PagedDocument {
    let inside = laid.pages.iter().filter(|page| said(&page.frame, "cover").is_none());
    let pages = inside.map(|page| Page {
        frame: inked(&page.frame, inks),
        bleed: page.bleed,
        fill: match &page.fill {
            Smart::Custom(Some(paint)) => Smart::Custom(Some(inks.paint(paint))),
            fill => fill.clone(),
        },
        numbering: page.numbering.clone(),
        supplement: page.supplement.clone(),
        number: page.number,
    });
    laid.document(pages)
}

fn inked(frame: &Frame, inks: &mut Inks) -> Frame {
    let mut out = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        out.set_baseline(frame.baseline());
    }
    out.push_multiple(frame.items().filter_map(|(at, item)| {
        let item = match item {
            FrameItem::Group(group) => FrameItem::Group(GroupItem {
                frame: inked(&group.frame, inks),
                transform: group.transform,
                clip: group.clip.clone(),
                label: None,
                parent: None,
            }),
            FrameItem::Text(text) => {
                let mut text = text.clone();
                text.fill = inks.paint(&text.fill);
                if let Some(stroke) = &mut text.stroke {
                    stroke.paint = inks.paint(&stroke.paint);
                }
                FrameItem::Text(text)
            }
            FrameItem::Shape(shape, span) => {
                let mut shape = shape.clone();
                shape.fill = shape.fill.as_ref().map(|paint| inks.paint(paint));
                if let Some(stroke) = &mut shape.stroke {
                    stroke.paint = inks.paint(&stroke.paint);
                }
                FrameItem::Shape(shape, *span)
            }
            FrameItem::Image(..) => item.clone(),
            FrameItem::Link(..) | FrameItem::Tag(_) => return None,
        };
        Some((*at, item))
    }));
    out
}

/// What a page's metadata says under a key: the first that says anything.
pub(super) fn said(frame: &Frame, key: &str) -> Option<Value> {
    frame.items().find_map(|(_, item)| match item {
        FrameItem::Group(group) => said(&group.frame, key),
        FrameItem::Tag(Tag::Start(content, _)) => {
            match &content.to_packed::<MetadataElem>()?.value {
                Value::Dict(dict) => dict.get(key).ok().cloned(),
                _ => None,
            }
        }
        _ => None,
    })
}
