//! The leaves of a run: where each piece of its plain text lies in the tree of
//! inlines. An edit is put into one leaf and never moves text between two.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::article::{Inline, Inlines};

/// One leaf of a run, as a range of characters of the run's plain text.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// The characters it holds.
    pub(super) range: Range<usize>,
    /// Whether edits may change it: text, but not a break and not the base of a ruby.
    pub(super) text: bool,
}

/// The plain text of a run and its leaves in order. Agrees with
/// [`crate::article::plain_text`] character by character.
pub(super) fn flatten(inlines: &[Inline]) -> (Vec<char>, Vec<Leaf>) {
    let (mut chars, mut leaves) = (Vec::new(), Vec::new());
    collect(inlines, &mut chars, &mut leaves);
    (chars, leaves)
}

fn collect(inlines: &[Inline], chars: &mut Vec<char>, leaves: &mut Vec<Leaf>) {
    for inline in inlines {
        let start = chars.len();
        let text = match inline {
            Inline::Text(t) => {
                chars.extend(t.chars());
                true
            }
            Inline::Break => {
                chars.push(' ');
                false
            }
            Inline::Ruby { base, .. } => {
                chars.extend(base.chars());
                false
            }
            Inline::Note(_) => continue,
            other => {
                collect(other.children(), chars, leaves);
                continue;
            }
        };
        leaves.push(Leaf { range: start..chars.len(), text });
    }
}

/// The leaf that a change of `range` falls into, if it falls into one alone. An
/// empty range belongs to the leaf that ends there, else to the one that begins
/// there: with this one convention every edit can be taken back exactly.
pub(super) fn leaf_of(leaves: &[Leaf], range: &Range<usize>) -> Option<usize> {
    let open = |leaf: &&Leaf| leaf.text && !leaf.range.is_empty();
    if range.is_empty() {
        // Leaves lie side by side in the order of the text.
        let first = leaves.partition_point(|l| l.range.end < range.start);
        let near = leaves[first..].iter().take_while(|l| l.range.start <= range.start);
        let ends = near.clone().position(|l| open(&l) && l.range.end == range.start);
        let holds = || near.clone().position(|l| open(&l) && l.range.contains(&range.start));
        return ends.or_else(holds).map(|n| first + n);
    }
    let index = leaves.partition_point(|l| l.range.end <= range.start);
    let holds = |leaf: &&Leaf| leaf.range.start <= range.start && range.end <= leaf.range.end;
    leaves.get(index).filter(open).filter(holds).map(|_| index)
}

/// Gives leaves, by their number, other texts.
pub(super) fn rewrite(inlines: &mut Inlines, texts: &mut BTreeMap<usize, String>) {
    write(inlines, texts, &mut 0);
}

fn write(inlines: &mut Inlines, texts: &mut BTreeMap<usize, String>, number: &mut usize) {
    for inline in inlines {
        match inline {
            Inline::Note(_) => {}
            Inline::Text(text) => {
                if let Some(new) = texts.remove(number) {
                    *text = new;
                }
                *number += 1;
            }
            Inline::Break | Inline::Ruby { .. } => *number += 1,
            other => {
                if let Some(children) = other.children_mut() {
                    write(children, texts, number);
                }
            }
        }
    }
}

/// Replaces characters `range`, counted within the leaf, of leaf number `index`.
pub(super) fn replace(inlines: &mut Inlines, index: usize, range: Range<usize>, new: &str) {
    let mut left = index;
    if let Some(text) = find(inlines, &mut left) {
        let byte = |n| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
        let bytes = byte(range.start)..byte(range.end);
        text.replace_range(bytes, new);
    }
}

fn find<'a>(inlines: &'a mut Inlines, left: &mut usize) -> Option<&'a mut String> {
    for inline in inlines {
        match inline {
            Inline::Note(_) => {}
            Inline::Text(t) => {
                if *left == 0 {
                    return Some(t);
                }
                *left -= 1;
            }
            Inline::Break | Inline::Ruby { .. } => *left = left.checked_sub(1)?,
            other => {
                if let Some(found) = other.children_mut().and_then(|c| find(c, left)) {
                    return Some(found);
                }
            }
        }
    }
    None
}
