//! `[publication.wechat]`: the switches of a theme. Which there are and what they
//! take is the theme's affair, so that they are only carried here.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// Switches by name, each with its place in `kanyin.toml`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Switches(BTreeMap<String, Spanned<toml::Value>>);

impl Switches {
    /// Each switch: its name, its value, and how many bytes of `kanyin.toml` stand
    /// before the value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &toml::Value, usize)> {
        self.0.iter().map(|(name, set)| (name.as_str(), set.get_ref(), set.span().start))
    }

    /// The value of the switch of that name, where it is set.
    pub fn get(&self, name: &str) -> Option<&toml::Value> {
        self.0.get(name).map(Spanned::get_ref)
    }

    /// The values by name.
    pub fn table(&self) -> toml::Table {
        self.iter().map(|(name, value, _)| (name.to_owned(), value.clone())).collect()
    }
}
