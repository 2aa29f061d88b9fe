//! The text of a finished file, page by page, without what is not counted.

use crate::article::script::counts;
use crate::diag::Code;

use super::grams::Grams;

pub(super) const TOO_LARGE: Code = Code::new("verify-too-large");

/// What one page says, without what is not counted.
#[derive(Debug, Default)]
pub(super) struct PageText {
    /// Its text, in the order in which it is drawn.
    pub(super) text: Vec<char>,
    /// Running head and folio, where the file marks them.
    pub(super) furniture: Vec<char>,
}

impl From<Vec<char>> for PageText {
    /// A page on which everything is text.
    fn from(text: Vec<char>) -> Self {
        Self { text, furniture: Vec::new() }
    }
}

/// What a finished file says.
#[derive(Debug, Clone)]
pub struct FileText {
    pub(super) chars: Vec<char>,
    /// Where each page begins.
    starts: Vec<usize>,
    /// What each page says that is none of its text: running head and folio, where the
    /// file marks them. Empty for files that mark none.
    furniture: Vec<String>,
    /// Whether a paragraph may go on over a page's end, as on paper.
    pub(super) flows_on: bool,
    grams: Grams,
}

impl FileText {
    /// A file of these pages. Where `flows_on` is set, a paragraph may go on over a
    /// page's end, with heads, folios, notes and floats standing between.
    pub fn new<S: AsRef<str>>(pages: &[S], flows_on: bool) -> Self {
        let mut chars = Vec::with_capacity(pages.iter().map(|p| p.as_ref().len() / 3).sum());
        let mut starts = Vec::with_capacity(pages.len());
        for page in pages {
            starts.push(chars.len());
            chars.extend(page.as_ref().chars().filter(|c| counts(*c)));
        }
        let grams = Grams::of(&chars);
        Self { chars, starts, furniture: Vec::new(), flows_on, grams }
    }

    /// So many characters are taken from one file: thirty times a year's compilation
    /// of two thousand articles.
    pub(super) const MOST: usize = 64 << 20;

    /// A file of these pages, of which only what counts is given.
    pub(super) fn of_pages(pages: &[PageText], flows_on: bool) -> Self {
        let mut starts = Vec::with_capacity(pages.len());
        let mut chars = Vec::with_capacity(pages.iter().map(|page| page.text.len()).sum());
        for page in pages {
            starts.push(chars.len());
            chars.extend(&page.text);
        }
        let furniture = pages.iter().map(|page| page.furniture.iter().collect()).collect();
        let grams = Grams::of(&chars);
        Self { chars, starts, furniture, flows_on, grams }
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.starts.len()
    }

    /// The text of a page, from 0, without what is not counted.
    pub fn page_text(&self, page: usize) -> String {
        self.chars[self.start(page)..self.start(page + 1)].iter().collect()
    }

    /// What a page, from 0, says besides its text: running head and folio, where the
    /// file marks them as such.
    pub fn page_furniture(&self, page: usize) -> &str {
        self.furniture.get(page).map_or("", String::as_str)
    }

    /// The page of a position, from 0.
    pub(super) fn page(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Where a page begins; the end of the text for a page after the last.
    pub(super) fn start(&self, page: usize) -> usize {
        self.starts.get(page).copied().unwrap_or(self.chars.len())
    }

    /// Whether `wanted` stands at `at`.
    pub(super) fn holds(&self, at: usize, wanted: &[char]) -> bool {
        self.chars.get(at..at + wanted.len()) == Some(wanted)
    }

    /// Where `wanted` stands first within a range; all of it lies inside.
    pub(super) fn find(&self, wanted: &[char], from: usize, to: usize) -> Option<usize> {
        /// What is shorter than this is searched sooner than it is looked up.
        const NEAR: usize = 64;
        let first = *wanted.first()?;
        if to.saturating_sub(from) > NEAR && !self.grams.may_hold(wanted) {
            return None;
        }
        let last = to.min(self.chars.len()).checked_sub(wanted.len())?;
        (from..=last).find(|at| self.chars[*at] == first && self.holds(*at, wanted))
    }

    /// The text about a position, `before` characters before it and `after` from it.
    pub(super) fn about(&self, at: usize, before: usize, after: usize) -> String {
        let from = at.saturating_sub(before);
        let to = (at + after).min(self.chars.len());
        self.chars.get(from..to).unwrap_or_default().iter().collect()
    }
}
