//! `kanyin impose IN.pdf -o OUT.pdf`: a finished file laid on sheets for printing,
//! folding and cutting.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Code, Fault, Finding};
use kanyin::layout::{self, Look, Medium};
use kanyin::pipeline::{self, SheetsMade};
use kanyin::print::impose::{Creep, Edge, Plan, Scheme, Signature};

use super::voice::Voice;

const SIGNATURE_WRONG: Code = Code::new("impose-signature-wrong");
const SIGNATURE_IDLE: Code = Code::new("impose-signature-idle");
const PAPER_UNKNOWN: Code = Code::new("impose-paper-unknown");

/// How laying out is called.
pub(super) const SCHEMES: [&str; 3] = ["saddle", "2up", "cut"];

/// How thick a leaf may be, in millimetres.
const LEAF: std::ops::RangeInclusive<f64> = 0.0..=1.0;

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let project = super::maybe_project(folder)?;
    // Sheets and papers are in the tables that all looks share.
    let layouts = project.as_ref().and_then(kanyin::project::Project::layouts_dir);
    let look = layout::find(layouts.as_deref(), Medium::Print, "plain")?;
    let plan = plan(args, &look)?;
    let path = |name| args.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    let (from, to) = (path("file"), path("output"));
    let below = folder.join(&from);
    let from = if !from.exists() && below.exists() { below } else { from };
    let done = pipeline::impose(&from, &to, &plan, args.get_flag("force"))?;
    voice.findings(&done.findings);
    tell(&done.value, &to, &plan, voice);
    Ok(ExitCode::SUCCESS)
}

fn plan(args: &ArgMatches, look: &Look) -> Result<Plan, Fault> {
    let word = |name| args.get_one::<String>(name).map(String::as_str);
    let sheet = pipeline::sheet(look, word("sheet").unwrap_or_default()).map_err(Fault::usage)?;
    let pages = args.get_one::<usize>("signature").copied();
    let signature = pages.map(|pages| {
        let wrong = || Fault::usage(Finding::error(SIGNATURE_WRONG).arg("pages", pages));
        Signature::new(pages).ok_or_else(wrong)
    });
    let signature = signature.transpose()?;
    let scheme = match word("scheme") {
        Some("2up") => Scheme::TwoUp,
        Some("cut") => Scheme::Cut,
        _ => Scheme::Saddle(signature),
    };
    if signature.is_some() && !matches!(scheme, Scheme::Saddle(_)) {
        return Err(Fault::usage(Finding::error(SIGNATURE_IDLE)));
    }
    let creep = match (args.get_one::<f64>("creep"), word("paper")) {
        (Some(all), _) => Creep::Innermost(*all),
        (None, Some(paper)) => Creep::Leaf(leaf(paper, look)?),
        (None, None) => Creep::Leaf(0.0),
    };
    let bleed = args.get_one::<f64>("bleed").copied();
    Ok(Plan { sheet, scheme, creep, bleed, known: pipeline::sheets(look) })
}

/// How thick a leaf is of a paper that is named, or given by its thickness.
fn leaf(paper: &str, look: &Look) -> Result<f64, Fault> {
    let given = paper.parse().ok().filter(|leaf| LEAF.contains(leaf));
    given.or_else(|| look.papers.get(paper).copied()).ok_or_else(|| {
        let known: Vec<&str> = look.papers.keys().map(String::as_str).collect();
        let finding = Finding::error(PAPER_UNKNOWN).arg("paper", paper);
        Fault::usage(finding.arg("known", known.join("、")))
    })
}

fn tell(made: &SheetsMade, to: &Path, plan: &Plan, voice: &Voice) {
    let args = [
        ("file", to.display().to_string()),
        ("pages", made.pages.to_string()),
        ("sheets", made.sheets.to_string()),
        ("sheet", plan.sheet.name.clone()),
    ];
    voice.line(&voice.text("impose-done", &args));
    if plan.scheme == Scheme::TwoUp {
        return;
    }
    let turn = match made.turned {
        Edge::Short => "impose-turn-short",
        Edge::Long => "impose-turn-long",
    };
    voice.line(&voice.text(turn, &[]));
    let then = match plan.scheme {
        Scheme::Saddle(_) if made.signatures > 1 => "impose-then-gather",
        Scheme::Saddle(_) => "impose-then-stitch",
        Scheme::Cut | Scheme::TwoUp => "impose-then-stack",
    };
    voice.line(&voice.text(then, &[("signatures", made.signatures.to_string())]));
}
