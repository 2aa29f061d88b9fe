//! The items of a page's text into the article: what stands at the end is taken over
//! as values, furniture is consumed, the rest becomes blocks.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Aside, Block, Inline, Inlines, Part, Place, Step, plain_text};
use crate::diag::{Code, Finding};
use crate::import::draft::{Draft, SourceLine};
use crate::import::labels::Label;
use crate::import::runs::cut_start;
use crate::import::{fields, notice};

use super::above;
use super::chrome::is_chrome;
use super::head::Head;
use super::opening;
use super::shape::{self, Group, Heading};
use super::site::Site;
use super::walk::{Item, Words, visible};

const PARAGRAPH: Code = Code::new("read-stated");
const PICTURE: Code = Code::new("web-picture");
const ASIDE: Code = Code::new("read-aside-mark");
const CREDIT_LINE: Code = Code::new("read-credit-line");
pub(super) const CHROME: Code = Code::new("web-chrome-line");
const SEPARATOR: Code = Code::new("read-separator");

/// Credits stand within so many items of the end.
const TAIL: usize = 24;
/// A paragraph this wide, in half-width units, ends the search for credits.
pub(super) const TEXT_WIDTH: usize = 120;

/// Reads the items into the draft; gives the lines that were furniture and how
/// many characters they had.
pub(super) fn read(
    draft: &mut Draft,
    items: Vec<Item>,
    attachments: Vec<Item>,
    head: &Head,
    sites: &[&Site],
) -> (Vec<String>, usize) {
    let mut lines = Vec::new();
    let mut kept: Vec<Item> = Vec::new();
    for item in shape::join(items) {
        match &item {
            Item::Words(words) if words.is_plain() && is_chrome(&words.text(), sites) => {
                consume(draft, words, CHROME);
                lines.push(words.text());
            }
            _ => kept.push(item),
        }
    }
    opening::title(draft, &mut kept, head, &mut lines);
    opening::values(draft, &mut kept, &head.written);
    let credits = tail(&mut kept);
    let mut kept = shape::numbered(kept);
    kept.extend(shape::join(attachments));
    blocks(draft, kept.into_iter().map(Some).collect());
    let account = stated_source(draft, &credits, head);
    for words in credits {
        values_of(draft, &words, CREDIT_LINE);
    }
    if let Some(account) = account {
        above::keep(draft, &account);
    }
    let inside = lines.iter().map(|line| visible(line)).sum();
    (lines, inside)
}

/// Records the words of elements that are no part of the text.
pub(super) fn consume_chrome(draft: &mut Draft, texts: &[(String, usize)]) {
    for (text, number) in texts {
        let line = SourceLine { number: *number, text };
        draft.consume(&Place::part(Part::Body), line, 0..text.len(), CHROME, "");
    }
}

/// Records words as no part of the text.
pub(super) fn consume(draft: &mut Draft, words: &Words, rule: Code) {
    let text = words.text();
    let line = SourceLine { number: words.line, text: &text };
    draft.consume(&Place::part(Part::Body), line, 0..text.len(), rule, "");
}

/// A source that the text states in its credits goes before the name of the account
/// that published it; gives that name.
fn stated_source(draft: &mut Draft, credits: &[Words], head: &Head) -> Option<String> {
    let states = |text: &String| {
        fields::parse(text.trim()).is_some_and(|f| {
            f.fields.iter().any(|x| x.label == Label::Source && !x.value.is_empty())
        })
    };
    let stated = credits.iter().any(|w| shape::parted(&w.inlines).iter().any(states));
    if head.account && stated { draft.article.meta.source.take() } else { None }
}

/// Takes over the values in each line of words.
pub(super) fn values_of(draft: &mut Draft, words: &Words, reason: Code) {
    for text in shape::parted(&words.inlines) {
        above::apply(draft, text.trim(), words.line, (0.9, reason), &[]);
    }
}

/// Cuts the credits off the end: below the last real paragraph, whatever pictures
/// and farewells stand among them.
fn tail(items: &mut Vec<Item>) -> Vec<Words> {
    let is_credit = |text: &str| fields::parse(text).is_some_and(|f| f.is_credit_line());
    let is_date = |text: &str| fields::parse(text).is_some_and(|f| f.is_date_only());
    let mut out: Vec<Words> = Vec::new();
    let mut at = items.len();
    let mut only_values = true;
    while at > 0 && items.len() - at < TAIL {
        at -= 1;
        let Item::Words(words) = &items[at] else {
            only_values &= matches!(items[at], Item::Block(Block::Rule, ..));
            continue;
        };
        let parted = shape::parted(&words.inlines);
        let lines: Vec<&str> = parted.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
        let credits = lines.iter().any(|l| is_credit(l));
        // A date counts only where nothing else stands below the text.
        let fits = lines.iter().all(|l| is_credit(l) || is_date(l)) && (credits || only_values);
        if fits && !lines.is_empty() && words.is_plain() {
            let Item::Words(words) = items.remove(at) else { continue };
            out.insert(0, words);
        } else if shape::half_units(&words.text()) >= TEXT_WIDTH {
            break;
        } else {
            only_values = false;
        }
    }
    if !out.is_empty() {
        // The rule that parted them from the text parts nothing any more.
        while matches!(items.last(), Some(Item::Block(Block::Rule, ..))) {
            items.pop();
        }
    }
    out
}

