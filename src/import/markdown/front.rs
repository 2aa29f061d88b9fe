//! The values at the head of a Markdown file, between lines of `---`: flat keys
//! with one value or a simple list each. Not YAML: what goes beyond that is kept
//! as written under its key.

use crate::article::{Credit, Inline, Part, Place, Role, Series};
use crate::diag::{Code, Finding};
use crate::import::date::{self, Reading};
use crate::import::draft::{Draft, SourceLine};
use crate::import::{fields, numeral, series, values};

const STATED: Code = Code::new("read-front-matter");
const LINE_UNCLEAR: Code = Code::new("read-front-matter-line");

/// One key with its values.
struct Entry {
    line: usize,
    key: String,
    values: Vec<String>,
}

/// The front matter and the number of the line the text begins on, both empty
/// where there is none.
pub(super) fn split(text: &str) -> (Vec<&str>, usize) {
    let mut lines = text.split('\n');
    if lines.next().is_none_or(|l| l.trim_end() != "---") {
        return (Vec::new(), 0);
    }
    let matter: Vec<&str> = lines.take_while(|l| !matches!(l.trim_end(), "---" | "...")).collect();
    let end = matter.len() + 2;
    // Without a closing line it is a rule and text.
    let closed = text.split('\n').nth(end - 1).is_some();
    let keyed = matter.iter().any(|l| l.contains(':') || l.contains('：'));
    if closed && (keyed || matter.iter().all(|l| l.trim().is_empty())) {
        (matter, end)
    } else {
        (Vec::new(), 0)
    }
}

/// Where line number `line`, from 0, begins.
pub(super) fn offset(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line).map(str::len).sum()
}

/// Reads the values into the draft. The credits come back, to be added where the
/// text does not give them itself.
pub(super) fn read(draft: &mut Draft, lines: Vec<&str>) -> Vec<Credit> {
    let mut credits = Vec::new();
    if lines.is_empty() {
        return credits;
    }
    for entry in entries(draft, &lines) {
        take(draft, &entry, &mut credits);
    }
    draft.origin(Place::part(Part::Meta), 1, 1.0, STATED);
    credits
}

fn entries(draft: &mut Draft, lines: &[&str]) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let number = i + 2;
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let item = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("-\u{a0}"));
        let indented = line.starts_with([' ', '\t']);
        match (out.last_mut(), item) {
            (Some(entry), Some(item)) => entry.values.push(unquoted(item)),
            (Some(entry), None) if indented => {
                // A value folded over several lines.
                let value = unquoted(trimmed);
                match entry.values.last_mut() {
                    Some(last) if !matches!(last.as_str(), ">" | "|" | ">-" | "|-") => {
                        last.push(' ');
                        last.push_str(&value);
                    }
                    Some(last) => *last = value,
                    None => entry.values.push(value),
                }
            }
            _ => match trimmed.split_once([':', '：']) {
                Some((key, value)) => {
                    let key = unquoted(key);
                    out.push(Entry { line: number, key, values: values(value.trim()) });
                }
                None => {
                    let key = format!("line-{number}");
                    draft.say(Finding::warning(LINE_UNCLEAR).arg("text", trimmed).line(number));
                    draft.article.meta.extra.insert(key, trimmed.to_owned());
                }
            },
        }
    }
    out
}

/// The values after a colon: none, one, or those of a list in brackets.
fn values(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        return inner.split([',', '，']).map(unquoted).filter(|v| !v.is_empty()).collect();
    }
    vec![unquoted(text)]
}

/// A value without its quotes, or without the comment behind it.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('"')
        && let Some(inner) = inner.strip_suffix('"')
    {
        return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    if let Some(inner) = text.strip_prefix('\'')
        && let Some(inner) = inner.strip_suffix('\'')
    {
        return inner.replace("''", "'");
    }
    text.split(" #").next().unwrap_or(text).trim().to_owned()
}

fn take(draft: &mut Draft, entry: &Entry, credits: &mut Vec<Credit>) {
    let value = entry.values.join("、");
    if value.is_empty() {
        return;
    }
    let credit = |role: Role, label: &str| {
        let names = entry.values.iter().flat_map(|v| {
            fields::names(v, 0).into_iter().map(|r| v[r].to_owned()).collect::<Vec<_>>()
        });
        Credit { role, label: label.to_owned(), names: names.collect() }
    };
    let run = || vec![Inline::Text(value.clone())];
    let meta = &mut draft.article.meta;
    match entry.key.trim().to_lowercase().as_str() {
        "title" | "标题" => {
            let line = SourceLine { number: entry.line, text: &value };
            series::apply(draft, line, 1.0);
        }
        "subtitle" | "副题" | "副标题" => meta.subtitle = run(),
        "kicker" | "引题" => meta.kicker = run(),
        "date" | "日期" | "发布日期" | "发布时间" => match date::read(&value) {
            Some(Reading::Day(day)) => meta.date = Some(day),
            _ => values::set_unclear(draft, entry.line, &value),
        },
        "author" | "authors" | "作者" => credits.push(credit(Role::Author, "作者")),
        "editor" | "编辑" => credits.push(credit(Role::Editor, "编辑")),
        "department" | "供稿" => credits.push(credit(Role::Contributor, "供稿")),
        "photographer" | "摄影" => credits.push(credit(Role::Photographer, "摄影")),
        "views" | "浏览量" if value.parse::<u64>().is_ok() => meta.views = value.parse().ok(),
        "source" | "来源" => meta.source = Some(value),
        "source_url" | "url" | "原文链接" => meta.source_url = Some(value),
        "series" | "系列" => in_series(draft, &value),
        "column" | "栏目" => meta.column = Some(value),
        "summary" | "description" | "摘要" => meta.summary = Some(value),
        _ => {
            meta.extra.insert(entry.key.clone(), value);
        }
    }
}

/// A series with its number behind the name, or a name alone.
fn in_series(draft: &mut Draft, value: &str) {
    let meta = &mut draft.article.meta;
    let words: Vec<&str> = value.split_whitespace().collect();
    match words[..] {
        [ref names @ .., raw] if !names.is_empty() && numeral::read(raw).is_some() => {
            let ordinal = numeral::read(raw).unwrap_or(1);
            let raw = raw.to_owned();
            meta.series = Some(Series { name: names.join(" "), ordinal, raw });
        }
        // The title may already have given the number.
        _ => match &mut meta.series {
            Some(series) => series.name = value.to_owned(),
            None => meta.column = Some(value.to_owned()),
        },
    }
}
