//! The pictures of the e-book: which are shown, in which size, under which name,
//! and whether those who cannot see them are told what they show.

use rayon::prelude::*;

use crate::diag::{Code, Finding, Warned};
use crate::export::Job;
use crate::media::{Colours, Ready, Want};

const PICTURES: Code = Code::new("epub-pictures");

/// Apple Books refuses pictures of more pixels than this.
const MAX_PIXELS: u64 = 4_000_000;

/// A picture that goes into the container.
pub(super) struct Picture {
    /// Its id in the view.
    pub(super) id: String,
    /// The picture.
    pub(super) ready: Ready,
}

impl Picture {
    /// Its address from a page.
    pub(super) fn href(&self) -> String {
        format!("../images/{}.{}", self.id, self.ready.extension())
    }

    /// Its path in the container.
    pub(super) fn path(&self) -> String {
        format!("EPUB/images/{}.{}", self.id, self.ready.extension())
    }
}

/// The pictures that the articles show, in the order of their ids. One that
/// cannot be decoded is left out and told: its frame stands in its place.
pub(super) fn ready(job: &Job<'_>) -> Warned<Vec<Picture>> {
    let mut shown = Vec::new();
    for article in job.view.matter() {
        for image in article.images() {
            if !image.missing {
                shown.push((image.picture.as_str(), article.file.as_str()));
            }
        }
    }
    shown.sort_unstable();
    shown.dedup_by_key(|(id, _)| *id);
    let want = Want { max_pixels: Some(MAX_PIXELS), colours: Colours::Screen, ..Want::default() };
    job.progress.begin(PICTURES, shown.len());
    let made: Vec<_> = shown
        .par_iter()
        .map(|(id, file)| {
            let made = job.album.ready(id, &want);
            job.progress.step();
            (id, file, made)
        })
        .collect();
    job.progress.end();
    let mut pictures = Warned::clean(Vec::new());
    for (id, file, made) in made {
        match made {
            Ok(Some(ready)) => pictures.value.push(Picture { id: (*id).to_owned(), ready }),
            Ok(None) => {}
            Err(finding) => pictures.findings.push(finding.file(*file)),
        }
    }
    pictures
}

const ALT_FROM_CAPTION: Code = Code::new("epub-alt-from-caption");
const ALT_MISSING: Code = Code::new("epub-alt-missing");

/// How well the pictures are described.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Descriptions {
    /// How many pictures there are.
    pub(super) pictures: usize,
    /// How many of them borrow their caption.
    pub(super) borrowed: usize,
    /// How many have neither description nor caption.
    pub(super) none: usize,
}

impl Descriptions {
    /// Counts the pictures of a job.
    pub(super) fn count(job: &Job<'_>) -> Self {
        let mut all = Self::default();
        for article in job.view.matter() {
            for image in article.images() {
                all.pictures += 1;
                match (image.described, image.alt.is_empty()) {
                    (true, _) => {}
                    (false, false) => all.borrowed += 1,
                    (false, true) => all.none += 1,
                }
            }
        }
        all
    }

    /// Whether every picture is described for its own sake, as WCAG 2.2 1.1.1 asks.
    pub(super) fn complete(self) -> bool {
        self.borrowed == 0 && self.none == 0
    }

    /// What is to be said about it.
    pub(super) fn findings(self) -> Vec<Finding> {
        [(ALT_FROM_CAPTION, self.borrowed), (ALT_MISSING, self.none)]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(code, count)| Finding::warning(code).arg("count", count))
            .collect()
    }
}
