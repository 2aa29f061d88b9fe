//! One publication: what it is made of, the folder in which its files are gathered, and
//! their coming to their place. A format that cannot be made does not stop the others.

use std::collections::BTreeSet;
use std::io;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use crate::diag::{Code, Fault, Finding, Progress, Silent};
use crate::export::pdf::PressOrder;
use crate::layout::{FontShelf, Look, Medium};
use crate::media::{Album, Store};
use crate::project::{Format, Project, PublicationConfig};
use crate::publication::{Frame, Publication, assemble, matches};

use super::across::DUPLICATE;
use super::apparatus::apparatus;
use super::built::BuiltPublication;
use super::configured::{arrangement, document_doubts, frame, selection};
use super::earlier::{Earlier, Left};
use super::inputs::Inputs;
use super::medium::Making;
use super::names::{other_e_books, outlived, unasked};
use super::read::Library;
use super::report;
use super::write::Stage;

const NOTHING_SELECTED: Code = Code::new("publication-empty");
const MATTER_MISSING: Code = Code::new("publication-matter-missing");
pub(super) const UNWRITABLE: Code = Code::new("out-unwritable");
pub(super) const TOO_LARGE: Code = Code::new("out-too-large");
const PICTURE_CHANGED: Code = Code::new("build-picture-changed");
const BUILDING: Code = Code::new("stage-building");

/// Of so many pictures, posts are made after the pages: what both hold in memory at once
/// would be more than a machine of the department may have to spare.
const MANY: usize = 10_000;

/// What all publications of a build share.
pub(super) struct Work<'a> {
    pub(super) project: &'a Project,
    pub(super) library: &'a Library,
    pub(super) fonts: &'a FontShelf,
    /// What the press edition is made for, or why it cannot be made.
    pub(super) order: Option<&'a Result<PressOrder, Fault>>,
    pub(super) report: &'a Look,
    /// What goes in, where that can be told.
    pub(super) inputs: Option<&'a Inputs>,
    pub(super) out: PathBuf,
    /// Whether every format that a publication asks for is to be made.
    pub(super) whole: bool,
    pub(super) progress: &'a dyn Progress,
}

