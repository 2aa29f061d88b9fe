//! The outside judges: real programs that have the last word on a file. Nothing
//! of the library is used here, so that it cannot judge itself.
//!
//! Each returns `None` where its program is not on this machine, after saying so
//! aloud; with `CI` set a missing judge fails instead. A test therefore reads
//! `let Some(report) = judges::epubcheck(&path) else { return };`
//!
//! `bash scripts/test` installs them all. They are the system's, and what lies in
//! `.judges/` (or the folder that `KANYIN_JUDGES` names).

mod books;
mod pdf;
mod trial;

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

pub use books::{ace, browser, epubcheck};
pub use pdf::{inkcov, pdffonts, pdfimages, pdfinfo_boxes, pdftotext, qpdf_check};

use crate::support::{root, skipped};

/// One browser at a time: two at once on a small machine run into their own
/// time limits.
static BROWSER: Mutex<()> = Mutex::new(());

/// A program of the system, by name.
fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file());
    found.or_else(|| missing(name))
}

/// A file below the judges' own folder.
fn installed(name: &str, file: &str) -> Option<PathBuf> {
    let file = folder().join(file);
    if file.exists() { Some(file) } else { missing(name) }
}

/// Where the judges that are not the system's lie.
fn folder() -> PathBuf {
    env::var_os("KANYIN_JUDGES").map_or_else(|| root().join(".judges"), PathBuf::from)
}

/// Says that a judge is not here: loudly on a person's machine, as a failure
/// where `CI` is set.
fn missing<T>(name: &str) -> Option<T> {
    let message = format!("{name} is not here; run bash scripts/test");
    assert!(env::var_os("CI").is_none(), "{message}");
    skipped(&message);
    None
}

/// Runs a program to its end without input.
fn run<A: AsRef<OsStr>>(command: &Path, args: impl IntoIterator<Item = A>) -> Output {
    finish(Command::new(command).args(args))
}

fn finish(command: &mut Command) -> Output {
    let output = command.stdin(Stdio::null()).output();
    output.unwrap_or_else(|e| panic!("{} did not start: {e}", command.get_program().display()))
}

/// What a program wrote, where it must succeed.
fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
