//! Lines of labelled values: the line below a title (date, 来源, 浏览量) and the
//! credits at the end (供稿, 文/… 图/…), one or several to a line.

use std::ops::Range;

use crate::article::Role;

use super::byline;
use super::date::{self, Reading};
use super::labels::{self, Label};

/// One labelled value, as ranges of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// What the value is.
    pub(super) label: Label,
    /// The label as written.
    pub(super) word: Range<usize>,
    /// The value as written.
    pub(super) value: Range<usize>,
}

/// What a line of values holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// The labelled values but for dates.
    pub(super) fields: Vec<Field>,
    /// The dates, with or without label; `None` where it is none after all.
    pub(super) dates: Vec<(Range<usize>, Option<Reading>)>,
    /// What has no label and is no date.
    pub(super) loose: Vec<Range<usize>>,
    barred: bool,
}

impl Fields {
    /// Whether this is the line below a title: a date alone or with fields, or
    /// fields alone, and nothing else. Beside a date, a bar or a count of
    /// readers vouches for what has no label.
    pub(super) fn is_head_line(&self) -> bool {
        let has_views = self.fields.iter().any(|f| f.label == Label::Views);
        let clear = self.dates.iter().any(|(_, d)| matches!(d, Some(Reading::Day(_))));
        let something = clear || !self.fields.is_empty() || (self.barred && !self.dates.is_empty());
        something && (self.loose.is_empty() || (clear && (has_views || self.barred)))
    }

    /// Whether this is a day with names and units about it, as 宣传部 2023-04-05:
    /// below a title that is where it came from.
    pub(super) fn is_dated_byline(&self, line: &str) -> bool {
        let one_day = matches!(self.dates[..], [(_, Some(Reading::Day(_)))]);
        let names = self.loose.iter().all(|range| {
            let word = &line[range.clone()];
            (2..=12).contains(&word.chars().count())
                && word.chars().all(|c| c.is_alphanumeric() || c == '·')
                // A diary's weather is text.
                && !word.ends_with(['晴', '阴', '雨', '雪', '风'])
                && !word.ends_with("多云")
        });
        one_day && names && (1..=5).contains(&self.loose.len())
    }

    /// Whether this is a line of credits as they stand below a text.
    pub(super) fn is_credit_line(&self) -> bool {
        self.loose.is_empty()
            && self.dates.is_empty()
            && !self.fields.is_empty()
            && self.fields.iter().all(|f| {
                matches!(f.label, Label::Credit(_) | Label::Source | Label::Address)
                    && !f.value.is_empty()
            })
    }

    /// Whether this is a line of credits that may give a date or the readers as
    /// well, as pages have them below a text.
    pub(super) fn is_foot_line(&self) -> bool {
        self.loose.is_empty()
            && !self.fields.is_empty()
            && self.fields.iter().any(|f| f.label != Label::Views)
            && self.dates.iter().all(|(_, d)| matches!(d, Some(Reading::Day(_))))
            && self.fields.iter().all(|f| f.label != Label::Date && !f.value.is_empty())
    }

    /// Whether this is a date and nothing else, as one may stand below a text.
    pub(super) fn is_date_only(&self) -> bool {
        self.loose.is_empty()
            && self.fields.is_empty()
            && matches!(self.dates[..], [(_, Some(Reading::Day(_)))])
    }
}

/// A line longer than this, in bytes, is text and not values.
const LONGEST: usize = 1200;

/// A line with more labels than this is no line of values.
const MOST_LABELS: usize = 24;

/// Reads a line as labelled values; nothing where a value is too long to be one.
pub(super) fn parse(line: &str) -> Option<Fields> {
    // No value holds a whole sentence, and nearly all lines of a text do.
    if line.len() > LONGEST || line.contains('。') {
        return None;
    }
    match labelled(line) {
        Some(found) if found.loose.is_empty() => Some(found),
        other => byline::read(line).or(other),
    }
}

fn labelled(line: &str) -> Option<Fields> {
    let starts = label_starts(line);
    if starts.len() > MOST_LABELS {
        return None;
    }
    let mut out = Fields { barred: line.contains(is_bar), ..Fields::default() };
    let first = starts.first().map_or(line.len(), |(_, word, _)| word.start);
    pieces(line, 0..first, None, &mut out);
    for (i, (label, word, value_start)) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(line.len(), |(_, next, _)| next.start);
        let mut field =
            Field { label: *label, word: word.clone(), value: *value_start..*value_start };
        pieces(line, *value_start..end, Some(&mut field), &mut out);
        if !plausible(&field, &line[field.value.clone()]) {
            return None;
        }
        match (field.label, field.value.is_empty()) {
            (Label::Date, false) => {
                let reading = date::read(&line[field.value.clone()]);
                out.dates.push((field.value, reading));
            }
            (Label::Date, true) => {}
            _ => out.fields.push(field),
        }
    }
    Some(out)
}

