//! What a person has decided about edits, remembered by content so that it
//! survives a source that moved or was read again.

use std::collections::BTreeSet;

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
    /// the characters around it, never its place or number.
    pub fn key(&self) -> String {
        format!("{}: {}[{}→{}]{}", self.rule.name(), self.before, self.old, self.new, self.after)
    }
}
