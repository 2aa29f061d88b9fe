//! The words that editions add to an article's own: 目录, 编者按, how a date is
//! written. They stand in `layouts/shared/wording.toml`, never in Rust.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::article::Date;

/// Words by key.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Wording(BTreeMap<String, String>);

impl Wording {
    pub(super) fn new(words: BTreeMap<String, String>) -> Self {
        Self(words)
    }

    /// The words of that key; the key itself where there are none, so that a gap
    /// is seen and nothing breaks.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The words of that key with `{name}` replaced by values.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// A date in words, by the key `date`: `{year}年{month}月{day}日`.
    pub fn date(&self, date: Date) -> String {
        let (y, m, d) = (date.year().to_string(), date.month().to_string(), date.day().to_string());
        self.fill("date", &[("year", &y), ("month", &m), ("day", &d)])
    }
}