/// Where labels stand in a line: the label, its word, where its value begins.
fn label_starts(line: &str) -> Vec<(Label, Range<usize>, usize)> {
    let mut found: Vec<(Label, Range<usize>, usize)> = Vec::new();
    let mut may_begin = true;
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        if may_begin && let Some((label, word, value)) = label_at(line, at) {
            at = value;
            found.push((label, word, value));
            continue;
        }
        may_begin =
            c.is_whitespace() || is_bar(c) || is_ornament(c) || is_splitter(c) || is_bracket(c);
        at += c.len_utf8();
    }
    found
}

fn label_at(line: &str, at: usize) -> Option<(Label, Range<usize>, usize)> {
    let (label, length) = labels::at_start(&line[at..])?;
    let mut end = at + length;
    // 文/图：, 文、图： and the like are one label; its first word gives the role.
    loop {
        let rest = &line[end..];
        let Some(more) = rest.strip_prefix(['/', '／', '、', '&', '＆']) else { break };
        let joint = end + (rest.len() - more.len());
        let Some((Label::Credit(_), length)) = labels::at_start(more) else { break };
        if !line[joint + length..].trim_start().starts_with([':', '：', '/', '／']) {
            break;
        }
        end = joint + length;
    }
    let rest = line[end..].trim_start();
    let gap = line.len() - rest.len();
    if let Some(value) = rest.strip_prefix([':', '：']) {
        return Some((label, at..end, line.len() - value.len()));
    }
    let is_credit = matches!(label, Label::Credit(_) | Label::Source);
    if is_credit
        && let Some(value) =
            rest.strip_prefix(['/', '／', '|', '｜', '丨', '│', '∣', '▏', '▎', '▕'])
    {
        return Some((label, at..end, line.len() - value.len()));
    }
    let counts = rest.starts_with(|c: char| c.is_ascii_digit() || c == '[');
    // 发布于2022-01-14, 阅读 1024
    (matches!(label, Label::Views | Label::Date) && counts).then_some((label, at..end, gap))
}

/// Sorts what stands in `range` into the value of `field`, dates and the rest.
fn pieces(line: &str, range: Range<usize>, mut field: Option<&mut Field>, out: &mut Fields) {
    let mut after_bar = false;
    for piece in split(line, range, |c| c.is_whitespace() || is_bar(c)) {
        let text = &line[piece.clone()];
        let barred = after_bar || line[..piece.start].trim_end().ends_with(is_bar);
        let inner = text.trim_matches(is_bracket);
        if inner.is_empty() || inner.chars().all(|c| is_splitter(c) || c == '-' || is_ornament(c)) {
            continue;
        }
        let follows_date = out.dates.last().is_some_and(|(d, _)| {
            line[d.end..piece.start].chars().all(|c| c.is_whitespace() || is_bar(c))
        });
        if let Some(field) = field.as_deref_mut()
            && (field.value.is_empty() || (!barred && !is_day(inner)))
            && !(field.label != Label::Date && !field.value.is_empty() && follows_date)
        {
            let start = if field.value.is_empty() { piece.start } else { field.value.start };
            field.value = start..piece.end;
        } else if follows_date && date::is_time_or_weekday(text) {
            continue;
        } else if let Some(reading) = date::read(inner).filter(|_| is_dateable(inner)) {
            let start = piece.start + text.len() - text.trim_start_matches(is_bracket).len();
            out.dates.push((start..start + inner.len(), Some(reading)));
        } else {
            out.loose.push(piece);
        }
        after_bar = false;
    }
    if let Some(field) = field {
        let value = &line[field.value.clone()];
        let trim = |c: char| is_splitter(c) || c.is_whitespace();
        let start = field.value.start + value.len() - value.trim_start_matches(trim).len();
        let end = start + value.trim_matches(trim).len();
        // A bracket that was opened before the label closes after the value.
        let value = &line[start..end.max(start)];
        let unopened = value.ends_with(is_bracket) && !value.contains(['（', '(', '[', '【']);
        let end = if unopened { start + value.trim_end_matches(is_bracket).len() } else { end };
        field.value = start..end.max(start);
    }
}

fn is_day(text: &str) -> bool {
    matches!(date::read(text), Some(Reading::Day(_))) && is_dateable(text)
}

/// Ten digits with no label may be a telephone number, not the seconds of a clock.
fn is_dateable(text: &str) -> bool {
    !text.bytes().all(|b| b.is_ascii_digit())
}

