//! Records of finished work: what went in, what came out, and what was said. A record
//! that cannot be read, was damaged or is another program's is as if it were not there.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use blake3::Hash;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::project::Project;

use super::inputs::PROGRAM;
use super::state::{Moment, State};

/// What went into a piece of work.
pub(super) struct MadeOf {
    /// A moment before anything of it was looked at.
    pub(super) since: Moment,
    /// Files outside `sources/` among it, relative to the project.
    pub(super) outside: Vec<PathBuf>,
    /// The sum of all of it.
    pub(super) sum: Hash,
}

/// A record as it lies in its file, behind a line with the sum of its text.
#[derive(Serialize, Deserialize)]
struct Record<T> {
    program: String,
    since: Moment,
    outside: Vec<PathBuf>,
    sum: String,
    /// What came out, relative to its folder.
    files: Vec<(PathBuf, State)>,
    said: T,
}

/// The file of the record of that name.
fn file(project: &Project, name: &str) -> PathBuf {
    project.cache_dir().join("built").join(format!("{name}.json"))
}

/// What the work of that name said, where its record is sound, everything that came out
/// still lies in `folder` as it was put there, and what goes in comes to the same sum.
pub(super) fn read<T: DeserializeOwned>(
    project: &Project,
    name: &str,
    folder: &Path,
    sum: impl FnOnce(Moment, &[PathBuf]) -> Hash,
) -> Option<T> {
    let text = fs::read_to_string(file(project, name)).ok()?;
    let (sum_of_text, text) = text.split_once('\n')?;
    if sum_of_text != blake3::hash(text.as_bytes()).to_hex().as_str() {
        return None;
    }
    let record: Record<T> = serde_json::from_str(text).ok()?;
    let is_still = |(path, then): &(PathBuf, State)| {
        State::of(&folder.join(path)).is_some_and(|now| now.of_finished() == *then)
    };
    let holds = record.program == PROGRAM
        && record.files.iter().all(is_still)
        && record.sum == sum(record.since, &record.outside).to_hex().as_str();
    holds.then_some(record.said)
}

/// Writes down the work of that name, whole or not at all; not where one of the files in
/// `folder` that came out is not there. Where it cannot be written nothing is lost: the
/// work is done once more.
pub(super) fn write(
    project: &Project,
    name: &str,
    (folder, files): (&Path, Vec<PathBuf>),
    made_of: MadeOf,
    said: &impl Serialize,
) {
    let state = |path: PathBuf| {
        let state = State::of(&folder.join(&path))?;
        Some((path, state.of_finished()))
    };
    let Some(files) = files.into_iter().map(state).collect::<Option<Vec<_>>>() else { return };
    let MadeOf { since, outside, sum } = made_of;
    let (program, sum) = (PROGRAM.to_owned(), sum.to_hex().to_string());
    let record = Record { program, since, outside, sum, files, said };
    let Ok(text) = serde_json::to_string(&record) else { return };
    let place = file(project, name);
    let Some(home) = place.parent().filter(|home| fs::create_dir_all(home).is_ok()) else { return };
    let Ok(mut new) = tempfile::NamedTempFile::new_in(home) else { return };
    let sum = blake3::hash(text.as_bytes()).to_hex();
    if writeln!(new, "{sum}").and_then(|()| new.write_all(text.as_bytes())).is_ok() {
        let _ = new.persist(place);
    }
}

/// Takes the record of that name away, before the work is begun anew: if it is broken off
/// there is none.
pub(super) fn forget(project: &Project, name: &str) {
    let _ = fs::remove_file(file(project, name));
}
