//! The pages of a printed edition, as places in the articles: what lets an e-book know
//! the numbers that stand on paper.

use crate::article::Place;

/// A page of the printed edition and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintPage {
    /// Its number as printed: `12`, `iv`.
    pub label: String,
    /// What begins on it.
    pub begins: Begins,
}

/// What a printed page begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begins {
    /// The opening of the part of that number, from 0.
    Part(usize),
    /// Text of an article.
    Text {
        /// Which of the publication's entries, from 0, in the order of reading.
        entry: usize,
        /// The run of text.
        place: Place,
        /// How many characters of the run stand before it; only those that
        /// [`counts`](crate::article::script::counts) names.
        offset: usize,
    },
}
