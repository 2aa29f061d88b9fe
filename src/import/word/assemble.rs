//! Puts a Word file's items together to an article: head, text, credits, signature.

use std::collections::BTreeSet;

use crate::article::{Block, Step};
use crate::diag::Code;
use crate::import::draft::{Draft, SourceLine};
use crate::import::{asides, photo_credit, text};

use super::item::Item;
use super::plan::Plan;
use super::{head, structure, tail};

const ASIDE: Code = Code::new("read-aside-mark");

/// Puts head, text and credits into the draft.
pub(super) fn assemble(draft: &mut Draft, items: Vec<Item>, name: &str) {
    let items = unboxed(items);
    let mut taken = head::read(draft, &items, name).taken;
    let credits = tail::find(&items, &taken);
    taken.extend(credits.iter().map(|(i, _)| *i));
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
    tail::take(draft, &credits);
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
