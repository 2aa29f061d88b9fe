//! `kanyin import`: a source becomes a canonical article with its pictures.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Fault, Severity};
use kanyin::pipeline::{convert, home_of};

use super::voice::Voice;

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let to = args.get_one::<PathBuf>("to");
    let shelf = super::temporary_folder()?;
    let mut failed = false;
    for path in super::paths(args, "paths") {
        let to = to.cloned().unwrap_or_else(|| home_of(&path, folder));
        match convert(&path, &to, folder, shelf.path()) {
            Ok(done) => {
                voice.findings(&done.findings);
                failed |= done.findings.iter().any(|f| f.severity == Severity::Error);
                for file in &done.value {
                    voice.line(&file.display().to_string());
                }
            }
            Err(fault) => {
                voice.findings(&fault.findings);
                failed = true;
            }
        }
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
