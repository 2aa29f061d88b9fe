//! Word files (.docx, Office Open XML, ECMA-376): the package, its styles, lists and
//! notes, a walk in reading order, and what each paragraph is to the article. Files
//! that only look like one are refused by name, with what to do.

mod assemble;
mod counting;
mod head;
mod headings;
mod item;
mod lists;
mod look;
mod math;
mod met;
mod numbering;
pub(super) mod package;
mod plan;
mod relations;
mod runs;
mod shots;
mod side;
mod structure;
mod styles;
mod symbols;
mod tables;
mod tail;
mod walk;
mod xml;

use std::collections::BTreeMap;

use crate::diag::{Code, Fault, Finding, Warned};

use super::draft::Draft;
use super::{Content, Embedded, Imported};
use item::Item;
use met::Met;
use package::{Package, Wrong};
use relations::Relations;
use shots::Shots;
use side::{Side, plural};
use walk::Walker;
use xml::attr;

const ENCRYPTED: Code = Code::new("read-word-encrypted");
const OLD: Code = Code::new("read-word-old");
const NOT_WORD: Code = Code::new("read-word-other-office");
const NOT_ZIP: Code = Code::new("read-word-not-zip");
const BROKEN: Code = Code::new("read-word-broken");
const PART_BROKEN: Code = Code::new("read-word-part-broken");
const TOO_LARGE: Code = Code::new("read-word-too-large");
const EMPTY: Code = Code::new("read-empty");
const DRAWING: Code = Code::new("read-word-vector-picture");

/// Reads a Word file. `name` is what findings name as the file; no part of text is read
/// that unpacks to more than `most_text` bytes.
///
/// # Errors
/// Where it is no Word file, is locked with a password, is broken, unpacks to more
/// than is read, or holds nothing.
pub(super) fn read(name: &str, bytes: &[u8], most_text: u64) -> Result<Warned<Imported>, Fault> {
    let refuse = |finding: Finding| Fault::work(finding.file(name));
    if bytes.is_empty() {
        return Err(refuse(Finding::error(EMPTY)));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let locked = contains(bytes, &wide("EncryptedPackage"));
        return Err(refuse(Finding::error(if locked { ENCRYPTED } else { OLD })));
    }
    if !bytes.starts_with(b"PK") {
        return Err(refuse(Finding::error(NOT_ZIP)));
    }
    let package = Package::open(bytes).map_err(|wrong| refuse(told(wrong)))?;
    let mut package = package.with_most_text(most_text);
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
        walker.numbering.restart();
        items = walker.items(body, 0);
    }
    if items.iter().all(|item| matches!(item, Item::Paragraph(para) if plan::is_blank(para))) {
        return Err(refuse(Finding::error(EMPTY)));
    }
    met::say(&mut draft, &met);
    assemble::assemble(&mut draft, items, name);
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
