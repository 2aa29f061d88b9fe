//! Writing results: everything of a publication is first written to a hidden folder
//! beside its place. Once all is whole, what is kept of earlier results is linked in
//! and the folder takes the other's place in one step, so that `out/` never holds
//! half a file, nor files of two builds, whatever interrupts.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::export::{Artifact, Body};

/// A folder in which one publication's results are gathered.
pub(super) struct Stage {
    target: PathBuf,
    dir: PathBuf,
}

impl Stage {
    /// A stage for the folder `target`, which is made if need be. What an
    /// interrupted run left is cleared away, or put back where it was.
    pub(super) fn open(out: &Path, id: &str) -> io::Result<Self> {
        let (target, dir) = (out.join(id), out.join(format!(".{id}.part")));
        let old = aside(&target);
        if fs::symlink_metadata(&target).is_err() && old.exists() {
            fs::rename(&old, &target)?;
        }
        clear(&old)?;
        clear(&dir)?;
        fs::create_dir_all(&dir)?;
        Ok(Self { target, dir })
    }

    /// Where the results are gathered.
    pub(super) fn folder(&self) -> &Path {
        &self.dir
    }

    /// Writes one artifact into the stage and gives its size in bytes. What lies in the
    /// earlier result gets a second name, by which it lies in the stage as well.
    pub(super) fn write(&self, artifact: Artifact<'_>) -> io::Result<u64> {
        let path = self.dir.join(&artifact.path);
        if matches!(artifact.body, Body::Earlier) {
            let from = self.target.join(&artifact.path);
            within(&path, |path| lend(&from, path))?;
            return Ok(fs::metadata(&path)?.len());
        }
        let mut file = BufWriter::with_capacity(1 << 18, within(&path, |path| File::create(path))?);
        artifact.write(&mut file)?;
        file.flush()?;
        Ok(file.get_ref().metadata()?.len())
    }

    /// Puts the stage in the place of the folder, together with what earlier runs left
    /// in it, except under the names of what is in the stage and those in `unasked`.
    pub(super) fn commit(&self, unasked: &[String]) -> io::Result<()> {
        for name in entries(&self.target)? {
            let new = self.dir.join(&name);
            let gone = unasked.iter().any(|unasked| name == unasked.as_str());
            if !gone && fs::symlink_metadata(&new).is_err() {
                keep(&self.target.join(&name), &new)?;
            }
        }
        self.replace()
    }

    /// Puts the stage in the place of the whole folder.
    pub(super) fn replace(&self) -> io::Result<()> {
        // A folder that a department opened to its colleagues stays open to them.
        #[cfg(unix)]
        if let Ok(old) = fs::metadata(&self.target) {
            fs::set_permissions(&self.dir, old.permissions())?;
        }
        flush(&self.dir)?;
        if fs::symlink_metadata(&self.target).is_err() {
            return fs::rename(&self.dir, &self.target);
        }
        if exchange(&self.dir, &self.target)? {
            // What is left of the old folder, the next build clears away.
            let _ = fs::remove_dir_all(&self.dir);
            return Ok(());
        }
        // Where two folders cannot change places in one step, a run that is killed
        // between these two leaves the old folder aside, and the next puts it back.
        let old = aside(&self.target);
        clear(&old)?;
        fs::rename(&self.target, &old)?;
        if let Err(e) = fs::rename(&self.dir, &self.target) {
            fs::rename(&old, &self.target)?;
            return Err(e);
        }
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }
}

/// Where a folder stands while another takes its place in two steps.
fn aside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default();
    target.with_file_name(format!(".{}.old", name.display()))
}

/// Does something under a path; where its folder is not there yet, that is made first.
fn within<T>(path: &Path, mut work: impl FnMut(&Path) -> io::Result<T>) -> io::Result<T> {
    match (work(path), path.parent()) {
        (Err(e), Some(folder)) if e.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            work(path)
        }
        (done, _) => done,
    }
}

/// Gives a finished file a second name. That costs nothing: what is built is never
/// written into but put in another's place, so that neither name can change the other's
/// file. Where the disk knows no second names it is copied.
pub(super) fn lend(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => fs::copy(from, to).map(|_| ()),
        done => done,
    }
}

/// Gives a file, or every file below a folder, a second name.
fn keep(from: &Path, to: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(from)?.is_dir() {
        return lend(from, to);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        keep(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Lets two folders change places in one step; `false` where the system or the disk
/// cannot do that.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(e) if [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP].contains(&e) => {
            Ok(false)
        }
        Err(e) => Err(e.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Waits until what was written to a folder is on the disk: a power cut just after the
/// folder took its place must not leave it with empty files.
#[cfg(target_os = "linux")]
fn flush(dir: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(dir)?)?)
}

#[cfg(not(target_os = "linux"))]
fn flush(dir: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(dir) {
        let entry = entry?;
        // Windows flushes only what is open for writing; what a person put there and
        // protected was on the disk before.
        if entry.file_type().is_file()
            && let Ok(file) = File::options().append(true).open(entry.path())
        {
            settle(&file)?;
        }
    }
    Ok(())
}

/// macOS would have the disk itself flushed for each of some thousand files; what lies in
/// the disk's own memory is enough here.
#[cfg(target_os = "macos")]
fn settle(file: &File) -> io::Result<()> {
    Ok(rustix::fs::fsync(file)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn settle(file: &File) -> io::Result<()> {
    file.sync_data()
}

/// The names of what lies in a folder, in alphabetical order; none where there is no
/// such folder.
pub(super) fn names_in(folder: &Path) -> Vec<String> {
    let names = entries(folder).unwrap_or_default().into_iter();
    names.filter_map(|name| name.into_string().ok()).collect()
}

fn entries(folder: &Path) -> io::Result<Vec<OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
    let mut names: Vec<OsString> = names.collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
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
