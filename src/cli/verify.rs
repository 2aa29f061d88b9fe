//! `kanyin verify FILE --against ID`: does a finished file hold the whole text?

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Fault, grouped};
use kanyin::pipeline::verify;
use kanyin::project::Project;
use kanyin::verify::{Kept, Missing};
use serde_json::json;

use super::progress::Bars;
use super::voice::Voice;

/// How many differences are told.
const TOLD: usize = 10;

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let project = Project::open(folder)?;
    let file = args.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    // What findings and reports name lies in the project, wherever the command runs.
    let below = folder.join(&file);
    let file = if !file.exists() && below.exists() { below } else { file };
    let id = super::words(args, "against").pop().unwrap_or_default();
    let kept = verify(&project, &file, &id, &Bars::new(voice.lang()))?;
    if args.get_flag("json") {
        let mut report = json!({ "version": 1, "file": file.display().to_string(), "against": id });
        if let (Some(report), Some(kept)) = (report.as_object_mut(), kept.json().as_object()) {
            report.extend(kept.clone());
        }
        voice.json(&report);
    } else {
        tell(&kept, voice);
    }
    Ok(if kept.is_whole() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn tell(kept: &Kept, voice: &Voice) {
    let args = [
        ("found", grouped(kept.found)),
        ("characters", grouped(kept.characters)),
        ("lost", grouped(kept.lost())),
    ];
    voice.line(&voice.text(if kept.is_whole() { "verify-whole" } else { "verify-lost" }, &args));
    for missing in kept.missing.iter().take(TOLD) {
        difference(missing, voice);
    }
    if kept.missing.len() > TOLD {
        let count = kept.missing.len() - TOLD;
        voice.line(&voice.text("verify-more", &[("count", count.to_string())]));
    }
}

fn difference(missing: &Missing, voice: &Voice) {
    let mut args = vec![
        ("article", missing.article.clone()),
        ("file", missing.file.clone()),
        ("place", missing.place.to_string()),
        ("count", missing.characters.to_string()),
    ];
    let code = match missing.page {
        Some(page) => {
            args.push(("page", page.to_string()));
            "verify-place-on-page"
        }
        None => "verify-place",
    };
    voice.line(&voice.text(code, &args));
    let line = |code, text: &str| {
        voice.line(&format!("    {}", voice.text(code, &[("text", text.to_owned())])));
    };
    line("verify-expected", &missing.expected);
    let nothing = missing.found.is_empty();
    line(if nothing { "verify-nothing-found" } else { "verify-found" }, &missing.found);
}
