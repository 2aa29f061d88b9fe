//! Everything there is to say about the articles of some publications, without
//! building them.

use std::collections::BTreeSet;

use crate::diag::{Dismissal, Fault, Finding, Progress};
use crate::layout::Wording;
use crate::project::Project;
use crate::publication::assemble;

use super::across::Dismissed;
use super::configured::{arrangement, frame, selection};
use super::read::{Read, read_all};

/// A finding under the number by which a person may set it aside.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// From 1 over the whole project, whichever publications are asked about, and the
    /// same whether or not findings are set aside.
    pub number: usize,
    /// What was found.
    pub finding: Finding,
    /// Who set it aside, and why.
    pub dismissal: Option<Dismissal>,
}

/// The findings about the articles of these publications, in the order of the
/// files; about all articles where no id is given.
///
/// # Errors
/// A usage or configuration fault.
pub fn check(
    project: &Project,
    ids: &[String],
    progress: &dyn Progress,
) -> Result<Vec<Checked>, Fault> {
    let library = read_all(project, progress)?;
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
    let mut out = Vec::new();
    let mut number = 0;
    add(library.findings, library.dismissed, &mut number, &mut out, true);
    for read in library.reads {
        let shown = wanted.as_ref().is_none_or(|files| files.contains(&read.file));
        add(read.findings, read.dismissed, &mut number, &mut out, shown);
    }
    Ok(out)
}

/// Numbers findings, those that were set aside in their old places.
fn add(
    open: Vec<Finding>,
    dismissed: Vec<Dismissed>,
    number: &mut usize,
    out: &mut Vec<Checked>,
    shown: bool,
) {
    let mut push = |finding: Finding, dismissal: Option<Dismissal>| {
        *number += 1;
        if shown {
            out.push(Checked { number: *number, finding, dismissal });
        }
    };
    let mut dismissed = dismissed.into_iter().peekable();
    for (n, finding) in open.into_iter().enumerate() {
        while let Some(d) = dismissed.next_if(|d| d.after <= n) {
            push(d.finding, Some(d.dismissal));
        }
        push(finding, None);
    }
    dismissed.for_each(|d| push(d.finding, Some(d.dismissal)));
}
