//! Dates written in running text: finding them, and the weekday of each.

use std::ops::Range;

use crate::article::Date;
use crate::article::script::is_space;

/// The days of the week from Monday, as they are written.
pub(super) const WEEKDAYS: [&str; 7] =
    ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];

/// How many days off a date may be whose year has to be guessed.
const SEASON: i32 = 100;

/// A date in the text: `2022年1月14日` or `1月14日`, digits only.
pub(super) struct Written {
    /// Which characters it takes.
    pub(super) range: Range<usize>,
    year: Option<u16>,
    month: u32,
    day: u32,
}

impl Written {
    /// Whether the calendar has such a day; without a year, in a leap year.
    pub(super) fn exists(&self) -> bool {
        self.date(self.year.unwrap_or(2000)).is_some()
    }

    /// The day of the week, from 0 for Monday. Without a year it is that of the day
    /// nearest to `near`, as long as it is within a season of it.
    pub(super) fn weekday(&self, near: Option<Date>) -> Option<usize> {
        if let Some(year) = self.year {
            return self.date(year).map(weekday);
        }
        let near = near?;
        let years = [near.year().checked_sub(1)?, near.year(), near.year() + 1];
        let days = years.into_iter().filter_map(|year| self.date(year));
        let away = |day: &Date| (number(*day) - number(near)).abs();
        days.min_by_key(away).filter(|day| away(day) <= SEASON).map(weekday)
    }

    fn date(&self, year: u16) -> Option<Date> {
        Date::new(year, u8::try_from(self.month).ok()?, u8::try_from(self.day).ok()?)
    }
}

/// All dates of a text that name month and day.
pub(super) fn dates(chars: &[char]) -> Vec<Written> {
    let mut out = Vec::new();
    for i in (0..chars.len()).filter(|&i| chars[i] == '月') {
        let Some((month, start)) = number_before(chars, i) else { continue };
        let Some((day, end)) = number_after(chars, i + 1) else { continue };
        if !matches!(chars.get(end), Some('日' | '号')) {
            continue;
        }
        let year = (start > 0 && chars[start - 1] == '年')
            .then(|| number_before(chars, start - 1))
            .flatten()
            .filter(|(n, _)| (1000..=9999).contains(n));
        let start = year.map_or(start, |(_, start)| start);
        let year = year.and_then(|(n, _)| u16::try_from(n).ok());
        out.push(Written { range: start..end + 1, year, month, day });
    }
    out
}

/// The day of the week written right after a date, perhaps in brackets, and
/// where it ends: `（星期五）`, `周五`.
pub(super) fn weekday_after(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let skip = chars[at..].iter().take_while(|c| is_space(**c) || matches!(c, '（' | '(')).count();
    let rest = &chars[at + skip..];
    let word = ["星期", "礼拜", "周"]
        .into_iter()
        .find(|w| rest.iter().copied().take(w.chars().count()).eq(w.chars()))?;
    let len = word.chars().count();
    let day = match *rest.get(len)? {
        '日' | '天' => 6,
        c => "一二三四五六".chars().position(|n| n == c)?,
    };
    // 周一 begins other words too: 周一至周五 is not about this date.
    let next = rest.get(len + 1).copied();
    (!matches!(next, Some('至' | '到' | '—' | '～' | '-'))).then_some((day, at + skip + len + 1))
}

fn number_before(chars: &[char], end: usize) -> Option<(u32, usize)> {
    let len = chars[..end].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    Some((read(&chars[end - len..end])?, end - len))
}

fn number_after(chars: &[char], start: usize) -> Option<(u32, usize)> {
    let len = chars[start..].iter().take_while(|c| c.is_ascii_digit()).count();
    Some((read(&chars[start..start + len])?, start + len))
}

fn read(digits: &[char]) -> Option<u32> {
    (digits.len() <= 4).then(|| digits.iter().collect::<String>().parse().ok()).flatten()
}

/// The number of a day, to count from one to another; no more than a day off.
fn number(date: Date) -> i32 {
    let days = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let month = days[usize::from(date.month() - 1) % 12];
    i32::from(date.year()) * 365 + i32::from(date.year()) / 4 + month + i32::from(date.day())
}

/// From 0 for Monday, by Zeller's congruence.
fn weekday(date: Date) -> usize {
    let (mut y, mut m) = (i32::from(date.year()), i32::from(date.month()));
    if m < 3 {
        y -= 1;
        m += 12;
    }
    let century = y / 100;
    let year = y % 100;
    let h = i32::from(date.day()) + 13 * (m + 1) / 5 + year + year / 4 + century / 4 + 5 * century;
    usize::try_from((h + 5) % 7).unwrap_or(0)
}
