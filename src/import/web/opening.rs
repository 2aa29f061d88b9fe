//! What the text of a page begins with and the head should hold: the title again and
//! what stands above it, a subtitle, the line of date and source.

use std::ops::Range;

use crate::article::{Block, Part, Place};
use crate::diag::Code;
use crate::import::draft::Draft;
use crate::import::fields::{self, Fields};

use super::above::is_values;
use super::body::{CHROME, TEXT_WIDTH, consume, values_of};
use super::head::{self, Head};
use super::shape;
use super::walk::{Item, Words};

const REPEATED: Code = Code::new("read-repeated");
const META_LINE: Code = Code::new("read-meta-line");
const SUBTITLE: Code = Code::new("read-subtitle-dash");
const KICKER: Code = Code::new("web-kicker-above");
const TITLE_BODY: Code = Code::new("web-title-body");

/// The title within the text, and what stands above it: where the head holds it, a
/// 引题; where the page told nothing but the name of its site, the lists of links of
/// the page as well.
pub(super) fn title(
    draft: &mut Draft,
    items: &mut Vec<Item>,
    head: &Head,
    lines: &mut Vec<String>,
) {
    let title = draft.article.title_text();
    let mut found = None;
    for (at, item) in items.iter().take(12).enumerate() {
        let Item::Words(words) = item else { break };
        let text = words.text();
        if text.ends_with('。') || shape::half_units(&text) >= TEXT_WIDTH || !words.is_plain() {
            break;
        }
        let valued = match items.get(at + 1) {
            Some(Item::Words(next)) => {
                fields::parse(&next.text()).is_some_and(|f| f.is_head_line())
            }
            _ => false,
        };
        let again = head::same(&text, &title) || head::same(&text, &head.written);
        let stands_out = words.look.heading > 0 || shape::stands_out(words);
        let fits = stands_out && (4..=60).contains(&text.chars().count()) && !words.is_linked();
        let first = words.look.heading == 1;
        if (again && at > 0) || (!head.seen && (valued || first) && fits && !again) {
            found = Some((at, again));
            break;
        }
    }
    let Some((at, again)) = found else { return };
    if again && at > 3 {
        return;
    }
    // What leads to other pages stands before the article begins.
    let links = items[..at].iter().rposition(|i| matches!(i, Item::Words(w) if w.is_linked()));
    if again && links.is_some() {
        return;
    }
    let mut rest: Vec<Words> = Vec::new();
    for (n, item) in items.drain(..=at).enumerate() {
        let Item::Words(words) = item else { continue };
        if links.is_some_and(|last| n <= last) {
            consume(draft, &words, CHROME);
            lines.push(words.text());
        } else {
            rest.push(words);
        }
    }
    let Some(own) = rest.pop() else { return };
    if again {
        consume(draft, &own, REPEATED);
    } else {
        draft.article.meta.series = None;
        head::set_title(draft, &own.text(), own.line, 0.75, TITLE_BODY);
    }
    let lone = rest.len() == 1;
    let is_kicker = |words: &mut Words| {
        let stands_out = words.look.heading > 0 || shape::stands_out(words);
        let short = shape::half_units(&words.text()) <= 64;
        short && (stands_out || lone) && !is_values(&words.text())
    };
    if draft.article.meta.kicker.is_empty()
        && let Some(kicker) = rest.pop_if(is_kicker)
    {
        draft.article.meta.kicker = shape::unstrong(kicker.inlines);
        let sure = if lone { 0.7 } else { 0.6 };
        draft.origin(Place::part(Part::Kicker), kicker.line, sure, KICKER);
    }
    items.splice(0..0, rest.into_iter().map(Item::Words));
}

/// Takes over what the text begins with and the head should hold: the title again,
/// a subtitle, the line of date and source.
pub(super) fn values(draft: &mut Draft, items: &mut Vec<Item>, written: &str) {
    let mut first = true;
    for _ in 0..8 {
        if matches!(items.first(), Some(Item::Block(Block::Rule, ..))) {
            // It parted the head from the text.
            items.remove(0);
            continue;
        }
        let Some(Item::Words(words)) = items.first() else { return };
        if !words.is_plain() {
            return;
        }
        let words = words.clone();
        let text = words.text();
        let title = draft.article.title_text();
        let untitled = draft.findings.iter().any(|f| f.code == head::TITLE_MISSING);
        let stands_out = words.look.heading > 0 || shape::stands_out(&words);
        if untitled && first && stands_out && text.chars().count() <= 60 {
            draft.findings.retain(|f| f.code != head::TITLE_MISSING);
            head::set_title(draft, &text, words.line, 0.8, TITLE_BODY);
        } else if head::same(&text, &title) || head::same(&text, written) {
            consume(draft, &words, REPEATED);
        } else if fields::parse(&text)
            .is_some_and(|f| f.is_head_line() || f.is_dated_byline(&text) || is_by(&f, &text))
        {
            values_of(draft, &words, META_LINE);
        } else if is_subtitle(&text) && draft.article.meta.subtitle.is_empty() {
            draft.article.meta.subtitle = words.inlines.clone();
            draft.origin(Place::part(Part::Subtitle), words.line, 0.8, SUBTITLE);
        } else {
            return;
        }
        items.remove(0);
        first = false;
    }
}

/// 2024年4月21日 由 叶子, below a title.
fn is_by(found: &Fields, text: &str) -> bool {
    let by = |r: &Range<usize>| matches!(&text[r.clone()], "由" | "by" | "By");
    found.dates.len() == 1 && found.loose.len() <= 3 && found.loose.iter().any(by)
}

fn is_subtitle(text: &str) -> bool {
    text.starts_with('—')
        && shape::half_units(text) <= 80
        && !text.trim_start_matches('—').trim().is_empty()
        && !text.ends_with(['。', '；', '，'])
}