impl<'a> Work<'a> {
    /// Makes a publication; with it comes what later builds may take over.
    pub(super) fn publication(
        &self,
        config: &PublicationConfig,
        looks: &[(Format, Look)],
    ) -> (BuiltPublication, Option<(Earlier<'a>, Left)>) {
        let wording = looks.first().map(|(_, look)| look.wording.clone()).unwrap_or_default();
        let sources: Vec<_> = self.library.reads.iter().map(super::Read::source).collect();
        let frame = Frame {
            apparatus: apparatus(config, self.library),
            ..frame(config, &self.project.config.press)
        };
        let publication =
            assemble(frame, &sources, &selection(config), &arrangement(config, &wording));
        let files: Vec<&str> = publication.files().collect();
        let chosen: BTreeSet<(&str, usize)> =
            publication.entries().map(|e| (e.source.file.as_str(), e.source.part)).collect();
        let is_chosen = |r: &&super::Read| chosen.contains(&(r.file.as_str(), r.part));
        let reads: Vec<_> = self.library.reads.iter().filter(is_chosen).collect();
        let mut built = BuiltPublication {
            id: config.id.clone(),
            title: publication.title.clone(),
            articles: files.len(),
            files: Vec::new(),
            preflights: Vec::new(),
            kept: Vec::new(),
            not_made: Vec::new(),
            edits: reads.iter().map(|r| r.edits.len()).sum(),
            findings: reads
                .iter()
                .flat_map(|r| &r.findings)
                .filter(|f| is_of_this(f, &files))
                .cloned()
                .collect(),
            dismissed: reads.iter().flat_map(|r| r.dismissed.clone()).collect(),
            folder: self.out.join(&config.id),
        };
        for pattern in config.set_apart() {
            if !files.iter().any(|file| matches(pattern, file)) {
                let finding = Finding::warning(MATTER_MISSING).arg("pattern", pattern);
                built.findings.push(finding.arg("id", &config.id).file(crate::project::MANIFEST));
            }
        }
        built.findings.extend(document_doubts(config, &publication));
        if publication.parts.iter().all(|part| part.articles.is_empty()) {
            built.findings.push(Finding::error(NOTHING_SELECTED).arg("id", &config.id));
            return (built, None);
        }
        let place = (built.folder.as_path(), self.store());
        let earlier = Earlier::open(self.project, place, &publication, self.inputs);
        let mut left = Left::default();
        // A picture that is not what it was is why it could not be copied.
        let failed = |e: io::Error| match changed_meanwhile(&publication) {
            changed if changed.is_empty() => vec![unwritable(&self.out, &e)],
            changed => changed,
        };
        match Stage::open(&self.out, &config.id) {
            Ok(stage) => {
                let of = (config, &publication, looks);
                let made = self.formats(of, &mut built, &reads, &stage, (&earlier, &mut left));
                let why = made.unwrap_or_else(failed);
                if !why.is_empty() {
                    built.take_back(looks, why);
                }
            }
            Err(e) => built.take_back(looks, failed(e)),
        }
        (built, Some((earlier, left)))
    }

    /// Where pictures are kept that were made smaller or recoloured.
    fn store(&self) -> Store {
        Store::new(self.project.cache_dir().join("pictures"))
    }

    /// Makes the formats, a medium at a time: the e-book asks for the pages of print.
    /// Posts ask for nothing and are made beside the others.
    fn media(
        &self,
        of: (&PublicationConfig, &Publication, &[(Format, Look)]),
        album: &Album,
        built: &mut BuiltPublication,
        stage: &Stage,
        (earlier, left): (&Earlier<'_>, &mut Left),
    ) -> io::Result<()> {
        let media = of.2.chunk_by(|a, b| a.1.medium == b.1.medium);
        let (posts, others): (Vec<_>, Vec<_>) = media.partition(|formats| are_posts(formats));
        let make = |work: &Work<'_>, media: &[&[(Format, Look)]], mut part: BuiltPublication| {
            let mut left = Left::default();
            let mut making = Making::new(work, of, album, stage, earlier);
            for formats in media {
                making.medium(formats, &mut part, &mut left)?;
                formats.iter().for_each(|_| self.progress.step());
            }
            Ok::<_, io::Error>((part, left))
        };
        let apart = posts.is_empty() || others.is_empty() || of.1.pictures().len() > MANY;
        let (others, posts) = if apart {
            (make(self, &others, built.part()), make(self, &posts, built.part()))
        } else {
            // They have threads of their own: one that waits for a part of the pages must
            // not begin a post meanwhile, on a stack that Typst has filled already.
            let pool = rayon::ThreadPoolBuilder::new().build().map_err(io::Error::other)?;
            // Of two that tell how far they are, neither would be understood.
            let quiet = Work { out: self.out.clone(), progress: &Silent, ..*self };
            let part = built.part();
            thread::scope(|scope| {
                let beside = scope.spawn(|| pool.install(|| make(&quiet, &posts, part)));
                let others = make(self, &others, built.part());
                (others, beside.join().unwrap_or_else(|panic| resume_unwind(panic)))
            })
        };
        for (part, more) in [others?, posts?] {
            built.take_in(part);
            left.take_in(more);
        }
        Ok(())
    }

    /// Makes the formats and puts them in their place; gives what keeps them from it.
    fn formats(
        &self,
        (config, publication, looks): (&PublicationConfig, &Publication, &[(Format, Look)]),
        built: &mut BuiltPublication,
        reads: &[&super::Read],
        stage: &Stage,
        (earlier, left): (&Earlier<'_>, &mut Left),
    ) -> io::Result<Vec<Finding>> {
        let album = Album::new(self.store(), publication.pictures().into_iter().cloned());
        self.progress.begin(BUILDING, looks.len());
        let of = (config, publication, looks);
        self.media(of, &album, built, stage, (earlier, left))?;
        self.progress.end();
        for report in report::artifacts(built, publication, reads, self.report) {
            stage.write(report)?;
        }
        let mut gone = if self.whole { unasked(config, looks, built) } else { Vec::new() };
        gone.extend(outlived(&config.id, built));
        gone.extend(other_e_books(looks, built, &built.folder, self.whole));
        let changed = changed_meanwhile(publication);
        if changed.is_empty() {
            stage.commit(&gone)?;
        }
        Ok(changed)
    }
}

/// Whether looks are of posts, which need nothing of other media.
fn are_posts(formats: &[(Format, Look)]) -> bool {
    formats.first().is_some_and(|(_, look)| look.medium == Medium::Wechat)
}

/// The pictures that somebody changed between the two times they were looked at: what
/// was reckoned for one picture and written of another would be neither.
fn changed_meanwhile(publication: &Publication) -> Vec<Finding> {
    let pictures = publication.pictures().into_iter();
    let files = pictures.filter_map(|picture| Some((&picture.name, picture.file.as_ref()?)));
    let changed = files.filter(|(_, (path, probe))| !probe.still_holds(path));
    changed.map(|(name, _)| Finding::error(PICTURE_CHANGED).arg("name", name)).collect()
}

/// What is said where results cannot be written.
pub(super) fn unwritable(folder: &Path, why: &io::Error) -> Finding {
    if why.kind() == io::ErrorKind::FileTooLarge {
        return Finding::error(TOO_LARGE).arg("folder", folder.display());
    }
    Finding::error(UNWRITABLE).arg("folder", folder.display()).arg("why", why)
}

/// Whether a finding concerns a publication of these files: an article that stands
/// twice in the project does no harm where only one of the two is printed.
fn is_of_this(finding: &Finding, files: &[&str]) -> bool {
    let other = finding.args.iter().find(|(key, _)| *key == "other").map(|(_, file)| file);
    finding.code != DUPLICATE || other.is_none_or(|file| files.contains(&file.as_str()))
}
