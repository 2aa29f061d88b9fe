//! `[publication.document]`: what stands at the head and at the end of an official
//! document (公文), as written. Understands no article.

use serde::de::{Error, SeqAccess};
use serde::{Deserialize, Deserializer};

use super::day::Day;
use super::matter::Said;

/// `[publication.document]`. Whatever is not said is not shown.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Document {
    /// The number of the copy (份号); one in digits is filled up to six.
    pub serial: Said,
    /// How secret it is and for how long (密级和保密期限).
    pub classification: String,
    /// How urgent it is (紧急程度).
    pub urgency: String,
    /// Who issues it (发文机关), the leading one first; the press where nobody is said.
    pub issuer: OneOrMore,
    /// The words in red at its head (发文机关标志); the issuers' names with 文件
    /// where nothing is said.
    pub masthead: String,
    /// Its number (发文字号): `云大发〔2024〕12号`.
    pub number: String,
    /// Who approved a document to a higher authority (签发人).
    pub signer: OneOrMore,
    /// Whom it is addressed to (主送机关), a kind of recipients each.
    pub recipients: Vec<String>,
    /// Attachments that are not printed with it, after those that are.
    pub attachments: Vec<String>,
    /// The day it was approved (成文日期); the article's where nothing is said.
    pub date: Option<Day>,
    /// A remark (附注), with or without its brackets.
    pub note: String,
    /// Who gets a copy (抄送机关), a kind of recipients each.
    pub copies_to: Vec<String>,
    /// Who has it printed (印发机关).
    pub printed_by: String,
    /// The day it is printed (印发日期).
    pub printed_on: Option<Day>,
}

/// One name, or a list of them: `signer = "…"` and `signer = ["…", "…"]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OneOrMore(pub Vec<String>);

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> serde::de::Visitor<'de> for Names {
            type Value = OneOrMore;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string or a list of them")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<OneOrMore, E> {
                Ok(OneOrMore(vec![name.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMore, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(OneOrMore(names))
            }
        }
        from.deserialize_any(Names)
    }
}
