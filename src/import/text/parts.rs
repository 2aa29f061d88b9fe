//! Several articles in one file: where each begins. Two kinds of evidence count:
//! titles with a date line below them, all of one shape, and rules or page breaks
//! with a title behind each. A chronicle and a text that quotes dates are one
//! article: every date of theirs would have to stand below a title.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{half_units, headings, is_prose, is_rule};
use crate::import::draft::SourceLine;
use crate::import::{date, fields, numeral, picture};

/// One article of a file, as numbers of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) lines: Range<usize>,
    /// Whether its title begins with its number in the file.
    pub(super) numbered: bool,
}

/// A title is at least and at most this wide, in half-width units.
const TITLE: Range<usize> = 10..121;
/// The text of an article is at least this wide.
const TEXT: usize = 120;
/// A line of it is prose from this width on.
const PROSE: usize = 50;

/// The articles of a file; one where there is no clear sign of several. `pages`
/// are the numbers of lines that begin a page.
pub(super) fn split(lines: &[SourceLine<'_>], pages: &[usize]) -> Vec<Part> {
    dated(lines)
        .or_else(|| parted(lines, pages))
        .unwrap_or_else(|| vec![Part { lines: 0..lines.len(), numbered: false }])
}

/// The place of a title and of the date line below it.
struct Opening {
    title: usize,
    date: usize,
    form: String,
    gap: usize,
}

fn dated(lines: &[SourceLine<'_>]) -> Option<Vec<Part>> {
    let dates: Vec<(usize, String)> =
        (0..lines.len()).filter_map(|at| Some((at, date_form(lines[at].text)?))).collect();
    let openings: Vec<Opening> =
        dates.iter().filter_map(|(at, form)| opening(lines, *at, form)).collect();
    let [first, second, ..] = &openings[..] else { return None };
    let alike = openings.iter().all(|o| o.form == first.form && (o.gap > 1) == (first.gap > 1));
    // A first article may have lines above its title, but no text.
    let at_once = first.title <= 2 && !lines[..first.title].iter().any(|l| is_prose(l.text, PROSE));
    if !alike || !at_once || second.title <= first.date {
        return None;
    }
    let mut starts: Vec<usize> = openings.iter().map(|o| o.title).collect();
    starts[0] = 0;
    let parts = between(&starts, lines.len());
    let own: BTreeSet<usize> = openings.iter().map(|o| o.date).collect();
    let ends: BTreeSet<usize> = parts.iter().flat_map(|p| p.end.saturating_sub(4)..p.end).collect();
    let strays = dates.iter().any(|(at, _)| !own.contains(at) && !ends.contains(at));
    let texts = openings.iter().zip(&parts).all(|(o, part)| has_text(&lines[o.date + 1..part.end]));
    (texts && !strays)
        .then(|| parts.into_iter().map(|lines| Part { lines, numbered: false }).collect())
}

fn between(starts: &[usize], end: usize) -> Vec<Range<usize>> {
    starts
        .iter()
        .enumerate()
        .map(|(i, start)| *start..starts.get(i + 1).copied().unwrap_or(end))
        .collect()
}

/// The title that stands above the date of line `at`.
fn opening(lines: &[SourceLine<'_>], at: usize, form: &str) -> Option<Opening> {
    let above = at.checked_sub(1)?;
    if !is_title(lines[above].text) {
        return None;
    }
    // 引题 and 副题 go with the title; more than three lines are something else.
    let mut title = above;
    while title > 0 && above - title < 2 && is_title(lines[title - 1].text) {
        title -= 1;
    }
    let gap = lines[at].number - lines[above].number;
    Some(Opening { title, date: at, form: form.to_owned(), gap })
}

fn is_title(text: &str) -> bool {
    TITLE.contains(&half_units(text))
        && !super::ends_sentence(text.trim_end_matches(['！', '？', '!', '?']))
        && !text.ends_with(['；', '：', '，', '、', ':', ','])
        && headings::number_rank(text).is_none()
        && !is_rule(text)
        && picture::bare(text).is_none()
        && date::read(text).is_none()
        && !fields::parse(text).is_some_and(|f| f.is_credit_line() || f.is_head_line())
}

/// The shape of the date in a line that stands below a title: 0-0-0, 0年0月0日.
fn date_form(text: &str) -> Option<String> {
    let found = fields::parse(text).filter(fields::Fields::is_head_line)?;
    let (range, _) = found.dates.iter().find(|(_, d)| matches!(d, Some(date::Reading::Day(_))))?;
    let mut form = String::new();
    for c in text[range.clone()].chars() {
        if !numeral::is_digit(c) {
            form.push(c);
        } else if !form.ends_with('0') {
            form.push('0');
        }
    }
    Some(form)
}

fn has_text(lines: &[SourceLine<'_>]) -> bool {
    let prose = lines.iter().filter(|l| is_prose(l.text, PROSE));
    prose.map(|l| half_units(l.text)).sum::<usize>() >= TEXT
}

/// Articles parted by rules or page breaks.
fn parted(lines: &[SourceLine<'_>], pages: &[usize]) -> Option<Vec<Part>> {
    let strong =
        |text: &str| is_rule(text) && text.chars().filter(|c| !c.is_whitespace()).count() >= 5;
    let mut starts = vec![0];
    for at in 1..lines.len() {
        let paged = pages.iter().any(|p| lines[at - 1].number < *p && *p <= lines[at].number);
        if strong(lines[at - 1].text) || paged {
            starts.push(at);
        }
    }
    if starts.len() < 2 || starts.len() > 500 {
        return None;
    }
    let parts = between(&starts, lines.len());
    let numbers: Vec<Option<u32>> = parts.iter().map(|p| number(lines[p.start].text)).collect();
    let counted = numbers.iter().zip(1..).all(|(n, i)| *n == Some(i));
    let whole = parts.iter().all(|part| {
        let inner = &lines[part.clone()];
        let titled =
            is_title(after_number(inner[0].text)) && (counted || number(inner[0].text).is_none());
        let vouched = counted
            || inner.iter().take(4).any(|l| date_form(l.text).is_some())
            || inner.iter().rev().filter(|l| !is_rule(l.text)).take(2).any(|l| {
                fields::parse(l.text).is_some_and(|f| f.is_credit_line() || f.is_date_only())
            });
        titled && vouched && has_text(&inner[1..])
    });
    whole.then(|| parts.into_iter().map(|lines| Part { lines, numbered: counted }).collect())
}

fn number(text: &str) -> Option<u32> {
    let rank = headings::number_rank(text)?;
    (rank != 2).then_some(())?;
    headings::number(text)
}

/// A title without the number it begins with.
pub(super) fn after_number(text: &str) -> &str {
    if headings::number_rank(text).is_none() {
        return text;
    }
    text.trim_start_matches(|c: char| {
        numeral::is_digit(c) || c.is_whitespace() || "、.．（）()第章节篇".contains(c)
    })
}
