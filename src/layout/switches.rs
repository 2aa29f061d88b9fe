//! The switches of a look: what a project may say to it in `kanyin.toml`, and the
//! values that each of them takes. What a switch does is the look's own affair.

use serde::{Deserialize, Serialize};

use crate::diag::toml_error::nearest;
use crate::diag::{Code, Finding};

use super::Settings;

const UNKNOWN: Code = Code::new("layout-switch-unknown");
const NONE: Code = Code::new("layout-switch-none");
const VALUE: Code = Code::new("layout-switch-value");
const NO_COLOUR: Code = Code::new("layout-switch-colour");

/// What a switch takes, by `[switches]` of a look's `layout.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a list of values, or \"colour\"")]
pub enum Switch {
    /// One of these values.
    OneOf(Vec<toml::Value>),
    /// A value of this kind.
    Kind(ValueKind),
}

/// A kind of value that has too many to be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// An opaque colour: `#rrggbb`.
    Colour,
}

impl Settings {
    /// What is wrong with a switch of this name set to this value, if anything is.
    pub fn doubt(&self, name: &str, value: &toml::Value) -> Option<Finding> {
        let names: Vec<String> = self.switches.keys().cloned().collect();
        let Some(switch) = self.switches.get(name) else {
            let code = if names.is_empty() { NONE } else { UNKNOWN };
            let finding = Finding::error(code).arg("key", name).arg("look", &self.title);
            let finding = finding.arg("nearest", nearest(name, &names));
            return Some(finding.arg("known", names.join("、")));
        };
        let (code, known) = match switch {
            Switch::OneOf(values) if values.contains(value) => return None,
            Switch::OneOf(values) => {
                let known: Vec<String> = values.iter().map(toml::Value::to_string).collect();
                (VALUE, known.join("、"))
            }
            Switch::Kind(ValueKind::Colour) if value.as_str().is_some_and(is_colour) => {
                return None;
            }
            Switch::Kind(ValueKind::Colour) => (NO_COLOUR, String::new()),
        };
        let finding = Finding::error(code).arg("key", name).arg("value", value);
        Some(if known.is_empty() { finding } else { finding.arg("known", known) })
    }
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit())
}
