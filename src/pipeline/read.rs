//! From a project's files to articles that are read, corrected and checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::article::{Article, Place};
use crate::check::{DATE_MISSING, LOW_CONFIDENCE, Lists, check, together};
use crate::diag::{Code, Decisions, Edit, Fault, Finding, Progress, Warned};
use crate::import::Imported;
use crate::media::Picture;
use crate::normalise::normalise;
use crate::project::{Project, PublicationConfig, SourceFile, lists, published, sources_and_links};
use crate::publication::{Published, Source, matches};
use crate::review::{Doubt, carried};

use super::across::{Dismissed, look_across, set_aside};
use super::convert::sum;
use super::folder::{CHANGED, LINK};
use super::inputs::Looked;
use super::memory::Memory;
use super::sites::site_profiles;
use super::understand::{READING, Raw, Surroundings, understand, with_carried};

const SUPERSEDED: Code = Code::new("source-superseded");
const EMBEDDED: &str = "embedded";

/// A source, read, corrected and checked.
#[derive(Debug, Clone)]
pub struct Read {
    /// The file as findings name it.
    pub file: String,
    /// Which of the file's articles it is, from 0.
    pub part: usize,
    /// The article after its corrections, and where its blocks came from.
    pub imported: Imported,
    /// What was corrected, is proposed or was refused.
    pub edits: Vec<Edit>,
    /// The pictures its figures name, each name once.
    pub pictures: Vec<Picture>,
    /// What reading, checking and looking for pictures found.
    pub findings: Vec<Finding>,
    /// What of it a person has set aside.
    pub dismissed: Vec<Dismissed>,
    /// The structure that was inferred, and what a person said of it.
    pub doubts: Vec<Doubt>,
    /// Decisions that were made on nearly the same words and hold here as well: the key
    /// met here, and the one in `review.toml`.
    pub carried: BTreeMap<String, String>,
}

impl Read {
    /// Whether the picture of that name has no usable file.
    pub fn is_missing(&self, name: &str) -> bool {
        !self.pictures.iter().any(|p| p.name == name && p.file.is_some())
    }

    /// The article as publications take it.
    pub fn source(&self) -> Source {
        Source {
            file: self.file.clone(),
            part: self.part,
            article: Arc::new(self.imported.article.clone()),
            pictures: self.pictures.clone(),
        }
    }

    /// The article.
    pub fn article(&self) -> &Article {
        &self.imported.article
    }
}

/// All that a project has to publish.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// What could be read, in the order of the file names.
    pub reads: Vec<Read>,
    /// Files that could not be read, and files that were passed over.
    pub findings: Vec<Finding>,
    /// What of it a person has set aside.
    pub dismissed: Vec<Dismissed>,
    /// The department's lists.
    pub lists: Lists,
    /// Which articles have been published as posts.
    pub published: Published,
}

/// The folder of a project's cache for pictures that lay inside its sources.
pub fn embedded_dir(project: &Project) -> PathBuf {
    project.cache_dir().join(EMBEDDED)
}

/// The department's lists of a project, and what is wrong with them.
pub fn read_lists(project: &Project) -> Warned<Lists> {
    let files = lists(project.root());
    let mut read = Lists::read(files.value.iter().map(|f| (f.name.as_str(), f.text.as_str())));
    read.findings.splice(0..0, files.findings);
    read
}

/// Which of these articles have been published, and what is wrong with the list.
fn read_published(project: &Project, reads: &[Read], findings: &mut Vec<Finding>) -> Published {
    let file = published(project.root());
    findings.extend(file.findings);
    let Some(file) = file.value else { return Published::default() };
    let sources: Vec<Source> = reads.iter().map(Read::source).collect();
    let read = Published::read(&file.name, &file.text, &sources);
    findings.extend(read.findings);
    read.value
}

/// Reads one file, which may hold several articles. `name` is what findings call it.
///
/// # Errors
/// Where the file cannot be opened or nothing in it can be read.
pub fn read_file(
    path: &Path,
    name: &str,
    around: &Surroundings<'_>,
    decisions: &Decisions,
) -> Result<Vec<Read>, Fault> {
    let read = |decisions: &Decisions| -> Result<Vec<Read>, Fault> {
        let raw = understand(path, name, around, decisions)?;
        Ok(raw.into_iter().map(|raw| prepared(raw, around.lists, decisions)).collect())
    };
    let mut reads = read(decisions)?;
    let carried = carried_over(&reads, decisions);
    if !carried.is_empty() {
        reads = read(&with_carried(decisions, &carried))?;
    }
    for read in &mut reads {
        read.carried.clone_from(&carried);
        read.dismissed = set_aside(&mut read.findings, decisions);
    }
    Ok(reads)
}

