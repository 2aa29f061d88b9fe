//! The site profiles of a project: its own files under `sites/` before those
//! compiled into the program.

use std::fs;
use std::path::Path;

use crate::diag::{Code, Fault, Finding};
use crate::import::Sites;

const UNREADABLE: Code = Code::new("site-unreadable");

/// The profiles that the web pages of the project at `root` may fit.
///
/// # Errors
/// A configuration fault where one of the project's own cannot be understood.
pub fn site_profiles(root: &Path) -> Result<Sites, Fault> {
    let mut sites = Sites::builtin();
    let Ok(entries) = fs::read_dir(root.join("sites")) else { return Ok(sites) };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    // The first by name is tried first.
    for name in names.iter().rev() {
        let text = fs::read_to_string(root.join("sites").join(name)).map_err(|e| {
            let finding = Finding::error(UNREADABLE).arg("why", e);
            Fault::configuration(finding.file(format!("sites/{name}")))
        })?;
        sites.add(name, &text)?;
    }
    Ok(sites)
}
