//! `kanyin new DIR`: a project that builds at once.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::Fault;

use super::voice::Voice;

pub(super) fn run(args: &ArgMatches, voice: &Voice) -> Result<ExitCode, Fault> {
    let dir = args.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
    kanyin::project::start(&dir)?;
    voice.line(&voice.text("new-done", &[("folder", dir.display().to_string())]));
    Ok(ExitCode::SUCCESS)
}
