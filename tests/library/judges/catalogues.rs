//! Judges of a folder with catalogues of e-books: the parsers of two reader apps, one of
//! Atom, and a validator with our own schema, since the drafts' are in no registry.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::at_hand::{finish, installed, said, script};

/// What Palace's parser of OPDS 2.0 and feedparser find wrong with both catalogues.
pub fn catalogues(folder: &Path) -> Option<Vec<String>> {
    let python = installed("palace-webpub-manifest-parser", "python/bin/python")?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/opds.py");
    Some(lines(&said(&finish(Command::new(python).arg(file).arg(folder)))))
}

/// What a reader app shows of both catalogues, by Thorium Reader's library: `atom` and
/// `json`.
pub fn seen_by_a_reader(folder: &Path) -> Option<Value> {
    let output = finish(script("opds.mjs", "r2-opds-js")?.arg(folder));
    Some(serde_json::from_str(&said(&output)).expect("JSON"))
}

/// What is wrong with the catalogue in JSON by `tests/judges/opds2.schema.json`.
pub fn by_our_schema(folder: &Path) -> Option<Vec<String>> {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/opds2.schema.json");
    let mut judge = script("schema.mjs", "ajv")?;
    Some(lines(&said(&finish(judge.arg(schema).arg(folder.join("opds.json"))))))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
