//! From a source to canonical articles in the project, their pictures beside them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::canonical::{self, Canonical};
use crate::check::Lists;
use crate::diag::{Code, Decisions, Fault, Finding, Warned};

use super::read::{Read, read_file};
use super::sites::site_profiles;

const EXISTS: Code = Code::new("convert-exists");
/// What tells a canonical article from the Markdown source beside it.
const BESIDE: &str = ".kanyin";

const UNWRITABLE: Code = Code::new("out-unwritable");

/// Writes the canonical article of the source at `path` into the folder `to`, or
/// several where the file holds several, and copies their pictures there; gives the
/// files that were written. `root` is the project's folder, to which the article's
/// note of where it came from is relative; pictures from inside the source pass
/// through the folder `shelf`. The text is the reader's, not yet corrected:
/// corrections are made anew at each build, so that they can still be refused.
///
/// # Errors
/// Where the source cannot be read, the folder cannot be written, or another
/// article of that name is there already: nothing is overwritten.
pub fn convert(
    path: &Path,
    to: &Path,
    root: &Path,
    shelf: &Path,
) -> Result<Warned<Vec<PathBuf>>, Fault> {
    let name = path.display().to_string().replace('\\', "/");
    let bytes = fs::read(path).map_err(|e| {
        Fault::work(Finding::error(super::read::UNREADABLE).arg("why", e).file(&name))
    })?;
    let profiles = site_profiles(root)?;
    let articles = crate::import::import(&name, &bytes, &profiles)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let none = (Decisions::default(), Lists::default());
    let reads = read_file(path, &name, folder, shelf, &none.0, &none.1, &profiles)?;
    let mut written = Warned { value: Vec::new(), findings: Vec::new() };
    let several = articles.len() > 1;
    for (n, (warned, read)) in articles.into_iter().zip(reads).enumerate() {
        let target = target(path, to, several.then_some(n + 1));
        let made_from = Some(below(path, root).unwrap_or(name.clone()));
        let text = canonical::write(&Canonical { article: warned.value.article, made_from });
        put(&target, &text, &read, path).map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => {
                Fault::work(Finding::error(EXISTS).file(target.display().to_string()))
            }
            _ => {
                let finding = Finding::error(UNWRITABLE).arg("folder", to.display()).arg("why", e);
                Fault::work(finding)
            }
        })?;
        written.value.push(target);
        written.findings.extend(read.findings);
    }
    Ok(written)
}

/// Where an article goes: the source's name, its number behind where there are
/// several. A Markdown source keeps its name; what is made of it stands beside it.
fn target(path: &Path, to: &Path, number: Option<usize>) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = match number {
        Some(number) => format!("{stem}-{number}"),
        None => stem.into_owned(),
    };
    let own = to.join(format!("{name}.md"));
    let is_source =
        own.canonicalize().ok().is_some_and(|own| path.canonicalize().ok() == Some(own));
    if is_source { to.join(format!("{name}{BESIDE}.md")) } else { own }
}

/// Writes an article whole or not at all, its pictures first: those from beside
/// the source under their names, those from inside it in a folder of the article's
/// name, since all Word files call theirs image1.
fn put(target: &Path, text: &str, read: &Read, source: &Path) -> io::Result<()> {
    let to = target.parent().unwrap_or(Path::new("."));
    let beside = source.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(to)?;
    for picture in &read.pictures {
        let Some((file, _)) = &picture.file else { continue };
        let name = picture.name.replace('\\', "/");
        let inside = !file.starts_with(beside);
        let place = if inside { target.with_extension("").join(&name) } else { to.join(&name) };
        let escapes = Path::new(&name)
            .components()
            .any(|c| !matches!(c, std::path::Component::Normal(_) | std::path::Component::CurDir));
        if escapes || place.exists() {
            continue;
        }
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(file, place)?;
    }
    let mut file = tempfile::NamedTempFile::new_in(to)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.persist_noclobber(target)?;
    Ok(())
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
fn below(path: &Path, root: &Path) -> Option<String> {
    let (path, root) = (path.canonicalize().ok()?, root.canonicalize().ok()?);
    Some(path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/"))
}
