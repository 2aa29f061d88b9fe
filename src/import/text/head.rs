//! What stands above a text: 引题, title, 副题, a line with the series, the speaker
//! of a speech, and the line of date, source and readers.

use std::ops::Range;

use crate::article::{Block, Inline, Part, Place};
use crate::diag::{Code, Finding};

use super::{half_units, is_prose, parts};
use crate::import::draft::{Draft, SourceLine};
use crate::import::{fields, format, notice, numeral, picture, series, values};

const TITLE_MISSING: Code = Code::new("read-title-missing");
const TITLE_LABEL: Code = Code::new("read-title-label");
const META_LINE: Code = Code::new("read-meta-line");
const KICKER: Code = Code::new("read-kicker-above");
const SUBTITLE: Code = Code::new("read-subtitle-dash");
const SUBTITLE_BELOW: Code = Code::new("read-subtitle-below");
const SPEAKER: Code = Code::new("read-subtitle-speaker");
const LINE: Code = Code::new("read-line-paragraph");
const REPEATED: Code = Code::new("read-repeated");

/// A title may be this wide, in half-width units.
const TITLE_WIDTH: usize = 120;
/// The first line may be this wide where it is one phrase or stands above a line
/// of values.
const LONG_TITLE: usize = 240;
/// An editor's note above a title is at least this wide.
const NOTE_WIDTH: usize = 40;
/// A line of authors behind an ornament is at most this wide.
const BYLINE_WIDTH: usize = 48;
/// Each half of a title of two lines has at least so many characters, and they
/// differ by no more than so many.
const HALF_TITLE: usize = 8;
const HALVES_DIFFER: usize = 2;
/// So many lines may stand above the line of date and source.
const HEAD_LINES: usize = 5;

