//! Credits without colons: 记者 沈舟 通讯员 林溪, 沈舟/文 周远/图, （文 沈舟）, and
//! the credit of a picture at the end of its caption. Only a line that is nothing
//! but names and such words is one.

use std::ops::Range;

use crate::article::Role;

use super::fields::{Field, Fields, is_bracket, is_person_or_unit, split};
use super::labels::{self, Label};

/// A line of credits is at most so many characters.
const LONGEST: usize = 80;
/// Words that may stand behind a name to say what was done.
const BEHIND: &[&str] =
    &["供图", "供稿", "摄影", "摄制", "撰稿", "撰文", "整理", "编辑", "文", "图", "摄", "译", "绘"];

/// Reads a whole line as credits without colons.
pub(super) fn read(line: &str) -> Option<Fields> {
    if line.chars().count() > LONGEST {
        return None;
    }
    let inner = line.trim().trim_matches(is_bracket);
    let start = inner.as_ptr() as usize - line.as_ptr() as usize;
    let range = start..start + inner.len();
    let bracketed = inner.len() < line.trim().len();
    labels_first(line, range.clone(), bracketed).or_else(|| names_first(line, range))
}

fn words(line: &str, range: Range<usize>) -> Vec<Range<usize>> {
    split(line, range, |c| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '；' | ';'))
}

/// 记者 沈舟 通讯员 林溪 周远; in brackets also 记者沈舟.
fn labels_first(line: &str, range: Range<usize>, bracketed: bool) -> Option<Fields> {
    let mut out = Fields::default();
    for word in words(line, range) {
        let text = &line[word.clone()];
        match labels::at_start(text) {
            Some((label @ Label::Credit(_), length)) if bracketed && is_glued(text, length) => {
                let value = word.start + length..word.end;
                out.fields.push(Field { label, word: word.start..value.start, value });
            }
            Some((label @ Label::Credit(_), length)) if length == text.len() => {
                if out.fields.last().is_some_and(|f| f.value.is_empty()) {
                    return None;
                }
                out.fields.push(Field { label, value: word.end..word.end, word });
            }
            _ => {
                let field = out.fields.last_mut().filter(|_| is_person(text))?;
                let start = if field.value.is_empty() { word.start } else { field.value.start };
                field.value = start..word.end;
            }
        }
    }
    out.fields.last().is_some_and(|f| !f.value.is_empty()).then_some(out)
}

/// 记者沈舟 as a whole, as it stands beside a date.
pub(super) fn glued(text: &str) -> Option<Fields> {
    let (label @ Label::Credit(_), length) = labels::at_start(text)? else { return None };
    let mut out = Fields::default();
    out.fields.push(Field { label, word: 0..length, value: length..text.len() });
    is_glued(text, length).then_some(out)
}

/// 记者沈舟, but not 记者手记.
fn is_glued(text: &str, length: usize) -> bool {
    const OTHER: &[&str] = &[
        "手记", "札记", "观察", "团队", "队伍", "感言", "寄语", "名单", "简介", "说明", "报道",
        "综合", "整理", "见习",
    ];
    let name = &text[length..];
    text[..length].chars().count() >= 2
        && (2..=4).contains(&name.chars().count())
        && is_person(name)
        && !OTHER.iter().any(|word| name.starts_with(word))
}

/// 沈舟/文 周远、何㬚/图, 图书馆 供稿
fn names_first(line: &str, range: Range<usize>) -> Option<Fields> {
    let mut out = Fields::default();
    let mut names: Option<Range<usize>> = None;
    for word in split(line, range, |c| c.is_whitespace() || "、，,；;/／".contains(c)) {
        let text = &line[word.clone()];
        let glued = BEHIND.iter().find_map(|behind| {
            let name = text.strip_suffix(behind)?;
            // 作文 and 插图 are words of their own.
            (behind.chars().count() > 1 && is_person_or_unit(name)).then_some(name.len())
        });
        if let Some(length) = glued.filter(|_| names.is_none()) {
            let behind = word.start + length..word.end;
            let (label, _) = labels::at_start(&line[behind.clone()])?;
            out.fields.push(Field { label, word: behind, value: word.start..word.start + length });
        } else if BEHIND.contains(&text) {
            let (label, _) = labels::at_start(text)?;
            out.fields.push(Field { label, word, value: names.take()? });
        } else if is_person_or_unit(text) {
            names = Some(names.map_or(word.start, |n| n.start)..word.end);
        } else {
            return None;
        }
    }
    (names.is_none() && !out.fields.is_empty()).then_some(out)
}

fn is_person(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && text.chars().all(super::fields::is_han)
        || (text.contains('·') && is_person_or_unit(text))
}

/// The end of a caption that says who took the picture: where the caption proper
/// ends, and the credit without brackets.
pub(super) fn at_end_of_caption(text: &str) -> Option<(usize, Range<usize>)> {
    const LOOK: usize = 30;
    let text = text.trim_end();
    let ends = text.trim_end_matches(['。', '.']);
    if ends.ends_with(['）', ')', '】', ']']) {
        let open = ends.rfind(['（', '(', '【', '['])?;
        let inner = ends[open..].trim_matches(is_bracket);
        let start = open + (ends[open..].len() - ends[open..].trim_start_matches(is_bracket).len());
        return is_of_picture(inner).then(|| (open, start..start + inner.len()));
    }
    let mut may_begin = true;
    let from = ends.char_indices().rev().take(LOOK).last().map_or(0, |(at, _)| at);
    for (at, c) in ends[from..].char_indices() {
        let at = from + at;
        if may_begin && at > 0 && is_of_picture(&ends[at..]) {
            let end = text[..at].trim_end().len();
            return Some((end, at..ends.len()));
        }
        may_begin = c.is_whitespace() || "。！？|｜".contains(c);
    }
    None
}

/// Whether a text says nothing but who took a picture: 沈舟 摄, 摄影：沈舟, 图/沈舟.
pub(super) fn is_of_picture(text: &str) -> bool {
    let text = text.trim().trim_matches(is_bracket).trim();
    if text.is_empty() || text.chars().count() > 30 {
        return false;
    }
    let people = |names: &str| {
        let names: Vec<&str> = names
            .split(|c: char| c.is_whitespace() || "、，,/／".contains(c))
            .filter(|n| !n.is_empty())
            .collect();
        !names.is_empty() && names.iter().all(|n| is_person_or_unit(n))
    };
    if let Some((Label::Credit(Role::Photographer | Role::Source), length)) = labels::at_start(text)
        && text.is_char_boundary(length)
    {
        let rest = text[length..].trim_start();
        let marked = rest.strip_prefix([':', '：', '/', '／', '|', '｜']);
        // 摄影 沈舟 says it without a mark, 图 沈舟 hardly does.
        let spaced = (rest.len() < text.len() - length && text[..length].chars().nth(1).is_some())
            .then_some(rest);
        if marked.or(spaced).is_some_and(people) {
            return true;
        }
    }
    let given = text.strip_prefix("图片由").or_else(|| text.strip_prefix("照片由"));
    if let Some(by) = given.and_then(|t| t.strip_suffix("提供")) {
        return people(by);
    }
    ["摄影", "供图", "摄", "图"].iter().any(|word| {
        text.strip_suffix(word).is_some_and(|by| {
            // 一幅图 and 示意图 are pictures, not people.
            let parted = by.ends_with(|c: char| c.is_whitespace() || "/／".contains(c));
            (parted || (*word != "图" && !by.ends_with(['拍', '录'])))
                && by.chars().count() >= 2
                && people(by)
        })
    })
}
