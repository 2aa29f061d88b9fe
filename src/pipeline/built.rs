//! What is asked of a build, and what a build did.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::diag::Finding;
use crate::layout::Look;
use crate::project::Format;

use super::across::Dismissed;
use super::names::old;
use super::press::Preflighted;
use super::share::Shared;
use super::verify::KeptIn;

/// How a build is to be done.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// The ids of the publications; all where it is empty.
    pub ids: Vec<String>,
    /// Only these formats; what the publications ask for where it is empty.
    pub formats: Vec<Format>,
    /// Where results go; `out/` of the project where nothing is said.
    pub out: Option<PathBuf>,
    /// Where fonts are looked for, first choice first.
    pub fonts: Vec<PathBuf>,
    /// The file of the press's colour profile; what the publications name where
    /// nothing is said.
    pub icc: Option<PathBuf>,
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Built {
    /// The publications, in the order of `kanyin.toml`.
    pub publications: Vec<BuiltPublication>,
    /// What is handed out over the whole project, where it has e-books.
    pub shared: Option<Shared>,
    /// Sources that could not be read.
    pub findings: Vec<Finding>,
}

/// What was built of one publication.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BuiltPublication {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many articles it has.
    pub articles: usize,
    /// The files, relative to its folder, with their sizes in bytes.
    pub files: Vec<(String, u64)>,
    /// The formats that were asked for and could not be made.
    #[serde(skip)]
    pub not_made: Vec<NotMade>,
    /// How many edits its texts carry.
    pub edits: usize,
    /// What preflight says of each press file.
    pub preflights: Vec<Preflighted>,
    /// How much of the articles' text each finished file holds.
    pub kept: Vec<KeptIn>,
    /// What was found in its articles and on the way to its files.
    pub findings: Vec<Finding>,
    /// What was found in its articles and a person has set aside.
    pub dismissed: Vec<Dismissed>,
    /// Its folder.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// A format that could not be made.
#[derive(Debug, Clone)]
pub struct NotMade {
    /// The format.
    pub format: Format,
    /// What prevented it.
    pub reasons: Vec<Finding>,
    /// The files or folders that an earlier build left in its place.
    pub old: Vec<String>,
}

impl Built {
    /// Every finding, the sources' first.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.publications.iter().flat_map(|p| &p.findings))
    }
}

impl BuiltPublication {
    /// The same publication, of which nothing is made yet.
    pub(super) fn part(&self) -> Self {
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            articles: self.articles,
            edits: self.edits,
            folder: self.folder.clone(),
            files: Vec::new(),
            not_made: Vec::new(),
            preflights: Vec::new(),
            kept: Vec::new(),
            findings: Vec::new(),
            dismissed: Vec::new(),
        }
    }

    /// Adds what was made of a part.
    pub(super) fn take_in(&mut self, part: Self) {
        self.files.extend(part.files);
        self.not_made.extend(part.not_made);
        self.preflights.extend(part.preflights);
        self.kept.extend(part.kept);
        self.findings.extend(part.findings);
    }

    /// Says that nothing was made, and why: what was made did not come to its place.
    pub(super) fn take_back(&mut self, looks: &[(Format, Look)], why: Vec<Finding>) {
        self.files.clear();
        self.preflights.clear();
        self.kept.clear();
        let not_made = looks.iter().map(|(format, _)| NotMade {
            format: *format,
            reasons: why.clone(),
            old: old(&self.id, *format, &self.folder),
        });
        self.not_made = not_made.collect();
        self.findings.extend(why);
    }
}
