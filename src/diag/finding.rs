//! A finding: something a person should know, with its place.

use serde::{Deserialize, Serialize};

use crate::article::Place;

use super::{catalogue, stored};

/// The stable name of a message, such as `picture-missing`. Every code has its
/// wording in the catalogue, in Chinese and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// Names a message. The tests hold that the catalogue knows every name used here.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The message of that name, where the catalogue has it.
    pub fn known(name: &str) -> Option<Self> {
        catalogue().get_key_value(name).map(|(name, _)| Self(name))
    }

    /// The name.
    pub fn name(self) -> &'static str {
        self.0
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing (提示).
    Note,
    /// Doubtful: a person should look (疑). The work goes on.
    Warning,
    /// Wrong (错): the command ends with exit code 1.
    Error,
}

impl Severity {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The name of a code, where no more than that is borne.
pub type CodeName = &'static str;

/// The values that go into a message's wording, by name.
pub type Args = Vec<(&'static str, String)>;

/// Something a person should know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Which message.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// The values in its wording.
    #[serde(with = "stored")]
    pub args: Args,
    /// The file it is about: relative to the project with `/` between folders
    /// where it lies inside, else as the person gave it.
    pub file: Option<String>,
    /// The line in that file, from 1.
    pub line: Option<usize>,
    /// The place in the article.
    pub place: Option<Place>,
    /// The text it is about, short enough to print on a line.
    pub excerpt: Option<String>,
}

impl Finding {
    /// A finding without a place yet.
    pub fn new(severity: Severity, code: Code) -> Self {
        Self {
            code,
            severity,
            args: Vec::new(),
            file: None,
            line: None,
            place: None,
            excerpt: None,
        }
    }

    /// A finding of severity error.
    pub fn error(code: Code) -> Self {
        Self::new(Severity::Error, code)
    }

    /// A finding of severity warning.
    pub fn warning(code: Code) -> Self {
        Self::new(Severity::Warning, code)
    }

    /// A finding of severity note.
    pub fn note(code: Code) -> Self {
        Self::new(Severity::Note, code)
    }

    /// Sets a value of the wording.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Says which file it is about.
    pub fn file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Says which line of the file it is about, from 1.
    pub fn line(mut self, line: impl Into<Option<usize>>) -> Self {
        self.line = line.into();
        self
    }

    /// Says which place in the article it is about.
    pub fn place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Shows the text it is about.
    pub fn excerpt(mut self, text: impl Into<String>) -> Self {
        self.excerpt = Some(text.into());
        self
    }

    /// What a person's word on this finding is filed under: its code, the file without
    /// its ending, and the words it is about, never its place or number, so that it
    /// holds when the text around it moves.
    ///
    /// Of the words only letters, digits and Chinese characters count. A finding
    /// that shows none is known by its values.
    pub fn key(&self) -> String {
        let file = self.file.as_deref().unwrap_or_default();
        let name = file.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
        let stem = file[name..].rfind('.').map_or(file, |dot| &file[..name + dot]);
        let excerpt = self.excerpt.as_deref().map(super::words).filter(|text| !text.is_empty());
        let about = excerpt.unwrap_or_else(|| {
            let values: Vec<String> = self.args.iter().map(|(_, v)| super::words(v)).collect();
            values.join(" ")
        });
        format!("{}: {stem}: {about}", self.code.name())
    }
}
