//! Dates as sources write them. A date that depends on the day it is read
//! (昨天, 3天前, 1月14日) is recognised and refused, never completed.

use crate::article::Date;

use super::numeral;

/// What a piece of text is as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A day.
    Day(Date),
    /// A date that cannot be known without knowing when it was written, or that
    /// the calendar does not have.
    Unclear,
}

/// Reads the whole of `text` as a date, a time of day after it included.
pub(super) fn read(text: &str) -> Option<Reading> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 40 {
        return None;
    }
    unix_seconds(text).or_else(|| full(text)).or_else(|| relative(text))
}

/// Whether `text` is nothing but a time of day or a day of the week.
pub(super) fn is_time_or_weekday(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '（', '）', '[', ']']);
    let weekday = text
        .strip_prefix("星期")
        .or_else(|| text.strip_prefix("周"))
        .is_some_and(|d| matches!(d, "一" | "二" | "三" | "四" | "五" | "六" | "日" | "天"));
    weekday || is_time(text)
}

fn is_time(text: &str) -> bool {
    let text = text.trim();
    let text =
        ["上午", "下午", "晚上", "凌晨"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text);
    text.contains([':', '：'])
        && text.chars().next().is_some_and(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || ":：.+-Z".contains(c))
}

fn unix_seconds(text: &str) -> Option<Reading> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds = match text.len() {
        10 => text.parse::<i64>().ok()?,
        13 => text.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    // Pages of Chinese institutions mean Beijing time, eight hours ahead.
    let day = jiff::tz::offset(8).to_datetime(jiff::Timestamp::from_second(seconds).ok()?).date();
    let (year, month, day) = (day.year(), day.month(), day.day());
    day_of(u32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

fn full(text: &str) -> Option<Reading> {
    let (year, rest) = number(text)?;
    if year.chars().count() != 4 || !year.chars().all(|c| numeral::digit(c).is_some()) {
        return None;
    }
    let (first, rest) = mark(rest)?;
    let (month, rest) = number(rest)?;
    let (second, rest) = mark(rest)?;
    let fits = match first {
        '年' => second == '月',
        other => other == second,
    };
    let (day, rest) = number(rest)?;
    let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
    let after = rest.strip_prefix('T').unwrap_or(rest).trim();
    if !fits || !(after.is_empty() || after.split_whitespace().all(is_time_or_weekday)) {
        return None;
    }
    Some(
        day_of(numeral::read(year)?, numeral::read(month)?, numeral::read(day)?)
            .unwrap_or(Reading::Unclear),
    )
}

fn day_of(year: u32, month: u32, day: u32) -> Option<Reading> {
    if !(1900..2200).contains(&year) {
        return None;
    }
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)?;
    Some(Reading::Day(date))
}

/// The run of digits a text begins with, and what follows.
fn number(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(|c| !numeral::is_digit(c)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// The mark between year, month and day, in one form for both widths.
fn mark(text: &str) -> Option<(char, &str)> {
    let text = text.trim_start();
    let c = text.chars().next()?;
    let same = match c {
        '-' | '－' | '–' | '—' | '‐' | '‑' => '-',
        '/' | '／' => '/',
        '.' | '．' | '·' => '.',
        '年' | '月' => c,
        _ => return None,
    };
    Some((same, &text[c.len_utf8()..]))
}

fn relative(text: &str) -> Option<Reading> {
    const WORDS: [&str; 13] = [
        "刚刚", "刚才", "今天", "今日", "昨天", "昨日", "前天", "前日", "本周", "上周", "本月",
        "上月", "近日",
    ];
    let body = WORDS.iter().find_map(|w| text.strip_prefix(w));
    let by_word = body.is_some_and(|rest| rest.trim().is_empty() || is_time(rest));
    let by_span = ["秒前", "分钟前", "小时前", "天前", "周前", "个月前", "月前", "年前"]
        .iter()
        .filter_map(|w| text.strip_suffix(w))
        .any(|n| numeral::read(n).is_some() || n == "半");
    (by_word || by_span || without_year(text)).then_some(Reading::Unclear)
}

/// 1月14日, 01-14.
fn without_year(text: &str) -> bool {
    let parts = || {
        let (month, rest) = number(text)?;
        let (sign, rest) = mark(rest)?;
        let (day, rest) = number(rest)?;
        let (month, day) = (numeral::read(month)?, numeral::read(day)?);
        let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest).trim();
        let fits =
            matches!(sign, '月' | '-') && (1..=12).contains(&month) && (1..=31).contains(&day);
        Some(fits && (rest.is_empty() || is_time(rest)))
    };
    parts().unwrap_or(false)
}
