//! What a person has decided about edits, about structure and about findings,
//! remembered by content so that it survives a source that moved or was read again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::article::script::unified;

use super::{Edit, Finding};

/// What a person decided for good.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Keys of accepted edits.
    pub accepted: BTreeSet<String>,
    /// Keys of refused edits.
    pub refused: BTreeSet<String>,
    /// What was decided about the structure that a reader inferred.
    pub structure: Verdicts,
    /// Findings that a person looked at and set aside, by [`Finding::key`].
    pub dismissed: BTreeMap<String, Dismissal>,
}

/// Keys of what was accepted and of what was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Keys of what was accepted.
    pub accepted: BTreeSet<String>,
    /// Keys of what was refused.
    pub refused: BTreeSet<String>,
}

/// Who set a finding aside, and why: both stay on record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
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

    /// Who set this finding aside, and why.
    pub fn dismisses(&self, finding: &Finding) -> Option<&Dismissal> {
        if self.dismissed.is_empty() { None } else { self.dismissed.get(&finding.key()) }
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
/// leaves them in: what a decision recognises a text by.
pub fn words(text: &str) -> String {
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
