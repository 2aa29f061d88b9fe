//! What a department may trust in: no edition tells more than it shows, no source and no
//! look can do harm, and nothing is published that nobody read whole. `docs/security.md`
//! says which test holds what.

mod bombs;
mod letters;
mod limits;
mod looks;
mod meanwhile;
mod opened;
mod privacy;

use std::fs;
use std::path::{Path, PathBuf};

use kanyin::diag::{Fault, Progress, Silent};
use kanyin::pipeline::{BuildOptions, Built, build};
use kanyin::project::Project;
use tempfile::TempDir;

use crate::{pdf, support};

/// A project folder of its own.
struct Folder(TempDir);

impl Folder {
    /// A project with this `kanyin.toml`.
    fn new(manifest: &str) -> Self {
        Self::named("kanyin", manifest)
    }

    /// The same in a folder whose name begins so.
    fn named(name: &str, manifest: &str) -> Self {
        let folder = tempfile::Builder::new().prefix(name).tempdir().unwrap();
        let folder = Self(folder);
        folder.write("kanyin.toml", manifest);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Builds it; `None`, said aloud, where the fonts are not there.
    fn built(&self) -> Option<Built> {
        self.built_with(&Silent).map(Result::unwrap)
    }

    fn built_with(&self, progress: &dyn Progress) -> Option<Result<Built, Fault>> {
        pdf::fonts()?;
        let mut fonts = vec![support::root().join("fonts")];
        fonts.extend(std::env::var_os("KANYIN_FONTS").map(PathBuf::from));
        let options = BuildOptions { fonts, ..BuildOptions::default() };
        Some(build(&Project::open(self.0.path()).unwrap(), &options, progress))
    }
}

/// The codes of all that was found.
fn codes(built: &Built) -> Vec<&'static str> {
    built.findings().map(|f| f.code.name()).collect()
}

/// The files below a folder of results, but for the report, which is for the department
/// alone and names its files.
fn editions(out: &Path) -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(out).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let files = files.filter(|entry| !entry.file_name().to_string_lossy().starts_with("report."));
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(out).unwrap().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}
