//! Writing: an article in, its file out. Every article that is tidy comes back
//! from reading as it was.

mod inline;
mod table;

use std::fmt::Write as _;

use crate::article::{Article, Aside, AsideKind, Block, Figure, List};

use super::front;
pub(super) use inline::BREAK;
use inline::{Spot, address, inlines, plain};

/// The notes called so far, in the order of their numbers.
#[derive(Default)]
pub(super) struct Notes<'a>(Vec<&'a Vec<Block>>);

impl<'a> Notes<'a> {
    /// Takes a note in and gives its number, from 1.
    fn call(&mut self, blocks: &'a Vec<Block>) -> usize {
        self.0.push(blocks);
        self.0.len()
    }
}

/// Writes a whole file. The article must be tidy.
pub(super) fn file(article: &Article, from: Option<&str>, from_sum: Option<&str>) -> String {
    let mut notes = Notes::default();
    let meta = &article.meta;
    let titles = [&meta.kicker, &meta.title, &meta.subtitle]
        .map(|run| inlines(run, Spot::OneLine, &mut notes));
    let mut out = front::write(meta, titles, from, from_sum);
    let mut parts = vec![blocks(&article.body, &mut notes)];
    let mut n = 0;
    // A note may call notes of its own: they are numbered on.
    while let Some(note) = notes.0.get(n).copied() {
        n += 1;
        let text = blocks(note, &mut notes);
        parts.push(indented(&format!("[^{n}]:"), 4, &text));
    }
    for part in parts.iter().filter(|p| !p.is_empty()) {
        out.push('\n');
        out.push_str(part);
        out.push('\n');
    }
    out
}

/// Writes blocks with an empty line between them and no line end behind.
fn blocks<'a>(list: &'a [Block], notes: &mut Notes<'a>) -> String {
    let mut out = String::new();
    // Of two lists in a row the second has another mark, or they were one.
    let mut other_mark = false;
    for (i, block) in list.iter().enumerate() {
        if i > 0 {
            out.push_str("\n\n");
        }
        let follows = i > 0
            && matches!((&list[i - 1], block), (Block::List(a), Block::List(b))
                if a.start.is_some() == b.start.is_some());
        other_mark = follows && !other_mark;
        out.push_str(&write_block(block, other_mark, notes));
    }
    out
}

fn write_block<'a>(block: &'a Block, other_mark: bool, notes: &mut Notes<'a>) -> String {
    match block {
        Block::Paragraph(run) => inlines(run, Spot::Paragraph, notes),
        Block::Heading(heading) => {
            let marks = "#".repeat(usize::from(heading.level) + 1);
            let text = inlines(&heading.text, Spot::OneLine, notes);
            if text.is_empty() { marks } else { format!("{marks} {text}") }
        }
        Block::Figure(figure) => write_figure(figure, notes),
        Block::List(list) => write_list(list, other_mark, notes),
        Block::Table(table) => table::write(table, notes),
        Block::Quote(inner) => {
            let text = blocks(inner, notes);
            let line = |l: &str| if l.is_empty() { ">".to_owned() } else { format!("> {l}") };
            text.split('\n').map(line).collect::<Vec<_>>().join("\n")
        }
        Block::Aside(Aside { kind, blocks: inner }) => {
            directive(aside(*kind), &blocks(inner, notes))
        }
        Block::Rule => "---".to_owned(),
        Block::Unknown { text, why } => {
            let mut inner = format!("原因：{why}");
            if !text.is_empty() {
                for line in text.split('\n') {
                    let masked = line.starts_with('\\') || line.starts_with(":::");
                    let _ = write!(inner, "\n{}{line}", if masked { "\\" } else { "" });
                }
            }
            directive("未识别", &inner)
        }
    }
}

/// The directive's name of an aside.
pub(super) fn aside(kind: AsideKind) -> &'static str {
    match kind {
        AsideKind::EditorsNote => "编者按",
        AsideKind::Lead => "导语",
        AsideKind::LinkCard => "链接卡片",
    }
}

fn directive(name: &str, inner: &str) -> String {
    if inner.is_empty() { format!(":::{name}\n:::") } else { format!(":::{name}\n{inner}\n:::") }
}

fn write_figure<'a>(figure: &'a Figure, notes: &mut Notes<'a>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for image in &figure.images {
        let alt = match image.alt.as_deref() {
            None => String::new(),
            Some("") => "{}".to_owned(),
            Some(alt) => plain(alt),
        };
        lines.push(format!("![{alt}]({})", address(&image.name)));
    }
    if !figure.caption.is_empty() {
        lines.push(format!("图注：{}", inlines(&figure.caption, Spot::OneLine, notes)));
    }
    if let Some(credit) = &figure.credit {
        lines.push(format!("署名：{}", plain(credit)));
    }
    directive("figure", &lines.join("\n"))
}

fn write_list<'a>(list: &'a List, other_mark: bool, notes: &mut Notes<'a>) -> String {
    let short = |item: &Vec<Block>| matches!(item.as_slice(), [] | [Block::Paragraph(_)]);
    let between = if list.items.iter().all(short) { "\n" } else { "\n\n" };
    let mut items = Vec::new();
    let mut number = list.start;
    for item in &list.items {
        let mark = match (number, other_mark) {
            (Some(n), false) => format!("{n}."),
            (Some(n), true) => format!("{n})"),
            (None, false) => "-".to_owned(),
            (None, true) => "+".to_owned(),
        };
        number = number.map(|n| n.saturating_add(1));
        let text = blocks(item, notes);
        items.push(indented(&mark, mark.len() + 1, &text));
    }
    items.join(between)
}

/// Text behind a mark, its further lines indented.
fn indented(mark: &str, width: usize, text: &str) -> String {
    let mut out = mark.to_owned();
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        if !line.is_empty() {
            out.push_str(&if i == 0 { " ".to_owned() } else { " ".repeat(width) });
            out.push_str(line);
        }
    }
    out
}
