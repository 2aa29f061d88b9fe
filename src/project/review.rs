//! `review.toml`: what a person accepted, refused and set aside for good. A readable
//! file, sorted, so that two versions of it can be compared.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use crate::diag::{Code, Decisions, Dismissal, Fault, Finding, Verdicts};

use super::whole::whole_file;
use crate::diag::toml_error::explain;

const FILE: &str = "review.toml";
const UNWRITABLE: Code = Code::new("project-review-unwritable");
const UNREADABLE: Code = Code::new("project-unreadable");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    accepted: Vec<String>,
    refused: Vec<String>,
    structure: Structure,
    dismissed: Vec<Dismissed>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Structure {
    accepted: Vec<String>,
    refused: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dismissed {
    key: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    reason: String,
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
    let dismissal = |d: Dismissed| (d.key, Dismissal { by: d.by, reason: d.reason });
    Ok(Decisions {
        accepted: file.accepted.into_iter().collect(),
        refused: file.refused.into_iter().collect(),
        structure: Verdicts {
            accepted: file.structure.accepted.into_iter().collect(),
            refused: file.structure.refused.into_iter().collect(),
        },
        dismissed: file.dismissed.into_iter().map(dismissal).collect(),
    })
}

/// Writes the decisions of the project at `root`, whole or not at all.
///
/// # Errors
/// Where the folder cannot be written.
pub fn write_decisions(root: &Path, decisions: &Decisions) -> Result<(), Fault> {
    let text = text_of(decisions);
    let write = || -> std::io::Result<()> {
        let mut file = whole_file(root)?;
        std::io::Write::write_all(&mut file, text.as_bytes())?;
        file.persist(root.join(FILE))?;
        Ok(())
    };
    write().map_err(|e| Fault::work(Finding::error(UNWRITABLE).arg("why", e).file(FILE)))
}

fn text_of(decisions: &Decisions) -> String {
    let mut text = String::new();
    lists(&mut text, &decisions.accepted, &decisions.refused);
    let structure = &decisions.structure;
    if *structure != Verdicts::default() {
        text.push_str("\n[structure]\n");
        lists(&mut text, &structure.accepted, &structure.refused);
    }
    for (key, dismissal) in &decisions.dismissed {
        text.push_str("\n[[dismissed]]\n");
        for (name, value) in [("key", key), ("by", &dismissal.by), ("reason", &dismissal.reason)] {
            let _ = writeln!(text, "{name} = {}", toml::Value::String(value.clone()));
        }
    }
    text
}

fn lists(text: &mut String, accepted: &BTreeSet<String>, refused: &BTreeSet<String>) {
    for (key, keys) in [("accepted", accepted), ("refused", refused)] {
        let _ = writeln!(text, "{key} = [");
        for key in keys {
            let _ = writeln!(text, "  {},", toml::Value::String(key.clone()));
        }
        text.push_str("]\n");
    }
}
