//! Addresses inside an article: where a finding points, what an edit changes,
//! what a confidence is about.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The address of a block or of a run of text within one article. It says
/// nothing about files; a finding carries those beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The part of the article the address starts from.
    pub part: Part,
    /// The way down from there; empty for the part itself.
    pub steps: Vec<Step>,
}

/// The part of an article an address starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// The title.
    Title,
    /// 引题.
    Kicker,
    /// 副题.
    Subtitle,
    /// The summary.
    Summary,
    /// Series, date, credits and the other values of the meta data.
    Meta,
    /// The text.
    Body,
}

/// One step down into the text. All numbers count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// The block of that number.
    Block(usize),
    /// The list item of that number.
    Item(usize),
    /// The cell of that row and of that number within the row.
    Cell(usize, usize),
    /// The caption of a figure or table.
    Caption,
    /// The credit of a figure.
    Credit,
    /// The note of that number within the run of text.
    Note(usize),
}

impl Place {
    /// The address of a part as a whole.
    pub fn part(part: Part) -> Self {
        Self { part, steps: Vec::new() }
    }

    /// The address of a top-level block of the text.
    pub fn block(index: usize) -> Self {
        Self { part: Part::Body, steps: vec![Step::Block(index)] }
    }

    /// Whether it is `outer` or lies in it.
    pub fn is_within(&self, outer: &Self) -> bool {
        self.part == outer.part && self.steps.starts_with(&outer.steps)
    }

    /// Follows the text where its top-level block of that number has gone: what
    /// stood behind it is one nearer to the beginning.
    pub fn close_gap(&mut self, number: usize) {
        if let (Part::Body, Some(Step::Block(n))) = (self.part, self.steps.first_mut())
            && *n > number
        {
            *n -= 1;
        }
    }

    /// This address, one step further down.
    pub fn then(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { part: self.part, steps }
    }
}

impl fmt::Display for Place {
    /// As in `title`, `body/3`, `body/5/item1/0`, `body/4/caption`; stable, used in JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.part {
            Part::Title => "title",
            Part::Kicker => "kicker",
            Part::Subtitle => "subtitle",
            Part::Summary => "summary",
            Part::Meta => "meta",
            Part::Body => "body",
        })?;
        for step in &self.steps {
            match step {
                Step::Block(n) => write!(f, "/{n}")?,
                Step::Item(n) => write!(f, "/item{n}")?,
                Step::Cell(r, c) => write!(f, "/cell{r},{c}")?,
                Step::Caption => f.write_str("/caption")?,
                Step::Credit => f.write_str("/credit")?,
                Step::Note(n) => write!(f, "/note{n}")?,
            }
        }
        Ok(())
    }
}
