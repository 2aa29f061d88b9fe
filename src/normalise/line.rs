//! What a rule sees: the plain text of one run, what kind of run it is, and
//! which characters must not be touched.

use std::ops::Range;

use crate::article::script::{is_han, is_space, is_wide_mark};
use crate::article::{Article, Block, Part, Place, Step};
use crate::diag::{Code, Grade};

use super::shield::{self, Shield};

/// What a run is to its article. Spaces mean different things in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Title, kicker or subtitle: a space parts two phrases.
    Title,
    /// A heading within the text.
    Heading,
    /// A caption, often with a photographer's name after a space.
    Caption,
    /// Running text.
    Text,
}

impl Kind {
    /// The kind of the run at `place`.
    pub(super) fn of(article: &Article, place: &Place) -> Self {
        match (place.part, place.steps.as_slice()) {
            (Part::Title | Part::Kicker | Part::Subtitle, []) => Self::Title,
            (_, [.., Step::Caption]) => Self::Caption,
            (Part::Body, [Step::Block(n)])
                if matches!(article.body.get(*n), Some(Block::Heading(_))) =>
            {
                Self::Heading
            }
            _ => Self::Text,
        }
    }
}

/// One run of text as a rule sees it. All positions are in characters.
pub(super) struct Line {
    /// The characters.
    pub(super) chars: Vec<char>,
    /// What kind of run it is.
    pub(super) kind: Kind,
    shields: Vec<Shield>,
}

/// A change that a rule proposes.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// The characters that go.
    pub(super) range: Range<usize>,
    /// The characters that come.
    pub(super) new: String,
    /// How far it may be trusted.
    pub(super) grade: Grade,
}

impl Change {
    /// A change that needs no person.
    pub(super) fn safe(range: Range<usize>, new: impl Into<String>) -> Self {
        Self { range, new: new.into(), grade: Grade::Safe }
    }

    /// A change that a person must accept first.
    pub(super) fn suggested(range: Range<usize>, new: impl Into<String>) -> Self {
        Self { range, new: new.into(), grade: Grade::Suggested }
    }
}

/// A rule: a name and a function from a line to the changes it would like.
/// Changes of one rule must not overlap.
pub(super) struct Rule {
    /// The name, under which the catalogue holds why and an example.
    pub(super) code: Code,
    /// What it would like to change.
    pub(super) propose: fn(&Line) -> Vec<Change>,
}

impl Line {
    /// Looks at a run's plain text.
    pub(super) fn new(chars: Vec<char>, kind: Kind) -> Self {
        let shields = shield::shields(&chars);
        Self { chars, kind, shields }
    }

    /// The character at a position; `None` behind the end.
    pub(super) fn at(&self, i: usize) -> Option<char> {
        self.chars.get(i).copied()
    }

    /// The character just before a position.
    pub(super) fn before(&self, i: usize) -> Option<char> {
        i.checked_sub(1).and_then(|i| self.at(i))
    }

    /// Whether the character is part of an address, a file name, a number.
    pub(super) fn shielded(&self, i: usize) -> bool {
        self.shields.get(i).is_some_and(|s| *s != Shield::None)
    }

    /// Whether the character is part of a file name.
    pub(super) fn in_file_name(&self, i: usize) -> bool {
        self.shields.get(i) == Some(&Shield::FileName)
    }

    /// Positions of all characters for which `f` holds and which are not shielded.
    pub(super) fn positions(&self, f: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
        (0..self.chars.len()).filter(move |&i| f(self.chars[i]) && !self.shielded(i))
    }

    /// Longest stretches of characters for which `f` holds.
    pub(super) fn stretches(&self, f: impl Fn(char) -> bool) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for i in (0..self.chars.len()).filter(|&i| f(self.chars[i])) {
            match out.last_mut() {
                Some(last) if last.end == i => last.end += 1,
                _ => out.push(i..i + 1),
            }
        }
        out
    }

    /// Whether 等 (or 等等) stands at `i` and ends an enumeration there, rather than
    /// beginning another word such as 等待 or 等级, or waiting for something.
    pub(super) fn etc_at(&self, i: usize) -> bool {
        if self.at(i) != Some('等') {
            return false;
        }
        let next = self.at(i + if self.at(i + 1) == Some('等') { 2 } else { 1 });
        next.is_none_or(|c| !is_han(c) || BEHIND_ETC.contains(c))
    }

    /// Whether the text that ends just before `i` is Chinese: the nearest
    /// character is a Chinese one, or a mark of Chinese text. Spaces and curly
    /// quotes are looked through.
    pub(super) fn chinese_before(&self, i: usize) -> bool {
        self.chars[..i.min(self.chars.len())]
            .iter()
            .rev()
            .find(|c| !transparent(**c))
            .is_some_and(|c| chinese(*c))
    }

    /// Whether the text that begins at `i` is Chinese, as [`Line::chinese_before`].
    pub(super) fn chinese_after(&self, i: usize) -> bool {
        self.chars.iter().skip(i).find(|c| !transparent(**c)).is_some_and(|c| chinese(*c))
    }
}

/// A Chinese character or a mark that only Chinese text has.
pub(super) fn chinese(c: char) -> bool {
    is_han(c) || is_wide_mark(c)
}

/// Characters behind which 等 can hardly be a verb: 等多个, 等各类, 等方面.
const BEHIND_ETC: &str = "多各有相方内部二三四五六七八九十两几";

fn transparent(c: char) -> bool {
    is_space(c) || matches!(c, '“' | '”' | '‘' | '’' | '"')
}
