//! `kanyin explain CODE`: what a finding or rule means, why, and an example.

use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{self, Code, Fault, Finding};

use super::voice::Voice;

const UNKNOWN: Code = Code::new("explain-unknown");

pub(super) fn run(args: &ArgMatches, voice: &Voice) -> Result<ExitCode, Fault> {
    let Some(code) = args.get_one::<String>("code") else {
        let explained = diag::catalogue().iter().filter(|(_, entry)| entry.why.is_some());
        for (code, entry) in explained {
            voice.line(&format!("{code}  {}", entry.message(voice.lang())));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(entry) = diag::entry(code) else {
        return Err(Fault::usage(Finding::error(UNKNOWN).arg("code", code)));
    };
    voice.line(&format!("{code}  {}", entry.message(voice.lang())));
    for (heading, text) in [
        ("explain-why", &entry.why),
        ("explain-example", &entry.example),
        ("explain-hint", &entry.hint),
    ] {
        if let Some(text) = text {
            voice.line(&format!(
                "\n{}\n{}",
                voice.text(heading, &[]),
                text.get(voice.lang()).trim()
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}
