//! Lines of labelled values: the line below a title (date, 来源, 浏览量) and the
//! credits at the end (供稿, 文/… 图/…), one or several to a line.

use std::ops::Range;

use crate::article::{Credit, Part, Place, Role};
use crate::diag::{Code, Finding};

use super::date::{self, Reading};
use super::draft::{Draft, SourceLine};
use super::labels::{self, Label};

const DATE_FORM: Code = Code::new("read-date-form");
const DATE_UNCLEAR: Code = Code::new("read-date-unclear");
const DATE_SECOND: Code = Code::new("read-date-second");
const REPEATED: Code = Code::new("read-repeated");
const VIEWS_FORM: Code = Code::new("read-views-form");

/// One labelled value, as ranges of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    label: Label,
    word: Range<usize>,
    value: Range<usize>,
}

/// What a line of values holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    fields: Vec<Field>,
    dates: Vec<(Range<usize>, Option<Reading>)>,
    loose: Vec<Range<usize>>,
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

    /// Whether this is a date and nothing else, as one may stand below a text.
    pub(super) fn is_date_only(&self) -> bool {
        self.loose.is_empty()
            && self.fields.is_empty()
            && matches!(self.dates[..], [(_, Some(Reading::Day(_)))])
    }
}

/// Reads a line as labelled values; nothing where a value is too long to be one.
pub(super) fn parse(line: &str) -> Option<Fields> {
    let starts = label_starts(line);
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
        may_begin = c.is_whitespace() || is_bar(c) || is_splitter(c) || is_bracket(c);
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
    let is_credit = matches!(label, Label::Credit(_));
    if is_credit && let Some(value) = rest.strip_prefix(['/', '／', '|', '｜', '丨', '│', '∣'])
    {
        return Some((label, at..end, line.len() - value.len()));
    }
    let counts = rest.starts_with(|c: char| c.is_ascii_digit() || c == '[');
    (label == Label::Views && counts).then_some((label, at..end, gap))
}