fn plausible(field: &Field, value: &str) -> bool {
    let count = value.chars().count();
    let speaks = value.contains(['。', '！', '？', '；']);
    match field.label {
        Label::Address => count <= 300,
        Label::Views => value.is_empty() || digits(value).is_some() || count <= 6,
        // 图：… is as often a caption as a credit; only a name makes it one.
        Label::Credit(Role::Photographer) => {
            !speaks && names(value, 0).iter().all(|n| is_name(&value[n.clone()]))
        }
        Label::Credit(_) => {
            !speaks && names(value, 0).iter().all(|n| value[n.clone()].chars().count() <= 24)
        }
        _ => !speaks && count <= 40,
    }
}

/// Whether a word can be the name of a person or of a unit.
pub(super) fn is_person_or_unit(text: &str) -> bool {
    text.chars().count() >= 2
        && is_name(text)
        && text.chars().all(|c| is_han(c) || c == '·' || c.is_ascii_alphabetic())
}

fn is_name(text: &str) -> bool {
    let count = text.chars().filter(|c| !c.is_whitespace()).count();
    let is_unit = text.ends_with([
        '部', '处', '室', '院', '系', '所', '社', '团', '队', '会', '组', '站', '局', '办', '报',
        '网', '台', '馆', '心', '学', '者', '供', '委',
    ]);
    count <= 4 || text.contains('·') || text.is_ascii() || (is_unit && count <= 24)
}

fn is_unit(text: &str) -> bool {
    ["院", "部", "处", "系", "团委", "中心", "大学"].iter().any(|end| text.ends_with(end))
        && text.chars().nth(2).is_some()
}

/// 文学院 沈舟: a unit and a person of it.
pub(super) fn is_unit_and_person(text: &str) -> bool {
    let words = split(text, 0..text.len(), char::is_whitespace);
    let [unit, person] = &words[..] else { return false };
    let person = &text[person.clone()];
    is_unit(&text[unit.clone()])
        && !is_unit(person)
        && (2..=4).contains(&person.chars().count())
        && person.chars().all(is_han)
}

/// The names in a value, as ranges of the line it begins at `offset` of.
/// Spaces part names only where each part could be a full name.
pub(super) fn names(value: &str, offset: usize) -> Vec<Range<usize>> {
    let listed = split(value, 0..value.len(), is_splitter);
    let mut out = Vec::new();
    for part in listed {
        let words = split(value, part.clone(), char::is_whitespace);
        // 文学院 沈舟 is one person with a unit.
        let with_unit = matches!(&words[..], [unit, person] if is_unit(&value[unit.clone()])
            && !is_unit(&value[person.clone()]));
        let each_a_name = words.len() > 1
            && !with_unit
            && words.iter().all(|w| {
                let word = &value[w.clone()];
                (2..=4).contains(&word.chars().count()) && word.chars().all(is_han)
            });
        if each_a_name {
            out.extend(words);
        } else if let (Some(first), Some(last)) = (words.first(), words.last()) {
            out.push(first.start..last.end);
        }
    }
    out.into_iter().map(|r| r.start + offset..r.end + offset).collect()
}

pub(super) fn split(
    line: &str,
    range: Range<usize>,
    at: impl Fn(char) -> bool,
) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in line[range.clone()].char_indices() {
        let i = i + range.start;
        if at(c) {
            if let Some(s) = start.take() {
                out.push(s..i);
            }
        } else if start.is_none() {
            start = Some(i);
        }
    }
    out.extend(start.map(|s| s..range.end));
    out
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '丨' | '∣' | '┃' | '¦' | '▏' | '▎' | '▕' | '\t')
}

/// The marks that open a line of authors: □ 文/沈舟.
pub(super) fn is_ornament(c: char) -> bool {
    matches!(c, '□' | '■' | '◇' | '◆' | '○' | '●' | '◎' | '▇' | '▆')
}

fn is_splitter(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | '／' | '&' | '＆')
}

pub(super) fn is_bracket(c: char) -> bool {
    matches!(c, '[' | ']' | '【' | '】' | '(' | ')' | '（' | '）')
}

/// Whether a character is a Han character, 〇 included.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The number of readers in a value.
pub(super) fn digits(value: &str) -> Option<Range<usize>> {
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let tail = &value[start..];
    let length = tail.find(|c: char| !(c.is_ascii_digit() || c == ',')).unwrap_or(tail.len());
    let rest = tail[length..].trim_start();
    let known = rest.is_empty() || rest.starts_with(['次', '人', ']', ')', '）']);
    (known && value[..start].chars().all(is_bracket)).then_some(start..start + length)
}
