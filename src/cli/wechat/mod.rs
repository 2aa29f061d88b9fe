//! `kanyin wechat draft`: what was typed and what the environment says become a call
//! of the library; what comes back becomes a list of drafts.

mod command;
mod credentials;
mod http;
mod json;
mod told;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::deliver::{Account, Api, Fate, Ledger, Plan, WAITS};
use kanyin::diag::{Fault, Finding, Severity};
use kanyin::pipeline::{self, DraftOptions};
use kanyin::project::Project;

use super::progress::Bars;
use super::voice::Voice;

pub(super) use command::command;

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    match args.subcommand() {
        Some(("draft", args)) => draft(args, folder, voice),
        other => Err(super::unknown_command(other.map_or("", |(name, _)| name))),
    }
}

fn draft(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let project = Project::open(folder)?;
    let only = super::words(args, "only");
    let options = DraftOptions {
        ids: super::words(args, "ids"),
        only: only.iter().map(|word| word.trim().to_owned()).collect(),
        together: args.get_flag("together"),
        out: args.get_one::<PathBuf>("out").cloned(),
    };
    let plan = pipeline::plan_drafts(&project, &options)?;
    let account = args.get_one::<String>("account").map(String::as_str);
    if args.get_flag("dry-run") {
        return dry_run(args, &project, &plan, account, voice);
    }
    // What is typed or set wrongly is told before the network is asked for anything.
    let base = http::base()?;
    let found = credentials::find(&project, account)?;
    let http = http::Http::new(&base)?;
    let known = pipeline::read_ledger(&project, &base, &found.value.appid);
    let notices: Vec<Finding> = found.findings.into_iter().chain(known.findings).collect();
    let mut ledger = known.value;
    if args.get_flag("anew") {
        plan.drafts.iter().for_each(|draft| ledger.forget(&draft.key));
    }
    let account = found.value;
    let api = Api::new(&http, &account, &WAITS);
    let bars = Bars::new(voice.lang());
    let carried = pipeline::deliver(&project, &plan, ledger, (&base, &account), &api, &bars);
    let findings: Vec<&Finding> =
        notices.iter().chain(plan.all_findings()).chain(&carried.findings).collect();
    if args.get_flag("json") {
        voice.json(&json::carried(&carried, &findings, voice.lang()));
    } else {
        voice.findings(findings.iter().copied());
        told::carried(&carried, voice);
    }
    let good = |fate| matches!(fate, Fate::Made | Fate::Updated(_) | Fate::Unchanged | Fate::Gone);
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error)
        || !carried.outcomes.iter().all(|outcome| good(outcome.fate));
    Ok(ExitCode::from(u8::from(failed)))
}

/// What would be done, without network and, where none are found, without credentials.
fn dry_run(
    args: &ArgMatches,
    project: &Project,
    plan: &Plan,
    account: Option<&str>,
    voice: &Voice,
) -> Result<ExitCode, Fault> {
    let ledger = match (credentials::find(project, account), http::base()) {
        (Ok(found), Ok(base)) if !args.get_flag("anew") => {
            let Account { appid, .. } = found.value;
            pipeline::read_ledger(project, &base, &appid).value
        }
        _ => Ledger::default(),
    };
    let findings: Vec<&Finding> = plan.all_findings().collect();
    if args.get_flag("json") {
        voice.json(&json::planned(plan, &ledger, &findings, voice.lang()));
    } else {
        voice.findings(findings.iter().copied());
        told::planned(plan, &ledger, voice);
    }
    Ok(ExitCode::from(u8::from(findings.iter().any(|f| f.severity == Severity::Error))))
}
