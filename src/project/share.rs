//! `[share]`: what is handed out over the whole project.

use serde::{Deserialize, Deserializer, de};

use crate::diag::toml_error::BAD_ADDRESS;

/// `[share]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Share {
    /// Whether `out/share/` is made, as it is unless a person says otherwise.
    pub make: bool,
    /// What the page and the catalogue are called.
    pub title: String,
    /// The public address of the folder.
    pub url: Option<Address>,
    /// Whether the PDF for the screen is offered beside an e-book.
    pub pdf: bool,
}

impl Default for Share {
    fn default() -> Self {
        Self { make: true, title: String::new(), url: None, pdf: false }
    }
}

/// The address of a folder on the web, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(pub String);

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = String::deserialize(from)?;
        let folder = written.trim().trim_end_matches("index.html").trim_end_matches('/');
        let host = ["https://", "http://"].iter().find_map(|scheme| folder.strip_prefix(scheme));
        let may_stand = |c: char| {
            c.is_ascii_graphic()
                && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}' | '?' | '#')
        };
        let good = host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'));
        if good && folder.chars().all(may_stand) {
            return Ok(Self(folder.to_owned()));
        }
        Err(de::Error::custom(format!("{BAD_ADDRESS}{written}")))
    }
}
