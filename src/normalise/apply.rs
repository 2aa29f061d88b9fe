//! Putting changes into a run, and taking them back. Both find the leaf by the same
//! convention, which is why taking back is exact.

use std::collections::BTreeMap;

use crate::article::Inlines;
use crate::diag::Edit;

use super::leaves::{Leaf, flatten, leaf_of, replace, rewrite};
use super::line::Change;

/// Fits a change to the leaves of its run, or gives `None` where it cannot be
/// put into one leaf, or would leave one empty: emphasis without text has no
/// place to be taken back to.
pub(super) fn fit(chars: &[char], leaves: &[Leaf], mut change: Change) -> Option<Change> {
    let leaf = leaves.get(leaf_of(leaves, &change.range)?)?;
    if change.new.is_empty() {
        if change.range == leaf.range {
            return None;
        }
        // What vanishes from the beginning of a leaf would come back at the end
        // of the one before; with a neighbour in hand it keeps its place.
        let start = change.range.start;
        if start == leaf.range.start
            && leaf_of(leaves, &(start..start)) != leaf_of(leaves, &change.range)
        {
            change.new.push(*chars.get(change.range.end)?);
            change.range.end += 1;
        }
    }
    let same = chars[change.range.clone()].iter().copied().eq(change.new.chars());
    (!same).then_some(change)
}

/// Puts fitted edits into the run, whose characters and leaves these are, in one go.
/// They stand in the order of the text and do not overlap. Gives those that went in:
/// one that would leave nothing of a leaf, after the others, does not.
pub(super) fn put_all(
    inlines: &mut Inlines,
    chars: &[char],
    leaves: &[Leaf],
    edits: Vec<Edit>,
) -> Vec<Edit> {
    let mut left: Vec<usize> = leaves.iter().map(|leaf| leaf.range.len()).collect();
    let mut done: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let mut kept = Vec::with_capacity(edits.len());
    for edit in edits {
        let range = edit.at..edit.at + edit.old.chars().count();
        let Some(index) = leaf_of(leaves, &range) else { continue };
        let remains = left[index] + edit.new.chars().count() - range.len();
        if remains == 0 {
            continue;
        }
        left[index] = remains;
        let start = leaves[index].range.start;
        let (end, text) = done.entry(index).or_insert((start, String::new()));
        text.extend(&chars[*end..range.start]);
        text.push_str(&edit.new);
        *end = range.end;
        kept.push(edit);
    }
    let finished = done.into_iter().map(|(index, (end, mut text))| {
        text.extend(&chars[end..leaves[index].range.end]);
        (index, text)
    });
    rewrite(inlines, &mut finished.collect());
    kept
}

/// Takes an applied edit back.
pub(super) fn take_back(inlines: &mut Inlines, edit: &Edit) {
    let (_, leaves) = flatten(inlines);
    let range = edit.at..edit.at + edit.new.chars().count();
    if let Some(index) = leaf_of(&leaves, &range) {
        let start = leaves[index].range.start;
        replace(inlines, index, range.start - start..range.end - start, &edit.old);
    }
}
