//! From items to blocks of the model, by a plan that says what each item is. What
//! stands in cells, notes and text boxes needs no plan but its captions.

use crate::article::{Block, Figure, Heading, Image, Inline, Inlines};
use crate::diag::Code;

use super::item::{Item, Para};
use super::lists::Lists;
use super::numbering::Shown;
use super::plan::{Plan, Role};
use super::tables;

const PARAGRAPH: Code = Code::new("read-word-paragraph");
const LIST: Code = Code::new("read-word-list");
const TABLE: Code = Code::new("read-word-table");
const FIGURE: Code = Code::new("read-word-picture");
const QUOTE: Code = Code::new("read-word-quote");
const TEXT_BOX: Code = Code::new("read-word-text-box");
const FOREIGN: Code = Code::new("read-word-foreign-part");

/// A block and how sure that is.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) block: Block,
    pub(super) confidence: f32,
    pub(super) reason: Code,
    /// How sure its caption is.
    pub(super) caption: Option<(f32, Code)>,
}

/// The blocks of items that stand in a cell, a note or a text box.
pub(super) fn blocks(items: &[Item]) -> Vec<Block> {
    let plan = Plan::plain(items);
    build(items, &plan).into_iter().map(|built| built.block).collect()
}

/// The blocks of items as planned.
pub(super) fn build(items: &[Item], plan: &Plan) -> Vec<Built> {
    let mut out = Out::default();
    for (index, item) in items.iter().enumerate() {
        match (&plan.roles[index], item) {
            (Role::Taken, _) => {}
            (Role::Figure { last, caption }, _) => {
                out.close_list();
                figure(items, index..=*last, *caption, &mut out);
            }
            (_, Item::Table(grid)) => {
                out.close_list();
                let caption = plan.caption_of_table(index);
                for (block, figure) in tables::read(grid, caption.and_then(|c| para(items, c.at))) {
                    let reason = if figure { FIGURE } else { TABLE };
                    let sure = if figure { 0.7 } else { 1.0 };
                    out.push(block, sure, reason, caption.map(|c| (c.confidence, c.reason)));
                }
            }
            (_, Item::Foreign(text, why)) => {
                out.close_list();
                let block = Block::Unknown { text: text.clone(), why: (*why).to_owned() };
                out.push(block, 0.5, FOREIGN, None);
            }
            (Role::Heading { level, confidence, reason }, Item::Paragraph(para)) => {
                out.close_list();
                let heading = Heading { level: *level, text: numbered(para, true) };
                let mut after = Vec::new();
                pictures(para, &mut after);
                out.push(Block::Heading(heading), *confidence, *reason, None);
                out.extend(after, FIGURE);
                boxes(para, &mut out);
            }
            (_, Item::Paragraph(para)) => paragraph(para, &mut out),
        }
    }
    out.close_list();
    out.built
}

fn para(items: &[Item], at: usize) -> Option<&Para> {
    match items.get(at) {
        Some(Item::Paragraph(para)) => Some(para),
        _ => None,
    }
}

/// What has been built, and the list that is open.
#[derive(Default)]
struct Out {
    built: Vec<Built>,
    lists: Lists,
    quote: bool,
}

impl Out {
    fn push(&mut self, block: Block, confidence: f32, reason: Code, caption: Option<(f32, Code)>) {
        self.quote = false;
        self.built.push(Built { block, confidence, reason, caption });
    }

    fn extend(&mut self, blocks: Vec<Block>, reason: Code) {
        for block in blocks {
            self.push(block, 0.9, reason, None);
        }
    }

    fn close_list(&mut self) {
        if let Some(list) = self.lists.close() {
            self.push(list, 1.0, LIST, None);
        }
    }
}

