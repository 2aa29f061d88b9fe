//! One finding for many of a kind: an editor who has been told of a word once will
//! look for the others.

use crate::diag::Finding;

/// Leaves the first of the findings whose values are the same, with how many there
/// were under `count`. The values must not hold one of that name yet.
pub(super) fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<(Finding, usize)> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    for finding in findings {
        let n = *known.entry(finding.args.clone()).or_insert(kept.len());
        match kept.get_mut(n) {
            Some((_, count)) => *count += 1,
            None => kept.push((finding, 1)),
        }
    }
    kept.into_iter().map(|(finding, count)| finding.arg("count", count)).collect()
}
