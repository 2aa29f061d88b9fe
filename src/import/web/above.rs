//! The lines of a page above its text: where the title stands among them, what stands
//! right above it, and the values between title and text. Nothing between them is
//! lost: what is no value is kept with the meta data or as a paragraph.

use std::collections::BTreeSet;
use std::ops::Range;

use dom_query::{NodeId, NodeRef};

use crate::article::{Block, Inline, Part, Place};
use crate::diag::Code;
use crate::import::date::{self, Reading};
use crate::import::draft::{Draft, SourceLine};
use crate::import::{fields, values};

use super::chrome;
use super::head::{META_LINE, SUBTITLE, TITLE_LENGTH, same, squeezed};
use super::parse::{self, Page};
use super::shape;
use super::site::Site;
use super::walk::{Item, Rules, Walker};

const KICKER: Code = Code::new("web-kicker-above");
const BETWEEN: Code = Code::new("web-between");

/// A line above a title, and words beside date and source, are no longer than this.
const SHORT: usize = 40;
/// A line of values is no longer than this.
const VALUES: usize = 160;

/// A line above the text.
pub(super) struct Above {
    pub(super) text: String,
    /// The same with the words of each element set apart.
    spaced: String,
    pub(super) line: usize,
    pub(super) heading: bool,
    /// Whether it is strong or in the middle.
    pub(super) stands_out: bool,
    /// Whether most of it are links.
    linked: bool,
    element: usize,
}

