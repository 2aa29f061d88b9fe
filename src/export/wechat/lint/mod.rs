//! The lint: what WeChat refuses, drops or changes, found in the final bytes of a
//! post before anybody pastes it. The rules are numbered W01 to W28; each says
//! what, why and an example through `kanyin explain wechat-w01`.

mod contrast;
mod elements;
mod limits;
mod links;
mod pictures;
mod report;
mod structure;
mod styles;

use crate::diag::Finding;

use super::markup::Tree;
pub use super::pictures::Shown;
pub(super) use limits::{LENGTH, MARKUP, MARKUP_NEAR};
use report::Report;

/// A post as it will be handed to WeChat.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// `article.html`.
    pub fragment: &'a str,
    /// `draft.json`: the request of the draft API, one to eight articles.
    pub draft: &'a [u8],
    /// The pictures of the text.
    pub pictures: &'a [Shown],
    /// The covers.
    pub covers: &'a [Shown],
}

/// Something a rule found, once for all the elements that have it.
#[derive(Debug, Clone)]
pub struct Found {
    /// What is said; its value `count` says how often it was found.
    pub finding: Finding,
    /// The elements it was found on, by their number in document order, from 0.
    pub elements: Vec<usize>,
}

/// A post, read.
struct Page<'a> {
    subject: &'a Subject<'a>,
    tree: Tree<'a>,
}

/// The rules, in the order of their numbers as far as they belong together.
const RULES: &[fn(&Page<'_>, &mut Report)] = &[
    elements::forbidden,
    elements::identifiers,
    elements::classes_and_handlers,
    styles::leftovers,
    styles::placing,
    styles::flex,
    styles::important,
    elements::div,
    links::outward,
    links::inward,
    pictures::addresses,
    pictures::sizes_and_alt,
    styles::background_pictures,
    pictures::vector,
    structure::lists,
    structure::cells,
    structure::paragraphs,
    structure::white_space,
    styles::families,
    limits::length,
    limits::titles,
    limits::fields,
    pictures::content_size,
    pictures::cover_size,
    pictures::cover_cuts,
    limits::articles,
    limits::encoding,
    contrast::contrast,
    structure::root,
];

/// Tries every rule on a post. What comes out is in the order of the rules.
pub fn lint(subject: &Subject<'_>) -> Vec<Found> {
    let page = Page { subject, tree: Tree::new(subject.fragment) };
    let mut report = Report::default();
    for rule in RULES {
        rule(&page, &mut report);
    }
    report.finish()
}
