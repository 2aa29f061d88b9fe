//! A series' name and number inside a title. The patterns stand in the order in
//! which they are tried; the first that fits wins.

use std::ops::Range;

use crate::article::{Inline, Part, Place, Series};
use crate::diag::{Code, Finding};

use super::draft::{Draft, SourceLine};
use super::numeral;

const TITLE_SERIES: Code = Code::new("read-title-series");
const SERIES_LINE: Code = Code::new("read-series-line");
const TITLE_PLAIN: Code = Code::new("read-title-first-line");
const ISSUE_ONLY: Code = Code::new("read-series-nameless");

/// A title taken apart; all ranges are of the title as written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Titled {
    /// The series' name, without number.
    name: Option<Range<usize>>,
    /// The number as written.
    raw: Option<(Range<usize>, u32)>,
    /// What is left as the title.
    title: Range<usize>,
}

/// Words that end the name of a series whose number follows at once.
const KINDS: &[&str] = &[
    "综述",
    "述评",
    "系列",
    "系列报道",
    "系列评论",
    "评论",
    "报道",
    "纪实",
    "巡礼",
    "侧记",
    "访谈",
    "专访",
    "观察",
    "专栏",
    "特稿",
    "连载",
    "札记",
    "漫谈",
    "微课",
    "讲坛",
    "讲堂",
    "风采",
    "故事",
    "人物",
    "解读",
    "专题",
    "快评",
    "走笔",
    "通讯",
    "随笔",
    "回眸",
    "掠影",
    "简报",
];

/// Takes a title apart, or nothing where it names no series.
fn split(title: &str) -> Option<Titled> {
    bracketed(title)
        .or_else(|| at_colon(title))
        .or_else(|| numbered_end(title))
        .or_else(|| after_dash(title))
        .or_else(|| at_space(title))
        .or_else(|| column_at_bar(title))
}

/// Whether a whole line is the name of a series and a number, as one stands above
/// or below a title: S之N, S第N期, S（N）, ——S⑤.
pub(super) fn is_name_and_number(line: &str) -> bool {
    named(line).is_some()
}

fn named(line: &str) -> Option<(Range<usize>, Range<usize>, u32)> {
    let start = line.len() - line.trim_start_matches(['—', '-', '－', ' ']).len();
    let end = line.trim_end().len();
    if line.contains([':', '：', '。', '，']) || start >= end {
        return None;
    }
    let head = match (line[start..].strip_prefix('【'), line[..end].strip_suffix('】')) {
        (Some(_), Some(rest)) => start + '【'.len_utf8()..rest.len(),
        _ => start..end,
    };
    ending_number(line, head, false).filter(|(name, ..)| !name.is_empty())
}

/// Takes the series from a line of its own.
pub(super) fn apply_alone(draft: &mut Draft, line: SourceLine<'_>) {
    if let Some((name, raw, ordinal)) = named(line.text) {
        let place = Place::part(Part::Meta);
        let written = line.text[raw.clone()].to_owned();
        draft.article.meta.series =
            Some(Series { name: line.text[name.clone()].to_owned(), ordinal, raw: written });
        draft.consume_rest(&place, line, 0..line.text.len(), &[name, raw]);
        draft.origin(place, line.number, 0.8, SERIES_LINE);
    }
}

/// The title without its series, where it names one.
pub(super) fn title_in(title: &str) -> Option<&str> {
    split(title).map(|found| &title[found.title])
}

/// 【S】T, 【S④】T, 【S（五）】T.
fn bracketed(title: &str) -> Option<Titled> {
    let inner = title.strip_prefix('【')?;
    let close = '【'.len_utf8() + inner.find('】')?;
    let rest = close + '】'.len_utf8()..title.len();
    let rest = trimmed(title, rest);
    let head = '【'.len_utf8()..close;
    // 【S】第N期：T
    if let Some(found) = at_colon(&title[rest.clone()])
        && found.name.is_none()
        && let Some((raw, number)) = found.raw
    {
        let moved = |r: Range<usize>| r.start + rest.start..r.end + rest.start;
        let raw = Some((moved(raw), number));
        return Some(Titled { name: Some(trimmed(title, head)), raw, title: moved(found.title) });
    }
    if rest.is_empty() || title[head.clone()].trim().is_empty() {
        return None;
    }
    let (name, raw) = match ending_number(title, head.clone(), true) {
        Some((name, raw, number)) => (name, Some((raw, number))),
        None => (trimmed(title, head), None),
    };
    Some(Titled { name: Some(name), raw, title: rest })
}

