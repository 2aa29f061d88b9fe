//! `kanyin schema [NAME]`: the JSON Schemas of what scripts rely on.

use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::Fault;

use super::voice::Voice;

const INSPECT: &str = include_str!("schema/inspect.json");
const REPORT: &str = include_str!("schema/report.json");
const PREFLIGHT: &str = include_str!("schema/preflight.json");
const DRAFT: &str = include_str!("schema/draft.json");
const CONFIG: &str = include_str!("schema/config.json");

pub(super) fn run(args: &ArgMatches, voice: &Voice) -> Result<ExitCode, Fault> {
    let name = args.get_one::<String>("name").map_or("inspect", String::as_str);
    let text = match name {
        "report" => REPORT,
        "preflight" => PREFLIGHT,
        "draft" => DRAFT,
        "config" => CONFIG,
        _ => INSPECT,
    };
    voice.line(text.trim_end());
    Ok(ExitCode::SUCCESS)
}
