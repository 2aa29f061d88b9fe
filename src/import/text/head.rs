//! What stands above a text: 引题, title, 副题 and the line of date, source and
//! readers.

use crate::article::{Inline, Part, Place};
use crate::diag::{Code, Finding};

use super::half_units;
use crate::import::draft::{Draft, SourceLine};
use crate::import::{fields, format, series, values};

const TITLE_MISSING: Code = Code::new("read-title-missing");
const META_LINE: Code = Code::new("read-meta-line");
const KICKER: Code = Code::new("read-kicker-above");
const SUBTITLE: Code = Code::new("read-subtitle-dash");
const SUBTITLE_BELOW: Code = Code::new("read-subtitle-below");
const REPEATED: Code = Code::new("read-repeated");

/// A title may be this wide, in half-width units.
const TITLE_WIDTH: usize = 120;
/// So many lines may stand above the line of date and source.
const HEAD_LINES: usize = 4;

/// Reads the head and returns the number of the line the text begins with.
pub(super) fn read(draft: &mut Draft, lines: &[SourceLine<'_>], name: &str) -> usize {
    let mut at = meta_lines(draft, lines, 0);
    let above = titles_above(&lines[at..]);
    match above {
        0 => untitled(draft, name),
        count => titles(draft, &lines[at..at + count]),
    }
    at += above;
    if let Some(next) = lines.get(at)
        && above > 0
        && next.text == lines[at - above].text
    {
        draft.consume(&Place::part(Part::Title), *next, 0..next.text.len(), REPEATED, "");
        at += 1;
    }
    meta_lines(draft, lines, at)
}

/// Takes over the lines of values that begin at line `at`.
fn meta_lines(draft: &mut Draft, lines: &[SourceLine<'_>], mut at: usize) -> usize {
    while let Some(line) = lines.get(at) {
        let Some(found) = fields::parse(line.text).filter(fields::Fields::is_head_line) else {
            break;
        };
        values::apply(draft, *line, &found);
        draft.origin(Place::part(Part::Meta), line.number, 0.9, META_LINE);
        at += 1;
    }
    at
}

/// How many of the first lines are titles: those above a line of values, else
/// the first one with a 副题 below it.
fn titles_above(lines: &[SourceLine<'_>]) -> usize {
    let title_like = |line: &SourceLine<'_>| {
        half_units(line.text) <= TITLE_WIDTH
            && line.text.chars().any(char::is_alphanumeric)
            && !line.text.ends_with(['。', '；', '：', '，'])
    };
    let run = lines.iter().take(HEAD_LINES).take_while(|line| title_like(line)).count();
    let values = (1..=run).find(|i| {
        lines
            .get(*i)
            .is_some_and(|line| fields::parse(line.text).is_some_and(|found| found.is_head_line()))
    });
    match values {
        Some(count) if count <= 3 => count,
        _ if run == 0 => 0,
        _ => 1 + usize::from(lines.get(1).is_some_and(|l| is_dashed(l.text) && title_like(l))),
    }
}

fn is_dashed(text: &str) -> bool {
    text.starts_with('—') && !text.trim_start_matches('—').trim().is_empty()
}

fn titles(draft: &mut Draft, lines: &[SourceLine<'_>]) {
    match lines {
        [title] => series::apply(draft, *title, 0.9),
        [title, below] if is_dashed(below.text) => {
            series::apply(draft, *title, 0.9);
            subtitle(draft, *below);
        }
        [title, below] if title.text == below.text => {
            series::apply(draft, *title, 0.9);
            let place = Place::part(Part::Title);
            draft.consume(&place, *below, 0..below.text.len(), REPEATED, "");
        }
        [kicker, title, rest @ ..] => {
            draft.article.meta.kicker = vec![Inline::Text(kicker.text.to_owned())];
            draft.origin(Place::part(Part::Kicker), kicker.number, 0.5, KICKER);
            series::apply(draft, *title, 0.6);
            for below in rest {
                subtitle(draft, *below);
            }
        }
        [] => {}
    }
}

fn subtitle(draft: &mut Draft, line: SourceLine<'_>) {
    let place = Place::part(Part::Subtitle);
    draft.article.meta.subtitle = vec![Inline::Text(line.text.to_owned())];
    let (confidence, reason) =
        if is_dashed(line.text) { (0.9, SUBTITLE) } else { (0.5, SUBTITLE_BELOW) };
    draft.origin(place, line.number, confidence, reason);
}

fn untitled(draft: &mut Draft, name: &str) {
    let stem = format::stem(name);
    draft.article.meta.title = vec![Inline::Text(stem.to_owned())];
    let place = Place::part(Part::Title);
    draft.say(Finding::warning(TITLE_MISSING).arg("title", stem).place(place));
}
