//! Fetching packages through the programs that come with their archives: `npm`
//! for the npm registry, `apt-get` and `dpkg-deb` for Debian's. Nothing is
//! installed, and nothing of a package is run.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flate2::read::GzDecoder;
use kanyin::diag::{Code, Fault, FaultKind, Finding};
use kanyin::layout::fonts::{Archive, Package, Supply, packages, sha256_of_file};

use super::{Told, place};

const NO_PROGRAM: Code = Code::new("fonts-no-program");
const FETCH_FAILED: Code = Code::new("fonts-fetch-failed");
const NO_LISTS: Code = Code::new("fonts-no-lists");
const PACKAGE_WRONG: Code = Code::new("fonts-package-wrong");
const PACKAGE_UNREADABLE: Code = Code::new("fonts-package-unreadable");
const MEMBER_MISSING: Code = Code::new("fonts-member-missing");
const MEMBER_OTHER: Code = Code::new("fonts-member-other");
const NO_ROOM: Code = Code::new("fonts-no-room");

/// Fetches the packages of the needed files and takes these out of them. What
/// one archive cannot give does not keep the others from giving theirs.
///
/// # Errors
/// What could not be had: package, what failed, what to do.
pub(super) fn fetch(
    target: &Path,
    needed: &[Supply],
    tell: &mut dyn FnMut(Told),
) -> Result<(), Fault> {
    let packages = packages(|supply| needed.contains(supply));
    let mut findings = Vec::new();
    for (at, package) in packages.iter().enumerate() {
        let (at, of) = (at + 1, packages.len());
        tell(Told::Fetching { at, of, package: &package.name, bytes: package.bytes });
        if let Err(fault) = one(package, target, tell) {
            findings.extend(fault.findings);
        }
    }
    if findings.is_empty() {
        return Ok(());
    }
    // Two packages may fail for one reason, which is said once.
    findings.dedup();
    Err(Fault { kind: FaultKind::Work, findings })
}

fn one(package: &Package, target: &Path, tell: &mut dyn FnMut(Told)) -> Result<(), Fault> {
    let folder =
        tempfile::tempdir().map_err(|e| Fault::work(Finding::error(NO_ROOM).arg("why", e)))?;
    match &package.archive {
        Archive::Npm { version, sha256 } => {
            let what = format!("{}@{version}", package.name);
            // On Windows npm is a script, which only its full name starts.
            let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
            let mut command = Command::new(npm);
            command.args(["pack", "--ignore-scripts", &what]).current_dir(&folder);
            finished(&mut command, package)?;
            let file = only_file(folder.path(), "tgz", package)?;
            if sha256_of_file(&file).map_err(|e| unreadable(package, &e))? != *sha256 {
                return Err(fault(package, PACKAGE_WRONG));
            }
            let file = std::fs::File::open(&file).map_err(|e| unreadable(package, &e))?;
            take(package, GzDecoder::new(file), target, tell)
        }
        Archive::Debian => {
            download(package, folder.path(), tell)?;
            let file = only_file(folder.path(), "deb", package)?;
            let mut command = Command::new("dpkg-deb");
            command.arg("--fsys-tarfile").arg(&file).stdout(Stdio::piped());
            let mut child = command.spawn().map_err(|e| not_started(&command, package, &e))?;
            let taken = match child.stdout.take() {
                Some(out) => take(package, out, target, tell),
                None => Err(fault(package, PACKAGE_UNREADABLE)),
            };
            // All that is wanted may come before the end of the package.
            let _ = child.kill();
            let _ = child.wait();
            taken
        }
    }
}