/// Corrects and checks an article.
fn prepared(raw: Raw, lists: &Lists, decisions: &Decisions) -> Read {
    let Raw { file, part, mut imported, mut findings, doubts, pictures } = raw;
    let edits = normalise(&mut imported.article, decisions);
    findings.extend(check(&file, &imported.article, &imported.origins, lists));
    for finding in &mut findings {
        locate(finding, &file, &imported);
    }
    // What the reader itself doubts has been said with its reason.
    let said: BTreeSet<Place> = findings
        .iter()
        .filter(|f| f.code != LOW_CONFIDENCE)
        .filter_map(|f| f.place.clone())
        .collect();
    findings.retain(|f| {
        f.code != LOW_CONFIDENCE || !f.place.as_ref().is_some_and(|place| said.contains(place))
    });
    let (dismissed, carried) = (Vec::new(), BTreeMap::new());
    Read { file, part, imported, edits, pictures, findings, dismissed, doubts, carried }
}

/// Decisions that meet nothing in these articles any more and hold for what is nearly
/// the same: the key met, and the key decided on.
fn carried_over<'a>(
    reads: impl IntoIterator<Item = &'a Read>,
    decisions: &Decisions,
) -> BTreeMap<String, String> {
    let structure = &decisions.structure;
    let of_edits: BTreeSet<&str> =
        decisions.accepted.union(&decisions.refused).map(String::as_str).collect();
    let of_structure: BTreeSet<&str> =
        structure.accepted.union(&structure.refused).map(String::as_str).collect();
    if of_edits.is_empty() && of_structure.is_empty() {
        return BTreeMap::new();
    }
    let (mut edits, mut doubts) = (BTreeSet::new(), BTreeSet::new());
    for read in reads {
        edits.extend(read.edits.iter().map(Edit::key));
        doubts.extend(read.doubts.iter().map(|d| d.key().to_owned()));
    }
    let mut all = carried(&of_structure, &doubts);
    all.extend(carried(&of_edits, &edits));
    all
}

/// Gives a finding its file and, by the side table, its line, where it has none.
fn locate(finding: &mut Finding, name: &str, imported: &Imported) {
    finding.file.get_or_insert_with(|| name.to_owned());
    if let (None, Some(place)) = (finding.line, &finding.place) {
        let mut place = place.clone();
        while finding.line.is_none() {
            finding.line = imported.origins.get(&place).and_then(|o| o.line);
            if place.steps.pop().is_none() {
                break;
            }
        }
    }
}

/// Whether a file stands before or after the parts of a publication, where nothing
/// is ordered by date: a foreword, a list of editors.
fn undated_by_nature(project: &Project, file: &str) -> bool {
    let publications = project.config.publication.iter();
    publications.flat_map(PublicationConfig::set_apart).any(|pattern| matches(pattern, file))
}

/// Reads every source of a project, in parallel. A file that cannot be read is
/// a finding and does not stop the others; a raw source that a canonical article
/// was made from is passed over, so that nothing is printed twice.
///
/// # Errors
/// A configuration fault where `review.toml`, or a site profile, cannot be understood.
pub fn read_all(project: &Project, progress: &dyn Progress) -> Result<Library, Fault> {
    read_again(project, None, progress)
}

