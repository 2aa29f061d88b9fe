//! What stands beside the text of a Word file: styles, lists, notes; and comments and
//! margins, which no article takes in and which are told.

use roxmltree::Node;

use crate::diag::{Code, Finding, Severity};
use crate::import::draft::Draft;

use super::met::short;
use super::numbering::Numbering;
use super::package::{Package, Wrong};
use super::relations::Relations;
use super::styles::Styles;
use super::xml::{self, attr, name};

const PART_BROKEN: Code = Code::new("read-word-part-broken");
const COMMENT: Code = Code::new("read-word-comment");
const MARGIN: Code = Code::new("read-word-margin");

/// So many headers and footers are told.
const MARGINS: usize = 6;

/// The kind of part that holds notes of a kind.
pub(super) fn plural(kind: &str) -> &'static str {
    if kind == "footnote" { "footnotes" } else { "endnotes" }
}

/// What stands beside the text: styles, lists, notes.
pub(super) struct Side {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) notes: Vec<(&'static str, String)>,
}

impl Side {
    pub(super) fn read(
        package: &mut Package<'_>,
        relations: &Relations,
        draft: &mut Draft,
    ) -> Self {
        let mut text = |kind: &str| {
            let part = relations.part(kind)?;
            match package.text(&part) {
                Ok(text) if xml::parse(&text).is_ok() => Some(text),
                Ok(text) => {
                    let mended = xml::without_forbidden(&text);
                    if xml::parse(&mended).is_ok() {
                        return Some(mended);
                    }
                    draft.say(Finding::warning(PART_BROKEN).arg("part", part));
                    None
                }
                Err(Wrong::Missing(_)) => None,
                Err(wrong) => {
                    let mut finding = super::told(wrong);
                    finding.severity = Severity::Warning;
                    draft.say(finding);
                    None
                }
            }
        };
        let styles = text("styles");
        let numbering = text("numbering");
        let notes = ["footnote", "endnote"]
            .into_iter()
            .filter_map(|kind| Some((kind, text(plural(kind))?)))
            .collect();
        let comments = text("comments");
        margins(package, relations, draft);
        let root = |text: &Option<String>, read: &mut dyn FnMut(Node<'_, '_>)| {
            if let Some(tree) = text.as_deref().and_then(|t| xml::parse(t).ok()) {
                read(tree.root_element());
            }
        };
        let mut out = Self { styles: Styles::default(), numbering: Numbering::default(), notes };
        root(&styles, &mut |node| out.styles = Styles::read(node));
        root(&numbering, &mut |node| out.numbering = Numbering::read(node));
        root(&comments, &mut |node| {
            for comment in node.children().filter(|n| name(*n) == "comment") {
                let text = xml::all_text(comment).replace('\n', " ");
                let author = attr(comment, "author").unwrap_or_default();
                if !text.is_empty() {
                    draft.say(Finding::note(COMMENT).arg("author", author).arg("text", text));
                }
            }
        });
        out
    }
}

/// Says what stands in the margins, which no article takes in.
fn margins(package: &mut Package<'_>, relations: &Relations, draft: &mut Draft) {
    let mut said: Vec<String> = Vec::new();
    for part in relations.parts("header").chain(relations.parts("footer")) {
        let Ok(text) = package.text(&part) else { continue };
        let Ok(tree) = xml::parse(&text) else { continue };
        let words = xml::all_text(tree.root_element()).replace('\n', " ");
        // A number and a line are every page's.
        let tells = words.chars().filter(|c| c.is_alphabetic()).count() > 3;
        if tells && said.len() < MARGINS && !said.contains(&words) {
            said.push(words);
        }
    }
    if !said.is_empty() {
        draft.say(Finding::note(MARGIN).arg("text", short(&said.join("、"))));
    }
}
