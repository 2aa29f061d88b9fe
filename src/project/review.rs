//! `review.toml`: what a person accepted and refused for good. A readable file,
//! sorted, so that two versions of it can be compared.

use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use crate::diag::{Code, Decisions, Fault, Finding};

use crate::diag::toml_error::explain;

const FILE: &str = "review.toml";
const UNWRITABLE: Code = Code::new("project-review-unwritable");
const UNREADABLE: Code = Code::new("project-unreadable");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    accepted: Vec<String>,
    refused: Vec<String>,
}

/// Reads the decisions of the project at `root`; none where there is no file.
///
/// # Errors
/// A configuration fault where the file is there and cannot be understood.
pub fn read_decisions(root: &Path) -> Result<Decisions, Fault> {
    let text = match std::fs::read_to_string(root.join(FILE)) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Decisions::default()),
        Err(e) => {
            let finding = Finding::error(UNREADABLE).arg("why", e).file(FILE);
            return Err(Fault::configuration(finding));
        }
    };
    let file: File =
        toml::from_str(&text).map_err(|e| Fault::configuration(explain(FILE, &text, &e)))?;
    Ok(Decisions {
        accepted: file.accepted.into_iter().collect(),
        refused: file.refused.into_iter().collect(),
    })
}

/// Writes the decisions of the project at `root`, whole or not at all.
///
/// # Errors
/// Where the folder cannot be written.
pub fn write_decisions(root: &Path, decisions: &Decisions) -> Result<(), Fault> {
    let mut text = String::new();
    for (key, keys) in [("accepted", &decisions.accepted), ("refused", &decisions.refused)] {
        let _ = writeln!(text, "{key} = [");
        for key in keys {
            let _ = writeln!(text, "  {},", toml::Value::String(key.clone()));
        }
        text.push_str("]\n");
    }
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(root)?;
        std::io::Write::write_all(&mut file, text.as_bytes())?;
        file.persist(root.join(FILE))?;
        Ok(())
    };
    write().map_err(|e| Fault::work(Finding::error(UNWRITABLE).arg("why", e).file(FILE)))
}
