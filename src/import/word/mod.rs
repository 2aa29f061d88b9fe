//! Word files (.docx, Office Open XML, ECMA-376): the package, its styles, lists and
//! notes, a walk in reading order, and what each paragraph is to the article. Files
//! that only look like one are refused by name, with what to do.

mod counting;
mod head;
mod item;
mod lists;
mod math;
mod numbering;
pub(super) mod package;
mod plan;
mod relations;
mod runs;
mod shots;
mod structure;
mod styles;
mod symbols;
mod tables;
mod walk;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use crate::article::{Block, Step};
use crate::diag::{Code, Fault, Finding, Warned};

use super::draft::{Draft, SourceLine};
use super::{Content, Embedded, Imported, asides, photo_credit, text};
use item::Item;
use numbering::Numbering;
use package::{Package, Wrong};
use plan::Plan;
use relations::Relations;
use shots::Shots;
use styles::Styles;
use walk::{Met, Walker};
use xml::{attr, name};

const ENCRYPTED: Code = Code::new("read-word-encrypted");
const OLD: Code = Code::new("read-word-old");
const NOT_WORD: Code = Code::new("read-word-other-office");
const NOT_ZIP: Code = Code::new("read-word-not-zip");
const BROKEN: Code = Code::new("read-word-broken");
const PART_BROKEN: Code = Code::new("read-word-part-broken");
const TOO_LARGE: Code = Code::new("read-word-too-large");
const EMPTY: Code = Code::new("read-empty");
const CHANGES: Code = Code::new("read-word-changes");
const COMMENT: Code = Code::new("read-word-comment");
const HIDDEN: Code = Code::new("read-word-hidden");
const STRUCK: Code = Code::new("read-word-struck");
const FORMULAS: Code = Code::new("read-word-formulas");
const TOO_DEEP: Code = Code::new("read-word-too-deep");
const OUTSIDE: Code = Code::new("read-word-picture-outside");
const FOREIGN_PARTS: Code = Code::new("read-word-foreign-parts");
const ADDRESS: Code = Code::new("read-word-address");
const MARGIN: Code = Code::new("read-word-margin");
const ASIDE: Code = Code::new("read-aside-mark");
const DRAWING: Code = Code::new("read-word-vector-picture");

/// So many headers and footers are told.
const MARGINS: usize = 6;

