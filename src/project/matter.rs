//! `[publication.bulletin]`, `[publication.book]` and `[publication.colophon]`: what
//! is said about a publication as a whole, as written.

use serde::{Deserialize, Deserializer, de};

use super::day::Day;
use crate::diag::toml_error::EVEN_PAGE;

/// `[publication.bulletin]`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Bulletin {
    /// The bulletin's name; the publication's title where nothing is said.
    pub name: String,
    /// The number of the issue.
    pub number: Option<u32>,
    /// The number of the issue over all years.
    pub total: Option<u32>,
    /// The day it is published; the latest article's where nothing is said.
    pub date: Option<Day>,
    /// 密级, or words such as 内部资料.
    pub classification: String,
    /// The number of the copy or of the document.
    pub serial: Said,
    /// Whom it is reported to.
    pub reported: Vec<String>,
    /// Whom it is sent to.
    pub sent: Vec<String>,
    /// Whom it is distributed to.
    pub distributed: Vec<String>,
    /// How many copies are printed.
    pub copies: Option<u32>,
    /// The number of its first page, where the pages of a year are counted on from
    /// issue to issue; 1 where nothing is said.
    pub first_page: Option<FirstPage>,
}

/// The number of an issue's first page: odd, since an issue begins on a right page
/// and odd numbers stand on right pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstPage(pub u32);

impl<'de> Deserialize<'de> for FirstPage {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = u32::deserialize(from)?;
        if number % 2 == 1 {
            return Ok(Self(number));
        }
        Err(de::Error::custom(format!("{EVEN_PAGE}{number}")))
    }
}

/// `[publication.book]`: what a book brings along besides its articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Book {
    /// An index (索引) of the names in `lists/`; a compilation has one where there
    /// are names and nothing else is said.
    pub index: Option<bool>,
    /// A chronicle (大事记).
    pub chronicle: Chronicle,
    /// A list of the captioned figures (图片目录).
    pub figures: bool,
    /// Patterns of the source files that are picture sections (图片专辑), before the
    /// contents.
    pub album: Vec<String>,
}

/// Which articles a chronicle tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chronicle {
    /// All that have a date, or none.
    All(bool),
    /// Patterns of source files.
    Files(Vec<String>),
}

impl<'de> Deserialize<'de> for Chronicle {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Which;
        impl<'de> de::Visitor<'de> for Which {
            type Value = Chronicle;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("true or files")
            }

            fn visit_bool<E>(self, all: bool) -> Result<Chronicle, E> {
                Ok(Chronicle::All(all))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Chronicle, A::Error> {
                let mut files = Vec::new();
                while let Some(file) = items.next_element()? {
                    files.push(file);
                }
                Ok(Chronicle::Files(files))
            }
        }
        from.deserialize_any(Which)
    }
}

impl Default for Chronicle {
    fn default() -> Self {
        Self::All(false)
    }
}

/// What kind of publication a colophon speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImprintName {
    /// A book with an ISBN.
    Isbn,
    /// An internal publication under a permit.
    Internal,
}

/// `[publication.colophon]`. Whatever is not said is not shown.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colophon {
    /// Its kind.
    pub mode: ImprintName,
    /// The number of the permit (准印证号).
    #[serde(default)]
    pub permit: Said,
    /// Who compiled it (编印单位); press and unit where nothing is said.
    #[serde(default)]
    pub compiler: Said,
    /// Whom it is for (发送对象).
    #[serde(default)]
    pub recipients: Said,
    /// The publishing house (出版发行).
    #[serde(default)]
    pub publisher: Said,
    /// Its address.
    #[serde(default)]
    pub address: Said,
    /// Who sells it (经销).
    #[serde(default)]
    pub distributor: Said,
    /// Who prints it (印刷).
    #[serde(default)]
    pub printer: Said,
    /// The size of the sheet (开本).
    #[serde(default)]
    pub format: Said,
    /// How many printed sheets it takes (印张).
    #[serde(default)]
    pub sheets: Said,
    /// How many characters it has (字数); counted where nothing is said.
    #[serde(default)]
    pub words: Said,
    /// The edition (版次).
    #[serde(default)]
    pub edition: Said,
    /// The printing (印次).
    #[serde(default)]
    pub printing: Said,
    /// When it is printed (印刷日期).
    #[serde(default)]
    pub printed: Said,
    /// How many copies are printed (印数).
    #[serde(default)]
    pub copies: Said,
    /// The ISBN (书号).
    #[serde(default)]
    pub isbn: Said,
    /// The price (定价).
    #[serde(default)]
    pub price: Said,
    /// The lines of the CIP data.
    #[serde(default)]
    pub cip: Vec<String>,
    /// Who made it, a line for each kind of work: `主编：…`.
    #[serde(default)]
    pub people: Vec<String>,
}

/// Words that may be written as a number too: `copies = 500`. Empty where nothing
/// is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said(pub String);

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Words;
        impl de::Visitor<'_> for Words {
            type Value = Said;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("text or a number")
            }

            fn visit_str<E>(self, words: &str) -> Result<Said, E> {
                Ok(Said(words.trim().to_owned()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Said, E> {
                Ok(Said(number.to_string()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Said, E> {
                Ok(Said(number.to_string()))
            }
        }
        from.deserialize_any(Words)
    }
}