/// The lines of the page above its text.
pub(super) fn lines(page: &Page, body: NodeRef<'_>, drop: &BTreeSet<NodeId>) -> Vec<Above> {
    let mut out = Vec::new();
    let Some(top) = page.document.body().filter(|top| top.id != body.id) else { return out };
    let walk = |spaced: bool| {
        let rules = Rules {
            stop: Some(body.id),
            flat: true,
            spaced,
            drop: drop.clone(),
            ..Rules::default()
        };
        let items = Walker::new(page, &rules).root(top);
        items
            .into_iter()
            .filter_map(|item| match item {
                Item::Words(words) if !words.inlines.is_empty() => Some(words),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    for (words, spaced) in walk(false).into_iter().zip(walk(true)) {
        out.push(Above {
            text: words.text(),
            spaced: spaced.text(),
            line: words.line,
            heading: words.look.heading > 0,
            stands_out: shape::stands_out(&words),
            linked: words.is_linked(),
            element: words.element,
        });
    }
    out
}

/// The lines that are a title, the last of them: one, or some of one element.
pub(super) fn place_of(lines: &[Above], title: &str) -> Option<(usize, usize)> {
    let title = squeezed(title);
    (0..lines.len()).rev().find_map(|start| {
        let mut joined = String::new();
        for (more, line) in lines[start..].iter().take(4).enumerate() {
            if more > 0 && line.element != lines[start].element {
                return None;
            }
            joined.push_str(&squeezed(&line.text));
            if joined == title && !joined.is_empty() {
                return Some((start, start + more + 1));
            }
            if !title.starts_with(&joined) {
                return None;
            }
        }
        None
    })
}

/// What the title's own element says below its first line, as a headline of two
/// lines does; gives how many lines those are.
pub(super) fn rest_of_title(lines: &[Above], from: usize, to: usize, sites: &[&Site]) -> usize {
    let mut length: usize = lines[from..to].iter().map(|l| l.text.chars().count()).sum();
    let same_element = |l: &&Above| {
        length += l.text.chars().count();
        let opens = l.text.starts_with(['—', '–', '-', '（', '(', '【', '[']);
        let ends = l.text.ends_with(['。', '；', '：', '，', ':']);
        l.element == lines[from].element
            && (lines[from].heading || l.stands_out == lines[from].stands_out)
            && length <= TITLE_LENGTH
            && !l.linked
            && !opens
            && !ends
            && !is_values(&l.text)
            && !chrome::is_chrome(&l.text, sites)
    };
    lines[to..].iter().take(2).take_while(same_element).count()
}

/// Whether a line holds any value that its label or its shape tells.
pub(super) fn is_values(text: &str) -> bool {
    fields::parse(text).is_some_and(|f| !f.fields.is_empty() || !f.dates.is_empty())
}

/// A line that stands out right above the line of date and author is the title of a
/// page that calls itself by its site's name.
pub(super) fn above_values(lines: &[Above], sites: &[&Site]) -> Option<usize> {
    let head = |l: &Above| {
        fields::parse(chrome::without(&l.spaced, sites)).is_some_and(|f| f.is_head_line())
    };
    let last = lines.iter().rposition(head)?;
    let at = lines[..last].iter().rposition(|l| !head(l) && !is_dashed(&l.text))?;
    let line = &lines[at];
    let fits = line.stands_out
        && !line.linked
        && (4..=TITLE_LENGTH).contains(&line.text.chars().count())
        && !line.text.ends_with('。')
        && !chrome::is_chrome(&line.text, sites);
    (fits && last - at <= 3).then_some(at)
}

fn is_dashed(text: &str) -> bool {
    text.starts_with('—') && text.chars().count() <= 60
}

/// The 引题: a short line right above the title, in the same part of the page, that is
/// neither the way to the page nor the name of its column.
pub(super) fn kicker(
    draft: &mut Draft,
    page: &Page,
    body: NodeRef<'_>,
    lines: &[Above],
    title: usize,
    sites: &[&Site],
) -> Option<String> {
    let line = lines.get(title.checked_sub(1)?)?;
    let text = line.text.trim();
    let plain = (3..=SHORT).contains(&text.chars().count())
        && !text.contains(['>', '»', '|', '｜', '：', ':', '/', '。', '©'])
        && text.chars().any(fields::is_han);
    let told = |l: &Above| l.text.contains(text);
    if !plain
        || line.linked
        || is_values(text)
        || chrome::is_chrome(text, sites)
        || lines[..title - 1].iter().any(told)
        || !draft.article.meta.kicker.is_empty()
        || same(text, &crate::article::plain_text(&draft.article.meta.subtitle))
        || !stands_right_above(page, body, text, &lines[title].text)
    {
        return None;
    }
    draft.article.meta.kicker = vec![Inline::Text(text.to_owned())];
    let sure = if line.heading || line.stands_out { 0.7 } else { 0.6 };
    draft.origin(Place::part(Part::Kicker), line.line, sure, KICKER);
    Some(text.to_owned())
}

/// Whether the elements of two lines stand one after the other in the same element.
fn stands_right_above(page: &Page, body: NodeRef<'_>, upper: &str, title: &str) -> bool {
    let Some(top) = page.document.body() else { return false };
    let title = squeezed(title);
    let begins = |n: &NodeRef<'_>| {
        n.is_text() && {
            let text = squeezed(&n.text());
            !text.is_empty() && title.starts_with(&text)
        }
    };
    let before = top.descendants_it().take_while(|n| n.id != body.id);
    let mut starts: Vec<NodeRef<'_>> = before.filter(begins).collect();
    let keep = starts.len().saturating_sub(3);
    starts.drain(..keep).for_each(drop);
    starts.into_iter().any(|start| {
        let mut at = start;
        // Out of the words to the element that holds the title alone.
        for _ in 0..8 {
            if let Some(before) = at.prev_element_sibling()
                && same(&parse::text_to(page, before.id, 400), upper)
            {
                return true;
            }
            let Some(parent) = at.parent().filter(|p| p.is_element()) else { return false };
            if !title.starts_with(&squeezed(&parse::text_to(page, parent.id, 800))) {
                return false;
            }
            at = parent;
        }
        false
    })
}

/// Takes over the lines between title and text; gives those that were used.
pub(super) fn between(draft: &mut Draft, lines: &[&Above], sites: &[&Site]) -> Vec<String> {
    let mut used = Vec::new();
    for line in lines.iter().take(12) {
        let text = chrome::without(&line.spaced, sites);
        let known = same(&line.text, &draft.article.title_text());
        if line.linked || text.chars().count() < 2 || chrome::is_chrome(&line.text, sites) || known
        {
            continue;
        }
        let values = fields::parse(text).filter(|f| {
            let some = !f.fields.is_empty() || !f.dates.is_empty();
            some && (f.loose.is_empty() || text.chars().count() <= VALUES)
        });
        if is_dashed(&line.text) && draft.article.meta.subtitle.is_empty() && used.is_empty() {
            draft.article.meta.subtitle = vec![Inline::Text(line.text.clone())];
            draft.origin(Place::part(Part::Subtitle), line.line, 0.8, SUBTITLE);
        } else if values.is_some() {
            values_of(draft, text, line.line, sites);
        } else if text.chars().count() <= SHORT && !text.contains(['。', '！', '？']) {
            let text = unknown(draft, text, sites);
            keep(draft, &text);
        } else {
            let text = vec![Inline::Text(line.text.clone())];
            draft.push(Block::Paragraph(text), line.line, 0.55, BETWEEN);
        }
        used.push(line.text.clone());
    }
    used
}

/// Takes the values near the text over where no line is known to be the title.
pub(super) fn near(draft: &mut Draft, lines: &[Above], sites: &[&Site]) -> Vec<String> {
    let mut used = Vec::new();
    for line in &lines[lines.len().saturating_sub(6)..] {
        let text = chrome::without(&line.spaced, sites);
        if fields::parse(text).is_some_and(|f| f.is_head_line() || f.is_dated_byline(text)) {
            values_of(draft, text, line.line, sites);
            used.push(line.text.clone());
        }
    }
    used
}

/// Takes a line over that holds values, what has no label with them; gives whether it
/// held any.
pub(super) fn values_of(draft: &mut Draft, text: &str, number: usize, sites: &[&Site]) -> bool {
    apply(draft, text, number, (0.95, META_LINE), sites)
}

/// As [`values_of`], with how sure it is and why.
pub(super) fn apply(
    draft: &mut Draft,
    text: &str,
    number: usize,
    (sure, why): (f32, Code),
    sites: &[&Site],
) -> bool {
    let mut text = unknown(draft, text, sites);
    let mut rest = String::new();
    if let Some(range) = behind_date(&text) {
        rest = text[range.clone()].trim().to_owned();
        text.replace_range(range, "");
    }
    let Some(found) = fields::parse(&text) else { return false };
    if found.fields.is_empty() && found.dates.is_empty() {
        return false;
    }
    values::apply(draft, SourceLine { number, text: &text }, &found);
    draft.origin(Place::part(Part::Meta), number, sure, why);
    match fields::parse(&rest).filter(fields::Fields::is_credit_line) {
        Some(found) => values::apply(draft, SourceLine { number, text: &rest }, &found),
        None => keep(draft, &rest),
    }
    true
}

/// What stands behind a day that is clear without it, as 责编 何知秋 does behind
/// 时间：2022-03-25 with nothing but a space between.
fn behind_date(text: &str) -> Option<Range<usize>> {
    let found = fields::parse(text)?;
    let unclear = found.dates.iter().filter(|(_, d)| !matches!(d, Some(Reading::Day(_))));
    unclear.map(|(range, _)| range).find_map(|range| {
        let written = &text[range.clone()];
        let end = written.find(char::is_whitespace)?;
        let day = matches!(date::read(&written[..end]), Some(Reading::Day(_)));
        day.then_some(range.start + end..range.end)
    })
}

/// A line without the words that the head holds already, as the name of an account,
/// and without buttons.
fn unknown(draft: &Draft, text: &str, sites: &[&Site]) -> String {
    let Some(found) = fields::parse(text).filter(|f| !f.loose.is_empty()) else {
        return text.to_owned();
    };
    let meta = &draft.article.meta;
    let names = meta.credits.iter().flat_map(|c| &c.names);
    let known: Vec<&str> =
        names.chain(&meta.source).chain(&meta.column).map(String::as_str).collect();
    let mut out = text.to_owned();
    let mut met = false;
    for range in found.loose.iter().rev() {
        let word = &text[range.clone()];
        let by = met && matches!(word, "由" | "by" | "By" | "BY");
        met = known.contains(&word);
        if met || by || chrome::is_chrome(word, sites) {
            out.replace_range(range.clone(), "");
        }
    }
    out.trim().to_owned()
}

/// Keeps words that nothing says the meaning of.
pub(super) fn keep(draft: &mut Draft, text: &str) {
    if text.is_empty() {
        return;
    }
    let entry = draft.article.meta.extra.entry("meta-line".to_owned()).or_default();
    if !entry.is_empty() {
        entry.push_str("; ");
    }
    entry.push_str(text);
}
