//! What the rooms say: findings, edits, faults and progress. This room holds
//! the one message catalogue; nothing here prints, and no other room words a
//! message of its own.

mod amount;
mod catalogue;
mod decisions;
mod edit;
mod fault;
mod finding;
mod json;
mod progress;
mod stored;
pub mod toml_error;

pub use amount::{grouped, size};
pub use catalogue::{Entry, Lang, catalogue, entry, text};
pub use decisions::{Decisions, Dismissal, Verdicts, words};
pub use edit::{Edit, Grade, Status};
pub use fault::{Fault, FaultKind};
pub use finding::{Args, Code, CodeName, Finding, Severity};
pub use progress::{Progress, Silent};
pub use stored::code_name;

/// A value and what was noticed on the way to it. Warnings travel beside the
/// value, never instead of it.
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// What was noticed, in the order in which it was.
    pub findings: Vec<Finding>,
}

impl<T> Warned<T> {
    /// A value about which there is nothing to say.
    pub fn clean(value: T) -> Self {
        Self { value, findings: Vec::new() }
    }
}
