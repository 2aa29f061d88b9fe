//! Links: out of the page, to files that hang on it, and to notes within it.

use std::collections::BTreeMap;

use dom_query::{NodeId, NodeRef};

use crate::article::{Block, Inline};
use crate::diag::{Code, Finding};
use crate::import::web::parse::{self, Page};
use crate::import::web::style::Look;

use super::line::Wrap;
use super::picture::{percent_decoded, scheme};
use super::{PIECE, Walker, visible};

const ADDRESS_REFUSED: Code = Code::new("web-address-refused");
const ATTACHMENT: Code = Code::new("web-attachment");

/// The endings of files that hang on a page.
const FILES: &[&str] = &[
    "pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "zip", "rar", "7z", "txt",
    "ofd", "csv", "mp3", "mp4",
];

/// Reads a link.
pub(super) fn read<'p>(walker: &mut Walker<'p>, node: NodeRef<'p>, look: Look) {
    let href = node.attr("href").map(|h| h.trim().to_owned()).unwrap_or_default();
    if let Some(target) = href.strip_prefix('#') {
        if let Some(blocks) = note(walker, &node, target) {
            return walker.line.inline(Inline::Note(blocks));
        }
        return walker.inline(node, "span", look);
    }
    let line = walker.page.line(node.id);
    match scheme(&href).as_deref() {
        _ if href.is_empty() => return walker.inline(node, "span", look),
        Some("javascript" | "vbscript") => {
            walker.tally.scripts += 1;
            return walker.inline(node, "span", look);
        }
        None | Some("http" | "https" | "mailto" | "tel" | "ftp") => {}
        Some(_) => {
            let short: String = href.chars().take(200).collect();
            let finding = Finding::warning(ADDRESS_REFUSED).arg("address", short);
            walker.findings.push(finding.line(line));
            return walker.inline(node, "span", look);
        }
    }
    let words = parse::text(walker.page, node.id);
    let attached = is_file(&href) || is_file(&words);
    if attached {
        let name = if words.is_empty() { file_name(&href) } else { words.clone() };
        let finding = Finding::note(ATTACHMENT).arg("name", name).arg("address", &href);
        walker.findings.push(finding.line(line));
    }
    if walker.line.is_empty() {
        walker.number = line;
        walker.look = look;
    }
    walker.line.open(Wrap::Link(href.clone()));
    let said = node.descendants_it().any(|n| n.has_name(PIECE));
    if attached && words.is_empty() && !said {
        walker.line.words(&file_name(&href));
    }
    walker.inline(node, "span", look);
    walker.line.close();
}

/// Whether an address is that of a file to be kept rather than a page to be read.
pub(super) fn is_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let by_path = path.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.'));
    let known = |e: &str| FILES.iter().any(|f| f.eq_ignore_ascii_case(e));
    // A host's name has an ending, too: www.example.mp3 is no file.
    let bare_host = path.split_once("://").is_some_and(|(_, rest)| !rest.contains('/'));
    by_path.is_some_and(|(_, ending)| known(ending)) && !bare_host
}

/// The file's name in an address.
pub(super) fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    percent_decoded(path.rsplit(['/', '\\']).next().unwrap_or(path))
}

/// The note that a link within the page points to: its mark is short, and what it
/// points to stands further down and points back or begins with the same mark.
fn note<'p>(walker: &mut Walker<'p>, node: &NodeRef<'p>, target: &str) -> Option<Vec<Block>> {
    let mark = parse::text_to(walker.page, node.id, 100);
    if walker.notes_open || target.is_empty() || !is_mark(&mark) {
        return None;
    }
    let decoded = percent_decoded(target);
    let own = parse::mark(node)?;
    let page = walker.page;
    let anchors = walker.anchors.get_or_insert_with(|| anchors(page));
    let found = [target, decoded.as_str()]
        .iter()
        .filter_map(|name| anchors.get(*name))
        .flatten()
        .filter_map(|id| page.document.tree.get(id))
        .find(|n| parse::mark(n).is_some_and(|m| m > own))?;
    let block = std::iter::once(found)
        .chain(found.ancestors_it(Some(4)))
        .find(|n| n.has_name("li") || n.has_name("p") || n.has_name("dd") || n.has_name("div"))?;
    let text = parse::text_to(walker.page, block.id, 12_000);
    // A note is not half of the article, and does not hold the call itself.
    let holds_call = node.ancestors_it(None).any(|a| a.id == block.id);
    if holds_call || visible(&text) > 3000 || visible(&text) == 0 {
        return None;
    }
    let back: Vec<NodeRef<'p>> = block
        .descendants_it()
        .filter(|n| n.has_name("a") && n.attr("href").is_some_and(|h| h.starts_with('#')))
        .filter(|n| is_mark(&parse::text(walker.page, n.id)))
        .collect();
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    let same = !digits(&mark).is_empty()
        && digits(text.split_whitespace().next().unwrap_or_default()).starts_with(&digits(&mark));
    if (back.is_empty() && !same) || !walker.taken.insert(block.id) {
        return None;
    }
    walker.taken.extend(back.iter().map(|n| n.id));
    walker.notes_open = true;
    let mut blocks = walker.nested(block, Look::default());
    walker.notes_open = false;
    if let Some(Block::Paragraph(first)) = blocks.first_mut()
        && let Some(Inline::Text(text)) = first.first_mut()
    {
        // The number that the edition gives anew.
        let rest = text.trim_start();
        let cut = [mark.as_str()].iter().find_map(|m| rest.strip_prefix(m)).unwrap_or(rest);
        *text = cut.trim_start_matches([' ', '.', '．', '、', '\u{3000}']).to_owned();
    }
    (!blocks.is_empty()).then_some(blocks)
}

/// The elements of a page by what links call them, in their order.
fn anchors(page: &Page) -> BTreeMap<String, Vec<NodeId>> {
    let mut out: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    for node in page.document.root().descendants_it().filter(|n| n.is_element()) {
        for name in ["id", "name"].iter().filter_map(|a| node.attr(a)) {
            out.entry(name.to_string()).or_default().push(node.id);
        }
    }
    out
}

/// Whether a link's words are the mark of a note: a number, a star or an arrow,
/// in brackets or not.
fn is_mark(text: &str) -> bool {
    let inner = text
        .trim()
        .trim_matches(['[', ']', '［', '］', '〔', '〕', '(', ')', '（', '）', '【', '】']);
    let inner = inner.trim().trim_start_matches('注').trim();
    let arrow = matches!(inner, "*" | "↩" | "↩︎" | "^" | "↑" | "");
    let number = inner.chars().count() <= 4 && inner.chars().all(char::is_numeric);
    (arrow || number) && !text.trim().is_empty()
}
