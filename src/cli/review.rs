//! `kanyin review`: every edit that normalising makes or proposes, before and
//! after, and the person's word on it, kept in `review.toml`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Code, Edit, Fault, Finding, Status};
use kanyin::pipeline::{Read, read_all};
use kanyin::project::{Project, write_decisions};
use serde_json::{Value, json};

use super::progress::Bars;
use super::voice::Voice;

const NO_SUCH_EDIT: Code = Code::new("review-no-such-edit");
const NEEDS_PROJECT: Code = Code::new("review-needs-project");

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let files = super::paths(args, "files");
    let project = super::maybe_project(folder)?;
    let reads = match (&project, files.is_empty()) {
        (Some(project), true) => {
            let library = read_all(project, &Bars::new(voice.lang()))?;
            voice.findings(&library.findings);
            library.reads
        }
        (None, true) => {
            return Err(Project::open(folder)
                .err()
                .unwrap_or_else(|| Fault::usage(Finding::error(NEEDS_PROJECT))));
        }
        (_, false) => files
            .iter()
            .map(|file| super::inspect::read(file, folder))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect(),
    };
    let edits: Vec<(&Read, &Edit)> =
        reads.iter().flat_map(|r| in_order(r).into_iter().map(move |e| (r, e))).collect();
    if decide(args, project.as_ref(), &edits, voice)? {
        return Ok(ExitCode::SUCCESS);
    }
    if args.get_flag("json") {
        show_json(&edits, voice);
    } else {
        show(&edits, voice);
    }
    Ok(ExitCode::SUCCESS)
}

/// Files the decisions that were typed; whether there were any.
fn decide(
    args: &ArgMatches,
    project: Option<&Project>,
    edits: &[(&Read, &Edit)],
    voice: &Voice,
) -> Result<bool, Fault> {
    let keys = |name: &str| -> Result<BTreeSet<String>, Fault> {
        let numbers = args.get_many::<usize>(name).into_iter().flatten();
        let key = |n: &usize| match n.checked_sub(1).and_then(|i| edits.get(i)) {
            Some((_, edit)) => Ok(edit.key()),
            None => Err(Fault::usage(
                Finding::error(NO_SUCH_EDIT).arg("number", n).arg("last", edits.len()),
            )),
        };
        numbers.map(key).collect()
    };
    let (accept, refuse, forget) = (keys("accept")?, keys("refuse")?, keys("forget")?);
    let count = accept.len() + refuse.len() + forget.len();
    if count == 0 {
        return Ok(false);
    }
    let project = project.ok_or_else(|| Fault::usage(Finding::error(NEEDS_PROJECT)))?;
    let mut decisions = project.decisions()?;
    for key in accept.iter().chain(&refuse).chain(&forget) {
        decisions.accepted.remove(key);
        decisions.refused.remove(key);
    }
    decisions.accepted.extend(accept);
    decisions.refused.extend(refuse);
    write_decisions(project.root(), &decisions)?;
    voice.line(&voice.text("review-kept", &[("count", count.to_string())]));
    Ok(true)
}

fn show(edits: &[(&Read, &Edit)], voice: &Voice) {
    let mut file = "";
    for (i, (read, edit)) in edits.iter().enumerate() {
        if read.file != file {
            file = &read.file;
            voice.line(&format!("\n{file}"));
        }
        let status = match edit.status {
            Status::Applied => "review-applied",
            Status::Proposed => "review-proposed",
            Status::Refused => "review-refused",
        };
        let rule = voice.text(edit.rule.name(), &[]);
        let (before, after) = (&edit.before, &edit.after);
        voice.line(&format!(
            "{:>4}  {}  …{before}[{}]{after}…  →  …{before}[{}]{after}…  {rule}",
            i + 1,
            voice.text(status, &[]),
            edit.old,
            edit.new,
        ));
    }
    let count = |status| edits.iter().filter(|(_, e)| e.status == status).count().to_string();
    let args = [
        ("applied", count(Status::Applied)),
        ("proposed", count(Status::Proposed)),
        ("refused", count(Status::Refused)),
    ];
    voice.line(&format!("\n{}", voice.text("review-done", &args)));
}

fn show_json(edits: &[(&Read, &Edit)], voice: &Voice) {
    let mut files: Vec<Value> = Vec::new();
    let mut number = 0;
    for group in edits.chunk_by(|a, b| a.0.file == b.0.file) {
        let numbered = group.iter().map(|(_, edit)| {
            number += 1;
            let mut value = edit.json();
            if let Some(map) = value.as_object_mut() {
                map.shift_insert(0, "number".into(), json!(number));
            }
            value
        });
        let numbered: Vec<Value> = numbered.collect();
        files.push(json!({ "file": group[0].0.file, "edits": numbered }));
    }
    voice.json(&json!({ "version": 1, "files": files }));
}

/// The edits of an article in the order of its text, whatever has become of
/// them, so that a number keeps its edit when that is refused or accepted.
fn in_order(read: &Read) -> Vec<&Edit> {
    let mut edits: Vec<&Edit> = read.edits.iter().collect();
    edits.sort_by(|a, b| (&a.place, a.at).cmp(&(&b.place, b.at)));
    edits
}
