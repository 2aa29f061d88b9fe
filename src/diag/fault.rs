//! A fault: why a function could not give its result. Whose fault it is decides
//! the exit code, so the kinds are never mixed.

use super::Finding;

/// Whose affair a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The command was typed wrongly. Exit code 2.
    Usage,
    /// `kanyin.toml` or another file of the project's own is wrong. Exit code 2.
    Configuration,
    /// A source could not be read, or an output could not be made. Exit code 1.
    Work,
    /// Ours: something that cannot happen did. Exit code 1, and the message asks
    /// for a report.
    Internal,
}

/// A function's failure, told as findings so that it has place and advice.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", self.findings.iter().map(|f| f.code.name()).collect::<Vec<_>>().join(", "))]
pub struct Fault {
    /// Whose affair it is.
    pub kind: FaultKind,
    /// What went wrong; never empty, all of severity error.
    pub findings: Vec<Finding>,
}

impl Fault {
    /// A fault of one finding.
    pub fn new(kind: FaultKind, finding: Finding) -> Self {
        Self { kind, findings: vec![finding] }
    }

    /// The command was typed wrongly.
    pub fn usage(finding: Finding) -> Self {
        Self::new(FaultKind::Usage, finding)
    }

    /// A file of the project's own is wrong.
    pub fn configuration(finding: Finding) -> Self {
        Self::new(FaultKind::Configuration, finding)
    }

    /// A source could not be read, or an output could not be made.
    pub fn work(finding: Finding) -> Self {
        Self::new(FaultKind::Work, finding)
    }

    /// Something that cannot happen did.
    pub fn internal(finding: Finding) -> Self {
        Self::new(FaultKind::Internal, finding)
    }
}
