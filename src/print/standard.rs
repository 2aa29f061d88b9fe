//! The standards of press files that are known here.

use serde::{Deserialize, Serialize};

/// Which rules a press file keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Standard {
    /// PDF/X-4 (ISO 15930-7): PDF 1.6, transparency allowed.
    #[default]
    X4,
    /// The conservative one, PDF/X-1a (ISO 15930-4): PDF 1.4, no transparency.
    X1a,
}

impl Standard {
    /// The name that options and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::X4 => "x4",
            Self::X1a => "x1a",
        }
    }

    /// The name people use.
    pub fn title(self) -> &'static str {
        match self {
            Self::X4 => "PDF/X-4",
            Self::X1a => "PDF/X-1a",
        }
    }

    /// The version of PDF that the header of our files names.
    pub fn version(self) -> &'static str {
        match self {
            Self::X4 => "1.6",
            Self::X1a => "1.4",
        }
    }

    /// The words by which our files say that they keep these rules.
    pub fn claim(self) -> &'static str {
        match self {
            Self::X4 => "PDF/X-4",
            Self::X1a => "PDF/X-1a:2003",
        }
    }
}
