//! From a source to a canonical article in the project, its pictures beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::canonical::{self, Canonical};
use crate::diag::{Code, Decisions, Fault, Finding, Warned};

use super::read::read_file;

const EXISTS: Code = Code::new("convert-exists");
/// What tells a canonical article from the Markdown source beside it.
const BESIDE: &str = ".kanyin";

const UNWRITABLE: Code = Code::new("out-unwritable");

/// Writes the canonical article of the source at `path` into the folder `to` and
/// copies its pictures there; gives the file that was written. `root` is the
/// project's folder, to which the article's note of where it came from is
/// relative. The text is the reader's, not yet corrected: corrections are made
/// anew at each build, so that they can still be refused.
///
/// # Errors
/// Where the source cannot be read, the folder cannot be written, or another
/// article of that name is there already: nothing is overwritten.
pub fn convert(path: &Path, to: &Path, root: &Path) -> Result<Warned<PathBuf>, Fault> {
    let name = path.display().to_string().replace('\\', "/");
    let bytes = fs::read(path).map_err(|e| {
        Fault::work(Finding::error(super::read::UNREADABLE).arg("why", e).file(&name))
    })?;
    let warned = crate::import::import(&name, &bytes)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let read = read_file(path, &name, folder, &Decisions::default())?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    // A Markdown source keeps its name; what is made of it stands beside it.
    let own = to.join(format!("{stem}.md"));
    let is_source =
        own.canonicalize().ok().is_some_and(|own| path.canonicalize().ok() == Some(own));
    let target = if is_source { to.join(format!("{stem}{BESIDE}.md")) } else { own };
    let file = Canonical {
        article: warned.value.article,
        made_from: Some(below(path, root).unwrap_or(name.clone())),
    };
    let text = canonical::write(&file);
    let write = || -> io::Result<()> {
        fs::create_dir_all(to)?;
        for picture in &read.pictures {
            let Some((source, _)) = &picture.file else { continue };
            let place = to.join(picture.name.replace('\\', "/"));
            let escapes = Path::new(&picture.name).components().any(|c| {
                !matches!(c, std::path::Component::Normal(_) | std::path::Component::CurDir)
            });
            if escapes || place.exists() {
                continue;
            }
            if let Some(parent) = place.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::copy(source, place)?;
        }
        let mut file = tempfile::NamedTempFile::new_in(to)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        file.persist_noclobber(&target)?;
        Ok(())
    };
    match write() {
        Ok(()) => Ok(Warned { value: target, findings: read.findings }),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            Err(Fault::work(Finding::error(EXISTS).file(target.display().to_string())))
        }
        Err(e) => {
            let finding = Finding::error(UNWRITABLE).arg("folder", to.display()).arg("why", e);
            Err(Fault::work(finding))
        }
    }
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
