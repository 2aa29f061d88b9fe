//! A day as `kanyin.toml` writes it.

use serde::Deserialize;

use crate::article::Date;

/// A TOML date without a time.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
pub struct Day(pub Date);

impl TryFrom<toml::value::Datetime> for Day {
    type Error = String;

    fn try_from(value: toml::value::Datetime) -> Result<Self, String> {
        let date = value.date.filter(|_| value.time.is_none());
        date.and_then(|d| Date::new(d.year, d.month, d.day))
            .map(Self)
            .ok_or_else(|| format!("{value} is not a date"))
    }
}
