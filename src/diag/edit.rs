//! An edit: one change to a text that a person can see, refuse and take back.

use serde::{Deserialize, Serialize};

use crate::article::Place;

use super::Code;

/// How far an edit may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// Applied unless refused.
    Safe,
    /// Only proposed; applied once a person accepts it.
    Suggested,
    /// Not a correction: the reader took these characters as mark-up of the
    /// source (a label's colon, the brackets round 编者按) and they are gone from
    /// the text. Listed so that nothing vanishes unseen.
    Consumed,
}

impl Grade {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Suggested => "suggested",
            Self::Consumed => "consumed",
        }
    }
}

/// What has become of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// The text carries it.
    Applied,
    /// It waits for a person.
    Proposed,
    /// A person refused it; the text does not carry it.
    Refused,
}

impl Status {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Proposed => "proposed",
            Self::Refused => "refused",
        }
    }
}

/// One change to one run of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The rule that asks for it.
    pub rule: Code,
    /// The run of text it changes.
    pub place: Place,
    /// Where in the run's plain text (see [`crate::article::plain_text`]) it
    /// begins, in characters, as the run stood just before this edit.
    pub at: usize,
    /// The characters that go.
    pub old: String,
    /// The characters that come.
    pub new: String,
    /// A few characters before it, to be recognised by.
    pub before: String,
    /// A few characters after it.
    pub after: String,
    /// How far it may be trusted.
    pub grade: Grade,
    /// What has become of it.
    pub status: Status,
    /// The line in the source, from 1, where the reader knows it.
    pub line: Option<usize>,
}