/// Sorts what stands in `range` into the value of `field`, dates and the rest.
fn pieces(line: &str, range: Range<usize>, mut field: Option<&mut Field>, out: &mut Fields) {
    let mut after_bar = false;
    for piece in split(line, range, |c| c.is_whitespace() || is_bar(c)) {
        let text = &line[piece.clone()];
        let barred = after_bar || line[..piece.start].trim_end().ends_with(is_bar);
        let inner = text.trim_matches(is_bracket);
        if inner.is_empty() || inner.chars().all(|c| is_splitter(c) || c == '-') {
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

fn is_name(text: &str) -> bool {
    let count = text.chars().filter(|c| !c.is_whitespace()).count();
    let is_unit = text.ends_with([
        '部', '处', '室', '院', '系', '所', '社', '团', '队', '会', '组', '站', '局', '办', '报',
        '网', '台', '馆', '心', '学', '者', '供',
    ]);
    count <= 4 || text.contains('·') || text.is_ascii() || (is_unit && count <= 24)
}

/// The names in a value, as ranges of the line it begins at `offset` of.
/// Spaces part names only where each part could be a full name.
pub(super) fn names(value: &str, offset: usize) -> Vec<Range<usize>> {
    let listed = split(value, 0..value.len(), is_splitter);
    let mut out = Vec::new();
    for part in listed {
        let words = split(value, part.clone(), char::is_whitespace);
        let each_a_name = words.len() > 1
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

fn split(line: &str, range: Range<usize>, at: impl Fn(char) -> bool) -> Vec<Range<usize>> {
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
    matches!(c, '|' | '｜' | '│' | '丨' | '∣' | '┃' | '¦' | '\t')
}

fn is_splitter(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | '／' | '&' | '＆')
}

fn is_bracket(c: char) -> bool {
    matches!(c, '[' | ']' | '【' | '】' | '(' | ')' | '（' | '）')
}

/// Whether a character is a Han character, 〇 included.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn digits(value: &str) -> Option<Range<usize>> {
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let tail = &value[start..];
    let length = tail.find(|c: char| !(c.is_ascii_digit() || c == ',')).unwrap_or(tail.len());
    let rest = tail[length..].trim_start();
    let known = rest.is_empty() || rest.starts_with(['次', '人', ']', ')', '）']);
    (known && value[..start].chars().all(is_bracket)).then_some(start..start + length)
}

/// Takes the values of a line over into the article, and what they did not use
/// into the list of consumed characters.
pub(super) fn apply(draft: &mut Draft, line: SourceLine<'_>, fields: &Fields) {
    let mut kept: Vec<Range<usize>> = Vec::new();
    for (range, reading) in &fields.dates {
        apply_date(draft, line, range, *reading);
        kept.push(range.clone());
    }
    for field in &fields.fields {
        apply_field(draft, line, field, &mut kept);
    }
    for loose in &fields.loose {
        let extra = &mut draft.article.meta.extra;
        add_extra(extra, "meta-line", &line.text[loose.clone()]);
        kept.push(loose.clone());
    }
    draft.consume_meta(line, &kept);
}

fn add_extra(extra: &mut std::collections::BTreeMap<String, String>, key: &str, value: &str) {
    let entry = extra.entry(key.to_owned()).or_default();
    if !entry.is_empty() {
        entry.push_str("; ");
    }
    entry.push_str(value);
}

fn apply_date(
    draft: &mut Draft,
    line: SourceLine<'_>,
    range: &Range<usize>,
    reading: Option<Reading>,
) {
    let written = &line.text[range.clone()];
    match reading {
        Some(Reading::Day(day)) if draft.article.meta.date == Some(day) => {
            draft.consume(&Place::part(Part::Meta), line, range.clone(), REPEATED, "");
        }
        Some(Reading::Day(day)) if draft.article.meta.date.is_none() => {
            draft.article.meta.date = Some(day);
            let new = day.to_string();
            if new != written {
                draft.consume(&Place::part(Part::Meta), line, range.clone(), DATE_FORM, &new);
            }
        }
        Some(Reading::Day(day)) => {
            add_extra(&mut draft.article.meta.extra, "date", written);
            draft.say(Finding::note(DATE_SECOND).arg("date", day).line(line.number));
        }
        Some(Reading::Unclear) | None => set_unclear(draft, line.number, written),
    }
}

/// Keeps a date as written and says that it could not be read as one.
pub(super) fn set_unclear(draft: &mut Draft, line: usize, written: &str) {
    let raw = &mut draft.article.meta.date_raw;
    match raw {
        Some(before) => {
            add_extra(&mut draft.article.meta.extra, "date", &format!("{before}; {written}"))
        }
        None => *raw = Some(written.to_owned()),
    }
    let place = Place::part(Part::Meta);
    draft.say(Finding::warning(DATE_UNCLEAR).arg("date", written).line(line).place(place));
}

fn apply_field(
    draft: &mut Draft,
    line: SourceLine<'_>,
    field: &Field,
    kept: &mut Vec<Range<usize>>,
) {
    let value = &line.text[field.value.clone()];
    if value.is_empty() {
        return;
    }
    let meta = &mut draft.article.meta;
    match field.label {
        Label::Views => match digits(value) {
            Some(found) if meta.views.is_none() => {
                let found = found.start + field.value.start..found.end + field.value.start;
                let written = &line.text[found.clone()];
                let plain: String = written.chars().filter(char::is_ascii_digit).collect();
                meta.views = plain.parse().ok();
                match meta.views {
                    Some(n) if n.to_string() != written => {
                        let new = n.to_string();
                        let place = Place::part(Part::Meta);
                        draft.consume(&place, line, found.clone(), VIEWS_FORM, &new);
                        kept.push(found);
                    }
                    Some(_) => kept.push(found),
                    None => keep_as_extra(draft, line, field, kept),
                }
            }
            _ => keep_as_extra(draft, line, field, kept),
        },
        Label::Source if meta.source.is_none() => {
            meta.source = Some(value.to_owned());
            kept.push(field.value.clone());
        }
        Label::Address if meta.source_url.is_none() => {
            meta.source_url = Some(value.to_owned());
            kept.push(field.value.clone());
        }
        Label::Column if meta.column.is_none() => {
            meta.column = Some(value.to_owned());
            kept.push(field.value.clone());
        }
        Label::Credit(role) => {
            let ranges = names(value, field.value.start);
            let names = ranges.iter().map(|r| line.text[r.clone()].to_owned()).collect();
            let label = line.text[field.word.clone()].to_owned();
            meta.credits.push(Credit { role, label, names });
            kept.push(field.word.clone());
            kept.extend(ranges);
        }
        _ => keep_as_extra(draft, line, field, kept),
    }
}

fn keep_as_extra(
    draft: &mut Draft,
    line: SourceLine<'_>,
    field: &Field,
    kept: &mut Vec<Range<usize>>,
) {
    let word = &line.text[field.word.clone()];
    let value = &line.text[field.value.clone()];
    add_extra(&mut draft.article.meta.extra, word, value);
    kept.push(field.word.clone());
    kept.push(field.value.clone());
}