/// Reads a Word file. `name` is what findings name as the file.
///
/// # Errors
/// Where it is no Word file, is locked with a password, is broken, unpacks to more
/// than is read, or holds nothing.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Warned<Imported>, Fault> {
    let refuse = |finding: Finding| Fault::work(finding.file(name));
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let locked = contains(bytes, &wide("EncryptedPackage"));
        return Err(refuse(Finding::error(if locked { ENCRYPTED } else { OLD })));
    }
    if !bytes.starts_with(b"PK") {
        return Err(refuse(Finding::error(NOT_ZIP)));
    }
    let mut package = Package::open(bytes).map_err(|wrong| refuse(told(wrong)))?;
    let main = main_part(&mut package).ok_or_else(|| refuse(Finding::error(NOT_WORD)))?;
    let text = package.text(&main).map_err(|wrong| refuse(told(wrong)))?;
    let mended;
    let document = match xml::parse(&text) {
        Ok(document) => document,
        Err(_) => {
            mended = xml::without_forbidden(&text);
            xml::parse(&mended)
                .map_err(|why| refuse(Finding::error(BROKEN).arg("part", &main).arg("why", why)))?
        }
    };
    let mut draft = Draft::new(name, Vec::new());
    let relations = Relations::of(&mut package, &main);
    let mut side = Side::read(&mut package, &relations, &mut draft);
    let kinds: Vec<&'static str> = side.notes.iter().map(|(kind, _)| *kind).collect();
    let mut note_relations = BTreeMap::new();
    for kind in kinds {
        if let Some(part) = relations.part(plural(kind)) {
            note_relations.insert(kind, Relations::of(&mut package, &part));
        }
    }
    let trees: Vec<_> = side
        .notes
        .iter()
        .filter_map(|(kind, text)| Some((*kind, xml::parse(text).ok()?)))
        .collect();
    let mut notes = BTreeMap::new();
    for (kind, tree) in &trees {
        for node in tree.root_element().children().filter(|n| xml::name(*n) == *kind) {
            if let Some(id) = attr(node, "id") {
                notes.insert((*kind, id.to_owned()), node);
            }
        }
    }
    let Some(body) = document.root_element().children().find(|n| xml::name(*n) == "body") else {
        return Err(refuse(Finding::error(NOT_WORD)));
    };
    let mut met = Met::default();
    let mut shots = Shots::default();
    let mut walker = Walker {
        package: &mut package,
        styles: &side.styles,
        numbering: &mut side.numbering,
        notes: &notes,
        relations: &relations,
        note_relations: &note_relations,
        met: &mut met,
        shots: &mut shots,
        fields: Vec::new(),
        fieldless: false,
    };
    let mut items = walker.items(body, 0);
    if walker.fields.iter().any(|f| !f.in_result) {
        // A field that never ends would swallow all text behind it.
        (walker.fields, walker.fieldless) = (Vec::new(), true);
        *walker.met = Met::default();
        items = walker.items(body, 0);
    }
    if items.iter().all(|item| matches!(item, Item::Paragraph(para) if plan::is_blank(para))) {
        return Err(refuse(Finding::error(EMPTY)));
    }
    say(&mut draft, &met);
    assemble(&mut draft, items, name);
    for (name, part, framing) in shots.into_order() {
        if [".emf", ".wmf", ".emz", ".wmz"].iter().any(|e| part.to_lowercase().ends_with(e)) {
            draft.say(Finding::warning(DRAWING).arg("name", &name));
        }
        let content = Content::Part(part);
        draft.embed(Embedded { name, content, framing });
    }
    Ok(draft.finish())
}

/// Whether bytes that are named otherwise are a Word file all the same.
pub(super) fn is_word(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
        && Package::open(bytes).is_ok_and(|mut package| main_part(&mut package).is_some())
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    // The names of streams stand in the directory, which may lie anywhere.
    bytes.windows(wanted.len()).any(|w| w == wanted)
}

fn told(wrong: Wrong) -> Finding {
    match wrong {
        Wrong::Archive(why) => Finding::error(BROKEN).arg("part", "zip").arg("why", why),
        Wrong::Missing(part) | Wrong::Broken(part) => Finding::error(PART_BROKEN).arg("part", part),
        Wrong::TooLarge(part) => Finding::error(TOO_LARGE).arg("part", part),
    }
}

/// The part that holds the text: what the package's relationships name, else the
/// usual one.
fn main_part(package: &mut Package<'_>) -> Option<String> {
    let named: Vec<String> = Relations::of(package, "").parts("officeDocument").collect();
    let usual = "word/document.xml".to_owned();
    let parts = named.into_iter().chain([usual]);
    let fits = |part: &String| {
        let lower = part.to_lowercase();
        package.has(part) && !lower.contains("workbook") && !lower.contains("presentation")
    };
    let found: Vec<String> = parts.filter(fits).collect();
    found.into_iter().next()
}

fn plural(kind: &str) -> &'static str {
    if kind == "footnote" { "footnotes" } else { "endnotes" }
}

