//! A whole folder of sources: every article becomes canonical, pictures come to their
//! places, and what is left over is listed, never dropped.

mod json;
mod pictures;
mod targets;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::check::{Lists, duplicates};
use crate::diag::{Code, Decisions, Fault, Finding, Progress, Severity};
use crate::import::{Rank, rank};

use super::convert::{is_changed, keep, sum, unwritten};
use super::put::put;
use super::sites::site_profiles;
use super::understand::{Raw, Surroundings, limits_of, understand_each};
use pictures::Pictures;
use targets::{Target, Targets};
pub(super) use walk::LINK;
use walk::{Entry, Found, walk};

const NO_FOLDER: Code = Code::new("folder-not-there");
const NOTHING: Code = Code::new("folder-empty");
pub(super) const CHANGED: Code = Code::new("source-changed");
const COPY: Code = Code::new("folder-copy");

/// How a folder is to be imported.
#[derive(Debug)]
pub struct FolderOptions<'a> {
    /// The folder.
    pub dir: &'a Path,
    /// Where the articles go, folders below kept; beside their sources where nothing is
    /// said and the folder lies in the project's sources, else into those.
    pub to: Option<&'a Path>,
    /// The project's folder.
    pub root: &'a Path,
    /// The folder that pictures from inside the sources pass through.
    pub shelf: &'a Path,
    /// What a person decided on structure.
    pub decisions: &'a Decisions,
    /// Whether an article that is there twice is made twice.
    pub all: bool,
}

/// An article that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The source, as findings name it.
    pub source: String,
    /// The canonical article.
    pub target: PathBuf,
    /// How many pictures stand in it.
    pub pictures: usize,
}

