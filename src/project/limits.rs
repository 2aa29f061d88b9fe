//! `[limits]`: how much is read of one file, and how long a look may take. They keep a
//! file that is broken, or means harm, from filling the memory or never coming to an
//! end; what honest work needs lies far below them.

use std::time::Duration;

use serde::{Deserialize, Deserializer, de};

use crate::diag::toml_error::LIMIT_OUT_OF_RANGE;

/// `[limits]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// The largest source, in MB of 2²⁰ bytes: a Word file with the photographs of a
    /// whole event comes to a hundred.
    pub source_mb: Within<1, 4_000>,
    /// The most text that a part of a Word file unpacks to, in MB: a book of a thousand
    /// pages takes about thirty.
    pub word_mb: Within<1, 500>,
    /// The most articles that one file may hold.
    pub articles_per_file: Within<1, 100_000>,
    /// The largest file of a picture, in MB.
    pub picture_mb: Within<1, 4_000>,
    /// The most pixels of a picture, in millions: the largest cameras make 150.
    pub picture_megapixels: Within<1, 500>,
    /// How long the layout of a publication's pages, or of a cover, may take, in seconds.
    /// The templates of posts and e-books may take a million steps for each of them.
    pub layout_seconds: Within<1, 86_400>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            source_mb: Within(400),
            word_mb: Within(48),
            articles_per_file: Within(2_000),
            picture_mb: Within(512),
            picture_megapixels: Within(200),
            layout_seconds: Within(1_800),
        }
    }
}

impl Limits {
    /// The size of the largest source, in bytes.
    pub fn source_bytes(&self) -> u64 {
        u64::from(self.source_mb.0) << 20
    }

    /// How long a look may take.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.layout_seconds.0.into())
    }
}

/// A whole number from the least to the most that there is sense in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within<const LEAST: u32, const MOST: u32>(pub u32);

impl<'de, const LEAST: u32, const MOST: u32> Deserialize<'de> for Within<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = i64::deserialize(from)?;
        match u32::try_from(number) {
            Ok(number) if (LEAST..=MOST).contains(&number) => Ok(Self(number)),
            _ => Err(de::Error::custom(format!("{LIMIT_OUT_OF_RANGE}{number} {LEAST} {MOST}"))),
        }
    }
}
