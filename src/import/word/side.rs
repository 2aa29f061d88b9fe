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
        let mut out =
            Self { styles: Styles::default(), numbering: Numbering::default(), notes: Vec::new() };
        part(package, relations, draft, "styles", &mut |root| out.styles = Styles::read(root));
        part(package, relations, draft, "numbering", &mut |root| {
            out.numbering = Numbering::read(root);
        });
        for kind in ["footnote", "endnote"] {
            if let Some(text) = part(package, relations, draft, plural(kind), &mut |_| {}) {
                out.notes.push((kind, text));
            }
        }
        let mut said = Vec::new();
        part(package, relations, draft, "comments", &mut |root| {
            for comment in root.children().filter(|n| name(*n) == "comment") {
                let text = xml::all_text(comment).replace('\n', " ");
                let author = attr(comment, "author").unwrap_or_default();
                if !text.is_empty() {
                    said.push(Finding::note(COMMENT).arg("author", author).arg("text", text));
                }
            }
        });
        said.into_iter().for_each(|finding| draft.say(finding));
        margins(package, relations, draft);
        out
    }
}

/// Reads the part of a kind with `read`, and gives its text; nothing where there is
/// none. One that cannot be read is told, and the article goes without it.
fn part(
    package: &mut Package<'_>,
    relations: &Relations,
    draft: &mut Draft,
    kind: &str,
    read: &mut dyn FnMut(Node<'_, '_>),
) -> Option<String> {
    let part = relations.part(kind)?;
    let text = match package.text(&part) {
        Ok(text) => text,
        Err(Wrong::Missing(_)) => return None,
        Err(wrong) => {
            let mut finding = super::told(wrong);
            finding.severity = Severity::Warning;
            draft.say(finding);
            return None;
        }
    };
    if let Ok(tree) = xml::parse(&text) {
        read(tree.root_element());
        drop(tree);
        return Some(text);
    }
    let mended = xml::without_forbidden(&text);
    if let Ok(tree) = xml::parse(&mended) {
        read(tree.root_element());
        drop(tree);
        return Some(mended);
    }
    draft.say(Finding::warning(PART_BROKEN).arg("part", part));
    None
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
