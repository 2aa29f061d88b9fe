//! The verdicts: twenty-four numbered checks, what each found and where. Holds and
//! counts; judges nothing and words nothing.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::diag::{Args, Code, Finding, Lang, Severity};

use crate::print::Standard;

/// One of the twenty-four checks, in the order of their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the catalogue says what each one is, in both languages")]
pub enum Check {
    Version,
    Encryption,
    Intent,
    Claim,
    Metadata,
    Trapped,
    Boxes,
    Size,
    Bleed,
    Margin,
    Fonts,
    Annotations,
    Actions,
    Features,
    Colours,
    Black,
    Transparency,
    Ink,
    Overprint,
    Resolution,
    Lines,
    Saddle,
    Spots,
    Grey,
}

const NAMES: [(Check, Code); 24] = [
    (Check::Version, Code::new("preflight-version")),
    (Check::Encryption, Code::new("preflight-encryption")),
    (Check::Intent, Code::new("preflight-intent")),
    (Check::Claim, Code::new("preflight-claim")),
    (Check::Metadata, Code::new("preflight-metadata")),
    (Check::Trapped, Code::new("preflight-trapped")),
    (Check::Boxes, Code::new("preflight-boxes")),
    (Check::Size, Code::new("preflight-size")),
    (Check::Bleed, Code::new("preflight-bleed")),
    (Check::Margin, Code::new("preflight-margin")),
    (Check::Fonts, Code::new("preflight-fonts")),
    (Check::Annotations, Code::new("preflight-annotations")),
    (Check::Actions, Code::new("preflight-actions")),
    (Check::Features, Code::new("preflight-features")),
    (Check::Colours, Code::new("preflight-colours")),
    (Check::Black, Code::new("preflight-black")),
    (Check::Transparency, Code::new("preflight-transparency")),
    (Check::Ink, Code::new("preflight-ink")),
    (Check::Overprint, Code::new("preflight-overprint")),
    (Check::Resolution, Code::new("preflight-resolution")),
    (Check::Lines, Code::new("preflight-lines")),
    (Check::Saddle, Code::new("preflight-saddle")),
    (Check::Spots, Code::new("preflight-spots")),
    (Check::Grey, Code::new("preflight-grey")),
];

impl Check {
    /// All of them, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(check, _)| *check)
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// Its name in the catalogue.
    pub fn name(self) -> Code {
        NAMES[self as usize].1
    }

    /// Whether it looks at what the pages draw.
    pub(super) fn needs_pages(self) -> bool {
        !matches!(
            self,
            Self::Version
                | Self::Encryption
                | Self::Intent
                | Self::Claim
                | Self::Metadata
                | Self::Trapped
                | Self::Boxes
                | Self::Size
                | Self::Annotations
                | Self::Actions
                | Self::Saddle
        )
    }
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Nothing was found.
    Passed,
    /// Only things worth knowing.
    Noted,
    /// A person should look.
    Warned,
    /// The press should not take the file so.
    Failed,
    /// Nothing was found, but not everything could be looked at.
    NotJudged,
    /// The check does not concern this job.
    NotApplicable,
}

impl Verdict {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Noted => "note",
            Self::Warned => "warning",
            Self::Failed => "failed",
            Self::NotJudged => "not-judged",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// Something a check found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// What, and how grave.
    pub finding: Finding,
    /// The page, from 1.
    pub page: Option<usize>,
    /// Its upper left corner, in millimetres from the left and the top of the
    /// trimmed page.
    pub at: Option<[f64; 2]>,
    /// In how many places of the page, or of the file where no page is named first.
    pub count: usize,
}

/// One check and how it went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Which.
    pub check: Check,
    /// How it went.
    pub verdict: Verdict,
    /// What it found, page by page.
    pub found: Vec<Found>,
}

/// What the checks say of a file. Passing them all is no certificate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preflight {
    /// The standard judged by.
    pub standard: Standard,
    /// How many pages there are.
    pub pages: usize,
    /// Width and height of the trimmed page in millimetres, where one could be told.
    pub trim: Option<[f64; 2]>,
    /// The twenty-four checks by their numbers.
    pub checks: Vec<Judged>,
}

impl Preflight {
    /// Whether no check failed.
    pub fn is_good(&self) -> bool {
        self.count(Verdict::Failed) == 0
    }

    /// How many checks went so.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.checks.iter().filter(|judged| judged.verdict == verdict).count()
    }

    /// One check.
    pub fn check(&self, check: Check) -> &Judged {
        &self.checks[check as usize]
    }

    /// The result as JSON, worded in `lang`.
    pub fn json(&self, lang: Lang) -> Value {
        let checks = self.checks.iter().map(|judged| {
            json!({
                "number": judged.check.number(),
                "id": judged.check.name().name(),
                "name": crate::diag::text(judged.check.name().name(), &[], lang),
                "verdict": judged.verdict.name(),
                "findings": judged.found.iter().map(|f| f.json(lang)).collect::<Vec<_>>(),
            })
        });
        let mut out = Map::new();
        out.insert("standard".into(), self.standard.name().into());
        out.insert("pages".into(), self.pages.into());
        if let Some(trim) = self.trim {
            out.insert("trim".into(), json!(trim.map(tenth)));
        }
        let counts = [
            Verdict::Passed,
            Verdict::Noted,
            Verdict::Warned,
            Verdict::Failed,
            Verdict::NotJudged,
            Verdict::NotApplicable,
        ];
        let counts: Map<String, Value> =
            counts.iter().map(|v| (v.name().to_owned(), self.count(*v).into())).collect();
        out.insert("verdicts".into(), Value::Object(counts));
        out.insert("checks".into(), checks.collect());
        Value::Object(out)
    }
}

