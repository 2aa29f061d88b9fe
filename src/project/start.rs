//! A new project: the folders and a `kanyin.toml` that builds at once. It asks
//! nothing, needs no network and never touches a file that is there.

use std::io::Write as _;
use std::path::Path;

use crate::diag::{Code, Fault, Finding};

use super::MANIFEST;

const EXISTS: Code = Code::new("project-exists");
const UNWRITABLE: Code = Code::new("project-unwritable");

include!(concat!(env!("OUT_DIR"), "/sample.rs"));

const TEMPLATE: &str = include_str!("start/kanyin.toml");
const READ_ME: &str = include_str!("start/README.md");
const GITIGNORE: &str = include_str!("start/gitignore");

/// What a new project begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Nothing: the articles are a person's own.
    Empty,
    /// A few articles of a made-up university with their pictures, to see what
    /// becomes of them.
    Sample,
}

/// Makes a new project in `root`, which may exist as long as it has no
/// `kanyin.toml`.
///
/// # Errors
/// A usage fault where there is a project already; a fault where the folder
/// cannot be written.
pub fn start(root: &Path, with: Start) -> Result<(), Fault> {
    if root.join(MANIFEST).exists() {
        let finding = Finding::error(EXISTS).arg("folder", root.display());
        return Err(Fault::usage(finding));
    }
    make(root, with).map_err(|e| {
        let finding = Finding::error(UNWRITABLE).arg("folder", root.display()).arg("why", e);
        Fault::work(finding)
    })
}

fn make(root: &Path, with: Start) -> std::io::Result<()> {
    for folder in ["sources", "layouts", "fonts", "lists", "out"] {
        std::fs::create_dir_all(root.join(folder))?;
    }
    if with == Start::Sample {
        for (name, bytes) in SAMPLE {
            lay(&root.join(name), bytes)?;
        }
    }
    for (name, text) in [(".gitignore", GITIGNORE), ("README.md", READ_ME), (MANIFEST, TEMPLATE)] {
        lay(&root.join(name), text.as_bytes())?;
    }
    Ok(())
}

/// Puts a file where there is none yet.
fn lay(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    match std::fs::File::create_new(path) {
        Ok(mut file) => file.write_all(bytes),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e),
    }
}
