//! What a rule looks at: the article, where it came from, and its text run by
//! run and block by block, walked once for all rules.

use std::collections::HashSet;

use crate::article::{Article, Block, Origins, Part, Place, Run, Step, plain_text};
use crate::diag::{Code, Finding};

use super::lists::Lists;

/// An article prepared for the rules.
pub(super) struct Subject<'a> {
    /// The article itself.
    pub(super) article: &'a Article,
    /// Where its blocks came from.
    pub(super) origins: &'a Origins,
    /// Its runs of text in reading order.
    pub(super) lines: Vec<Line>,
    /// All blocks with their addresses, outer ones before inner ones.
    pub(super) blocks: Vec<(Place, &'a Block)>,
    /// The department's own lists.
    pub(super) lists: &'a Lists,
    /// Every two characters that stand side by side, marks between them or not.
    pairs: HashSet<[char; 2]>,
}

/// The plain text of one run.
pub(super) struct Line {
    /// Where it stands.
    pub(super) place: Place,
    /// Its characters, without notes.
    pub(super) chars: Vec<char>,
    /// The same as a string, to search in.
    pub(super) string: String,
}

/// A rule: a name and a function that looks at an article.
pub(super) struct Rule {
    /// The name of what it finds.
    pub(super) code: Code,
    /// Looks and tells.
    pub(super) look: fn(&Subject<'_>) -> Vec<Finding>,
}

/// How many characters an excerpt shows on either side of what is meant.
const AROUND: usize = 8;

impl<'a> Subject<'a> {
    /// Walks the article.
    pub(super) fn new(article: &'a Article, origins: &'a Origins, lists: &'a Lists) -> Self {
        let mut lines = Vec::new();
        article.for_each_run(&mut |run: Run<'_>| {
            let string = plain_text(run.inlines);
            lines.push(Line { place: run.place, chars: string.chars().collect(), string });
        });
        let mut blocks = Vec::new();
        collect(&Place::part(Part::Body), &article.body, &mut blocks);
        let pairs = lines.iter().flat_map(pairs).collect();
        Self { article, origins, lines, blocks, lists, pairs }
    }

    /// Whether the word can stand anywhere in the text. Lists hold thousands of words
    /// and an article few of them; this tells most of them apart without a search.
    pub(super) fn may_hold(&self, word: &str) -> bool {
        let chars = word.chars();
        chars.clone().zip(chars.skip(1)).all(|(a, b)| self.pairs.contains(&[a, b]))
    }

    /// The line of the source at or above a place, where the reader knows it.
    pub(super) fn line(&self, place: &Place) -> Option<usize> {
        let mut place = place.clone();
        loop {
            if let Some(line) = self.origins.get(&place).and_then(|o| o.line) {
                return Some(line);
            }
            place.steps.pop()?;
        }
    }
}

impl Line {
    /// The characters from `start` to `end` with a few on either side.
    pub(super) fn around(&self, start: usize, end: usize) -> String {
        let from = start.saturating_sub(AROUND);
        let to = end.saturating_add(AROUND).min(self.chars.len());
        self.chars[from..to].iter().collect()
    }

    /// Where a word stands, in characters, in the order of the text.
    pub(super) fn find<'s>(&'s self, word: &'s str) -> impl Iterator<Item = usize> + 's {
        let mut last = (0, 0);
        let hits = self.string.match_indices(word).filter(|_| !word.is_empty());
        hits.map(move |(byte, _)| {
            last = (byte, last.1 + self.string[last.0..byte].chars().count());
            last.1
        })
    }

    /// Whether the word stands at `at`.
    pub(super) fn string_at(&self, at: usize, word: &str) -> bool {
        self.chars.get(at..).is_some_and(|rest| {
            let len = word.chars().count();
            rest.len() >= len && rest[..len].iter().copied().eq(word.chars())
        })
    }

    /// Whether the word at `at` is only a part of `longer`, which stands round it.
    pub(super) fn holds_at(&self, at: usize, word: &str, longer: &str) -> bool {
        longer.match_indices(word).any(|(byte, _)| {
            let before = longer[..byte].chars().count();
            at >= before && self.string_at(at - before, longer)
        })
    }

    /// Whether the word stands right before `end`.
    pub(super) fn ends_with(&self, end: usize, word: &str) -> bool {
        let len = word.chars().count();
        end >= len && self.chars[end - len..end].iter().copied().eq(word.chars())
    }

    /// The characters from `start` to `end`.
    pub(super) fn text(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }
}

fn pairs(line: &Line) -> impl Iterator<Item = [char; 2]> {
    let chars = line.chars.iter().copied();
    let letters = chars.clone().filter(|c| c.is_alphanumeric());
    let beside = chars.clone().zip(chars.skip(1));
    beside.chain(letters.clone().zip(letters.skip(1))).map(|(a, b)| [a, b])
}

fn collect<'a>(place: &Place, list: &'a [Block], out: &mut Vec<(Place, &'a Block)>) {
    for (i, block) in list.iter().enumerate() {
        let at = place.then(Step::Block(i));
        out.push((at.clone(), block));
        match block {
            Block::Quote(inner) => collect(&at, inner, out),
            Block::Aside(aside) => collect(&at, &aside.blocks, out),
            Block::List(l) => {
                for (n, item) in l.items.iter().enumerate() {
                    collect(&at.then(Step::Item(n)), item, out);
                }
            }
            Block::Table(table) => {
                for (r, row) in table.rows.iter().enumerate() {
                    for (c, cell) in row.iter().enumerate() {
                        collect(&at.then(Step::Cell(r, c)), &cell.blocks, out);
                    }
                }
            }
            Block::Paragraph(_)
            | Block::Heading(_)
            | Block::Figure(_)
            | Block::Rule
            | Block::Unknown { .. } => {}
        }
    }
}