/// Everything with a colon or a bar between series and title: S之N：T,
/// S第N期：T, 第N期：T, S（N）｜T, S综述N：T, S⑤｜T.
fn at_colon(title: &str) -> Option<Titled> {
    let (at, mark) =
        title.char_indices().find(|(_, c)| matches!(c, ':' | '：' | '|' | '｜' | '丨' | '│'))?;
    let rest = trimmed(title, at + mark.len_utf8()..title.len());
    let head = trimmed(title, 0..at);
    if rest.is_empty() || head.is_empty() {
        return None;
    }
    let (name, raw, number) = ending_number(title, head, false)?;
    let name = (!name.is_empty()).then_some(name);
    Some(Titled { name, raw: Some((raw, number)), title: rest })
}

/// S之N T, S第N期 T: a space does for a colon where the number says what it is.
fn at_space(title: &str) -> Option<Titled> {
    let (at, _) = title.char_indices().find(|(_, c)| c.is_whitespace())?;
    let rest = trimmed(title, at..title.len());
    let head = &title[..at];
    // 入选十大新闻之一 counts nothing.
    let counted = head.ends_with(['期', '辑', '讲', '篇']) && head.contains('第');
    let one_of = head.contains('之') && !head.ends_with("之一");
    if rest.is_empty() || !(counted || one_of) {
        return None;
    }
    let (name, raw, number) = ending_number(title, 0..at, false)?;
    (!name.is_empty()).then_some(Titled { name: Some(name), raw: Some((raw, number)), title: rest })
}

/// S｜T: a column, where what stands before the bar is a short name.
fn column_at_bar(title: &str) -> Option<Titled> {
    const LONGEST: usize = 12;
    let (at, bar) = title.char_indices().find(|(_, c)| "|｜丨│".contains(*c))?;
    let rest = trimmed(title, at + bar.len_utf8()..title.len());
    let head = trimmed(title, 0..at);
    let name = &title[head.clone()];
    let short = (2..=LONGEST).contains(&name.chars().count());
    let plain =
        !name.contains(|c: char| "，。！？：；".contains(c)) && !title[rest.clone()].contains(bar);
    (short && plain && rest.len() > head.len() / 2 && !rest.is_empty()).then_some(Titled {
        name: Some(head),
        raw: None,
        title: rest,
    })
}

/// T（N）: the parts of a series that share their title.
fn numbered_end(title: &str) -> Option<Titled> {
    let body = title.trim_end();
    let inner = body.strip_suffix(['）', ')'])?;
    let open = inner.rfind(['（', '('])?;
    let raw = open + inner[open..].chars().next()?.len_utf8()..inner.len();
    let raw = uncounted(title, raw);
    let number = ordinal(&title[raw.clone()])?;
    let name = trimmed(title, 0..open);
    if name.is_empty() {
        return None;
    }
    Some(Titled { name: Some(name.clone()), raw: Some((raw, number)), title: name })
}

/// T——S之N.
fn after_dash(title: &str) -> Option<Titled> {
    let at = title.rfind("——")?;
    let head = trimmed(title, 0..at);
    let tail = trimmed(title, at + "——".len()..title.len());
    if head.is_empty() {
        return None;
    }
    let (name, raw, number) = ending_number(title, tail, false)?;
    let named = Titled { name: Some(name.clone()), raw: Some((raw, number)), title: head };
    (!name.is_empty()).then_some(named)
}

