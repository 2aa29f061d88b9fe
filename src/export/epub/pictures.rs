//! The pictures of the e-book: which are shown, in which size, under which name,
//! and whether those who cannot see them are told what they show.

use rayon::prelude::*;

use crate::diag::{Code, Finding, Warned};
use crate::export::Job;
use crate::media::{Colours, Ready, Want};

const PICTURES: Code = Code::new("epub-pictures");

/// How large and how heavy pictures may be.
pub(super) struct Step {
    /// The most pixels of each.
    pub(super) pixels: u64,
    /// The quality of JPEGs, of 100; `None` where pictures may stay as they are.
    pub(super) quality: Option<u8>,
}

/// From the best pictures to the lightest. Apple Books refuses pictures of more pixels
/// than the first has; in those of the last, half as wide as a telephone's screen,
/// people are still known.
pub(super) const STEPS: [Step; 8] = [
    Step { pixels: 4_000_000, quality: None },
    Step { pixels: 4_000_000, quality: Some(82) },
    Step { pixels: 2_400_000, quality: Some(82) },
    Step { pixels: 1_500_000, quality: Some(80) },
    Step { pixels: 1_000_000, quality: Some(78) },
    Step { pixels: 600_000, quality: Some(74) },
    Step { pixels: 360_000, quality: Some(70) },
    Step { pixels: 200_000, quality: Some(62) },
];

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

/// The pictures that the articles show, each once, in the order of their ids, with the
/// first file that shows it.
pub(super) struct Pictures<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Pictures<'a> {
    /// Those of a job.
    pub(super) fn shown(job: &Job<'a>) -> Self {
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
        Self(shown)
    }

    /// The pictures as this step of [`STEPS`] has them. One that cannot be decoded is
    /// left out and told: its frame stands in its place.
    pub(super) fn ready(&self, job: &Job<'_>, step: usize) -> Warned<Vec<Picture>> {
        let Step { pixels, quality } = STEPS[step];
        let max_pixels = Some(pixels);
        let want = Want { max_pixels, quality, colours: Colours::Screen, ..Want::default() };
        job.progress.begin(PICTURES, self.0.len());
        let made: Vec<_> = self
            .0
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
    /// How many of them are not there: a frame with a name stands in their place.
    pub(super) missing: usize,
}

impl Descriptions {
    /// Counts the pictures of a job.
    pub(super) fn count(job: &Job<'_>) -> Self {
        let mut all = Self::default();
        for article in job.view.matter() {
            for image in article.images() {
                all.pictures += 1;
                all.missing += usize::from(image.missing);
                match (image.described, image.alt.is_empty()) {
                    (true, _) => {}
                    (false, false) => all.borrowed += 1,
                    (false, true) => all.none += 1,
                }
            }
        }
        all
    }

    /// Whether every picture is there and described for its own sake, as WCAG 2.2 1.1.1
    /// asks.
    pub(super) fn complete(self) -> bool {
        self.borrowed == 0 && self.none == 0 && self.missing == 0
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
