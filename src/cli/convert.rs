//! `kanyin import`: a source, or a whole folder of them, becomes canonical articles
//! with their pictures.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Code, Decisions, Fault, Finding, Severity};
use kanyin::pipeline::{FolderImport, FolderOptions, convert, home_of, import_folder};
use serde_json::{Value, json};

use super::progress::Bars;
use super::voice::Voice;

const LEFTOVER: Code = Code::new("folder-picture-leftover");
const NEEDS_HOME: Code = Code::new("folder-needs-home");

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let to = args.get_one::<PathBuf>("to");
    let project = super::maybe_project(folder)?;
    let decisions = project.as_ref().map(|p| p.decisions()).transpose()?.unwrap_or_default();
    let shelf = super::temporary_folder()?;
    let as_json = args.get_flag("json");
    let mut failed = false;
    let mut summaries: Vec<Value> = Vec::new();
    for path in super::paths(args, "paths") {
        if path.is_dir() {
            if to.is_none() && project.is_none() {
                return Err(Fault::usage(Finding::error(NEEDS_HOME)));
            }
            // In a project's own folder only its sources are sources.
            let is_root = path.canonicalize().ok() == folder.canonicalize().ok();
            let dir = if is_root { folder.join("sources") } else { path };
            let options = FolderOptions {
                dir: &dir,
                to: to.map(PathBuf::as_path),
                root: folder,
                shelf: shelf.path(),
                decisions: &decisions,
                all: args.get_flag("all"),
            };
            let done = import_folder(&options, &Bars::new(voice.lang()))?;
            failed |= done.has_errors();
            if as_json {
                summaries.push(done.json(voice.lang()));
            } else {
                tell(&done, voice);
            }
        } else {
            let to = to.cloned().unwrap_or_else(|| home_of(&path, folder));
            let (ok, written) = single(&path, &to, folder, shelf.path(), &decisions, voice);
            failed |= !ok;
            if as_json {
                summaries.push(json!({
                    "version": 1,
                    "source": path.display().to_string(),
                    "articles": written,
                }));
            } else {
                written.iter().for_each(|file| voice.line(file));
            }
        }
    }
    match summaries.len() {
        0 => {}
        1 => voice.json(&summaries.remove(0)),
        _ => voice.json(&Value::Array(summaries)),
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Imports one file; whether all went well, and what was written.
fn single(
    path: &Path,
    to: &Path,
    folder: &Path,
    shelf: &Path,
    decisions: &Decisions,
    voice: &Voice,
) -> (bool, Vec<String>) {
    match convert(path, to, folder, shelf, decisions) {
        Ok(done) => {
            voice.findings(&done.findings);
            let ok = done.findings.iter().all(|f| f.severity != Severity::Error);
            (ok, done.value.iter().map(|file| file.display().to_string()).collect())
        }
        Err(fault) => {
            voice.findings(&fault.findings);
            (false, Vec::new())
        }
    }
}

/// What became of a folder: what was written, what is left over, how many of each.
fn tell(done: &FolderImport, voice: &Voice) {
    // Leftovers are listed below. What a reader noticed or guessed is not in the
    // canonical article any more, so it is told now; the rest is kanyin check's.
    let told = |f: &&Finding| {
        let reading = ["read-", "web-"].iter().any(|room| f.code.name().starts_with(room));
        (f.severity != Severity::Note || reading) && f.code != LEFTOVER
    };
    let mut findings: Vec<&Finding> = done.findings.iter().filter(told).collect();
    findings.dedup();
    voice.findings(findings);
    for written in &done.written {
        let args = [
            ("source", written.source.clone()),
            ("article", written.target.display().to_string()),
            ("pictures", written.pictures.to_string()),
        ];
        let code = if written.pictures == 0 { "folder-written" } else { "folder-written-pictures" };
        voice.line(&voice.text(code, &args));
    }
    if !done.there.is_empty() {
        let args = [("count", done.there.len().to_string())];
        voice.line(&voice.text("folder-there", &args));
    }
    for (source, other) in &done.copies {
        let args = [("source", source.clone()), ("other", other.clone())];
        voice.line(&voice.text("folder-same", &args));
    }
    let list = |code: &'static str, names: &[String]| {
        if !names.is_empty() {
            voice.line(&voice.text(code, &[("count", names.len().to_string())]));
            names.iter().for_each(|name| voice.line(&format!("  {name}")));
        }
    };
    list("folder-leftovers", &done.leftovers);
    list("folder-unknown", &done.unknown);
    list("folder-refused", &done.refused);
    let args = [
        ("written", done.written.len().to_string()),
        ("there", done.there.len().to_string()),
        ("pictures", done.written.iter().map(|w| w.pictures).sum::<usize>().to_string()),
        ("filled", done.filled.to_string()),
        ("left", (done.beside.len() + done.leftovers.len()).to_string()),
        ("refused", done.refused.len().to_string()),
        ("copies", done.copies.len().to_string()),
    ];
    voice.line(&voice.text("folder-done", &args));
}
