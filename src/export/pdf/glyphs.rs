//! Every character has a glyph or there is no book. Typst says nothing of a
//! character that no font has; it prints an empty box. So what the articles hold
//! is compared with the fonts beforehand, and the finished pages are searched.

use std::collections::BTreeSet;

use typst::foundations::Value;
use typst::layout::{Frame, FrameItem};
use typst_layout::Page;

use crate::diag::{Code, Fault, FaultKind, Finding};
use crate::export::view::{Article, Block, Image, Inline, View};

use crate::export::typeset::{Typefaces, visible};

use super::pages::said;

const NO_GLYPH: Code = Code::new("pdf-no-glyph");
const NO_GLYPH_IN_FACE: Code = Code::new("pdf-no-glyph-in-face");

/// Holds that some face of the look has a glyph for every character.
pub(super) fn known(view: &View, fonts: &Typefaces) -> Result<(), Fault> {
    let mut sure: BTreeSet<char> = BTreeSet::new();
    let mut findings = of_publication(view, fonts);
    for article in view.matter() {
        let mut missing = BTreeSet::new();
        for_each_text(article, &mut |text| {
            for c in text.chars().filter(|c| visible(*c)) {
                if !sure.contains(&c) && !missing.contains(&c) {
                    if fonts.cover(c) {
                        sure.insert(c);
                    } else {
                        missing.insert(c);
                    }
                }
            }
        });
        findings.extend(missing.into_iter().map(|c| {
            let finding = Finding::error(NO_GLYPH).arg("character", c).arg("code", code(c));
            finding.arg("title", &article.title_text).file(&article.file)
        }));
    }
    verdict(findings)
}

/// Holds that no page has an empty box in place of a character.
pub(super) fn set(view: &View, pages: &[Page], fonts: &Typefaces) -> Result<(), Fault> {
    let mut current: Option<&Article> = None;
    let mut found = BTreeSet::new();
    let mut findings = Vec::new();
    for page in pages {
        if let Some(id) = article_begun(&page.frame) {
            current = view.matter().find(|article| article.id == id).or(current);
        }
        empty_boxes(&page.frame, fonts, &mut |c, face| {
            let file = current.map(|article| article.file.as_str());
            if found.insert((file, c, face.to_owned())) {
                let finding = Finding::error(NO_GLYPH_IN_FACE)
                    .arg("character", c)
                    .arg("code", code(c))
                    .arg("face", face)
                    .arg("title", current.map_or(view.title.as_str(), |a| &a.title_text));
                findings.push(match file {
                    Some(file) => finding.file(file),
                    None => finding,
                });
            }
        });
    }
    verdict(findings)
}

/// What the project says of the publication itself, on its covers and title page.
fn of_publication(view: &View, fonts: &Typefaces) -> Vec<Finding> {
    let mut texts = vec![&view.title, &view.subtitle, &view.press.name, &view.press.unit];
    if let Some(issue) = &view.issue {
        texts.extend([&issue.name, &issue.classification, &issue.serial]);
        texts.extend(issue.distribution.iter().flat_map(|to| &to.names));
    }
    if let Some(colophon) = &view.colophon {
        let lines = colophon.people.iter().chain(&colophon.facts);
        texts.extend(lines.flat_map(|line| [&line.label, &line.text]));
        texts.extend(colophon.cip.iter().chain([&colophon.permit]));
    }
    let characters = texts.into_iter().flat_map(|text| text.chars());
    let missing: BTreeSet<char> = characters.filter(|c| visible(*c) && !fonts.cover(*c)).collect();
    let finding = |c| {
        let finding = Finding::error(NO_GLYPH).arg("character", c).arg("code", code(c));
        finding.arg("title", &view.title)
    };
    missing.into_iter().map(finding).collect()
}

fn verdict(findings: Vec<Finding>) -> Result<(), Fault> {
    if findings.is_empty() { Ok(()) } else { Err(Fault { kind: FaultKind::Work, findings }) }
}

/// As Unicode writes it: `U+4E00`.
fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// The id of the article that begins on a page, as the look's metadata says.
fn article_begun(frame: &Frame) -> Option<String> {
    match said(frame, "article")? {
        Value::Str(id) => Some(id.to_string()),
        _ => None,
    }
}

fn empty_boxes(frame: &Frame, fonts: &Typefaces, report: &mut dyn FnMut(char, &str)) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => empty_boxes(&group.frame, fonts, report),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let characters = text.text.get(glyph.range()).unwrap_or_default();
                    for c in characters.chars().filter(|c| visible(*c)) {
                        report(c, fonts.name(text.font.font()));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Calls `look` with every text of an article that may be printed.
fn for_each_text(article: &Article, look: &mut dyn FnMut(&str)) {
    for inlines in [&article.title, &article.kicker, &article.subtitle] {
        in_inlines(inlines, look);
    }
    for text in [&article.column, &article.date, &article.source, &article.summary] {
        look(text);
    }
    for credit in &article.credits {
        look(&credit.label);
        credit.names.iter().for_each(|name| look(name));
    }
    in_blocks(&article.blocks, look);
    for note in &article.notes {
        look(&note.mark);
        in_blocks(&note.blocks, look);
    }
}

fn in_blocks(blocks: &[Block], look: &mut dyn FnMut(&str)) {
    for block in blocks {
        match block {
            Block::Paragraph { inlines, .. } | Block::Heading { inlines, .. } => {
                in_inlines(inlines, look);
            }
            Block::Figure { images, caption, credit, .. } => {
                for Image { placeholder, .. } in images {
                    look(placeholder);
                }
                in_inlines(caption, look);
                look(credit);
            }
            Block::List { items, .. } => {
                for item in items {
                    look(&item.number);
                    in_blocks(&item.blocks, look);
                }
            }
            Block::Table { caption, rows, .. } => {
                in_inlines(caption, look);
                rows.iter().flatten().for_each(|cell| in_blocks(&cell.blocks, look));
            }
            Block::Quote { blocks } => in_blocks(blocks, look),
            Block::Aside { label, blocks, .. } => {
                look(label);
                in_blocks(blocks, look);
            }
            Block::Unknown { lines } => lines.iter().for_each(|line| look(line)),
            Block::Rule | Block::PageBreak { .. } => {}
        }
    }
}

fn in_inlines(inlines: &[Inline], look: &mut dyn FnMut(&str)) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } | Inline::Half { text } | Inline::Foreign { text } => {
                look(text);
            }
            Inline::Ruby { base, text } => {
                look(base);
                look(text);
            }
            Inline::Note { mark, .. } => look(mark),
            Inline::Strong { inlines }
            | Inline::Emphasis { inlines }
            | Inline::Dots { inlines }
            | Inline::Sup { inlines }
            | Inline::Sub { inlines }
            | Inline::Link { inlines, .. } => in_inlines(inlines, look),
            Inline::Break | Inline::Tie | Inline::PageBreak { .. } => {}
        }
    }
}
