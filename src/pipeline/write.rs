//! Writing results: everything of a publication is first written to a folder
//! beside its place and moved in only when whole, so that `out/` never holds half
//! a file, whatever interrupts.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::export::Artifact;

/// A folder in which one publication's results are gathered.
pub(super) struct Stage {
    target: PathBuf,
    dir: PathBuf,
}

impl Stage {
    /// A stage for the folder `target`, which is made if need be. What an
    /// interrupted run left is cleared away.
    pub(super) fn open(out: &Path, id: &str) -> io::Result<Self> {
        let dir = out.join(format!(".{id}.part"));
        clear(&dir)?;
        fs::create_dir_all(&dir)?;
        Ok(Self { target: out.join(id), dir })
    }

    /// Where the results are gathered.
    pub(super) fn folder(&self) -> &Path {
        &self.dir
    }

    /// Writes one artifact into the stage and gives its size in bytes.
    pub(super) fn write(&self, artifact: Artifact<'_>) -> io::Result<u64> {
        let path = self.dir.join(&artifact.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = BufWriter::with_capacity(1 << 18, File::create(&path)?);
        artifact.write(&mut file)?;
        file.flush()?;
        Ok(file.get_ref().metadata()?.len())
    }

    /// Whether an earlier run left a file or folder of this name.
    pub(super) fn has_old(&self, name: &str) -> bool {
        self.target.join(name).exists()
    }

    /// Puts the stage in the place of the whole folder.
    pub(super) fn replace(&self) -> io::Result<()> {
        let name = self.target.file_name().unwrap_or_default();
        let old = self.target.with_file_name(format!(".{}.old", name.display()));
        clear(&old)?;
        if self.target.exists() {
            fs::rename(&self.target, &old)?;
        }
        fs::rename(&self.dir, &self.target)?;
        clear(&old)
    }

    /// The names of what earlier runs left, in alphabetical order.
    pub(super) fn old(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.target).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// Moves everything in the stage to its place, each file or folder at once, and
    /// removes what earlier runs left under the names `unasked`.
    pub(super) fn commit(&self, unasked: &[String]) -> io::Result<()> {
        fs::create_dir_all(&self.target)?;
        let mut entries: Vec<_> = fs::read_dir(&self.dir)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let place = self.target.join(entry.file_name());
            if place.is_dir() {
                let old = self.target.join(format!(".{}.old", entry.file_name().display()));
                let _ = fs::remove_dir_all(&old);
                fs::rename(&place, &old)?;
                fs::rename(entry.path(), &place)?;
                fs::remove_dir_all(&old)?;
            } else {
                fs::rename(entry.path(), &place)?;
            }
        }
        for place in unasked.iter().map(|name| self.target.join(name)) {
            match fs::symlink_metadata(&place) {
                Ok(data) if data.is_dir() => fs::remove_dir_all(&place)?,
                Ok(_) => fs::remove_file(&place)?,
                Err(_) => {}
            }
        }
        fs::remove_dir_all(&self.dir)
    }
}

/// Removes a folder, where there is one.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

impl Drop for Stage {
    /// Nothing of an unfinished stage is left behind.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}
