//! `kanyin new DIR`: a project that builds at once.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::Fault;
use kanyin::project::{Start, start};

use super::voice::Voice;

pub(super) fn run(args: &ArgMatches, voice: &Voice) -> Result<ExitCode, Fault> {
    let dir = args.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
    let with = if args.get_flag("sample") { Start::Sample } else { Start::Empty };
    start(&dir, with)?;
    let done = if with == Start::Sample { "new-done-sample" } else { "new-done" };
    voice.line(&voice.text(done, &[("folder", dir.display().to_string())]));
    Ok(ExitCode::SUCCESS)
}