/// What became of a folder.
#[derive(Debug, Default)]
pub struct FolderImport {
    /// The articles that were written.
    pub written: Vec<Written>,
    /// Sources whose canonical article was there before, and where.
    pub there: Vec<(String, PathBuf)>,
    /// Sources that hold the same article as another, which is named behind.
    pub copies: Vec<(String, String)>,
    /// Pictures that were put into a place of the text that waited for one.
    pub filled: usize,
    /// Pictures that belong to an article whose text has no place for them, and the
    /// article; they lie beside it.
    pub beside: Vec<(String, String)>,
    /// Pictures that belong to no article.
    pub leftovers: Vec<String>,
    /// Files that are neither article nor picture.
    pub unknown: Vec<String>,
    /// Sources that could not be read, and articles that could not be written.
    pub refused: Vec<String>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// An article of the folder, read and not yet written.
struct Piece {
    /// The number of its file.
    file: usize,
    raw: Raw,
    rank: Rank,
    /// Whether it is in the canonical form and lies where such articles go.
    is_canonical: bool,
}

/// Imports a folder. Nothing outside it is read and nothing is overwritten; done twice,
/// the second time writes nothing.
///
/// # Errors
/// A usage fault where there is no such folder, or nothing in it; a configuration
/// fault where a site profile of the project cannot be understood. Whatever goes wrong
/// with a single file is a finding of the result.
pub fn import_folder(
    options: &FolderOptions<'_>,
    progress: &dyn Progress,
) -> Result<FolderImport, Fault> {
    let shown_dir = options.dir.display().to_string().replace('\\', "/");
    if !options.dir.is_dir() {
        let finding = Finding::error(NO_FOLDER).arg("folder", shown_dir);
        return Err(Fault::usage(finding));
    }
    let targets = Targets::new(options);
    let shown = |name: &str| targets.shown(name);
    let Found { articles, pictures, unknown, findings } = walk(options.dir, &shown);
    if articles.is_empty() && pictures.is_empty() && findings.is_empty() {
        return Err(Fault::usage(Finding::error(NOTHING).arg("folder", shown_dir)));
    }
    let mut done = FolderImport { findings, ..FolderImport::default() };
    done.unknown = unknown.iter().map(|name| shown(name)).collect();
    let mut pieces = read(options, &articles, &shown, progress, &mut done)?;
    let copies = copies(&pieces, options.all, &mut done);
    let mut pictures = Pictures::new(&pieces, &articles, pictures, &copies, options.dir);
    write(options, &targets, &articles, &mut pieces, &copies, &mut pictures, &mut done);
    pictures.finish(&shown, &mut done);
    done.findings.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(done)
}

/// Reads the articles of a folder; what cannot be read is told.
fn read(
    options: &FolderOptions<'_>,
    articles: &[Entry],
    shown: &dyn Fn(&str) -> String,
    progress: &dyn Progress,
    done: &mut FolderImport,
) -> Result<Vec<Piece>, Fault> {
    let files: Vec<(PathBuf, String)> =
        articles.iter().map(|entry| (entry.path.clone(), shown(&entry.name))).collect();
    let (sites, lists) = (site_profiles(options.root)?, Lists::default());
    let FolderOptions { dir, shelf, decisions, .. } = *options;
    let limits = limits_of(options.root);
    let around = Surroundings { within: dir, shelf, sites: &sites, lists: &lists, limits };
    let all = understand_each(&files, &around, decisions, progress);
    let mut pieces = Vec::new();
    for (file, result) in all.into_iter().enumerate() {
        match result {
            Ok(raws) => pieces.extend(raws.into_iter().map(|raw| Piece {
                file,
                rank: rank(&raw.file, &raw.imported),
                is_canonical: targets::is_canonical(&files[file].0),
                raw,
            })),
            Err(fault) => {
                done.refused.push(files[file].1.clone());
                done.findings.extend(fault.findings);
            }
        }
    }
    Ok(pieces)
}

/// The pieces that hold the same article as a better one, by their numbers; each is
/// told. None where all are wanted.
fn copies(pieces: &[Piece], all: bool, done: &mut FolderImport) -> BTreeSet<usize> {
    let articles: Vec<_> = pieces.iter().map(|piece| &piece.raw.imported.article).collect();
    let mut copies = BTreeSet::new();
    for group in duplicates(&articles) {
        let best = group.iter().copied().max_by_key(|n| (pieces[*n].rank, std::cmp::Reverse(*n)));
        let Some(best) = best else { continue };
        for n in group.into_iter().filter(|n| *n != best) {
            let (own, other) = (&pieces[n].raw.file, &pieces[best].raw.file);
            // An article and the source that it was made from are no copies.
            let made = pieces[best].raw.imported.made_from.as_deref() == Some(own);
            if made || pieces[n].is_canonical || own == other {
                continue;
            }
            if !all {
                copies.insert(n);
            }
            done.copies.push((own.clone(), other.clone()));
            done.findings.push(Finding::note(COPY).arg("other", other).file(own));
        }
    }
    copies
}

/// Writes every article that is not there yet.
fn write(
    options: &FolderOptions<'_>,
    targets: &Targets<'_>,
    articles: &[Entry],
    pieces: &mut [Piece],
    copies: &BTreeSet<usize>,
    pictures: &mut Pictures,
    done: &mut FolderImport,
) {
    let mut several = vec![false; articles.len()];
    for piece in pieces.iter().filter(|piece| piece.raw.part > 0) {
        several[piece.file] = true;
    }
    let mut given = BTreeSet::new();
    // What a canonical article of the folder was made from is done.
    let made: BTreeMap<String, usize> = pieces
        .iter()
        .filter_map(|piece| Some((piece.raw.imported.made_from.clone()?, piece.file)))
        .collect();
    // The better source of two of one name gets the name.
    let mut order: Vec<usize> = (0..pieces.len()).filter(|n| !copies.contains(n)).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(pieces[*n].rank), pieces[*n].file, *n));
    for n in order {
        let piece = &mut pieces[n];
        let entry = &articles[piece.file];
        if piece.is_canonical && targets.in_place(entry) {
            pictures.settle(n);
            continue;
        }
        if let (false, Some(file)) = (piece.is_canonical, made.get(&piece.raw.file)) {
            pictures.settle(n);
            done.there.push((piece.raw.file.clone(), articles[*file].path.clone()));
            continue;
        }
        let part = several[piece.file].then_some(piece.raw.part + 1);
        let from = piece.raw.imported.made_from.clone();
        match targets.of(entry, from.as_deref(), part, &mut given) {
            Target::There(target) => {
                pictures.settle(n);
                if !piece.is_canonical && is_changed(&target, &entry.path) {
                    let article = target.display().to_string();
                    let finding = Finding::warning(CHANGED).arg("article", article);
                    done.findings.push(finding.file(&piece.raw.file));
                }
                done.there.push((piece.raw.file.clone(), target));
            }
            Target::Taken(target) => {
                pictures.settle(n);
                done.refused.push(piece.raw.file.clone());
                let fault = unwritten(&target, &std::io::ErrorKind::AlreadyExists.into());
                done.findings.extend(fault.findings);
            }
            Target::Free { target, made_from } => {
                let folder = entry.path.parent().unwrap_or(options.dir);
                let mut kept = keep(&mut piece.raw, &target, folder);
                let mut filling = pictures.fill(n, piece, &target);
                kept.append(&mut filling.kept);
                let then = match piece.is_canonical {
                    true => piece.raw.imported.made_from_sum.clone(),
                    false => sum(&entry.path),
                };
                let article = std::mem::take(&mut piece.raw.imported.article);
                if let Err(e) = put(&target, article, Some(made_from), then, &kept) {
                    done.refused.push(piece.raw.file.clone());
                    done.findings.extend(unwritten(&target, &e).findings);
                    continue;
                }
                pictures.written(filling, done);
                let pictures = kept.len();
                let source = piece.raw.file.clone();
                done.findings.extend(said(&mut piece.raw.findings, &source));
                done.written.push(Written { source, target, pictures });
            }
        }
    }
    done.written.sort_by(|a, b| a.source.cmp(&b.source).then(a.target.cmp(&b.target)));
    done.there.sort();
    done.copies.sort();
    done.refused.sort();
}

/// What reading found, with the file it is about.
fn said(findings: &mut Vec<Finding>, file: &str) -> Vec<Finding> {
    let named = |mut finding: Finding| {
        finding.file.get_or_insert_with(|| file.to_owned());
        finding
    };
    std::mem::take(findings).into_iter().map(named).collect()
}

impl FolderImport {
    /// Whether something went wrong that a person must see to.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }
}
