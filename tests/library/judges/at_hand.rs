//! Finding the outside judges on this machine and running them. Both test
//! binaries use it.

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A program of the system, by name.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file());
    found.or_else(|| missing(name))
}

/// A file below the judges' own folder.
pub fn installed(name: &str, file: &str) -> Option<PathBuf> {
    let file = folder().join(file);
    if file.exists() { Some(file) } else { missing(name) }
}

/// A script of `tests/judges/`, ready to be run under Node, once the package that
/// it needs is there.
pub fn script(name: &str, package: &str) -> Option<Command> {
    let mut command = Command::new(program("node")?);
    installed(package, &format!("node_modules/{package}"))?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges").join(name);
    command.env("KANYIN_JUDGES", folder()).arg(file);
    Some(command)
}

/// Runs a judge to its end without input.
pub fn finish(command: &mut Command) -> Output {
    let output = command.stdin(Stdio::null()).output();
    output.unwrap_or_else(|e| panic!("{} did not start: {e}", command.get_program().display()))
}

/// What a judge wrote, where it must succeed.
pub fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Says aloud that a test, or a part of it, does not run. Straight to the handle:
/// what the print macros write, the harness shows only when a test fails.
pub fn skipped(why: &str) {
    say(&format!("SKIPPED: {why}"));
}

/// Says something whether or not the test succeeds.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Where the judges that are not the system's lie.
fn folder() -> PathBuf {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join(".judges");
    env::var_os("KANYIN_JUDGES").map_or_else(own, PathBuf::from)
}

/// Says that a judge is not here: loudly on a person's machine, as a failure
/// where `CI` is set.
fn missing<T>(name: &str) -> Option<T> {
    let message = format!("{name} is not here; run bash scripts/test");
    assert!(env::var_os("CI").is_none(), "{message}");
    skipped(&message);
    None
}
