//! Putting a font file into its place: only the right one, and whole or not at all.

use std::io::Write as _;
use std::path::Path;

use kanyin::diag::{Code, Fault, Finding};
use kanyin::layout::fonts::{Supply, sha256, sha256_of_file};
use walkdir::WalkDir;

use super::Told;

const WRITE_FAILED: Code = Code::new("fonts-write-failed");
const NOT_IN_FOLDER: Code = Code::new("fonts-not-in-folder");
const NO_FOLDER: Code = Code::new("fonts-no-folder");

/// Writes a file of the manifest.
///
/// # Errors
/// `Ok(false)` where the bytes are not the manifest's; a fault where the folder
/// cannot be written.
pub(super) fn put(supply: &Supply, bytes: &[u8], target: &Path) -> Result<bool, Fault> {
    if sha256(bytes) != supply.sha256 {
        return Ok(false);
    }
    let write = || {
        std::fs::create_dir_all(target)?;
        let mut file = tempfile::Builder::new().prefix(".kanyin-").tempfile_in(target)?;
        file.write_all(bytes)?;
        readable_by_all(file.as_file())?;
        file.persist(target.join(&supply.file))?;
        std::io::Result::Ok(())
    };
    match write() {
        Ok(()) => Ok(true),
        Err(e) => {
            let place = target.display().to_string();
            Err(Fault::work(Finding::error(WRITE_FAILED).arg("why", e).file(place)))
        }
    }
}

/// A temporary file is its owner's alone; a font is not.
#[cfg(unix)]
fn readable_by_all(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// Takes the needed files from a folder and the folders in it, whatever they are
/// called there: their content decides.
///
/// # Errors
/// Where the folder cannot be read, or does not have all of them; those it has
/// are taken all the same.
pub(super) fn from_folder(
    dir: &Path,
    target: &Path,
    needed: &[Supply],
    tell: &mut dyn FnMut(Told),
) -> Result<(), Fault> {
    let place = dir.display().to_string();
    if !dir.is_dir() {
        return Err(Fault::usage(Finding::error(NO_FOLDER).arg("folder", place)));
    }
    let mut missing: Vec<&Supply> = needed.iter().collect();
    for entry in WalkDir::new(dir).sort_by_file_name().into_iter().flatten() {
        let size = entry.metadata().ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
        if !missing.iter().any(|supply| Some(supply.bytes) == size) {
            continue;
        }
        let Ok(sum) = sha256_of_file(entry.path()) else { continue };
        let Some(at) = missing.iter().position(|supply| supply.sha256 == sum) else { continue };
        let Ok(bytes) = std::fs::read(entry.path()) else { continue };
        if put(missing[at], &bytes, target)? {
            let supply = missing.remove(at);
            tell(Told::Taken { file: &supply.file, bytes: supply.bytes });
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let files: Vec<&str> = missing.iter().map(|supply| supply.file.as_str()).collect();
    let finding = Finding::error(NOT_IN_FOLDER).arg("folder", place).arg("files", files.join("、"));
    Err(Fault::work(finding))
}