/// What stands beside the text: styles, lists, notes.
struct Side {
    styles: Styles,
    numbering: Numbering,
    notes: Vec<(&'static str, String)>,
}

impl Side {
    fn read(package: &mut Package<'_>, relations: &Relations, draft: &mut Draft) -> Self {
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
                    let mut finding = told(wrong);
                    finding.severity = crate::diag::Severity::Warning;
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

/// Says what was met on the way.
fn say(draft: &mut Draft, met: &Met) {
    let counts = [
        (CHANGES, met.changes, false),
        (FORMULAS, met.formulas, false),
        (TOO_DEEP, met.too_deep, true),
        (FOREIGN_PARTS, met.foreign, true),
    ];
    for (code, count, grave) in counts.into_iter().filter(|(_, count, _)| *count > 0) {
        let finding = if grave { Finding::warning(code) } else { Finding::note(code) };
        draft.say(finding.arg("count", count));
    }
    let told = [
        (HIDDEN, &met.hidden),
        (STRUCK, &met.struck),
        (OUTSIDE, &met.outside),
        (ADDRESS, &met.addresses),
    ];
    for (code, texts) in told.into_iter().filter(|(_, texts)| !texts.is_empty()) {
        let between = if matches!(code, OUTSIDE | ADDRESS) { "、" } else { "" };
        let all = texts.join(between);
        draft.say(Finding::warning(code).arg("count", texts.len()).arg("text", short(&all)));
    }
}

/// The beginning of a text, for a message.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    let mut out: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}

/// Puts head, text and credits into the draft.
fn assemble(draft: &mut Draft, items: Vec<Item>, name: &str) {
    let items = unboxed(items);
    let mut taken = head::read(draft, &items, name).taken;
    let tail = head::tail(&items, &taken);
    taken.extend(tail.iter().map(|(i, _)| *i));
    let plan = Plan::of_article(&items, &taken);
    for mut built in structure::build(&items, &plan) {
        if let Block::Figure(figure) = &mut built.block {
            photo_credit::take(draft, figure, 0);
        }
        let (sure, reason) = (built.confidence, built.reason);
        if let Some((sure, reason)) = built.caption {
            draft.origin(draft.next_place().then(Step::Caption), 0, sure, reason);
        }
        match asides::noticed(draft, built.block, 0) {
            Ok(aside) => draft.push(aside, 0, 0.95, ASIDE),
            Err(block) => draft.push(block, 0, sure, reason),
        }
    }
    head::take_tail(draft, &tail);
    sign(draft, &items, &taken);
    gather_asides(draft);
}

/// Takes the date from the signature that a text ends with.
fn sign(draft: &mut Draft, items: &[Item], taken: &BTreeSet<usize>) {
    let paras = items.iter().enumerate().rev().filter(|(i, _)| !taken.contains(i));
    let texts = paras.map_while(|(_, item)| match item {
        Item::Paragraph(para) => Some(para.text()),
        _ => None,
    });
    let mut last: Vec<String> = texts.filter(|text| !text.is_empty()).take(2).collect();
    last.reverse();
    let lines: Vec<SourceLine<'_>> =
        last.iter().map(|text| SourceLine { number: 0, text }).collect();
    text::read_signature(draft, &lines);
}

/// A table of one cell is a frame round its text: the text stands for it.
fn unboxed(items: Vec<Item>) -> Vec<Item> {
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Item::Table(mut grid) if grid.rows.len() == 1 && grid.rows[0].cells.len() == 1 => {
                out.append(&mut grid.rows[0].cells[0].items);
            }
            item => out.push(item),
        }
    }
    out
}

/// 编者按 on a line of its own: the paragraph below is what it says.
fn gather_asides(draft: &mut Draft) {
    for at in (0..draft.article.body.len().saturating_sub(1)).rev() {
        let body = &mut draft.article.body;
        let empty = matches!(&body[at], Block::Aside(aside)
            if aside.blocks.iter().all(|b| matches!(b, Block::Paragraph(p) if p.is_empty())));
        if empty && matches!(body[at + 1], Block::Paragraph(_)) {
            let next = body.remove(at + 1);
            if let Block::Aside(aside) = &mut body[at] {
                aside.blocks = vec![next];
            }
            draft.forget_place(at + 1);
        }
    }
}
