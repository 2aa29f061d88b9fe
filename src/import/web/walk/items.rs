//! What a walk gives, and what it has to be told: plain values.

use std::collections::BTreeSet;

use dom_query::NodeId;

use crate::article::{Block, Image, Inlines};
use crate::diag::Code;
use crate::import::web::mime::Parts;
use crate::import::web::style::Look;

/// One thing met on the walk.
#[derive(Debug, Clone)]
pub(in crate::import::web) enum Item {
    /// A line of words.
    Words(Words),
    /// A picture.
    Picture(Picture),
    /// A block that is complete already.
    Block(Block, usize, f32, Code),
}

/// A line of words.
#[derive(Debug, Clone, Default)]
pub(in crate::import::web) struct Words {
    pub(in crate::import::web) inlines: Inlines,
    pub(in crate::import::web) look: Look,
    /// The line of the source.
    pub(in crate::import::web) line: usize,
    /// The element it stands in; lines of one element are parted by `<br>`.
    pub(in crate::import::web) element: usize,
    /// Whether it begins with the indent of a paragraph.
    pub(in crate::import::web) indented: bool,
    /// Whether the element is a paragraph of the page's own.
    pub(in crate::import::web) paragraph: bool,
}

/// A picture.
#[derive(Debug, Clone)]
pub(in crate::import::web) struct Picture {
    pub(in crate::import::web) image: Image,
    pub(in crate::import::web) look: Look,
    pub(in crate::import::web) line: usize,
    pub(in crate::import::web) element: usize,
}

/// What the walk has to know beyond the page.
#[derive(Debug, Default)]
pub(in crate::import::web) struct Rules<'p> {
    /// Elements that are not part of the text.
    pub(in crate::import::web) drop: BTreeSet<NodeId>,
    /// Elements that are captions.
    pub(in crate::import::web) captions: BTreeSet<NodeId>,
    /// The attributes that hold a picture's address before it is loaded.
    pub(in crate::import::web) pictures: Vec<&'p str>,
    /// The parts of a page saved as one file.
    pub(in crate::import::web) parts: Option<&'p Parts>,
    /// The element at which the walk ends.
    pub(in crate::import::web) stop: Option<NodeId>,
    /// Whether every table is taken to do nothing but put things in their places.
    pub(in crate::import::web) flat: bool,
    /// Whether the words of different elements are set apart by a space.
    pub(in crate::import::web) spaced: bool,
}

/// What was left out and what was met on the way.
#[derive(Debug, Default)]
pub(in crate::import::web) struct Tally {
    /// Characters that the page hides.
    pub(in crate::import::web) hidden: usize,
    /// The texts of what is not part of the article, as of a share button.
    pub(in crate::import::web) chrome: Vec<(String, usize)>,
    /// Pictures that only decorate.
    pub(in crate::import::web) decoration: usize,
    /// Control characters that were removed.
    pub(in crate::import::web) controls: usize,
    /// Links that run a script.
    pub(in crate::import::web) scripts: usize,
}
