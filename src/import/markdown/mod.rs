//! Markdown: CommonMark with tables and notes, read into the model. A heading
//! of one `#` is the title where no front matter gives one; what the model does
//! not know (code, HTML) is kept as its text and said.

mod blocks;
mod figures;
mod front;
mod html;
mod inlines;
mod notes;
mod spaced;

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, parse_document};

use crate::article::{Block, Inline, Part, Place, plain_text};
use crate::diag::{Code, Finding, Warned};

use super::draft::{Draft, SourceLine};
use super::{Imported, fields, format, series, values};
use blocks::Reader;

const TITLE_HEADING: Code = Code::new("read-title-heading");
const TITLE_MISSING: Code = Code::new("read-title-missing");
const TITLE_REPEATED: Code = Code::new("read-repeated");
const META_LINE: Code = Code::new("read-meta-line");
const CREDIT_LINE: Code = Code::new("read-credit-line");

/// Deeper than this nothing is read as structure; the text is kept. The canonical
/// form nests a little deeper, so that it can hold whatever is read.
const DEPTH: usize = 32;

/// Reads a Markdown file that is not canonical. `name` is what findings name as
/// the file.
pub(super) fn read(name: &str, cleaned: Warned<String>) -> Warned<Imported> {
    let mut draft = Draft::new(name, cleaned.findings);
    let (matter, body_line) = front::split(&cleaned.value);
    let mut pending = front::read(&mut draft, matter);
    let body = spaced::bracketed(&cleaned.value[front::offset(&cleaned.value, body_line)..]);
    let arena = Arena::new();
    let root = parse_document(&arena, &body, &options());
    let notes = notes::definitions(root);
    let mut reader = Reader::new(&mut draft, notes, body_line);
    let mut nodes: Vec<Node<'_>> = root
        .children()
        .filter(|node| !matches!(node.data().value, NodeValue::FootnoteDefinition(_)))
        .collect();
    title(&mut reader, &mut nodes, name);
    head_lines(&mut reader, &mut nodes);
    let credits = tail(&reader, &mut nodes);
    let shift = shift(&nodes);
    for node in nodes {
        reader.top(node, shift);
    }
    reader.unused_notes();
    for (number, text) in credits {
        let line = SourceLine { number, text: &text };
        if let Some(found) = fields::parse(line.text) {
            values::apply(&mut draft, line, &found);
            draft.origin(Place::part(Part::Meta), number, 0.9, CREDIT_LINE);
        }
    }
    pending.retain(|credit| {
        let known = &draft.article.meta.credits;
        !known.iter().any(|k| credit.names.iter().all(|n| k.names.contains(n)))
    });
    draft.article.meta.credits.extend(pending);
    draft.finish()
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.cjk_friendly_emphasis = true;
    options.parse.leave_footnote_definitions = true;
    options
}

/// Finds the title: from the front matter, else a heading of the first level that
/// stands before all text, else the file's name.
fn title<'a>(reader: &mut Reader<'_, 'a>, nodes: &mut Vec<Node<'a>>, name: &str) {
    let place = Place::part(Part::Title);
    let given = reader.draft.article.title_text();
    let first = nodes.first().copied().filter(|n| level(n) == Some(1));
    let Some(node) = first else {
        if given.is_empty() {
            let stem = format::stem(name);
            reader.draft.article.meta.title = vec![Inline::Text(stem.to_owned())];
            reader.draft.say(Finding::warning(TITLE_MISSING).arg("title", stem).place(place));
        }
        return;
    };
    let inlines = reader.inlines_of(node, 0);
    let text = plain_text(&inlines);
    let number = reader.line(node);
    let line = SourceLine { number, text: &text };
    if given.is_empty() {
        // A series is looked for in plain words only: a note or a stress in a
        // title would be lost with the words around it.
        if matches!(inlines[..], [Inline::Text(_)]) {
            series::apply(reader.draft, line, 1.0);
        } else {
            reader.draft.article.meta.title = inlines;
        }
        reader.draft.origin(place, number, 1.0, TITLE_HEADING);
        nodes.remove(0);
    } else if text == given || series::title_in(&text) == Some(given.as_str()) {
        reader.draft.consume(&place, line, 0..text.len(), TITLE_REPEATED, "");
        nodes.remove(0);
    }
}

/// Takes over the lines of values right below the title.
fn head_lines(reader: &mut Reader<'_, '_>, nodes: &mut Vec<Node<'_>>) {
    while let Some(node) = nodes.first().copied() {
        let Some(lines) = reader.plain_lines(node) else { return };
        let found: Vec<_> = lines.iter().map(|(_, text)| fields::parse(text)).collect();
        let all = found.iter().all(|f| f.as_ref().is_some_and(fields::Fields::is_head_line));
        if !all {
            return;
        }
        for ((number, text), found) in lines.iter().zip(found.iter().flatten()) {
            let line = SourceLine { number: *number, text };
            values::apply(reader.draft, line, found);
            reader.draft.origin(Place::part(Part::Meta), *number, 0.9, META_LINE);
        }
        nodes.remove(0);
    }
}

/// Cuts the credits off the end and returns their lines in order.
fn tail(reader: &Reader<'_, '_>, nodes: &mut Vec<Node<'_>>) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    while let Some(lines) = nodes.last().and_then(|node| reader.plain_lines(node)) {
        let fits = lines.iter().all(|(_, text)| {
            fields::parse(text).is_some_and(|f| f.is_credit_line() || f.is_date_only())
        });
        if !fits {
            break;
        }
        out.splice(0..0, lines);
        nodes.pop();
    }
    out
}

fn level(node: &Node<'_>) -> Option<u8> {
    match &node.data().value {
        NodeValue::Heading(heading) => Some(heading.level),
        _ => None,
    }
}

/// How far headings move up so that the article's own sections begin at 1.
fn shift(nodes: &[Node<'_>]) -> u8 {
    nodes.iter().filter_map(level).min().map_or(0, |least| least.saturating_sub(1))
}

/// A block of text that is only text, for what has no structure of its own.
fn paragraph(text: String) -> Block {
    Block::Paragraph(vec![Inline::Text(text)])
}