fn paragraph(para: &Para, out: &mut Out) {
    let listed = match para.number.as_ref().map(|n| (&n.shown, n.level)) {
        Some((Shown::Bullet, level)) => Some((None, level)),
        Some((Shown::Plain(n), level)) => Some((Some(*n), level)),
        _ => None,
    };
    if let Some((number, level)) = listed {
        let blocks = inner(para);
        if !blocks.is_empty()
            && let Some(ended) = out.lists.add(level, number, blocks)
        {
            out.push(ended, 1.0, LIST, None);
        }
        return;
    }
    let deeper = para.number.as_ref().is_some_and(|n| n.level > 0);
    let goes_on = deeper || para.meaning == Some(super::styles::Meaning::ListText);
    if goes_on && out.lists.is_open() {
        out.lists.go_on(inner(para));
        return;
    }
    out.close_list();
    let mut before = Vec::new();
    if para.opens_with_picture() {
        pictures(para, &mut before);
    }
    let first = before.is_empty();
    out.extend(before, FIGURE);
    let text = numbered(para, false);
    if !text.is_empty() {
        let block = Block::Paragraph(text);
        let is_quote =
            para.meaning == Some(super::styles::Meaning::Quote) || (para.look.inset && first);
        match out.built.last_mut().filter(|_| is_quote && out.quote).map(|b| &mut b.block) {
            Some(Block::Quote(inner)) => inner.push(block),
            _ if is_quote => {
                out.push(Block::Quote(vec![block]), 0.8, QUOTE, None);
                out.quote = true;
            }
            _ => out.push(block, 1.0, PARAGRAPH, None),
        }
    }
    if first {
        let mut after = Vec::new();
        pictures(para, &mut after);
        out.extend(after, FIGURE);
    }
    boxes(para, out);
}

/// The blocks of a paragraph that stands in a list.
fn inner(para: &Para) -> Vec<Block> {
    let mut out = Vec::new();
    let text = match para.number.as_ref().map(|n| &n.shown) {
        Some(Shown::Bullet | Shown::Plain(_)) => para.inlines(false),
        _ => numbered(para, false),
    };
    if !text.is_empty() {
        out.push(Block::Paragraph(text));
    }
    pictures(para, &mut out);
    for items in para.boxes() {
        out.extend(blocks(items));
    }
    out
}

/// The characters of a paragraph with the number that Word shows before them.
pub(super) fn shown_text(para: &Para) -> String {
    let mut text = para.text();
    match para.number.as_ref().map(|n| &n.shown) {
        Some(Shown::Written(number)) if !text.is_empty() => text.insert_str(0, number),
        Some(Shown::Plain(n)) if !text.is_empty() => text.insert_str(0, &format!("{n}. ")),
        _ => {}
    }
    text
}

/// The text of a paragraph with the number that Word shows before it.
pub(super) fn numbered(para: &Para, plain: bool) -> Inlines {
    let mut text = para.inlines(plain);
    let number = match para.number.as_ref().map(|n| &n.shown) {
        Some(Shown::Written(number)) => number.clone(),
        Some(Shown::Plain(n)) => format!("{n}. "),
        _ => return text,
    };
    if text.is_empty() {
        return text;
    }
    match text.first_mut() {
        Some(Inline::Text(first)) => first.insert_str(0, &number),
        _ => text.insert(0, Inline::Text(number)),
    }
    text
}

fn pictures(para: &Para, out: &mut Vec<Block>) {
    let images: Vec<Image> = images(para).collect();
    if !images.is_empty() {
        out.push(Block::Figure(Figure { images, ..Figure::default() }));
    }
}

fn images(para: &Para) -> impl Iterator<Item = Image> + '_ {
    para.pictures().map(|shot| Image { name: shot.name.clone(), alt: shot.alt.clone() })
}

fn boxes(para: &Para, out: &mut Out) {
    for items in para.boxes() {
        for block in blocks(items) {
            out.push(block, 0.7, TEXT_BOX, None);
        }
    }
}

/// Pictures that stand together, with the words below or above them.
fn figure(
    items: &[Item],
    range: std::ops::RangeInclusive<usize>,
    caption: Option<super::plan::Caption>,
    out: &mut Out,
) {
    let mut figure = Figure::default();
    let mut beside = Vec::new();
    for at in range {
        let Some(para) = para(items, at) else { continue };
        figure.images.extend(images(para));
        beside.extend(para.boxes());
    }
    if let Some(words) = caption.and_then(|c| para(items, c.at)) {
        figure.caption = numbered(words, true);
        strip_pointer(&mut figure.caption);
    } else if let [only] = &beside[..]
        && let [Item::Paragraph(words)] = &only[..]
        && words.pictures().next().is_none()
    {
        // A text box beside a lone picture is where people put its caption.
        figure.caption = words.inlines(true);
        beside.clear();
    }
    let trust = caption.map(|c| (c.confidence, c.reason));
    out.push(Block::Figure(figure), 1.0, FIGURE, trust);
    for items in beside {
        for block in blocks(items) {
            out.push(block, 0.7, TEXT_BOX, None);
        }
    }
}

/// Drops the mark that points from a caption to its picture.
fn strip_pointer(caption: &mut Inlines) {
    if let Some(Inline::Text(text)) = caption.first_mut() {
        let kept = text.trim_start_matches(['▲', '△', '▼', '▽', '↑', '↓', ' ']).len();
        text.drain(..text.len() - kept);
    }
}
