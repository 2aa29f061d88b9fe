//! The pictures of a PDF: how large each is printed, and each as the editions take
//! it, decoded once for all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use typst::layout::{Frame, FrameItem, Size};
use typst::visualize::ImageKind;
use typst_layout::Page;

use crate::diag::Finding;
use crate::export::Job;
use crate::media::{Colours, Ready, Want};
use crate::print;

use super::Edition;

/// Pixels an inch beyond which a picture only makes the file larger.
const MOST_PPI: f64 = 450.0;

/// The pictures of one edition by their ids.
pub(super) type Pictures = BTreeMap<String, Ready>;

/// The width that each picture is printed at, in points; the largest where it is
/// printed more than once.
pub(super) fn widths<'a>(pages: impl IntoIterator<Item = &'a Page>) -> BTreeMap<String, f64> {
    let mut widths = BTreeMap::new();
    for page in pages {
        for_each(&page.frame, &mut |id, size| {
            let known: &mut f64 = widths.entry(id.to_owned()).or_default();
            *known = known.max(size.x.to_pt());
        });
    }
    widths
}

fn for_each(frame: &Frame, found: &mut impl FnMut(&str, Size)) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => for_each(&group.frame, found),
            FrameItem::Image(image, size, _) => {
                if let ImageKind::Raster(raster) = image.kind()
                    && let Some(id) = print::id_of(raster.data())
                {
                    found(id, *size);
                }
            }
            _ => {}
        }
    }
}

/// The pictures of each edition, in the order of the editions, and what is to be
/// said of those that cannot be decoded.
pub(super) struct Gathered {
    pub(super) each: Vec<Pictures>,
    pub(super) failed: BTreeMap<String, Finding>,
}

/// Makes the printed pictures ready for each edition.
pub(super) fn gather(
    job: Job<'_>,
    editions: &[Edition<'_>],
    widths: &BTreeMap<String, f64>,
) -> Gathered {
    let made: Vec<_> = widths
        .par_iter()
        .map(|(id, width)| {
            let wants: Vec<Want> = editions.iter().map(|edition| want(edition, *width)).collect();
            (id, job.album.ready_each(id, &wants))
        })
        .collect();
    let mut gathered =
        Gathered { each: vec![Pictures::new(); editions.len()], failed: BTreeMap::new() };
    for (id, made) in made {
        match made {
            Ok(each) => {
                for (pictures, ready) in gathered.each.iter_mut().zip(each) {
                    pictures.insert(id.clone(), ready);
                }
            }
            Err(finding) => {
                let file = job.view.shown_in(id).unwrap_or_default();
                gathered.failed.insert(id.clone(), finding.file(file));
            }
        }
    }
    gathered
}

fn want(edition: &Edition<'_>, width: f64) -> Want {
    let pixels = (width / 72.0 * MOST_PPI).ceil() as u32;
    let colours = match edition {
        Edition::Screen => Colours::AsTheyAre,
        Edition::Press(order) => Colours::Press(Arc::clone(&order.separation)),
    };
    Want { max_width: Some(pixels.max(1)), colours, ..Want::default() }
}
