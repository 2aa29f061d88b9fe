//! One build of a project at a time: two would clear away each other's unfinished
//! work. What a killed build left in the cache goes before the next begins.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::diag::{Code, Fault, Finding};
use crate::project::Project;

const BUSY: Code = Code::new("build-busy");

/// The folders of the cache in which only a build writes.
const OWN: [&str; 2] = ["pictures", "pages"];

/// The right to build a project; given back when dropped, and by the system where the
/// process is killed.
pub(super) struct Alone {
    _lock: Option<File>,
}

/// Takes the right to build a project.
///
/// # Errors
/// A fault of the work where another process has it. A disk that knows no locks, or a
/// cache that cannot be written, keeps nobody from building.
pub(super) fn alone(project: &Project) -> Result<Alone, Fault> {
    let cache = project.cache_dir();
    let lock = fs::create_dir_all(&cache).and_then(|()| {
        File::options().create(true).truncate(false).write(true).open(cache.join("lock"))
    });
    let Ok(lock) = lock else { return Ok(Alone { _lock: None }) };
    match lock.try_lock() {
        Ok(()) => {
            OWN.iter().for_each(|folder| sweep(&cache.join(folder)));
            Ok(Alone { _lock: Some(lock) })
        }
        Err(TryLockError::WouldBlock) => {
            let folder = project.root().display();
            Err(Fault::work(Finding::error(BUSY).arg("folder", folder)))
        }
        Err(TryLockError::Error(_)) => Ok(Alone { _lock: None }),
    }
}

/// Removes files that were never given their name.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNNAMED) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// How the name of a file begins that is still being written.
const UNNAMED: &str = ".tmp";
