//! The index of a book: which names it can list, in the order of pinyin, and where
//! in a text they stand. On which page that is only the finished book knows.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::sound::{Readings, Sound};

/// The lists that an index has, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listed {
    /// 人名.
    People,
    /// 单位.
    Units,
    /// 主题词.
    Topics,
}

impl Listed {
    /// All lists, in order.
    pub const ALL: [Self; 3] = [Self::People, Self::Units, Self::Topics];

    /// The name used towards layouts.
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Units => "units",
            Self::Topics => "topics",
        }
    }
}

/// A name to be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// In which list.
    pub listed: Listed,
    /// The name in full.
    pub name: String,
    /// Other forms of it that texts use: short forms, other words for the same.
    pub forms: Vec<String>,
}

/// A line that an index can have: a name, or a form of one that leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// In which list.
    pub listed: Listed,
    /// The name or the form.
    pub name: String,
    /// The letter it stands under; `None` for what has none.
    pub letter: Option<char>,
    /// The number among all lines of the name in full: its own for a name.
    pub leads_to: usize,
}

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// How many bytes of the text stand before it.
    pub at: usize,
    /// The number of its line.
    pub line: usize,
}

/// An index that has not met its book yet.
#[derive(Debug, Clone)]
pub struct Index {
    lines: Vec<Line>,
    search: AhoCorasick,
}

impl Index {
    /// An index of these headings, sounding as the department says: words and their
    /// pinyin. `None` where there is nothing to list.
    pub fn new<'a>(
        headings: &[Heading],
        readings: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Option<Self> {
        let readings = Readings::new(readings);
        let mut all: Vec<(Listed, Sound, &str, &str)> = Vec::new();
        for heading in headings {
            let names = std::iter::once(&heading.name).chain(&heading.forms);
            for name in names.filter(|name| name.chars().count() > 1) {
                let sound = readings.sound(name, heading.listed == Listed::People);
                all.push((heading.listed, sound, name, &heading.name));
            }
        }
        // A name goes before a form that sounds and is written the same.
        all.sort_by_cached_key(|(listed, sound, name, full)| {
            (*listed, sound.clone(), (*name).to_owned(), name != full)
        });
        all.dedup_by(|a, b| a.0 == b.0 && a.2 == b.2);
        let in_full: HashMap<(Listed, &str), usize> = all
            .iter()
            .enumerate()
            .filter(|(_, (_, _, name, full))| name == full)
            .map(|(i, (listed, _, name, _))| ((*listed, *name), i))
            .collect();
        let lines: Vec<Line> = all
            .iter()
            .enumerate()
            .map(|(i, (listed, sound, name, full))| Line {
                listed: *listed,
                name: (*name).to_owned(),
                letter: sound.letter(),
                leads_to: in_full.get(&(*listed, *full)).copied().unwrap_or(i),
            })
            .collect();
        let mut search = AhoCorasick::builder();
        search.match_kind(MatchKind::LeftmostLongest);
        let search = search.build(lines.iter().map(|line| &line.name)).ok()?;
        (!lines.is_empty()).then_some(Self { lines, search })
    }

    /// Its lines, list by list in the order of pinyin.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The names in a text, in order. The longest one at a place is meant, and what
    /// stands within another name is none: a unit that bears a person's name is no
    /// mention of that person. Letters and figures count as whole words only.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Found> + 'a {
        let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = text.as_bytes();
        let all = self.search.find_iter(text).filter(move |found| {
            let (start, end) = (found.start(), found.end());
            let within = |i: usize| i > 0 && word(bytes.get(i - 1)) && word(bytes.get(i));
            !within(start) && !within(end)
        });
        all.map(|found| Found { at: found.start(), line: found.pattern().as_usize() })
    }
}
