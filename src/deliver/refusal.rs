//! Why WeChat did not do what it was asked to, in the words of the catalogue, and
//! whether it makes sense to go on with the next draft.

use std::net::IpAddr;

use crate::diag::{Code, Finding};

use super::Broken;

const UNREACHABLE: Code = Code::new("draft-unreachable");
const INSECURE: Code = Code::new("draft-insecure");
const TIMED_OUT: Code = Code::new("draft-timed-out");
const INTERRUPTED: Code = Code::new("draft-interrupted");
const NOT_THE_API: Code = Code::new("draft-not-the-api");
const PERHAPS_MADE: Code = Code::new("draft-perhaps-made");
const ADDRESS: Code = Code::new("draft-api-address");
const SECRET: Code = Code::new("draft-api-secret");
const OTHER: Code = Code::new("draft-api-other");

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// WeChat said no.
    Answered {
        /// Its number.
        code: i64,
        /// Its words.
        said: String,
    },
    /// The account's id or secret is not taken.
    Account {
        /// WeChat's number.
        code: i64,
        /// Its words.
        said: String,
    },
    /// No answer came.
    Broken(Broken),
    /// What answered is not the API: a proxy, or a page to log in.
    NotTheApi {
        /// The HTTP status.
        status: u16,
    },
}

/// How far a refusal reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Every further call would fail alike.
    Run,
    /// Only this draft is wrong.
    Draft,
}

/// What WeChat's numbers mean.
const KNOWN: &[(i64, Code, Reach)] = &[
    (-1, Code::new("draft-api-busy"), Reach::Run),
    (40001, Code::new("draft-api-token"), Reach::Run),
    (40014, Code::new("draft-api-token"), Reach::Run),
    (41001, Code::new("draft-api-token"), Reach::Run),
    (42001, Code::new("draft-api-token"), Reach::Run),
    (40013, Code::new("draft-api-appid"), Reach::Run),
    (40125, SECRET, Reach::Run),
    (40164, ADDRESS, Reach::Run),
    (89503, Code::new("draft-api-confirm"), Reach::Run),
    (45009, Code::new("draft-api-quota"), Reach::Run),
    (45011, Code::new("draft-api-often"), Reach::Run),
    (48001, Code::new("draft-api-rights"), Reach::Run),
    (50002, Code::new("draft-api-rights"), Reach::Run),
    (40005, Code::new("draft-api-file-type"), Reach::Draft),
    (40009, Code::new("draft-api-file-size"), Reach::Draft),
    (45001, Code::new("draft-api-file-size"), Reach::Draft),
    (40007, Code::new("draft-api-media"), Reach::Draft),
    (41005, Code::new("draft-api-no-file"), Reach::Draft),
    (44003, Code::new("draft-api-empty"), Reach::Draft),
    (45002, Code::new("draft-api-length"), Reach::Draft),
    (45003, Code::new("draft-api-title"), Reach::Draft),
    (45004, Code::new("draft-api-digest"), Reach::Draft),
    (45005, Code::new("draft-api-link"), Reach::Draft),
    (45008, Code::new("draft-api-articles"), Reach::Draft),
    (45166, Code::new("draft-api-content"), Reach::Draft),
    (53402, Code::new("draft-api-crop"), Reach::Draft),
    (88000, Code::new("draft-api-comments"), Reach::Draft),
];

impl Refusal {
    /// A refusal of the request for a token: the number that elsewhere means an old
    /// token means a wrong secret there.
    pub(super) fn of_account(self) -> Self {
        match self {
            Self::Answered { code: code @ (40001 | 40125), said } => Self::Account { code, said },
            other => other,
        }
    }

    /// How far it reaches.
    pub(super) fn reach(&self) -> Reach {
        match self {
            Self::Answered { code, .. } => known(*code).map_or(Reach::Draft, |(_, reach)| reach),
            Self::Account { .. } | Self::Broken(_) | Self::NotTheApi { .. } => Reach::Run,
        }
    }

    /// What a person is told.
    pub(super) fn finding(&self) -> Finding {
        let answered = |what: Code, code: &i64, said: &str| {
            Finding::error(what).arg("number", code).arg("said", said)
        };
        match self {
            Self::Answered { code: code @ 40164, said } => {
                answered(ADDRESS, code, said).arg("ip", address(said).unwrap_or(said.clone()))
            }
            Self::Answered { code, said } => {
                answered(known(*code).map_or(OTHER, |(what, _)| what), code, said)
            }
            Self::Account { code, said } => answered(SECRET, code, said),
            Self::Broken(Broken::Unreachable(why)) => Finding::error(UNREACHABLE).arg("why", why),
            Self::Broken(Broken::Insecure(why)) => Finding::error(INSECURE).arg("why", why),
            Self::Broken(Broken::TimedOut) => Finding::error(TIMED_OUT),
            Self::Broken(Broken::Interrupted(why)) => Finding::error(INTERRUPTED).arg("why", why),
            Self::NotTheApi { status } => Finding::error(NOT_THE_API).arg("status", status),
        }
    }

    /// What a person is told where a draft was to be made: it may have been, although
    /// no answer came.
    pub(super) fn of_adding(&self) -> Vec<Finding> {
        let doubt = matches!(self, Self::Broken(broken) if broken.may_be_done());
        let doubt = doubt.then(|| Finding::warning(PERHAPS_MADE));
        std::iter::once(self.finding()).chain(doubt).collect()
    }
}

fn known(code: i64) -> Option<(Code, Reach)> {
    KNOWN.iter().find(|(number, ..)| *number == code).map(|(_, what, reach)| (*what, *reach))
}

/// The address that WeChat saw, which it names in its words.
fn address(said: &str) -> Option<String> {
    let words = said.split(|c: char| !(c.is_ascii_hexdigit() || c == '.' || c == ':'));
    let addresses: Vec<IpAddr> = words.filter_map(|word| word.parse().ok()).collect();
    let best = addresses.iter().find(|ip| ip.is_ipv4()).or(addresses.first());
    best.map(ToString::to_string)
}
