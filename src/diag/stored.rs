//! Findings as the cache keeps them. A code, and the name of a value, is a word of the
//! catalogue: one that is not is of another program, and nothing is made of it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::de::{Deserializer, Error};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::catalogue::{catalogue, names_in};
use super::{Args, Code, Lang};

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::known(&name).ok_or_else(|| D::Error::custom(name))
    }
}

/// The name of a code as the cache keeps it, for what bears no more than that.
pub mod code_name {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::diag::Code;

    /// Writes the name of a code.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn serialize<S: Serializer>(name: &&'static str, to: S) -> Result<S::Ok, S::Error> {
        name.serialize(to)
    }

    /// Reads the name of a code.
    ///
    /// # Errors
    /// Where the catalogue does not have it.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
        Code::deserialize(from).map(Code::name)
    }
}

/// The names that the catalogue's wordings have for values.
fn value_names() -> &'static BTreeSet<&'static str> {
    static ALL: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    ALL.get_or_init(|| {
        let wordings = catalogue().values().flat_map(|entry| {
            let hint = entry.hint.as_ref();
            let hints = hint.into_iter().flat_map(|hint| [hint.get(Lang::Zh), hint.get(Lang::En)]);
            [entry.message(Lang::Zh), entry.message(Lang::En)].into_iter().chain(hints)
        });
        wordings.flat_map(names_in).collect()
    })
}

pub(super) fn serialize<S: Serializer>(args: &Args, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(args)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Args, D::Error> {
    let all: Vec<(String, String)> = Vec::deserialize(from)?;
    let known = |(name, value): (String, String)| match value_names().get(name.as_str()) {
        Some(name) => Ok((*name, value)),
        None => Err(D::Error::custom(name)),
    };
    all.into_iter().map(known).collect()
}
