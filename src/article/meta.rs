//! What is said about an article: the matter above and below its text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Date, Focus, Inlines};

/// What is known about an article besides its text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// The title, without the series name before it. A title of two phrases
    /// keeps the space between them: layouts break the line there.
    pub title: Inlines,
    /// 引题, the line above the title; empty where there is none.
    pub kicker: Inlines,
    /// 副题, the line below the title; empty where there is none.
    pub subtitle: Inlines,
    /// The series the article is a numbered part of.
    pub series: Option<Series>,
    /// A column (栏目) without a number.
    pub column: Option<String>,
    /// The date of publication.
    pub date: Option<Date>,
    /// A date as the source wrote it, where it could not be read as one.
    pub date_raw: Option<String>,
    /// How often the page had been read. Kept, not printed.
    pub views: Option<u64>,
    /// Where it first appeared, such as a newspaper's name.
    pub source: Option<String>,
    /// The address where it first appeared.
    pub source_url: Option<String>,
    /// A summary, as for a list of articles.
    pub summary: Option<String>,
    /// The name of the picture that stands for the article where it is shown among
    /// others; the first of the text where nobody said.
    pub cover: Option<String>,
    /// The point of that picture that must be seen; its middle where nobody said.
    pub focus: Option<Focus>,
    /// Who wrote, photographed, edited and so on, in the order of the source.
    pub credits: Vec<Credit>,
    /// What the source said beyond this, by its own key.
    pub extra: BTreeMap<String, String>,
}

/// A numbered place in a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The series' name.
    pub name: String,
    /// The place in it, from 1.
    pub ordinal: u32,
    /// The number as the source wrote it, such as 五 or ⑤.
    pub raw: String,
}

/// One line of credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// What was done.
    pub role: Role,
    /// The word the source used for it, without the colon, such as 供稿.
    pub label: String,
    /// By whom: people or units.
    pub names: Vec<String>,
}

/// What somebody did for an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Wrote it (作者、文字).
    Author,
    /// Handed it in (供稿、通讯员).
    Contributor,
    /// Took the pictures (摄影).
    Photographer,
    /// Edited it (编辑).
    Editor,
    /// Read the proofs (校对).
    Proofreader,
    /// Approved it (审核).
    Reviewer,
    /// Where it was taken from (来源).
    Source,
    /// Translated it (翻译).
    Translator,
    /// Any other.
    Other,
}

impl Role {
    /// All roles, for those who must treat each.
    pub const ALL: [Self; 9] = [
        Self::Author,
        Self::Contributor,
        Self::Photographer,
        Self::Editor,
        Self::Proofreader,
        Self::Reviewer,
        Self::Source,
        Self::Translator,
        Self::Other,
    ];

    /// The name used in JSON, in the canonical form and towards layouts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Contributor => "contributor",
            Self::Photographer => "photographer",
            Self::Editor => "editor",
            Self::Proofreader => "proofreader",
            Self::Reviewer => "reviewer",
            Self::Source => "source",
            Self::Translator => "translator",
            Self::Other => "other",
        }
    }

    /// The role of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }
}