/// `apt-get download`, after `apt-get update` where the machine has no package
/// lists yet and the right to fetch them.
fn download(package: &Package, folder: &Path, tell: &mut dyn FnMut(Told)) -> Result<(), Fault> {
    let mut command = Command::new("apt-get");
    command.args(["download", "--quiet", &package.name]).current_dir(folder);
    let Err(first) = finished(&mut command, package) else { return Ok(()) };
    if first.findings.iter().any(|finding| finding.code == NO_PROGRAM) {
        return Err(first);
    }
    tell(Told::FetchingLists);
    if finished(Command::new("apt-get").args(["update", "--quiet"]), package).is_err() {
        return Err(fault(package, NO_LISTS));
    }
    finished(&mut command, package)
}

/// Runs a program to its end.
fn finished(command: &mut Command, package: &Package) -> Result<(), Fault> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|e| not_started(command, package, &e))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let why = said.lines().rev().find(|line| is_reason(line)).unwrap_or_default().trim();
    let why = if why.is_empty() { output.status.to_string() } else { why.to_owned() };
    let finding = Finding::error(FETCH_FAILED).arg("package", &package.name);
    Err(Fault::work(finding.arg("command", typed(command)).arg("why", why)))
}

/// Whether a line of a program's complaint tells the reason, not where a log lies.
fn is_reason(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.contains("complete log") && !line.ends_with(".log")
}

fn not_started(command: &Command, package: &Package, why: &std::io::Error) -> Fault {
    let program = command.get_program().to_string_lossy().into_owned();
    if why.kind() == std::io::ErrorKind::NotFound {
        return Fault::work(Finding::error(NO_PROGRAM).arg("program", program));
    }
    let finding = Finding::error(FETCH_FAILED).arg("package", &package.name);
    Fault::work(finding.arg("command", typed(command)).arg("why", why))
}

/// The command as a person would type it.
fn typed(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// The one file of that ending which a program left in the folder.
fn only_file(folder: &Path, ending: &str, package: &Package) -> Result<PathBuf, Fault> {
    let entries = std::fs::read_dir(folder).map_err(|e| unreadable(package, &e))?;
    let mut paths = entries.flatten().map(|entry| entry.path());
    paths
        .find(|path| path.extension().is_some_and(|e| e == ending))
        .ok_or_else(|| fault(package, PACKAGE_UNREADABLE))
}

/// Takes the wanted members out of a tar stream, one after the other, until it
/// has them all.
fn take(
    package: &Package,
    tar: impl Read,
    target: &Path,
    tell: &mut dyn FnMut(Told),
) -> Result<(), Fault> {
    let mut wanted: Vec<&(String, Supply)> = package.members.iter().collect();
    let mut archive = tar::Archive::new(tar);
    for entry in archive.entries().map_err(|e| unreadable(package, &e))? {
        let mut entry = entry.map_err(|e| unreadable(package, &e))?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let path = path.strip_prefix("./").unwrap_or(&path);
        let Some(at) = wanted.iter().position(|(member, _)| member == path) else { continue };
        let (_, supply) = wanted.remove(at);
        let mut bytes = Vec::new();
        // One byte more than wanted is enough to see that it is another file.
        let limit = supply.bytes + 1;
        (&mut entry).take(limit).read_to_end(&mut bytes).map_err(|e| unreadable(package, &e))?;
        if !place::put(supply, &bytes, target)? {
            let finding = Finding::error(MEMBER_OTHER).arg("package", &package.name);
            return Err(Fault::work(finding.arg("name", &supply.file)));
        }
        tell(Told::Taken { file: &supply.file, bytes: supply.bytes });
        if wanted.is_empty() {
            return Ok(());
        }
    }
    let files: Vec<&str> = wanted.iter().map(|(_, supply)| supply.file.as_str()).collect();
    let finding = Finding::error(MEMBER_MISSING).arg("package", &package.name);
    Err(Fault::work(finding.arg("files", files.join("、"))))
}

fn fault(package: &Package, code: Code) -> Fault {
    Fault::work(Finding::error(code).arg("package", &package.name))
}

fn unreadable(package: &Package, why: &std::io::Error) -> Fault {
    let finding = Finding::error(FETCH_FAILED).arg("package", &package.name);
    Fault::work(finding.arg("command", "tar").arg("why", why))
}
