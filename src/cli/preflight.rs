//! `kanyin preflight FILE.pdf`: will a print shop take this file? What was typed of
//! the job becomes an order, the verdicts become a list that a clerk can read.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Code, Fault, Finding};
use kanyin::pipeline;
use kanyin::print::Standard;
use kanyin::print::preflight::{BlackPages, Found, Judged, Order, Paper, Preflight, Verdict};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::voice::Voice;

const UNUSABLE: Code = Code::new("cli-unusable-value");

/// How many places of a check are told.
const TOLD: usize = 5;

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let order = order(args)?;
    let file = args.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    // What builds and reports name lies in the project, wherever the command runs.
    let below = folder.join(&file);
    let file = if !file.exists() && below.exists() { below } else { file };
    let preflight = pipeline::preflight(&file, &order)?;
    let name = file.display().to_string();
    if args.get_flag("json") {
        let mut report = json!({ "version": 1, "file": name });
        let verdicts = preflight.json(voice.lang());
        if let (Some(report), Value::Object(verdicts)) = (report.as_object_mut(), verdicts) {
            report.extend(verdicts);
        }
        voice.json(&report);
    } else {
        tell(&name, &preflight, voice);
    }
    Ok(if preflight.is_good() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn order(args: &ArgMatches) -> Result<Order, Fault> {
    let word = |name: &str| args.get_one::<String>(name).map(String::as_str);
    let number = |name: &'static str, most: f64| match args.get_one::<f64>(name).copied() {
        Some(value) if !(0.0..=most).contains(&value) => Err(unusable(name, &value.to_string())),
        value => Ok(value),
    };
    let spots: BTreeSet<String> = super::words(args, "spot").into_iter().collect();
    Ok(Order {
        standard: word("standard").map(|name| match name {
            "x1a" => Standard::X1a,
            _ => Standard::X4,
        }),
        trim: args.get_one::<[f64; 2]>("trim").copied(),
        bleed: number("bleed", 50.0)?,
        saddle: args.get_flag("saddle"),
        black: match word("black") {
            None => BlackPages::Unsaid,
            Some("all") => BlackPages::All,
            Some(pages) => BlackPages::Only(ranges(pages).ok_or_else(|| unusable("black", pages))?),
        },
        spots: (!spots.is_empty()).then_some(spots),
        ink: number("ink", 400.0)?,
        paper: match word("paper") {
            Some("coated") => Paper::Coated,
            Some("uncoated") => Paper::Uncoated,
            _ => Paper::Unsaid,
        },
        ..Order::default()
    })
}

fn unusable(argument: &str, value: &str) -> Fault {
    let finding = Finding::error(UNUSABLE).arg("argument", format!("--{argument}"));
    Fault::usage(finding.arg("value", value))
}

/// Page ranges as in `1-8,11`.
fn ranges(text: &str) -> Option<Vec<RangeInclusive<usize>>> {
    let one = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let range = from.trim().parse().ok()?..=to.trim().parse().ok()?;
        (*range.start() > 0 && !range.is_empty()).then_some(range)
    };
    text.split([',', '，']).map(one).collect()
}

fn tell(name: &str, preflight: &Preflight, voice: &Voice) {
    let mut args = vec![
        ("file", name.to_owned()),
        ("pages", preflight.pages.to_string()),
        ("standard", preflight.standard.title().to_owned()),
    ];
    let head = match preflight.trim {
        Some([width, height]) => {
            args.extend([("width", width.to_string()), ("height", height.to_string())]);
            "preflight-head"
        }
        None => "preflight-head-unmeasured",
    };
    voice.line(&voice.text(head, &args));
    let words = preflight.checks.iter().map(|judged| voice.text(word(judged.verdict), &[]));
    let widest = words.map(|word| word.width()).max().unwrap_or_default();
    for judged in &preflight.checks {
        check(judged, widest, voice);
    }
    let counts = [
        ("passed", Verdict::Passed),
        ("note", Verdict::Noted),
        ("warning", Verdict::Warned),
        ("failed", Verdict::Failed),
        ("not-judged", Verdict::NotJudged),
        ("not-applicable", Verdict::NotApplicable),
    ];
    let counts = counts.map(|(name, verdict)| (name, preflight.count(verdict).to_string()));
    voice.line(&format!("\n{}", voice.text("preflight-sum", &counts)));
    voice.line(&voice.text("preflight-no-certificate", &[]));
}

/// A check and below it its places, each remedy once.
fn check(judged: &Judged, widest: usize, voice: &Voice) {
    let word = voice.text(word(judged.verdict), &[]);
    let gap = " ".repeat(widest - word.width());
    let name = voice.text(judged.check.name().name(), &[]);
    voice.line(&format!("{:>2}  {word}{gap}  {name}", judged.check.number()));
    let mut advised = BTreeSet::new();
    let groups: Vec<&[Found]> = judged.found.chunk_by(same_but_for_the_page).collect();
    for group in groups.iter().take(TOLD) {
        voice.line(&format!("      {}", place(group, voice)));
        let hint = group.first().and_then(|found| found.finding.hint(voice.lang()));
        if let Some(hint) = hint.filter(|hint| advised.insert(hint.clone())) {
            voice.line(&format!("        → {hint}"));
        }
    }
    let more: usize = groups.iter().skip(TOLD).copied().flatten().map(|found| found.count).sum();
    if more > 0 {
        let more = [("count", more.to_string())];
        voice.line(&format!("      {}", voice.text("preflight-more", &more)));
    }
}

/// Whether two findings say the same of a page each.
fn same_but_for_the_page(one: &Found, other: &Found) -> bool {
    let whole = |found: &Found| found.page.is_some() && found.at.is_none() && found.count == 1;
    one.finding == other.finding && whole(one) && whole(other)
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "preflight-is-passed",
        Verdict::Noted => "preflight-is-note",
        Verdict::Warned => "preflight-is-warning",
        Verdict::Failed => "preflight-is-failed",
        Verdict::NotJudged => "preflight-is-not-judged",
        Verdict::NotApplicable => "preflight-is-not-applicable",
    }
}

/// Place and message on a line: of one finding, or of several that say the same of
/// one page each.
fn place(group: &[Found], voice: &Voice) -> String {
    let Some(found) = group.first() else { return String::new() };
    let mut line = found.finding.message(voice.lang());
    if found.page.is_some() {
        let pages = pages(group.iter().filter_map(|found| found.page));
        let mut args = vec![("page", pages), ("message", line)];
        let code = match found.at {
            Some([left, top]) => {
                args.extend([("left", format!("{left:.1}")), ("top", format!("{top:.1}"))]);
                "preflight-place"
            }
            None => "preflight-page",
        };
        line = voice.text(code, &args);
    }
    if found.count > 1 {
        line += &voice.text("preflight-count", &[("count", found.count.to_string())]);
    }
    format!("{line}  [{}]", found.finding.code.name())
}

/// Page numbers as in `1–17、20`.
fn pages(numbers: impl Iterator<Item = usize>) -> String {
    let numbers: Vec<usize> = numbers.collect();
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let told = runs.map(|run| match run {
        [one] => one.to_string(),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    told.collect::<Vec<_>>().join("、")
}
