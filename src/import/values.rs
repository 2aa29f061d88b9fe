//! Takes labelled values over into an article's meta data; what they did not
//! use of their line is consumed.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::article::{Credit, Part, Place, Role};
use crate::diag::{Code, Finding};

use super::date::Reading;
use super::draft::{Draft, SourceLine};
use super::fields::{Field, Fields, digits, names};
use super::labels::Label;
use super::loose;

const DATE_FORM: Code = Code::new("read-date-form");
const DATE_UNCLEAR: Code = Code::new("read-date-unclear");
const DATE_SECOND: Code = Code::new("read-date-second");
const REPEATED: Code = Code::new("read-repeated");
const VIEWS_FORM: Code = Code::new("read-views-form");

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
    loose::apply(draft, line, fields, &mut kept);
    draft.consume_meta(line, &kept);
}

fn add_extra(extra: &mut BTreeMap<String, String>, key: &str, value: &str) {
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

/// Takes the words in `by` over as the author; what stands before them is consumed.
pub(super) fn apply_author(draft: &mut Draft, line: SourceLine<'_>, by: Range<usize>) {
    let names = vec![line.text[by.clone()].to_owned()];
    let label = loose::AUTHOR.to_owned();
    draft.article.meta.credits.push(Credit { role: Role::Author, label, names });
    draft.consume_meta(line, std::slice::from_ref(&by));
}

/// Takes one labelled value over.
pub(super) fn apply_field(
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
        Label::Source if meta.source.as_deref() == Some(value) => {
            let place = Place::part(Part::Meta);
            draft.consume(&place, line, field.value.clone(), REPEATED, "");
            kept.push(field.value.clone());
        }
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
