//! The one message catalogue. Its entries are TOML files beside this one, a file
//! a room, so that wording is changed without touching code.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::Finding;

/// The languages messages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// A text in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    zh: String,
    en: String,
}

impl Both {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// What the catalogue holds of one code. `{name}` stands for a value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    zh: String,
    en: String,
    /// What to do about it.
    #[serde(default)]
    pub hint: Option<Both>,
    /// Why the rule exists, for `kanyin explain`.
    #[serde(default)]
    pub why: Option<Both>,
    /// An example, before and after, for `kanyin explain`.
    #[serde(default)]
    pub example: Option<Both>,
}

impl Entry {
    /// What happened, with the places for values left as they are.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

const FILES: &[(&str, &str)] = &[
    ("book", include_str!("messages/book.toml")),
    ("canonical", include_str!("messages/canonical.toml")),
    ("check", include_str!("messages/check.toml")),
    ("cli", include_str!("messages/cli.toml")),
    ("ebook", include_str!("messages/ebook.toml")),
    ("document", include_str!("messages/document.toml")),
    ("draft", include_str!("messages/draft.toml")),
    ("export", include_str!("messages/export.toml")),
    ("folders", include_str!("messages/folders.toml")),
    ("fonts", include_str!("messages/fonts.toml")),
    ("impose", include_str!("messages/impose.toml")),
    ("import", include_str!("messages/import.toml")),
    ("layout", include_str!("messages/layout.toml")),
    ("media", include_str!("messages/media.toml")),
    ("normalise", include_str!("messages/normalise.toml")),
    ("pipeline", include_str!("messages/pipeline.toml")),
    ("preflight", include_str!("messages/preflight.toml")),
    ("project", include_str!("messages/project.toml")),
    ("share", include_str!("messages/share.toml")),
    ("text", include_str!("messages/text.toml")),
    ("verify", include_str!("messages/verify.toml")),
    ("web", include_str!("messages/web.toml")),
    ("wechat", include_str!("messages/wechat.toml")),
    ("word", include_str!("messages/word.toml")),
];

/// The whole catalogue by code.
///
/// # Panics
/// Where a catalogue file does not parse or a code stands twice: both are
/// mistakes in this program that its tests find.
pub fn catalogue() -> &'static BTreeMap<String, Entry> {
    static ALL: OnceLock<BTreeMap<String, Entry>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = BTreeMap::new();
        for (name, text) in FILES {
            let entries: BTreeMap<String, Entry> = toml::from_str(text)
                .unwrap_or_else(|e| panic!("message catalogue {name}.toml: {e}"));
            for (code, entry) in entries {
                let twice = all.insert(code.clone(), entry).is_some();
                assert!(!twice, "message catalogue {name}.toml: {code} stands twice");
            }
        }
        all
    })
}

/// The entry of a code, if the catalogue has it.
pub fn entry(code: &str) -> Option<&'static Entry> {
    catalogue().get(code)
}

/// The wording of a code with its values filled in. A code without an entry
/// comes out as itself.
pub fn text(code: &str, args: &[(&'static str, String)], lang: Lang) -> String {
    entry(code).map_or_else(|| code.to_owned(), |e| fill(e.message(lang), args))
}

impl Finding {
    /// What happened, in words.
    pub fn message(&self, lang: Lang) -> String {
        text(self.code.name(), &self.args, lang)
    }

    /// What to do about it, in words, where the catalogue has advice.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let hint = entry(self.code.name())?.hint.as_ref()?;
        Some(fill(hint.get(lang), &self.args))
    }
}

/// The names of the values that a wording has places for.
pub(super) fn names_in(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

fn fill(pattern: &str, args: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('}') else { break };
        let name = &rest[open + 1..open + close];
        match args.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[open..=open + close]),
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}
