//! Building again: what an earlier build of a publication made and said holds as long as
//! nothing that went into it has changed and nothing that came of it was touched.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::Finding;
use crate::project::{Format, Project};

use super::built::BuiltPublication;
use super::earlier::{Earlier, Left};
use super::inputs::{Inputs, Looked, outside};
use super::making::{TOO_LARGE, UNWRITABLE};
use super::pictures::UNKEPT;
use super::read::Library;
use super::record::{self, MadeOf};
use super::verify::POSTS;

/// What an earlier build of a publication came to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Known {
    /// What it made, and said of it.
    pub(super) publication: BuiltPublication,
    /// What it said of the whole project's articles.
    pub(super) library: Vec<Finding>,
}

/// What an earlier build of the publication `id` in `out` came to, where it holds; that
/// its posts do is noted.
pub(super) fn known(project: &Project, out: &Path, id: &str, inputs: &Inputs) -> Option<Known> {
    let folder = out.join(id);
    let sum = |since, outside: &[PathBuf]| inputs.sum(since, outside);
    let mut known: Known = record::read(project, id, &folder, sum)?;
    known.publication.folder = folder;
    note_posts(project, &known.publication);
    Some(known)
}

/// The file whose time says when the posts of a publication were last found to be what
/// its sources make: posts that are taken over are older than sources that were written
/// anew with the same words.
pub(super) fn posts_hold(project: &Project, id: &str) -> PathBuf {
    project.cache_dir().join("built").join(format!("{id}.posts"))
}

fn note_posts(project: &Project, built: &BuiltPublication) {
    let made = built.files.iter().any(|(path, _)| path.starts_with(POSTS));
    if made && built.not_made.iter().all(|not| not.format != Format::Wechat) {
        let file = posts_hold(project, &built.id);
        // Without it posts are taken for old that are not, which is told and does no harm.
        let _ = file.parent().map(fs::create_dir_all);
        let _ = fs::write(file, &built.id);
    }
}

/// Writes down what a build came to, once all of it lies in its place. One that failed in
/// part, or could not write what it had to, or of which something was changed in the
/// meantime, is done anew the next time.
pub(super) fn keep(
    built: &BuiltPublication,
    left: Option<(Earlier<'_>, Left)>,
    library: &Library,
    looked: Looked<'_>,
) {
    let Looked { project, inputs, .. } = looked;
    let passes = |finding: &Finding| [UNWRITABLE, TOO_LARGE, UNKEPT].contains(&finding.code);
    let mut all = built.findings.iter().chain(&library.findings);
    let failed = !built.not_made.is_empty() || built.files.is_empty() || all.any(passes);
    if !looked.is_still() {
        return;
    }
    note_posts(project, built);
    if failed {
        return;
    }
    let outside = outside(project, library);
    let sum = inputs.sum(inputs.since, &outside);
    let reports = ["report.html", "report.json"].map(PathBuf::from);
    let files = built.files.iter().map(|(path, _)| PathBuf::from(path)).chain(reports);
    let made_of = MadeOf { since: inputs.since, outside, sum };
    let said = Known { publication: built.clone(), library: library.findings.clone() };
    record::write(project, &built.id, (&built.folder, files.collect()), made_of, &said);
    if let Some((earlier, left)) = left {
        earlier.keep(project, built, left);
    }
}
