//! `kanyin check`: what reading, normalising and proofreading find, and what a person
//! sets aside of it, by name and with a reason.

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Code, Dismissal, Fault, Finding, Severity};
use kanyin::pipeline::{Checked, check};
use kanyin::project::{Project, write_decisions};
use serde_json::{Value, json};

use super::progress::Bars;
use super::voice::Voice;

const NOT_AN_ERROR: Code = Code::new("check-error-stays");
const NOT_DISMISSED: Code = Code::new("check-not-dismissed");
const NO_SUCH_FINDING: Code = Code::new("check-no-such-finding");
const NEEDS_NAME: Code = Code::new("check-dismiss-needs-name");

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let project = Project::open(folder)?;
    let checked = check(&project, &super::words(args, "ids"), &Bars::new(voice.lang()))?;
    if decide(args, &project, &checked, voice)? {
        return Ok(ExitCode::SUCCESS);
    }
    let open = || checked.iter().filter(|c| c.dismissal.is_none());
    let count = |severity| open().filter(|c| c.finding.severity == severity).count();
    let errors = count(Severity::Error);
    if args.get_flag("json") {
        show_json(&checked, voice);
    } else {
        let all = args.get_flag("all");
        let shown = checked.iter().filter(|c| all || c.dismissal.is_none());
        voice.numbered(shown.map(|c| (c.number, &c.finding, c.dismissal.as_ref())));
        let args = [
            ("errors", errors.to_string()),
            ("warnings", count(Severity::Warning).to_string()),
            ("notes", count(Severity::Note).to_string()),
        ];
        voice.line(&voice.text("check-done", &args));
        let dismissed = checked.len() - open().count();
        if dismissed > 0 && !all {
            voice.line(&voice.text("check-dismissed", &[("count", dismissed.to_string())]));
        }
        if let Some(first) = open().find(|c| c.finding.severity != Severity::Error) {
            voice.line(&voice.text("check-next", &[("number", first.number.to_string())]));
        }
    }
    Ok(if errors > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Files what a person set aside or took up again; whether anything was typed.
fn decide(
    args: &ArgMatches,
    project: &Project,
    checked: &[Checked],
    voice: &Voice,
) -> Result<bool, Fault> {
    let keys = |name: &str| -> Result<Vec<String>, Fault> {
        let numbers = args.get_many::<usize>(name).into_iter().flatten();
        let key = |n: &usize| match checked.iter().find(|c| c.number == *n) {
            // What stops the work cannot be wished away.
            Some(checked) if name == "dismiss" && checked.finding.severity == Severity::Error => {
                let finding = Finding::error(NOT_AN_ERROR).arg("number", n);
                Err(Fault::usage(finding))
            }
            Some(checked) if name == "restore" && checked.dismissal.is_none() => {
                Err(Fault::usage(Finding::error(NOT_DISMISSED).arg("number", n)))
            }
            Some(checked) => Ok(checked.finding.key()),
            None => {
                let last = checked.last().map_or(0, |c| c.number);
                let finding = Finding::error(NO_SUCH_FINDING).arg("number", n).arg("last", last);
                Err(Fault::usage(finding))
            }
        };
        numbers.map(key).collect()
    };
    let (dismiss, restore) = (keys("dismiss")?, keys("restore")?);
    if dismiss.is_empty() && restore.is_empty() {
        return Ok(false);
    }
    let said = |name: &str| {
        let text = args.get_one::<String>(name).map(|text| text.trim()).unwrap_or_default();
        text.to_owned()
    };
    let dismissal = Dismissal { by: said("by"), reason: said("reason") };
    if !dismiss.is_empty() && (dismissal.by.is_empty() || dismissal.reason.is_empty()) {
        return Err(Fault::usage(Finding::error(NEEDS_NAME)));
    }
    let count = dismiss.len() + restore.len();
    let mut decisions = project.decisions()?;
    for key in restore {
        decisions.dismissed.remove(&key);
    }
    decisions.dismissed.extend(dismiss.into_iter().map(|key| (key, dismissal.clone())));
    write_decisions(project.root(), &decisions)?;
    voice.line(&voice.text("review-kept", &[("count", count.to_string())]));
    Ok(true)
}

fn show_json(checked: &[Checked], voice: &Voice) {
    let (mut open, mut dismissed) = (Vec::new(), Vec::new());
    for Checked { number, finding, dismissal } in checked {
        let mut value = finding.json(voice.lang());
        if let Value::Object(map) = &mut value {
            map.shift_insert(0, "number".into(), json!(number));
            map.insert("key".into(), json!(finding.key()));
            if let Some(dismissal) = dismissal {
                map.insert("by".into(), json!(dismissal.by));
                map.insert("reason".into(), json!(dismissal.reason));
            }
        }
        if dismissal.is_some() { &mut dismissed } else { &mut open }.push(value);
    }
    voice.json(&json!({ "version": 1, "findings": open, "dismissed": dismissed }));
}
