//! From a file to articles as their reader has them and as a person decided on their
//! structure: not yet corrected, not yet checked.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::check::Lists;
use crate::diag::{Code, Decisions, Fault, Finding, Progress, Warned};
use crate::import::{Imported, Sites, import_within};
use crate::media::{Bounds, Picture};
use crate::project::{Limits, Project};
use crate::review::{Doubt, Understood, carried, settle};

use super::pictures::{Home, pictures};

const MISSING: Code = Code::new("source-missing");
const FOLDER: Code = Code::new("source-is-folder");
const FORBIDDEN: Code = Code::new("source-forbidden");
const TOO_LARGE: Code = Code::new("source-too-large");
const TOO_MANY: Code = Code::new("source-too-many-articles");
const UNREADABLE: Code = Code::new("source-unreadable");
pub(super) const READING: Code = Code::new("stage-reading");

/// An article as its reader has it and as a person decided on its structure, before
/// any correction.
pub(super) struct Raw {
    pub(super) file: String,
    pub(super) part: usize,
    pub(super) imported: Imported,
    pub(super) findings: Vec<Finding>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) pictures: Vec<Picture>,
}

/// What reading needs to know besides a file.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The folder that an article's pictures may not lie outside of.
    pub within: &'a Path,
    /// The folder that pictures from inside files are put into.
    pub shelf: &'a Path,
    /// The profiles that a web page may fit.
    pub sites: &'a Sites,
    /// What the department keeps about its own words.
    pub lists: &'a Lists,
    /// How much is read.
    pub limits: Limits,
}

/// Reads one file into raw articles; see [`super::read_file`].
pub(super) fn understand(
    path: &Path,
    name: &str,
    around: &Surroundings<'_>,
    decisions: &Decisions,
) -> Result<Vec<Raw>, Fault> {
    let unreadable = |e: io::Error| {
        let finding = match e.kind() {
            io::ErrorKind::NotFound => Finding::error(MISSING),
            io::ErrorKind::IsADirectory => Finding::error(FOLDER),
            io::ErrorKind::PermissionDenied => Finding::error(FORBIDDEN),
            _ => Finding::error(UNREADABLE).arg("why", e),
        };
        Fault::work(finding.file(name))
    };
    if path.is_dir() {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    let Surroundings { within, shelf, sites, limits, .. } = *around;
    let most = limits.source_bytes();
    if size > most {
        let finding = Finding::error(TOO_LARGE).arg("size", crate::diag::size(size));
        return Err(Fault::work(finding.arg("most", crate::diag::size(most)).file(name)));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let stem = path.file_stem().map(PathBuf::from).unwrap_or_default();
    let bounds = Bounds { megabytes: limits.picture_mb.0, megapixels: limits.picture_megapixels.0 };
    let home = Home { folder: &folder, stem: &stem, source: &bytes, within, shelf, bounds };
    let articles = import_within(name, &bytes, sites, u64::from(limits.word_mb.0) << 20)?;
    let most = limits.articles_per_file.0;
    if articles.len() > most as usize {
        let finding = Finding::error(TOO_MANY).arg("count", articles.len()).arg("most", most);
        return Err(Fault::work(finding.file(name)));
    }
    Ok(articles
        .into_iter()
        .enumerate()
        .map(|(part, Warned { value: mut imported, mut findings })| {
            let doubts = settle(
                &mut Understood {
                    article: &mut imported.article,
                    origins: &mut imported.origins,
                    edits: &mut imported.edits,
                    findings: &mut findings,
                },
                &decisions.structure,
            );
            let embedded = std::mem::take(&mut imported.embedded);
            let (pictures, missing) = pictures(&imported.article, &embedded, &home);
            findings.extend(missing);
            Raw { file: name.to_owned(), part, imported, findings, doubts, pictures }
        })
        .collect())
}

/// The limits of the project in this folder; the usual ones where there is none.
pub(super) fn limits_of(root: &Path) -> Limits {
    Project::open(root).map(|project| project.config.limits).unwrap_or_default()
}

/// Reads files into raw articles, in parallel, by path and the name findings call
/// each; a decision on nearly the same words holds as well.
pub(super) fn understand_each(
    files: &[(PathBuf, String)],
    around: &Surroundings<'_>,
    decisions: &Decisions,
    progress: &dyn Progress,
) -> Vec<Result<Vec<Raw>, Fault>> {
    progress.begin(READING, files.len());
    let first = |(path, name): &(PathBuf, String)| {
        let raw = understand(path, name, around, decisions);
        progress.step();
        raw
    };
    let mut all: Vec<Result<Vec<Raw>, Fault>> = files.par_iter().map(first).collect();
    progress.end();
    let structure = &decisions.structure;
    let decided = structure.accepted.union(&structure.refused).map(String::as_str).collect();
    let raws = all.iter().flatten().flatten();
    let met = raws.flat_map(|raw| &raw.doubts).map(|d| d.key().to_owned()).collect();
    let carried = carried(&decided, &met);
    if !carried.is_empty() {
        let decisions = with_carried(decisions, &carried);
        for ((path, name), result) in files.iter().zip(&mut all) {
            let meets = |raw: &Raw| raw.doubts.iter().any(|d| carried.contains_key(d.key()));
            if result.iter().flatten().any(meets) {
                *result = understand(path, name, around, &decisions);
            }
        }
    }
    all
}

/// The decisions, and the same ones under the keys that they are carried over to.
pub(super) fn with_carried(decisions: &Decisions, carried: &BTreeMap<String, String>) -> Decisions {
    let mut out = decisions.clone();
    let structure = &decisions.structure;
    for (new, old) in carried {
        for (from, to) in [
            (&decisions.accepted, &mut out.accepted),
            (&decisions.refused, &mut out.refused),
            (&structure.accepted, &mut out.structure.accepted),
            (&structure.refused, &mut out.structure.refused),
        ] {
            if from.contains(old) {
                to.insert(new.clone());
            }
        }
    }
    out
}
