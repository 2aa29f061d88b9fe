//! The places in an article that wait for a picture: names whose file is missing, and
//! what authors write where a picture is to stand: 【图1】, （图2）, 图片：校门.

use std::collections::BTreeSet;

use crate::article::{Article, Block, plain_text};
use crate::import::numeral;

use super::names::{is_picture, numbered, plain};

/// A place that waits for a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) kind: SlotKind,
    /// The number it asks for.
    pub(super) number: Option<u32>,
    /// The name it asks for, plain.
    pub(super) name: Option<String>,
    /// What stands there, to be shown.
    pub(super) shown: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SlotKind {
    /// A picture of this name, which has no file.
    Missing(String),
    /// The paragraph of that number says nothing else; what is behind its mark is the
    /// caption.
    Paragraph { index: usize, caption: String },
    /// The paragraph of that number speaks of the picture, which goes behind it.
    Behind(usize),
}

impl Slot {
    /// Whether any picture of the article may stand here. What is only spoken of, and
    /// what asks for one by name, takes no other.
    pub(super) fn takes_any(&self) -> bool {
        match &self.kind {
            SlotKind::Missing(_) => true,
            SlotKind::Paragraph { .. } => self.name.is_none(),
            SlotKind::Behind(_) => false,
        }
    }
}

/// Words for a picture that authors put where one is to stand.
const WORDS: &[&str] = &["图片", "照片", "配图", "插图", "附图", "图"];
/// Words before them.
const LEADS: &[&str] =
    &["此处", "这里", "请", "插入", "放入", "放置", "插", "放", "附", "参见", "见", "如", "配"];
/// Brackets, and what closes them.
const BRACKETS: &[(char, char)] =
    &[('【', '】'), ('[', ']'), ('（', '）'), ('(', ')'), ('〔', '〕'), ('［', '］'), ('<', '>')];
/// A caption beside a mark is not longer than this.
const CAPTION: usize = 60;
/// So many marks within one paragraph are looked at.
const MARKS: usize = 20;

/// The places of an article in the order of its text. `is_missing` says of a
/// picture's name whether there is no file of it.
pub(super) fn slots(article: &Article, is_missing: &dyn Fn(&str) -> bool) -> Vec<Slot> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, block) in article.body.iter().enumerate() {
        // A reader that knows a mark and finds no name in it keeps it as it is.
        let words = match block {
            Block::Paragraph(inlines) => Some(plain_text(inlines)),
            Block::Unknown { text, .. } => Some(text.clone()),
            _ => None,
        };
        if let Some(words) = words {
            let is_figure = |at: Option<usize>| {
                matches!(at.and_then(|i| article.body.get(i)), Some(Block::Figure(_)))
            };
            let beside_figure = is_figure(index.checked_sub(1)) || is_figure(Some(index + 1));
            of_paragraph(index, &words, beside_figure, &mut out);
            continue;
        }
        let mut names = Vec::new();
        images(block, &mut names);
        for name in names {
            if is_missing(name) && seen.insert(name.to_owned()) {
                let plain = plain(name);
                let stem = plain.rsplit_once('.').map_or(plain.as_str(), |(stem, _)| stem);
                out.push(Slot {
                    kind: SlotKind::Missing(name.to_owned()),
                    number: numbered(stem).flatten(),
                    name: Some(plain.clone()),
                    shown: name.to_owned(),
                });
            }
        }
    }
    out
}

fn images<'a>(block: &'a Block, out: &mut Vec<&'a str>) {
    match block {
        Block::Figure(figure) => out.extend(figure.images.iter().map(|i| i.name.as_str())),
        Block::Quote(inner) => inner.iter().for_each(|b| images(b, out)),
        Block::Aside(aside) => aside.blocks.iter().for_each(|b| images(b, out)),
        Block::List(list) => list.items.iter().flatten().for_each(|b| images(b, out)),
        Block::Table(table) => {
            let cells = table.rows.iter().flatten();
            cells.flat_map(|cell| &cell.blocks).for_each(|b| images(b, out));
        }
        Block::Paragraph(_) | Block::Heading(_) | Block::Rule | Block::Unknown { .. } => {}
    }
}

