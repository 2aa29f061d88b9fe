//! The command line: what was typed becomes a call of the library, what comes
//! back becomes words and an exit code (0 done, 1 an error was found or an output
//! could not be made, 2 wrong usage or configuration).

mod args;
mod build;
mod check;
mod convert;
mod explain;
mod fonts;
mod impose;
mod inspect;
mod new;
mod preflight;
mod progress;
mod review;
mod schema;
mod stopped;
mod verify;
mod voice;
mod wechat;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Code, Fault, FaultKind, Finding};
use kanyin::project::Project;

use voice::Voice;

const NO_TEMPORARY: Code = Code::new("cli-no-temporary-folder");
const UNKNOWN_COMMAND: Code = Code::new("cli-unknown-command");

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let lang = voice::lang(std::env::args_os(), std::env::var("KANYIN_LANG").ok());
    let voice = Voice::new(lang);
    let matches = match args::command(lang).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return args::refuse(&error, &voice),
    };
    match run(&matches, &voice) {
        Ok(code) => code,
        Err(fault) => {
            voice.findings(&fault.findings);
            exit_code(&fault)
        }
    }
}

fn exit_code(fault: &Fault) -> ExitCode {
    match fault.kind {
        FaultKind::Usage | FaultKind::Configuration => ExitCode::from(2),
        FaultKind::Work | FaultKind::Internal => ExitCode::from(1),
    }
}

fn run(matches: &ArgMatches, voice: &Voice) -> Result<ExitCode, Fault> {
    let place = matches.get_one::<PathBuf>("project").cloned();
    let project = place.unwrap_or_else(|| PathBuf::from("."));
    let Some((name, args)) = matches.subcommand() else {
        return Err(unknown_command(""));
    };
    match name {
        "new" => new::run(args, voice),
        "import" => convert::run(args, &project, voice),
        "inspect" => inspect::run(args, &project, voice),
        "review" => review::run(args, &project, voice),
        "check" => check::run(args, &project, voice),
        "build" => build::run(args, &project, voice),
        "impose" => impose::run(args, &project, voice),
        "preflight" => preflight::run(args, &project, voice),
        "verify" => verify::run(args, &project, voice),
        "wechat" => wechat::run(args, &project, voice),
        "fonts" => fonts::run(args, &project, voice),
        "schema" => schema::run(args, voice),
        "explain" => explain::run(args, voice),
        "completions" => args::completions(args, voice),
        other => Err(unknown_command(other)),
    }
}

fn unknown_command(name: &str) -> Fault {
    Fault::usage(Finding::error(UNKNOWN_COMMAND).arg("command", name))
}

/// The project in `folder`, or `None` where there is none: some commands work on
/// a file alone.
fn maybe_project(folder: &Path) -> Result<Option<Project>, Fault> {
    if folder.join(kanyin::project::MANIFEST).is_file() {
        Project::open(folder).map(Some)
    } else {
        Ok(None)
    }
}

/// A folder for what must lie on disk while a command runs, and no longer.
fn temporary_folder() -> Result<tempfile::TempDir, Fault> {
    tempfile::tempdir().map_err(|e| Fault::work(Finding::error(NO_TEMPORARY).arg("why", e)))
}

/// The paths typed for an argument.
fn paths(args: &ArgMatches, name: &str) -> Vec<PathBuf> {
    args.get_many::<PathBuf>(name).into_iter().flatten().cloned().collect()
}

/// The words typed for an argument.
fn words(args: &ArgMatches, name: &str) -> Vec<String> {
    args.get_many::<String>(name).into_iter().flatten().cloned().collect()
}
