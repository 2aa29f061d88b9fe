//! What the template of `report.html` is given on preflight: each press file with the
//! checks that found anything, in the words of the message catalogue.

use serde::Serialize;

use crate::diag::{Lang, text};
use crate::pipeline::Preflighted;
use crate::print::preflight::{Found, Judged, Verdict};

/// So many places of one check are listed; a book may have one on every page.
const LISTED: usize = 20;

/// A press file and how its checks went.
#[derive(Serialize)]
pub(super) struct PressFile<'a> {
    file: &'a str,
    standard: &'static str,
    pages: usize,
    passed: usize,
    warned: usize,
    failed: usize,
    unjudged: usize,
    /// The checks that did not simply pass.
    checks: Vec<Check>,
}

#[derive(Serialize)]
struct Check {
    number: usize,
    name: String,
    /// `note`, `warning`, `failed` or `not-judged`.
    verdict: &'static str,
    /// The verdict in words.
    word: String,
    places: Vec<Place>,
    /// How many places there are beyond those listed.
    more: usize,
}

#[derive(Serialize)]
struct Place {
    page: Option<usize>,
    /// Millimetres from the left and the top of the trimmed page.
    at: Option<[String; 2]>,
    message: String,
    hint: String,
    count: usize,
}

/// A judged file as the page shows it.
pub(super) fn press_file(judged: &Preflighted) -> PressFile<'_> {
    let preflight = &judged.preflight;
    let count = |verdict| preflight.count(verdict);
    PressFile {
        file: &judged.file,
        standard: preflight.standard.title(),
        pages: preflight.pages,
        passed: count(Verdict::Passed) + count(Verdict::Noted),
        warned: count(Verdict::Warned),
        failed: count(Verdict::Failed),
        unjudged: count(Verdict::NotJudged),
        checks: preflight.checks.iter().filter_map(check).collect(),
    }
}

fn check(judged: &Judged) -> Option<Check> {
    let word = match judged.verdict {
        Verdict::Passed | Verdict::NotApplicable => return None,
        Verdict::Noted => "preflight-is-note",
        Verdict::Warned => "preflight-is-warning",
        Verdict::Failed => "preflight-is-failed",
        Verdict::NotJudged => "preflight-is-not-judged",
    };
    Some(Check {
        number: judged.check.number(),
        name: text(judged.check.name().name(), &[], Lang::Zh),
        verdict: judged.verdict.name(),
        word: text(word, &[], Lang::Zh),
        places: judged.found.iter().take(LISTED).map(place).collect(),
        more: judged.found.iter().skip(LISTED).map(|found| found.count).sum(),
    })
}

fn place(found: &Found) -> Place {
    Place {
        page: found.page,
        at: found.at.map(|at| at.map(|mm| format!("{mm:.1}"))),
        message: found.finding.message(Lang::Zh),
        hint: found.finding.hint(Lang::Zh).unwrap_or_default(),
        count: found.count,
    }
}
