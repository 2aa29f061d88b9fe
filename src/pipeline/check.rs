//! Everything there is to say about the articles of some publications, without
//! building them.

use std::collections::BTreeSet;

use crate::diag::{Fault, Finding, Progress};
use crate::layout::Wording;
use crate::project::Project;
use crate::publication::assemble;

use super::configured::{arrangement, frame, selection};
use super::read::{Read, read_all};

/// The findings about the articles of these publications, in the order of the
/// files; about all articles where no id is given.
///
/// # Errors
/// A usage or configuration fault.
pub fn check(
    project: &Project,
    ids: &[String],
    progress: &dyn Progress,
) -> Result<Vec<Finding>, Fault> {
    let library = read_all(project, progress)?;
    let mut findings = library.findings;
    let wanted: Option<BTreeSet<String>> = if ids.is_empty() {
        None
    } else {
        let sources: Vec<_> = library.reads.iter().map(Read::source).collect();
        let configs = project.config.chosen(ids)?;
        let files = configs.iter().flat_map(|config| {
            let frame = frame(config, &project.config.press);
            let arrangement = arrangement(config, &Wording::default());
            let publication = assemble(frame, &sources, &selection(config), &arrangement);
            publication.files().map(str::to_owned).collect::<Vec<_>>()
        });
        Some(files.collect())
    };
    for read in library.reads {
        if wanted.as_ref().is_none_or(|files| files.contains(&read.file)) {
            findings.extend(read.findings);
        }
    }
    Ok(findings)
}
