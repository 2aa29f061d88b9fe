//! `kanyin check`: what reading, normalising and proofreading find.

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Fault, Severity};
use kanyin::pipeline::check;
use kanyin::project::Project;
use serde_json::{Value, json};

use super::progress::Bars;
use super::voice::Voice;

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let project = Project::open(folder)?;
    let findings = check(&project, &super::words(args, "ids"), &Bars::new(voice.lang()))?;
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let errors = count(Severity::Error);
    if args.get_flag("json") {
        let list: Vec<Value> = findings.iter().map(|f| f.json(voice.lang())).collect();
        voice.json(&json!({ "version": 1, "findings": list }));
    } else {
        voice.findings(&findings);
        let args = [
            ("errors", errors.to_string()),
            ("warnings", count(Severity::Warning).to_string()),
            ("notes", count(Severity::Note).to_string()),
        ];
        voice.line(&voice.text("check-done", &args));
    }
    Ok(if errors > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