impl Found {
    fn json(&self, lang: Lang) -> Value {
        let mut out = self.finding.json(lang);
        if let Some(map) = out.as_object_mut() {
            if let Some(page) = self.page {
                map.insert("page".into(), page.into());
            }
            if let Some([left, top]) = self.at {
                map.insert("left".into(), tenth(left).into());
                map.insert("top".into(), tenth(top).into());
            }
            map.insert("count".into(), self.count.into());
        }
        out
    }
}

/// A length as it is told: to a tenth of a millimetre.
pub(super) fn tenth(millimetres: f64) -> f64 {
    // Adding zero makes −0.0 a plain nought.
    (millimetres * 10.0).round() / 10.0 + 0.0
}

/// What was found so far. The same thing on the same page is counted, not repeated.
#[derive(Debug, Default)]
pub(super) struct Notes {
    found: Vec<(Check, Found)>,
    known: HashMap<(Check, Code, u64), usize>,
    /// Checks that could not look at everything.
    unjudged: Vec<(Check, Found)>,
}

impl Notes {
    /// Takes down a finding about the file as a whole.
    pub(super) fn file(&mut self, check: Check, finding: Finding) {
        self.found.push((check, Found { finding, page: None, at: None, count: 1 }));
    }

    /// Takes down a finding about a page as a whole.
    pub(super) fn page(&mut self, check: Check, page: usize, finding: Finding) {
        self.found.push((check, Found { finding, page: Some(page), at: None, count: 1 }));
    }

    /// Takes down a finding about a place on a page; what has the same `detail`
    /// there is counted. `args` is asked once.
    pub(super) fn place(
        &mut self,
        check: Check,
        (severity, code): (Severity, Code),
        detail: impl Hash,
        (page, at): (usize, [f64; 2]),
        args: impl FnOnce() -> Args,
    ) {
        let mut hasher = DefaultHasher::new();
        (detail, page).hash(&mut hasher);
        let key = (check, code, hasher.finish());
        if let Some((_, found)) = self.known.get(&key).and_then(|i| self.found.get_mut(*i)) {
            found.count += 1;
            return;
        }
        self.known.insert(key, self.found.len());
        let finding = Finding { args: args(), ..Finding::new(severity, code) };
        let found = Found { finding, page: Some(page), at: Some(at), count: 1 };
        self.found.push((check, found));
    }

    /// Says that a check could not look at everything, and why.
    pub(super) fn unjudged(&mut self, check: Check, page: Option<usize>, finding: Finding) {
        let new = Found { finding, page, at: None, count: 1 };
        let known = self.unjudged.iter_mut().find(|(c, f)| *c == check && f.finding == new.finding);
        match known {
            Some((_, found)) => found.count += 1,
            None => self.unjudged.push((check, new)),
        }
    }

    /// Says that no check of the pages' contents could look at everything.
    pub(super) fn page_unjudged(&mut self, page: usize, finding: &Finding) {
        for check in Check::all().filter(|check| check.needs_pages()) {
            self.unjudged(check, Some(page), finding.clone());
        }
    }

    /// Adds what was found elsewhere. Fonts and spot colours are the file's: what is
    /// said of one of them on many pages is said once, with the first.
    pub(super) fn extend(&mut self, other: Self) {
        for (check, found) in other.found {
            if matches!(check, Check::Fonts | Check::Spots) {
                let mut hasher = DefaultHasher::new();
                found.finding.args.hash(&mut hasher);
                let key = (check, found.finding.code, hasher.finish());
                if let Some((_, known)) = self.known.get(&key).and_then(|i| self.found.get_mut(*i))
                {
                    known.count += found.count;
                    continue;
                }
                self.known.insert(key, self.found.len());
            }
            self.found.push((check, found));
        }
        for (check, found) in other.unjudged {
            self.unjudged(check, found.page, found.finding);
        }
    }

    /// The verdicts. `applies` says which checks concern the job.
    pub(super) fn verdicts(self, applies: impl Fn(Check) -> bool) -> Vec<Judged> {
        let mut all: Vec<Judged> = Check::all()
            .map(|check| Judged { check, verdict: Verdict::Passed, found: Vec::new() })
            .collect();
        for (check, found) in self.found {
            all[check as usize].found.push(found);
        }
        let mut open = vec![false; all.len()];
        for (check, found) in self.unjudged {
            open[check as usize] = true;
            all[check as usize].found.push(found);
        }
        for (judged, open) in all.iter_mut().zip(open) {
            let key = |f: &Found| (Reverse(f.finding.severity), f.finding.code, f.page);
            judged.found.sort_by_key(key);
            let worst = judged.found.iter().map(|f| f.finding.severity).max();
            judged.verdict = match worst {
                Some(Severity::Error) => Verdict::Failed,
                Some(Severity::Warning) => Verdict::Warned,
                _ if open => Verdict::NotJudged,
                Some(Severity::Note) => Verdict::Noted,
                None if applies(judged.check) => Verdict::Passed,
                None => Verdict::NotApplicable,
            };
        }
        all
    }
}