/// The number a series' name ends with: 之五, 第五期, （五）, ⑤, and a bare 五
/// where the name before it ends with a word for a kind of series or where
/// anything goes (`bare`).
fn ending_number(
    title: &str,
    head: Range<usize>,
    bare: bool,
) -> Option<(Range<usize>, Range<usize>, u32)> {
    let text = &title[head.clone()];
    let at = |start: usize, end: usize| head.start + start..head.start + end;
    let done = |name_end: usize, raw: Range<usize>| {
        let name = trimmed(title, at(0, name_end));
        let name = name.start
            ..name.start + title[name].trim_end_matches(['·', '-', '—', '|', '｜', ' ']).len();
        let number = ordinal(&title[raw.clone()])?;
        Some((name, raw, number))
    };
    if let Some(inner) = text.strip_suffix(['）', ')']) {
        let open = inner.rfind(['（', '('])?;
        let start = open + inner[open..].chars().next()?.len_utf8();
        return done(open, uncounted(title, at(start, inner.len())));
    }
    let text = ["预告", "回顾", "实录", "纪要"]
        .iter()
        .find_map(|word| text.strip_suffix(word).filter(|rest| rest.ends_with(['期', '讲', '场'])))
        .unwrap_or(text);
    let counted = ["期", "讲", "篇", "辑", "回", "集", "站", "课", "场", "季"]
        .iter()
        .find_map(|m| text.strip_suffix(m));
    let body = counted.unwrap_or(text).trim_end();
    let start = body
        .char_indices()
        .rev()
        .take_while(|(_, c)| numeral::is_digit(*c))
        .last()
        .map(|(i, _)| i)?;
    let before = &body[..start];
    let raw = at(start, body.len());
    if let Some(name) = before.trim_end().strip_suffix('第') {
        return done(name.len(), raw);
    }
    if counted.is_some() {
        return None;
    }
    if let Some(name) = before.strip_suffix('之') {
        return if name.is_empty() { None } else { done(name.len(), raw) };
    }
    let enclosed = text[start..]
        .chars()
        .all(|c| c.is_numeric() && !c.is_ascii_digit() && numeral::digit(c).is_none());
    let name = before.trim_end().trim_end_matches(['·', '-', '—']);
    let known = KINDS.iter().any(|kind| name.ends_with(kind));
    if name.is_empty() || !(bare || enclosed || known) {
        return None;
    }
    done(name.len(), raw)
}

/// The number alone of 第N期, 之N and the like.
fn uncounted(title: &str, range: Range<usize>) -> Range<usize> {
    let text = &title[range.clone()];
    let start = text.len() - text.trim_start_matches(['第', '之', '其', ' ']).len();
    let end = text.trim_end_matches(['期', '讲', '篇', '辑', '回', '集', ' ']).len();
    if start < end { range.start + start..range.start + end } else { range }
}

fn ordinal(raw: &str) -> Option<u32> {
    // A year in brackets is a year.
    numeral::read(raw).filter(|n| (1..1000).contains(n))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

/// Takes a title over into the article, its series apart.
pub(super) fn apply(draft: &mut Draft, line: SourceLine<'_>, confidence: f32) {
    let place = Place::part(Part::Title);
    let Some(found) = split(line.text) else {
        let title = line.text.trim();
        draft.article.meta.title = vec![Inline::Text(title.to_owned())];
        draft.origin(place, line.number, confidence, TITLE_PLAIN);
        return;
    };
    let mut kept = vec![found.title.clone()];
    kept.extend(found.name.clone());
    kept.extend(found.raw.iter().map(|(r, _)| r.clone()));
    let meta = &mut draft.article.meta;
    meta.title = vec![Inline::Text(line.text[found.title].to_owned())];
    let name = found.name.map(|n| line.text[n].to_owned());
    match (name, found.raw) {
        (Some(name), Some((raw, ordinal))) => {
            meta.series = Some(Series { name, ordinal, raw: line.text[raw].to_owned() });
        }
        (Some(name), None) => meta.column = Some(name),
        (None, Some((raw, ordinal))) => {
            // The number of an issue whose series only the column can name.
            let raw = line.text[raw].to_owned();
            match meta.column.take() {
                Some(name) => meta.series = Some(Series { name, ordinal, raw }),
                None => {
                    meta.extra.insert("issue".to_owned(), raw.clone());
                    let finding = Finding::note(ISSUE_ONLY).arg("number", raw);
                    draft.say(finding.line(line.number).place(place.clone()));
                }
            }
        }
        (None, None) => {}
    }
    draft.consume_rest(&place, line, 0..line.text.len(), &kept);
    draft.wrote(place.clone(), line);
    draft.origin(place, line.number, confidence.min(0.9), TITLE_SERIES);
}
