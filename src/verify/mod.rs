//! Reads a finished file back and compares its text with the model: every
//! character of the articles must stand in the file, in order. The exporters are
//! not asked; only the bytes that they wrote are.

mod chain;
mod compare;
mod content;
mod epub;
mod follow;
mod forms;
mod grams;
mod json;
mod markup;
mod order;
mod paging;
mod pdf;
mod pieces;
mod result;
mod sparse;
mod text;

pub use compare::{compare, compare_by_page};
pub use epub::epub;
pub use markup::html;
pub use paging::PageStart;
pub use pdf::pdf;
pub use pieces::Shown;
pub use sparse::{Short, without, without_pictures};
pub use text::FileText;

use serde::{Deserialize, Serialize};

use crate::article::Place;

/// How much of the model's text a finished file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Characters of the model, white space left out.
    pub characters: usize,
    /// How many of them stand in the file, in order.
    pub found: usize,
    /// What does not, in the order of the model.
    pub missing: Vec<Missing>,
}

impl Kept {
    /// Whether the file holds everything.
    pub fn is_whole(&self) -> bool {
        self.found == self.characters
    }

    /// How many characters are missing.
    pub fn lost(&self) -> usize {
        self.characters - self.found
    }
}

/// A run of the model's text that a file does not hold as it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The article's title.
    pub article: String,
    /// The project's file it comes from.
    pub file: String,
    /// The place in the article.
    pub place: Place,
    /// How many characters of the run were not found.
    pub characters: usize,
    /// The model's text about the first difference.
    pub expected: String,
    /// What the file has there; empty where it has nothing of the run.
    pub found: String,
    /// The page of the file, from 1, where it has something of the run.
    pub page: Option<usize>,
}