/// Reads the head and returns the number of the line the text begins with.
/// `numbered` says that the title begins with its number in the file.
pub(super) fn read(
    draft: &mut Draft,
    lines: &[SourceLine<'_>],
    name: &str,
    numbered: bool,
) -> usize {
    let mut at = meta_lines(draft, lines, 0);
    let above = titles_above(&lines[at..]);
    let mut own: Vec<SourceLine<'_>> = lines[at..at + above].to_vec();
    if let Some(first) = own.first_mut() {
        strip(draft, first, numbered);
    }
    at += above;
    titles(draft, &own, name, lines.get(at).is_some_and(is_meta));
    if let Some(next) = lines.get(at)
        && above > 0
        && next.text == lines[at - above].text
    {
        draft.consume(&Place::part(Part::Title), *next, 0..next.text.len(), REPEATED, "");
        at += 1;
    }
    meta_lines(draft, lines, at)
}

/// Whether the file begins with an editor's note and its title stands below.
pub(super) fn has_note_above(lines: &[SourceLine<'_>]) -> bool {
    let [note, title, rest @ ..] = lines else { return false };
    let noted = notice::opening(note.text, false)
        .is_some_and(|opening| is_prose(&note.text[opening.mark.end..], NOTE_WIDTH));
    noted && is_title_like(title.text) && !is_prose(title.text, NOTE_WIDTH) && !rest.is_empty()
}

/// Takes 标题： and the number off a title.
fn strip(draft: &mut Draft, line: &mut SourceLine<'_>, numbered: bool) {
    let text = line.text;
    let labelled = ["标题", "题目", "题名"].iter().find_map(|word| {
        text.strip_prefix(word)?.trim_start().strip_prefix(['：', ':']).map(str::trim_start)
    });
    let rest = match labelled {
        Some(rest) => rest,
        None if numbered => parts::after_number(text),
        None => return,
    };
    if !rest.is_empty() {
        let place = Place::part(Part::Title);
        draft.consume(&place, *line, 0..text.len() - rest.len(), TITLE_LABEL, "");
        line.text = rest;
    }
}

/// Takes over the lines of values that begin at line `at`.
fn meta_lines(draft: &mut Draft, lines: &[SourceLine<'_>], mut at: usize) -> usize {
    const MOST: usize = 20;
    let end = at + MOST;
    while let Some(line) = lines.get(at).filter(|_| at < end && !is_event(lines, at)) {
        let undated = at > 0 && draft.article.meta.date.is_none();
        let found = fields::parse(line.text)
            .filter(|f| f.is_head_line() || (undated && f.is_dated_byline(line.text)));
        let by = if at > 0 { marked_byline(line.text) } else { None };
        match (found, by) {
            (Some(found), _) => values::apply(draft, *line, &found),
            (None, Some(by)) => values::apply_author(draft, *line, by),
            (None, None) => break,
        }
        draft.origin(Place::part(Part::Meta), line.number, 0.9, META_LINE);
        at += 1;
    }
    at
}

/// Whether a time is that of an event, which stands beside its place.
fn is_event(lines: &[SourceLine<'_>], at: usize) -> bool {
    let is_place = |line: &SourceLine<'_>| {
        let mut words =
            line.text.split([' ', '\u{3000}', '：', ':', '\t']).filter(|w| !w.is_empty());
        let first: String = words.by_ref().take(2).collect();
        first.starts_with("地点")
    };
    let labelled = lines.get(at).is_some_and(|line| line.text.starts_with(['时', '日']));
    labelled && lines.get(at + 1).is_some_and(is_place)
}

fn is_meta(line: &SourceLine<'_>) -> bool {
    fields::parse(line.text)
        .is_some_and(|found| found.is_head_line() || found.is_dated_byline(line.text))
        || marked_byline(line.text).is_some()
}

/// □ 党委书记 方知行: an ornament, perhaps an office or a unit, and a name; gives
/// where the words stand.
fn marked_byline(text: &str) -> Option<Range<usize>> {
    let words = text.trim_start_matches(fields::is_ornament).trim();
    if words.len() == text.len() || half_units(words) > BYLINE_WIDTH {
        return None;
    }
    let alone = (2..=4).contains(&words.chars().count()) && words.chars().all(fields::is_han);
    let whole = alone || is_speaker(words) || fields::is_unit_and_person(words);
    let start = text.len() - text.trim_start_matches(fields::is_ornament).trim_start().len();
    whole.then_some(start..start + words.len())
}

/// How many of the first lines are titles: those above a line of values, else
/// the first one with a 副题 and a line of the series beside it.
fn titles_above(lines: &[SourceLine<'_>]) -> usize {
    // A title broken behind its colon stands above its other half.
    let halved = matches!(lines, [first, second, third, ..]
        if first.text.ends_with(['：', ':']) && fits_long(first.text.trim_end_matches(['：', ':']))
            && is_title_like(second.text) && is_meta(third));
    if halved {
        return 2;
    }
    let run = lines.iter().take(HEAD_LINES).take_while(|line| is_title_like(line.text)).count();
    // Below three lines or more only a date is a line of values, not a credit.
    let values = (1..=run.min(HEAD_LINES - 1)).find(|i| {
        !is_event(lines, *i)
            && lines.get(*i).is_some_and(|line| {
                let dated = || fields::parse(line.text).is_some_and(|f| !f.dates.is_empty());
                is_meta(line) && (*i < 3 || dated())
            })
    });
    if let Some(count) = values {
        return count;
    }
    if run == 0 {
        return usize::from(lines.first().is_some_and(|first| {
            is_long_title(first.text)
                || (lines.get(1).is_some_and(is_meta) && fits_long(first.text))
        }));
    }
    // 云大发〔2023〕15号 stands between a letterhead and the title.
    if let Some(at) = lines.iter().take(run.min(3)).position(|l| is_file_number(l.text))
        && at + 1 < run
    {
        return at + 2;
    }
    // A line of the series or of the column goes before the title.
    let opens = column_of(lines[0].text).is_some()
        || (series::is_name_and_number(lines[0].text) && !lines[0].text.ends_with(['）', ')']));
    let titled = lines.get(1).is_some_and(|l| is_title_like(l.text) && half_units(l.text) >= 8);
    let mut count = if opens && titled { 2 } else { 1 };
    while count < 4 && lines.get(count).is_some_and(|l| is_below(l.text) && is_title_like(l.text)) {
        count += 1;
    }
    count
}

/// 云大发〔2023〕15号
fn is_file_number(text: &str) -> bool {
    half_units(text) <= 40
        && text.ends_with('号')
        && text.contains(['〔', '[', '［', '（'])
        && text.contains(['〕', ']', '］', '）'])
        && text.chars().filter(|c| numeral::digit(*c).is_some()).count() >= 5
}

/// Whether a line stands below a title by its own shape.
fn is_below(text: &str) -> bool {
    is_dashed(text) || is_speaker(text) || is_issue(text)
}

/// 第15期（总第231期）: the issue of a bulletin, below its name.
fn is_issue(text: &str) -> bool {
    let rest = text
        .strip_prefix('第')
        .map(|t| t.trim_start_matches(|c: char| numeral::is_digit(c) || c == ' '));
    rest.and_then(|t| t.strip_prefix('期')).is_some_and(|t| {
        let t = t.trim();
        t.is_empty() || (t.starts_with(['（', '(']) && t.ends_with(['）', ')']))
    })
}

fn is_title_like(text: &str) -> bool {
    half_units(text) <= TITLE_WIDTH
        && text.chars().any(char::is_alphanumeric)
        && !text.ends_with(['。', '；', '：', '，'])
        && picture::bare(text).is_none()
        && notice::opening(text, false).is_none()
}

fn fits_long(text: &str) -> bool {
    half_units(text) <= LONG_TITLE && !text.ends_with(['。', '；', '：', '，'])
}

/// A headline over its usual width: one phrase with no sentence in it.
fn is_long_title(text: &str) -> bool {
    fits_long(text) && !text.contains(['。', '；', '，', ',']) && text.chars().any(fields::is_han)
}

fn is_dashed(text: &str) -> bool {
    text.starts_with('—') && !text.trim_start_matches('—').trim().is_empty()
}

/// 【理论学习】 above a title names the column.
fn column_of(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('【')?.strip_suffix('】')?;
    let fits = (2..=12).contains(&inner.chars().count()) && !inner.contains(['】', '，', '。']);
    fits.then_some(inner)
}

/// 校长 林远舟, 云澜大学党委书记　方知行: an office and a name below a speech's title.
fn is_speaker(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [offices @ .., name] = &words[..] else { return false };
    !offices.is_empty()
        && (2..=4).contains(&name.chars().count())
        && name.chars().all(fields::is_han)
        && offices.iter().all(|office| {
            office.chars().count() <= 24
                && office.ends_with([
                    '长', '记', '任', '授', '士', '师', '员', '表', '席', '人', '生', '级', '院',
                    '系', '处', '所',
                ])
        })
}

/// Two phrases of about one length with a space between them.
fn is_of_two_phrases(text: &str) -> bool {
    let phrases: Vec<usize> = text.split_whitespace().map(|p| p.chars().count()).collect();
    match phrases[..] {
        [a, b] => a >= 4 && b >= 4 && a.abs_diff(b) <= 3,
        [a, b, c] => a >= 4 && a.abs_diff(b) <= 1 && b.abs_diff(c) <= 1,
        _ => false,
    }
}

/// Two lines of about one length without a mark are one title set in two lines.
fn are_halves(first: &str, second: &str) -> bool {
    const MARKS: [char; 12] = ['。', '，', '；', '！', '？', '：', '|', '｜', '丨', '—', '【', ':'];
    let (a, b) = (first.chars().count(), second.chars().count());
    a.min(b) >= HALF_TITLE
        && a.abs_diff(b) <= HALVES_DIFFER
        && half_units(first) + half_units(second) <= TITLE_WIDTH
        && !is_of_two_phrases(first)
        && !is_of_two_phrases(second)
        && !first.contains(MARKS)
        && !second.contains(MARKS)
}

/// Reads the lines of titles; `dated` says that a line of values follows them.
fn titles(draft: &mut Draft, lines: &[SourceLine<'_>], name: &str, dated: bool) {
    let (mut main, mut below) = (Vec::new(), Vec::new());
    let (mut lone_series, mut numbers) = (Vec::new(), Vec::new());
    for (at, line) in lines.iter().enumerate() {
        if at > 0 && line.text == lines[0].text {
            let place = Place::part(Part::Title);
            draft.consume(&place, *line, 0..line.text.len(), REPEATED, "");
        } else if lines.len() > 1 && series::is_name_and_number(line.text) {
            lone_series.push(*line);
        } else if at == 0
            && lines.len() > 1
            && let Some(column) = column_of(line.text)
            && draft.article.meta.column.is_none()
        {
            draft.article.meta.column = Some(column.to_owned());
            let start = '【'.len_utf8();
            let kept = start..start + column.len();
            draft.consume_meta(*line, std::slice::from_ref(&kept));
        } else if is_file_number(line.text) && lines.len() > 1 {
            numbers.push(*line);
        } else if at > 0 && is_below(line.text) {
            below.push(*line);
        } else {
            main.push(*line);
        }
    }
    // Without any other title the line with the series is it.
    if main.is_empty() {
        main.append(&mut lone_series);
    }
    for line in lone_series {
        if draft.article.meta.series.is_none() {
            series::apply_alone(draft, line);
        } else {
            below.push(line);
        }
    }
    match main[..] {
        [] => untitled(draft, name),
        [title] => {
            let sure = if half_units(title.text) > TITLE_WIDTH { 0.7 } else { 0.9 };
            series::apply(draft, title, sure);
        }
        [title, under] if is_of_two_phrases(title.text) && !is_of_two_phrases(under.text) => {
            series::apply(draft, title, 0.6);
            below.insert(0, under);
        }
        [first, second] if dated && are_halves(first.text, second.text) => {
            let text = format!("{} {}", first.text, second.text);
            series::apply(draft, SourceLine { number: first.number, text: &text }, 0.6);
        }
        [kicker, title, ref rest @ ..] => {
            draft.article.meta.kicker = vec![Inline::Text(kicker.text.to_owned())];
            draft.origin(Place::part(Part::Kicker), kicker.number, 0.5, KICKER);
            series::apply(draft, title, 0.6);
            below.splice(0..0, rest.iter().copied());
        }
    }
    for line in numbers {
        let text = vec![Inline::Text(line.text.to_owned())];
        draft.push(Block::Paragraph(text), line.number, 0.9, LINE);
    }
    for (at, line) in below.into_iter().enumerate() {
        subtitle(draft, line, at == 0);
    }
}

/// There is room for one 副题; what stands below it begins the text.
fn subtitle(draft: &mut Draft, line: SourceLine<'_>, first: bool) {
    let text = vec![Inline::Text(line.text.to_owned())];
    let (confidence, reason) = if is_dashed(line.text) {
        (0.9, SUBTITLE)
    } else if is_speaker(line.text) {
        (0.7, SPEAKER)
    } else {
        (0.5, SUBTITLE_BELOW)
    };
    if first {
        draft.article.meta.subtitle = text;
        draft.origin(Place::part(Part::Subtitle), line.number, confidence, reason);
    } else {
        draft.push(Block::Paragraph(text), line.number, 0.7, LINE);
    }
}

fn untitled(draft: &mut Draft, name: &str) {
    let stem = format::stem(name);
    draft.article.meta.title = vec![Inline::Text(stem.to_owned())];
    let place = Place::part(Part::Title);
    draft.say(Finding::warning(TITLE_MISSING).arg("title", stem).place(place));
}