fn of_paragraph(index: usize, text: &str, beside_figure: bool, out: &mut Vec<Slot>) {
    let text = text.trim();
    // 图1 beside a picture opens its caption.
    let whole =
        in_brackets(text).or_else(|| named(text)).or_else(|| bare(text).filter(|_| !beside_figure));
    if let Some((number, name, caption)) = whole {
        let kind = SlotKind::Paragraph { index, caption };
        out.push(Slot { kind, number, name, shown: text.to_owned() });
        return;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| is_open(*c)).take(MARKS) {
        if let Some((Some(number), _)) = mark(&text[at..], c) {
            let shown = text[at..].chars().take(8).collect();
            let kind = SlotKind::Behind(index);
            out.push(Slot { kind, number: Some(number), name: None, shown });
        }
    }
}

fn is_open(c: char) -> bool {
    BRACKETS.iter().any(|(open, _)| *open == c)
}

type Whole = (Option<u32>, Option<String>, String);

/// 【图1】, 【图片2：志愿者】, 【图3】志愿者在校门口.
fn in_brackets(text: &str) -> Option<Whole> {
    let open = text.chars().next().filter(|c| is_open(*c))?;
    let (number, length) = mark(text, open)?;
    let inner = &text[open.len_utf8()..length];
    let inside = inner.split_once([':', '：']).map_or("", |(_, caption)| caption);
    let inside = inside.trim_end_matches(|c| BRACKETS.iter().any(|(_, close)| *close == c));
    let behind = text[length..].trim_start_matches([':', '：', ' ', '\u{3000}']).trim();
    let caption = if behind.is_empty() { inside.trim() } else { behind };
    let fits = caption.chars().count() <= CAPTION && !caption.ends_with(['。', '！', '？']);
    (fits && (inside.is_empty() || behind.is_empty())).then(|| (number, None, caption.to_owned()))
}

/// The number in a bracketed mark that `text` begins with, and the length of it.
fn mark(text: &str, open: char) -> Option<(Option<u32>, usize)> {
    let close = BRACKETS.iter().find(|(o, _)| *o == open)?.1;
    let window: usize = text.chars().take(40).map(char::len_utf8).sum();
    let end = text[..window].find(close)?;
    let inner = text[open.len_utf8()..end].trim();
    let mut inner = inner;
    while let Some(rest) = LEADS.iter().find_map(|lead| inner.strip_prefix(lead)) {
        inner = rest.trim_start();
    }
    let rest = WORDS.iter().find_map(|word| inner.strip_prefix(word))?;
    let number = rest.split([':', '：']).next().unwrap_or_default().trim();
    let number = number.trim_start_matches('第').trim_end_matches(['张', '幅']);
    let length = end + close.len_utf8();
    if number.is_empty() {
        return Some((None, length));
    }
    Some((Some(numeral::read(number).filter(|n| (1..100).contains(n))?), length))
}

/// 图片：校门.jpg, 配图：校门, 图片：3.
fn named(text: &str) -> Option<Whole> {
    let rest = WORDS.iter().find_map(|word| text.strip_prefix(word))?;
    let name = rest.strip_prefix([':', '：'])?.trim();
    if name.is_empty() || name.chars().count() > CAPTION {
        return None;
    }
    match numeral::read(name) {
        Some(number) => Some((Some(number), None, String::new())),
        None => {
            let plain = plain(name);
            let ended = is_picture(name);
            let caption = if ended { String::new() } else { name.to_owned() };
            Some((None, Some(plain), caption))
        }
    }
}

/// 图1, 图一 on a line of its own, or with a caption behind a space or colon.
fn bare(text: &str) -> Option<Whole> {
    let rest = WORDS.iter().find_map(|word| text.strip_prefix(word))?;
    let end = rest.find(|c| !numeral::is_digit(c)).unwrap_or(rest.len());
    let number = numeral::read(&rest[..end]).filter(|n| (1..100).contains(n))?;
    let behind = &rest[end..];
    let parted = behind.is_empty() || behind.starts_with([' ', '\u{3000}', ':', '：']);
    let caption = behind.trim_matches([' ', '\u{3000}', ':', '：']);
    let fits = caption.chars().count() <= CAPTION && !caption.ends_with(['。', '！', '？']);
    (parted && fits).then(|| (Some(number), None, caption.to_owned()))
}
