//! From a source to canonical articles in the project, their pictures beside them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::check::Lists;
use crate::diag::{Code, Decisions, Fault, Finding, Silent, Warned};

use super::put::{Kept, folder_of, free_name, is_below, put, rename};
use super::sites::site_profiles;
use super::understand::{Raw, Surroundings, limits_of, understand_each};

pub(super) const EXISTS: Code = Code::new("convert-exists");
/// What tells a canonical article from the Markdown source beside it.
const BESIDE: &str = ".kanyin";

const UNWRITABLE: Code = Code::new("convert-unwritable");

/// Writes the canonical article of the source at `path` into the folder `to`, or
/// several where the file holds several, and copies their pictures there; gives the
/// files that were written. `root` is the project's folder, to which the article's
/// note of where it came from is relative; pictures from inside the source pass
/// through the folder `shelf`. The structure is as a person decided on it; the text is
/// the reader's, not yet corrected: corrections are made anew at each build, so that
/// they can still be refused.
///
/// # Errors
/// Where the source cannot be read, the folder cannot be written, or another
/// article of that name is there already: nothing is overwritten.
pub fn convert(
    path: &Path,
    to: &Path,
    root: &Path,
    shelf: &Path,
    decisions: &Decisions,
) -> Result<Warned<Vec<PathBuf>>, Fault> {
    let name = path.display().to_string().replace('\\', "/");
    let folder = path.parent().unwrap_or(Path::new("."));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let files = [(path.to_owned(), name.clone())];
    let (sites, lists) = (site_profiles(root)?, Lists::default());
    let limits = limits_of(root);
    let around = Surroundings { within: folder, shelf, sites: &sites, lists: &lists, limits };
    let raws = understand_each(&files, &around, decisions, &Silent).pop();
    let raws = raws.unwrap_or_else(|| Ok(Vec::new()))?;
    let mut written = Warned { value: Vec::new(), findings: Vec::new() };
    let several = raws.len() > 1;
    let sum = sum(path);
    for mut raw in raws {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let stem = if several { format!("{stem}-{}", raw.part + 1) } else { stem };
        let target = target(path, to, &stem);
        let made_from = Some(below(path, root).unwrap_or_else(|| name.clone()));
        let kept = keep(&mut raw, &target, path.parent().unwrap_or(Path::new("")));
        let Raw { imported, findings, .. } = raw;
        put(&target, imported.article, made_from, sum.clone(), &kept)
            .map_err(|e| unwritten(&target, &e))?;
        written.value.push(target);
        let located = |mut finding: Finding| {
            finding.file.get_or_insert_with(|| name.clone());
            finding
        };
        written.findings.extend(findings.into_iter().map(located));
    }
    Ok(written)
}

/// Why an article was not written.
pub(super) fn unwritten(target: &Path, e: &io::Error) -> Fault {
    Fault::work(match e.kind() {
        io::ErrorKind::AlreadyExists => Finding::error(EXISTS).file(target.display().to_string()),
        _ => {
            let to = target.parent().unwrap_or(Path::new("."));
            Finding::error(UNWRITABLE).arg("folder", to.display()).arg("why", e)
        }
    })
}

/// Where an article goes. A Markdown source keeps its name; what is made of it stands
/// beside it.
pub(super) fn target(path: &Path, to: &Path, stem: &str) -> PathBuf {
    let own = to.join(format!("{stem}.md"));
    let is_source =
        own.canonicalize().ok().is_some_and(|own| path.canonicalize().ok() == Some(own));
    if is_source { to.join(format!("{stem}{BESIDE}.md")) } else { own }
}

/// The pictures of an article as they are to stand beside it at `target`; the article
/// calls them so from then on. `folder` is the source's. Those from inside the source
/// go into a folder of the article's name, since all Word files call theirs image1.
pub(super) fn keep(raw: &mut Raw, target: &Path, folder: &Path) -> Vec<Kept> {
    let to = target.parent().unwrap_or(Path::new("."));
    let mut kept = Vec::new();
    for picture in &raw.pictures {
        let Some((file, _)) = &picture.file else { continue };
        let written = picture.name.replace('\\', "/");
        let (wished, named) = match file.strip_prefix(folder) {
            Ok(below) => {
                let below = below.to_string_lossy().replace('\\', "/");
                let named = if folder.join(&written) == *file { written } else { below.clone() };
                (below, named)
            }
            Err(_) if is_below(&written) => {
                // Whoever looks for the name finds it in that folder, unless a picture
                // of another article lies where is looked first.
                let inside = format!("{}/{written}", folder_of(target));
                let hidden = [to.join(&written), to.join("images").join(&written)];
                let clear = !hidden.iter().any(|place| place.exists());
                (inside.clone(), if clear { written } else { inside })
            }
            Err(_) => continue,
        };
        let name = free_name(target, &wished, file);
        let named = if name == wished { named } else { name.clone() };
        if named != picture.name {
            rename(&mut raw.imported.article.body, &picture.name, &named);
        }
        kept.push(Kept { from: file.clone(), name });
    }
    kept
}

/// Where a source's canonical article goes unless a person says otherwise: beside
/// it where it lies in the project's sources, so that whatever selects the one
/// selects the other; else into the sources.
pub fn home_of(path: &Path, root: &Path) -> PathBuf {
    let inside = below(path, root).is_some_and(|name| name.starts_with("sources/"));
    match path.parent() {
        Some(folder) if inside => folder.to_owned(),
        _ => root.join("sources"),
    }
}

/// The path relative to the project, `/` between folders, where it lies inside.
pub(super) fn below(path: &Path, root: &Path) -> Option<String> {
    let (path, root) = (path.canonicalize().ok()?, root.canonicalize().ok()?);
    Some(path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/"))
}

/// The sum of a source's bytes, by which a change shows; nothing where it cannot be read.
pub(super) fn sum(path: &Path) -> Option<String> {
    const SHORT: usize = 16;
    let hash = blake3::hash(&fs::read(path).ok()?).to_hex();
    Some(hash.chars().take(SHORT).collect())
}

/// Whether the source at `path` has changed since the canonical article at `target`
/// was made from it.
pub(super) fn is_changed(target: &Path, path: &Path) -> bool {
    let Ok(text) = fs::read_to_string(target) else { return false };
    let parsed = crate::canonical::parse(&target.display().to_string(), &text).ok();
    let then = parsed.and_then(|parsed| parsed.value.made_from_sum);
    then.is_some() && then != sum(path)
}

/// Whether the canonical article at `target` was made from the source at `path`, which
/// is called `name`, however the source was named then.
pub(super) fn is_made_from(target: &Path, name: &str, path: &Path, root: &Path) -> bool {
    let Ok(text) = fs::read_to_string(target) else { return false };
    if !crate::canonical::is_canonical(&text) {
        return false;
    }
    let file = target.display().to_string();
    let parsed = crate::canonical::parse(&file, &text).ok();
    let Some(from) = parsed.and_then(|parsed| parsed.value.made_from) else { return false };
    let source = path.canonicalize().ok();
    let is_source = |from: &Path| source.is_some() && from.canonicalize().ok() == source;
    from == name || is_source(&root.join(&from)) || is_source(Path::new(&from))
}
