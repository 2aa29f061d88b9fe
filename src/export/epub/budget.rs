//! Keeping an e-book within the size that a project allows it: where it would weigh
//! more, all its pictures become smaller, step by step, by no more than is needed.

use crate::diag::{Code, Finding, Warned};
use crate::export::Job;
use crate::export::view::View;

use super::archive::{Entry, weight, weight_of_picture};
use super::pictures::{Picture, Pictures, STEPS};

const KEPT: Code = Code::new("epub-budget-kept");
const MISSED: Code = Code::new("epub-budget-missed");

/// Bytes of an MB, as mail and shops count them.
const MB: u64 = 1_000_000;

/// The most that an e-book may weigh.
pub(super) struct Budget {
    megabytes: u64,
}

/// What became of the pictures.
pub(super) struct Fitted {
    pub(super) pictures: Warned<Vec<Picture>>,
    /// Whether some have other names now, so that the pages that show them must be made
    /// anew.
    pub(super) changed_names: bool,
    /// What is to be said about it.
    pub(super) findings: Vec<Finding>,
}

impl Budget {
    /// The budget among the view's options, where it has one.
    pub(super) fn of(view: &View) -> Option<Self> {
        let megabytes = view.options.get("budget")?.as_integer()?;
        Some(Self { megabytes: u64::try_from(megabytes).ok()? })
    }

    /// Chooses the pictures: the largest with which the file keeps to the budget, else
    /// the smallest. `others` are all other files of the book, called `name`; those
    /// pictures are the largest.
    pub(super) fn fit(
        &self,
        job: &Job<'_>,
        shown: &Pictures<'_>,
        largest: Warned<Vec<Picture>>,
        others: &[Entry],
        name: &str,
    ) -> Fitted {
        let most = self.megabytes.saturating_mul(MB);
        let kept = |pictures| Fitted { pictures, changed_names: false, findings: Vec::new() };
        let in_full = of_pictures(&largest.value);
        let unpacked: u64 = others.iter().map(Entry::len).sum();
        if unpacked + in_full <= most / 2 {
            // Far from the limit: nothing needs to be packed twice to know.
            return kept(largest);
        }
        let Ok(rest) = weight(others) else { return kept(largest) };
        let whole = rest + in_full;
        if whole <= most {
            return kept(largest);
        }
        // Each step is lighter than the one before it.
        let (mut heavy, mut chosen) = (0, STEPS.len() - 1);
        let mut pictures = shown.ready(job, chosen);
        let smallest = rest + of_pictures(&pictures.value);
        let mut size = smallest;
        while smallest <= most && heavy + 1 < chosen {
            let middle = (heavy + chosen) / 2;
            let tried = shown.ready(job, middle);
            let weight = rest + of_pictures(&tried.value);
            if weight <= most {
                (chosen, pictures, size) = (middle, tried, weight);
            } else {
                heavy = middle;
            }
        }
        let step = &STEPS[chosen];
        let code = if size <= most { Finding::note(KEPT) } else { Finding::error(MISSED) };
        let finding = code
            .arg("out", name)
            .arg("budget", self.megabytes)
            .arg("size", megabytes(size))
            .arg("whole", megabytes(whole))
            .arg("pixels", step.pixels / 10_000)
            .arg("quality", step.quality.unwrap_or(100));
        let names = |all: &[Picture]| all.iter().map(Picture::path).collect::<Vec<_>>();
        let changed_names = names(&largest.value) != names(&pictures.value);
        Fitted { pictures, changed_names, findings: vec![finding] }
    }
}

/// What pictures weigh within the container.
fn of_pictures(pictures: &[Picture]) -> u64 {
    pictures.iter().map(|picture| weight_of_picture(&picture.path(), &picture.ready)).sum()
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / MB as f64)
}
