//! What a person has decided about edits, remembered by content so that it
//! survives a source that moved or was read again.

use std::collections::BTreeSet;

use crate::article::script::unified;

use super::Edit;

/// The edits a person accepted or refused for good.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Keys of accepted edits.
    pub accepted: BTreeSet<String>,
    /// Keys of refused edits.
    pub refused: BTreeSet<String>,
}

impl Decisions {
    /// Whether the person refused this edit.
    pub fn refuses(&self, edit: &Edit) -> bool {
        self.refused.contains(&edit.key())
    }

    /// Whether the person accepted this edit.
    pub fn accepts(&self, edit: &Edit) -> bool {
        self.accepted.contains(&edit.key())
    }
}

impl Edit {
    /// What a decision about this edit is filed under: its rule, the change and
    /// the words around it, never its place or number.
    ///
    /// Of the words around it only letters, digits and Chinese characters count:
    /// marks and spaces are what other edits change, and a decision must hold
    /// whatever becomes of those. Two edits of one article may have one key; a
    /// decision then holds for both.
    pub fn key(&self) -> String {
        let (before, after) = (words(&self.before), words(&self.after));
        format!("{}: {before}[{}→{}]{after}", self.rule.name(), self.old, self.new)
    }
}

/// Letters, digits and Chinese characters in the one form that normalising
/// leaves them in.
fn words(text: &str) -> String {
    text.chars()
        .map(|c| unified(c).unwrap_or(c))
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            '零' => '〇',
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect()
}
