//! From a project's files to articles that are read, corrected and checked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::article::Article;
use crate::check::{DATE_MISSING, Lists, check, together};
use crate::diag::{Code, Decisions, Edit, Fault, Finding, Progress, Warned};
use crate::import::{Imported, Sites, import};
use crate::media::Picture;
use crate::normalise::normalise;
use crate::project::{Project, SourceFile, lists, sources};
use crate::publication::{Source, matches};

use super::pictures::{Home, pictures};
use super::sites::site_profiles;

pub(super) const UNREADABLE: Code = Code::new("source-unreadable");
const SUPERSEDED: Code = Code::new("source-superseded");
const EMBEDDED: &str = "embedded";
const READING: Code = Code::new("stage-reading");

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

/// Reads one file, which may hold several articles. `name` is what findings call
/// it; `within` is the folder that its pictures may not lie outside of, and
/// `shelf` the one that pictures from inside the file are put into; `sites` are the
/// profiles that a web page may fit, `lists` what the articles are checked against.
///
/// # Errors
/// Where the file cannot be opened or nothing in it can be read.
pub fn read_file(
    path: &Path,
    name: &str,
    within: &Path,
    shelf: &Path,
    decisions: &Decisions,
    lists: &Lists,
    sites: &Sites,
) -> Result<Vec<Read>, Fault> {
    let bytes = std::fs::read(path)
        .map_err(|e| Fault::work(Finding::error(UNREADABLE).arg("why", e).file(name)))?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let stem = path.file_stem().map(PathBuf::from).unwrap_or_default();
    let home = Home { folder: &folder, stem: &stem, source: &bytes, within, shelf };
    let articles = import(name, &bytes, sites)?;
    Ok(articles
        .into_iter()
        .enumerate()
        .map(|(n, a)| prepared(name, n, a, &home, decisions, lists))
        .collect())
}

/// Corrects and checks an article and finds its pictures.
fn prepared(
    name: &str,
    part: usize,
    warned: Warned<Imported>,
    home: &Home<'_>,
    decisions: &Decisions,
    lists: &Lists,
) -> Read {
    let mut findings = warned.findings;
    let mut imported = warned.value;
    let edits = normalise(&mut imported.article, decisions);
    findings.extend(check(name, &imported.article, &imported.origins, lists));
    let embedded = std::mem::take(&mut imported.embedded);
    let (pictures, missing) = pictures(&imported.article, &embedded, home);
    findings.extend(missing);
    for finding in &mut findings {
        locate(finding, name, &imported);
    }
    Read { file: name.to_owned(), part, imported, edits, pictures, findings }
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
    publications.flat_map(|p| p.front.iter().chain(&p.back)).any(|pattern| matches(pattern, file))
}

/// Reads every source of a project, in parallel. A file that cannot be read is
/// a finding and does not stop the others; a raw source that a canonical article
/// was made from is passed over, so that nothing is printed twice.
///
/// # Errors
/// A configuration fault where `review.toml` or a site profile cannot be understood.
pub fn read_all(project: &Project, progress: &dyn Progress) -> Result<Library, Fault> {
    let decisions = project.decisions()?;
    let files = sources(project.root());
    let lists = read_lists(project);
    let shelf = embedded_dir(project);
    let profiles = site_profiles(project.root())?;
    progress.begin(READING, files.len());
    let read = |file: &SourceFile| {
        let (root, lists) = (project.root(), &lists.value);
        let read = read_file(&file.path, &file.name, root, &shelf, &decisions, lists, &profiles);
        progress.step();
        (file.name.clone(), read)
    };
    let results: Vec<(String, Result<Vec<Read>, Fault>)> = files.par_iter().map(read).collect();
    progress.end();

    let superseded: BTreeSet<String> = results
        .iter()
        .filter_map(|(_, reads)| reads.as_ref().ok())
        .flatten()
        .filter_map(|read| read.imported.made_from.clone())
        .collect();
    let mut library = Library { reads: Vec::new(), findings: lists.findings };
    for (name, result) in results {
        if superseded.contains(&name) {
            library.findings.push(Finding::note(SUPERSEDED).file(name));
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
    let articles: Vec<(&str, &Article)> =
        library.reads.iter().map(|read| (read.file.as_str(), read.article())).collect();
    let between = together(&articles, &lists.value);
    library.findings.extend(between);
    Ok(library)
}
