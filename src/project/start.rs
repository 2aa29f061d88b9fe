//! A new project: the folders and a `kanyin.toml` that builds at once. It asks
//! nothing, needs no network and never touches a file that is there.

use std::io::Write as _;
use std::path::Path;

use crate::diag::{Code, Fault, Finding};

use super::MANIFEST;

const EXISTS: Code = Code::new("project-exists");
const UNWRITABLE: Code = Code::new("project-unwritable");

const TEMPLATE: &str = include_str!("start/kanyin.toml");
const READ_ME: &str = include_str!("start/README.md");
const GITIGNORE: &str = include_str!("start/gitignore");

/// Makes a new project in `root`, which may exist as long as it has no
/// `kanyin.toml`.
///
/// # Errors
/// A usage fault where there is a project already; a fault where the folder
/// cannot be written.
pub fn start(root: &Path) -> Result<(), Fault> {
    if root.join(MANIFEST).exists() {
        let finding = Finding::error(EXISTS).arg("folder", root.display());
        return Err(Fault::usage(finding));
    }
    make(root).map_err(|e| {
        let finding = Finding::error(UNWRITABLE).arg("folder", root.display()).arg("why", e);
        Fault::work(finding)
    })
}

fn make(root: &Path) -> std::io::Result<()> {
    for folder in ["sources", "layouts", "fonts", "lists", "out"] {
        std::fs::create_dir_all(root.join(folder))?;
    }
    for (name, text) in [(".gitignore", GITIGNORE), ("README.md", READ_ME), (MANIFEST, TEMPLATE)] {
        match std::fs::File::create_new(root.join(name)) {
            Ok(mut file) => file.write_all(text.as_bytes())?,
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}
