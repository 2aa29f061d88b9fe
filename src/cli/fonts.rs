//! `kanyin fonts`: takes the fonts and colour profiles that are missing from the archives that have
//! them, or from a folder, and checks those that are there.

mod fetch;
mod place;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Code, Fault, Finding};
use kanyin::layout::FontShelf;
use kanyin::layout::fonts::{Supply, supplies};
use kanyin::project::Project;

use super::voice::Voice;

const NO_SUCH_FOLDER: Code = Code::new("fonts-variable-no-folder");

/// What happens while fonts are taken.
enum Told<'a> {
    /// A package is about to be fetched: the `at`-th of `of`.
    Fetching { at: usize, of: usize, package: &'a str, bytes: u64 },
    /// The package lists of Debian are about to be fetched.
    FetchingLists,
    /// A font file was checked and lies in its place.
    Taken { file: &'a str, bytes: u64 },
}

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let project = super::maybe_project(folder)?;
    let folders = folders(project.as_ref());
    let shelf = FontShelf::open(&folders);
    let wrong = shelf.verify();
    if args.get_one::<String>("check").is_some() {
        voice.findings(doubt().as_ref());
        voice.findings(&wrong);
        if wrong.is_empty() {
            voice.line(&voice.text("fonts-all-right", &[]));
        }
        return Ok(ExitCode::from(u8::from(!wrong.is_empty())));
    }
    let is_wrong = |path: &Path| {
        let path = path.display().to_string();
        wrong.iter().any(|finding| finding.file.as_deref() == Some(path.as_str()))
    };
    let right: Vec<_> = shelf.supplies().filter(|(_, path)| !is_wrong(path)).collect();
    let is_there = |supply: &&Supply| right.iter().any(|(known, _)| known == *supply);
    let needed: Vec<Supply> = supplies().filter(|supply| !is_there(supply)).cloned().collect();
    if needed.is_empty() {
        voice.aside(&voice.text("fonts-all-there", &[]));
        return Ok(ExitCode::SUCCESS);
    }
    let target = target(project.as_ref());
    let tell = &mut |told: Told| voice.aside(&worded(&told, voice));
    match args.get_one::<PathBuf>("from") {
        Some(dir) => place::from_folder(dir, &target, &needed, tell)?,
        None => fetch::fetch(&target, &needed, tell)?,
    }
    let place = target.display().to_string();
    voice.aside(&voice.text("fonts-done", &[("folder", place)]));
    Ok(ExitCode::SUCCESS)
}

/// Where fonts are looked for: the project, `$KANYIN_FONTS`, beside the program,
/// the checkout it was built from.
pub(super) fn folders(project: Option<&Project>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = project.map(Project::fonts_dir).into_iter().collect();
    folders.extend(variable());
    folders.extend(beside());
    folders.push(checkout());
    folders
}

/// Where fetched fonts go.
fn target(project: Option<&Project>) -> PathBuf {
    let checkout = Some(checkout()).filter(|folder| folder.is_dir());
    let shared = || variable().or(checkout).or_else(beside);
    project.map(Project::fonts_dir).or_else(shared).unwrap_or_else(|| PathBuf::from("fonts"))
}

/// Said where `$KANYIN_FONTS` names no folder, which would go unseen while fonts are found
/// elsewhere.
pub(super) fn doubt() -> Option<Finding> {
    let folder = variable().filter(|folder| !folder.is_dir())?;
    Some(Finding::warning(NO_SUCH_FOLDER).arg("folder", folder.display()))
}

fn variable() -> Option<PathBuf> {
    std::env::var_os("KANYIN_FONTS").filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn beside() -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.parent()?.join("fonts"))
}

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")
}

fn worded(told: &Told, voice: &Voice) -> String {
    let megabytes = |bytes: u64| {
        #[expect(clippy::cast_precision_loss, reason = "a size to be read, not counted with")]
        let size = bytes as f64 / 1e6;
        format!("{size:.1}")
    };
    match told {
        Told::Fetching { at, of, package, bytes } => {
            let args = [
                ("at", at.to_string()),
                ("of", of.to_string()),
                ("package", (*package).to_owned()),
                ("size", megabytes(*bytes)),
            ];
            voice.text("fonts-fetching", &args)
        }
        Told::FetchingLists => voice.text("fonts-fetching-lists", &[]),
        Told::Taken { file, bytes } => {
            let args = [("name", (*file).to_owned()), ("size", megabytes(*bytes))];
            voice.text("fonts-taken", &args)
        }
    }
}