fn blocks(draft: &mut Draft, mut items: Vec<Option<Item>>) {
    let groups = shape::groups(&items);
    let starts: BTreeMap<usize, &Group> = groups.iter().map(|g| (g.pictures.start, g)).collect();
    let captions: BTreeSet<usize> = groups.iter().filter_map(Group::caption_at).collect();
    let heads: BTreeMap<usize, Heading> =
        shape::headings(&items, &captions).into_iter().map(|h| (h.at, h)).collect();
    let mut waiting: Option<notice::Opening> = None;
    for at in 0..items.len() {
        if let Some(group) = starts.get(&at) {
            let line = match &items[at] {
                Some(Item::Picture(picture)) => picture.line,
                _ => 1,
            };
            let place = draft.next_place();
            if let Some((_, sure, why)) = group.caption {
                draft.origin(place.clone().then(Step::Caption), line, sure, why);
            }
            let (figure, mark) = shape::figure(&mut items, group);
            if let Some(mark) = mark {
                let source = SourceLine { number: line, text: &mark };
                draft.consume(&place.then(Step::Caption), source, 0..mark.len(), SEPARATOR, "");
            }
            draft.push(Block::Figure(figure), line, 1.0, PICTURE);
            continue;
        }
        if captions.contains(&at) {
            continue;
        }
        match items[at].take() {
            Some(Item::Words(words)) => {
                self::words(draft, words, heads.get(&at), &mut waiting);
            }
            Some(Item::Block(block, line, sure, why)) => other(draft, block, line, sure, why),
            Some(Item::Picture(_)) | None => {}
        }
    }
}

fn words(
    draft: &mut Draft,
    words: Words,
    head: Option<&Heading>,
    waiting: &mut Option<notice::Opening>,
) {
    if let Some(opening) = waiting.take() {
        let place = draft.next_place().then(Step::Block(0));
        draft.origin(place, words.line, 0.95, ASIDE);
        let blocks = vec![Block::Paragraph(words.inlines)];
        let aside = Block::Aside(Aside { kind: opening.kind, blocks });
        return draft.push(aside, words.line, 0.95, ASIDE);
    }
    let text = words.text();
    if let Some(opening) = opening(&words.inlines) {
        let place = draft.next_place().then(Step::Block(0));
        let source = SourceLine { number: words.line, text: &text };
        draft.consume_rest(&place, source, opening.mark.clone(), &[]);
        let mut inlines = words.inlines;
        cut_start(&mut inlines, opening.mark.end);
        shape::settle(&mut inlines);
        if inlines.is_empty() {
            *waiting = Some(opening);
            return;
        }
        draft.origin(place, words.line, 0.95, ASIDE);
        let blocks = vec![Block::Paragraph(inlines)];
        let aside = Block::Aside(Aside { kind: opening.kind, blocks });
        return draft.push(aside, words.line, 0.95, ASIDE);
    }
    match head {
        Some(head) => {
            let text = shape::unstrong(words.inlines);
            let block = Block::Heading(crate::article::Heading { level: head.level, text });
            draft.push(block, words.line, head.sure, head.why);
        }
        None => draft.push(Block::Paragraph(words.inlines), words.line, 1.0, PARAGRAPH),
    }
}

/// The mark of an aside that words open with; it may be strong, with the text
/// right behind it.
fn opening(inlines: &Inlines) -> Option<notice::Opening> {
    let whole = plain_text(inlines);
    notice::opening(&whole, true).or_else(|| {
        let first =
            inlines.first().filter(|i| matches!(i, Inline::Strong(_) | Inline::Emphasis(_)))?;
        let label = plain_text(std::slice::from_ref(first));
        notice::opening(&label, true).filter(|found| found.mark.end == label.len())
    })
}

fn other(draft: &mut Draft, block: Block, line: usize, sure: f32, why: Code) {
    // A quotation that opens with 编者按 is one.
    let block = match block {
        Block::Quote(mut inner) => {
            let found = match inner.first() {
                Some(Block::Paragraph(inlines)) => opening(inlines),
                _ => None,
            };
            match (found, inner.first_mut()) {
                (Some(found), Some(Block::Paragraph(inlines))) => {
                    let text = plain_text(inlines);
                    let source = SourceLine { number: line, text: &text };
                    let place = draft.next_place().then(Step::Block(0));
                    draft.consume_rest(&place, source, found.mark.clone(), &[]);
                    cut_start(inlines, found.mark.end);
                    shape::settle(inlines);
                    if inlines.is_empty() && inner.len() > 1 {
                        inner.remove(0);
                    }
                    Block::Aside(Aside { kind: found.kind, blocks: inner })
                }
                _ => Block::Quote(inner),
            }
        }
        Block::Table(mut table) => {
            caption_above(draft, &mut table);
            Block::Table(table)
        }
        other => other,
    };
    if let Block::Unknown { .. } = &block {
        draft.say(Finding::warning(why).line(line).place(draft.next_place()));
    }
    draft.push(block, line, sure, why);
}

/// 表1 and its kin right above a table are its caption.
fn caption_above(draft: &mut Draft, table: &mut crate::article::Table) {
    if !table.caption.is_empty() {
        return;
    }
    let Some(
        Block::Paragraph(inlines) | Block::Heading(crate::article::Heading { text: inlines, .. }),
    ) = draft.article.body.last()
    else {
        return;
    };
    let text = plain_text(inlines);
    let numbered = text
        .strip_prefix(['表', '附'])
        .map(|rest| rest.trim_start_matches('表').trim_start())
        .is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        });
    if numbered && shape::half_units(&text) <= 100 && !text.ends_with(['。', '：', '；']) {
        table.caption = shape::unstrong(inlines.clone());
        draft.article.body.pop();
    }
}
