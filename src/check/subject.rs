//! What a rule looks at: the article, where it came from, and its text run by
//! run and block by block, walked once for all rules.

use crate::article::{Article, Block, Origins, Part, Place, Run, Step, plain_text};
use crate::diag::{Code, Finding};

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
}

/// The plain text of one run.
pub(super) struct Line {
    /// Where it stands.
    pub(super) place: Place,
    /// Its characters, without notes.
    pub(super) chars: Vec<char>,
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
    pub(super) fn new(article: &'a Article, origins: &'a Origins) -> Self {
        let mut lines = Vec::new();
        article.for_each_run(&mut |run: Run<'_>| {
            lines.push(Line { place: run.place, chars: plain_text(run.inlines).chars().collect() });
        });
        let mut blocks = Vec::new();
        collect(&Place::part(Part::Body), &article.body, &mut blocks);
        Self { article, origins, lines, blocks }
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

    /// The characters from `start` to `end`.
    pub(super) fn text(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }
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
