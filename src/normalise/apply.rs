//! Putting one change into a run, and taking it back. Both go through the same
//! two functions, which is why taking back is exact.

use crate::article::Inlines;
use crate::diag::Edit;

use super::leaves::{flatten, leaf_of, replace};
use super::line::Change;

/// Fits a change to the leaves of its run, or gives `None` where it cannot be
/// put into one leaf, or would leave one empty: emphasis without text has no
/// place to be taken back to.
pub(super) fn fit(inlines: &Inlines, mut change: Change) -> Option<Change> {
    let (chars, leaves) = flatten(inlines);
    let leaf = leaves.get(leaf_of(&leaves, &change.range)?)?;
    if change.new.is_empty() {
        if change.range == leaf.range {
            return None;
        }
        // What vanishes from the beginning of a leaf would come back at the end
        // of the one before; with a neighbour in hand it keeps its place.
        let start = change.range.start;
        if start == leaf.range.start
            && leaf_of(&leaves, &(start..start)) != leaf_of(&leaves, &change.range)
        {
            change.new.push(*chars.get(change.range.end)?);
            change.range.end += 1;
        }
    }
    let same = chars[change.range.clone()].iter().copied().eq(change.new.chars());
    (!same).then_some(change)
}

/// Puts a fitted change into the run.
pub(super) fn put(inlines: &mut Inlines, change: &Change) {
    let (_, leaves) = flatten(inlines);
    if let Some(index) = leaf_of(&leaves, &change.range) {
        let start = leaves[index].range.start;
        let within = change.range.start - start..change.range.end - start;
        replace(inlines, index, within, &change.new);
    }
}

/// Takes an applied edit back.
pub(super) fn take_back(inlines: &mut Inlines, edit: &Edit) {
    let range = edit.at..edit.at + edit.new.chars().count();
    put(inlines, &Change { range, new: edit.old.clone(), grade: edit.grade });
}
