//! What only shows once all articles have been read: series, articles that stand
//! twice, and findings that a person has set aside.

use serde::{Deserialize, Serialize};

use crate::check::{Member, duplicates, series};
use crate::diag::{Code, Decisions, Dismissal, Finding, Severity};
use crate::import::rank;
use crate::review::{Kind, Ruling};

use super::read::{Library, Read};

/// What is said of an article that stands twice.
pub(super) const DUPLICATE: Code = Code::new("duplicate-article");
const CONFIRMED: Code = Code::new("review-series-confirmed");

/// How sure a series is that a second article confirms.
const SURE: f32 = 0.95;

/// A finding that a person looked at and set aside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dismissed {
    /// How many findings stood before it that still stand.
    pub after: usize,
    /// What was found.
    pub finding: Finding,
    /// By whom, and why.
    pub dismissal: Dismissal,
}

/// Looks at all articles together, and tells what is found of each.
pub(super) fn look_across(library: &mut Library) {
    let copies = copies(&mut library.reads);
    let kept: Vec<usize> = (0..library.reads.len()).filter(|n| !copies.contains(n)).collect();
    let member = |n: &usize| {
        let read = &library.reads[*n];
        Member { file: &read.file, article: read.article() }
    };
    let members: Vec<Member<'_>> = kept.iter().map(member).collect();
    let pass = series(&members);
    for n in pass.confirmed {
        confirm(&mut library.reads[kept[n]]);
    }
    for (n, finding) in pass.findings {
        library.reads[kept[n]].findings.push(finding);
    }
}

/// Says of every article that stands twice which of the two is proposed; gives the
/// numbers of the others.
fn copies(reads: &mut [Read]) -> Vec<usize> {
    let articles: Vec<_> = reads.iter().map(Read::article).collect();
    let mut copies = Vec::new();
    for group in duplicates(&articles) {
        let Some(best) = group
            .iter()
            .copied()
            .max_by_key(|n| (rank(&reads[*n].file, &reads[*n].imported), std::cmp::Reverse(*n)))
        else {
            continue;
        };
        let other = reads[best].file.clone();
        for n in group.into_iter().filter(|n| *n != best) {
            let read = &mut reads[n];
            let title = read.article().title_text();
            let finding = Finding::warning(DUPLICATE).arg("other", &other).excerpt(title);
            read.findings.push(finding.file(&read.file));
            copies.push(n);
        }
    }
    copies
}

/// A series that a second article confirms is asked about no more.
fn confirm(read: &mut Read) {
    for doubt in read.doubts.iter_mut().filter(|d| d.kind == Kind::Series) {
        if doubt.ruling != Ruling::Open || doubt.confidence >= SURE {
            continue;
        }
        let told = doubt.reason;
        let place = doubt.place.clone();
        doubt.confidence = SURE;
        doubt.reason = CONFIRMED.name();
        read.findings.retain(|f| {
            f.place.as_ref() != Some(&place)
                || (f.code.name() != told && f.code != crate::check::LOW_CONFIDENCE)
        });
    }
}

/// Parts the findings that a person has set aside from the others.
pub(super) fn set_aside(findings: &mut Vec<Finding>, decisions: &Decisions) -> Vec<Dismissed> {
    let mut dismissed = Vec::new();
    if decisions.dismissed.is_empty() {
        return dismissed;
    }
    let mut open = Vec::with_capacity(findings.len());
    for finding in std::mem::take(findings) {
        // What stops the work cannot be wished away.
        let may = finding.severity != Severity::Error;
        match decisions.dismisses(&finding).filter(|_| may).cloned() {
            Some(dismissal) => {
                dismissed.push(Dismissed { after: open.len(), finding, dismissal });
            }
            None => open.push(finding),
        }
    }
    *findings = open;
    dismissed
}