/// The same, where what goes into it has been looked at: what has not changed since it
/// was last read is not read again.
///
/// # Errors
/// As [`read_all`].
pub(super) fn read_again(
    project: &Project,
    looked: Option<Looked<'_>>,
    progress: &dyn Progress,
) -> Result<Library, Fault> {
    let decisions = project.decisions()?;
    let (files, links) = sources_and_links(project.root());
    let shelf = embedded_dir(project);
    let lists = read_lists(project);
    let sites = site_profiles(project.root())?;
    let around = Surroundings {
        within: project.root(),
        shelf: &shelf,
        sites: &sites,
        lists: &lists.value,
        limits: project.config.limits,
    };
    progress.begin(READING, files.len());
    let read = |file: &SourceFile, decisions: &Decisions| {
        let raw = understand(&file.path, &file.name, &around, decisions)?;
        Ok(raw.into_iter().map(|r| prepared(r, &lists.value, decisions)).collect::<Vec<Read>>())
    };
    let memory = looked.map(|looked| Memory::open(project, &shelf, looked.inputs));
    let memory = memory.as_ref();
    let first = |file: &SourceFile| {
        let known = memory.and_then(|memory| memory.recall(&file.name));
        let (result, bytes) = known.map_or_else(
            || {
                let result = read(file, &decisions);
                let bytes = memory.zip(result.as_ref().ok()).and_then(|(m, r)| m.bytes(r));
                (result, bytes)
            },
            |(reads, bytes)| (Ok(reads), Some(bytes)),
        );
        progress.step();
        ((file.name.clone(), result), bytes)
    };
    type Results = Vec<(String, Result<Vec<Read>, Fault>)>;
    let (mut results, kept): (Results, Vec<_>) = files.par_iter().map(first).unzip();
    progress.end();
    if let (Some(memory), Some(looked)) = (memory, looked)
        && looked.is_still()
    {
        let kept = files.iter().zip(kept);
        let kept: Vec<_> = kept.filter_map(|(file, bytes)| Some((file, bytes?))).collect();
        memory.keep(&kept);
    }
    let carried = carried_over(
        results.iter().filter_map(|(_, reads)| reads.as_ref().ok()).flatten(),
        &decisions,
    );
    if !carried.is_empty() {
        let decisions = with_carried(&decisions, &carried);
        let again = |(file, result): (&SourceFile, &mut (String, Result<Vec<Read>, Fault>))| {
            let meets = |read: &Read| {
                read.doubts.iter().any(|d| carried.contains_key(d.key()))
                    || read.edits.iter().any(|e| carried.contains_key(&e.key()))
            };
            if result.1.as_ref().is_ok_and(|reads| reads.iter().any(meets)) {
                result.1 = read(file, &decisions);
                for read in result.1.iter_mut().flatten() {
                    read.carried.clone_from(&carried);
                }
            }
        };
        files.par_iter().zip(results.par_iter_mut()).for_each(again);
    }

    let superseded: BTreeSet<String> = results
        .iter()
        .filter_map(|(_, reads)| reads.as_ref().ok())
        .flatten()
        .filter_map(|read| read.imported.made_from.clone())
        .collect();
    let mut library = Library { findings: lists.findings, ..Library::default() };
    library.findings.extend(links.into_iter().map(|link| Finding::warning(LINK).file(link)));
    let mut passed_over: Vec<String> = Vec::new();
    for (name, result) in results {
        if superseded.contains(&name) {
            passed_over.push(name);
            continue;
        }
        match result {
            Ok(mut reads) => {
                if undated_by_nature(project, &name) {
                    for read in &mut reads {
                        read.findings.retain(|f| f.code != DATE_MISSING);
                    }
                }
                library.reads.extend(reads);
            }
            Err(fault) => library.findings.extend(fault.findings),
        }
    }
    for read in &mut library.reads {
        let made = &read.imported;
        let source = made.made_from.as_ref().map(|from| project.root().join(from));
        let then = made.made_from_sum.is_some().then_some(&made.made_from_sum);
        // Whoever mends the raw source wonders why the book does not change.
        if let (Some(source), Some(then)) = (source.filter(|s| s.is_file()), then)
            && sum(&source) != *then
        {
            let from = made.made_from.clone().unwrap_or_default();
            let finding = Finding::warning(CHANGED).arg("article", &read.file);
            read.findings.push(finding.file(from));
        }
    }
    if let Some(first) = passed_over.first() {
        let note = Finding::note(SUPERSEDED).arg("count", passed_over.len());
        library.findings.push(note.file(first));
    }
    look_across(&mut library);
    let articles: Vec<(&str, &Article)> =
        library.reads.iter().map(|read| (read.file.as_str(), read.article())).collect();
    library.findings.extend(together(&articles, &lists.value));
    library.published = read_published(project, &library.reads, &mut library.findings);
    library.dismissed = set_aside(&mut library.findings, &decisions);
    for read in &mut library.reads {
        read.dismissed = set_aside(&mut read.findings, &decisions);
    }
    library.lists = lists.value;
    Ok(library)
}
