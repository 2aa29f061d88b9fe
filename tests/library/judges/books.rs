//! Judges of EPUB files and of pages: EPUBCheck, Ace by DAISY, and a browser.

use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::at_hand::{finish, installed, program, said, script};

/// One browser at a time: two at once on a small machine run into their own
/// time limits.
static BROWSER: Mutex<()> = Mutex::new(());

/// What EPUBCheck has to say about a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub fatal: u64,
    pub errors: u64,
    pub warnings: u64,
    /// Every message as `RSC-005 chapter.xhtml:12 what is wrong`.
    pub messages: Vec<String>,
}

/// One violation that Ace reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The file within the book.
    pub file: String,
    /// The rule's name, as in `image-alt`.
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
}

/// Validates a book with EPUBCheck 5.
pub fn epubcheck(path: &Path) -> Option<Report> {
    let java = program("java")?;
    let jar = installed("epubcheck", "epubcheck/epubcheck.jar")?;
    // A run is too short for the optimising compiler: without it one takes less
    // than half the time.
    let output = finish(
        Command::new(java)
            .args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"])
            .arg(jar)
            .arg(path)
            .args(["--quiet", "--locale", "en", "--json", "-"]),
    );
    let json = json(&output.stdout, "EPUBCheck");
    let count = |key: &str| json["checker"][key].as_u64().expect("EPUBCheck counts");
    let messages = list(&json["messages"]).iter().map(|message| {
        let place = &message["locations"][0];
        let file = place["path"].as_str().unwrap_or_default();
        let line = place["line"].as_i64().unwrap_or_default();
        format!("{} {file}:{line} {}", word(&message["ID"]), word(&message["message"]))
    });
    Some(Report {
        fatal: count("nFatal"),
        errors: count("nError"),
        warnings: count("nWarning"),
        messages: messages.collect(),
    })
}

/// Every violation that Ace finds. Its exit code is 0 in any case, so only the
/// report counts.
pub fn ace(path: &Path) -> Option<Vec<Violation>> {
    let ace = installed("ace", "node_modules/.bin/ace-puppeteer")?;
    let chromium = program("chromium")?;
    let out = tempfile::tempdir().expect("a folder for the report");
    let only = BROWSER.lock().unwrap_or_else(PoisonError::into_inner);
    let output = finish(
        Command::new(ace)
            .env("PUPPETEER_EXECUTABLE_PATH", chromium)
            .args(["--force", "--silent", "--lang", "en", "--outdir"])
            .arg(out.path())
            .arg(path),
    );
    drop(only);
    said(&output);
    let report = std::fs::read(out.path().join("report.json")).expect("Ace writes a report");
    let report = json(&report, "Ace");
    let files = list(&report["assertions"]).iter().flat_map(|file| {
        let name = word(&file["earl:testSubject"]["url"]);
        list(&file["assertions"]).iter().map(move |found| Violation {
            file: name.clone(),
            rule: word(&found["earl:test"]["dct:title"]),
            impact: word(&found["earl:test"]["earl:impact"]),
        })
    });
    Some(files.collect())
}

/// What a book is to a reader that is not ours: the program of `tests/judges/reader`.
/// An error is its own words where it takes the file for no book.
pub fn another_reader(path: &Path) -> Option<Result<Value, String>> {
    let program = installed("the other reader", "reader/release/reader")?;
    let output = finish(Command::new(program).arg(path));
    if output.status.success() {
        return Some(Ok(json(&output.stdout, "the other reader")));
    }
    Some(Err(String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// Runs a script of `tests/judges/` under Node with Chromium at hand, and returns
/// what it wrote. The script takes its browser from `browser.mjs`.
pub fn browser(name: &str, args: &[&str]) -> Option<String> {
    let chromium = program("chromium")?;
    let mut command = script(name, "playwright-core")?;
    let only = BROWSER.lock().unwrap_or_else(PoisonError::into_inner);
    let output = finish(command.env("KANYIN_CHROMIUM", chromium).args(args));
    drop(only);
    Some(said(&output))
}

fn json(bytes: &[u8], judge: &str) -> Value {
    serde_json::from_slice(bytes)
        .unwrap_or_else(|e| panic!("{judge}: {e}: {}", String::from_utf8_lossy(bytes)))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
