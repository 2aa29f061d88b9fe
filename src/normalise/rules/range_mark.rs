//! Ranges: 一字线 between times, 浪纹线 between amounts (GB/T 15834-2011, 4.13;
//! GB/T 15835-2011, 5.1.3), never a hyphen.

use std::ops::Range;

use crate::diag::Code;
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("range-mark"), propose };

/// What may follow the second number of an amount, longest first where it matters.
const UNITS: [&str; 62] = [
    "分钟", "小时", "公里", "千米", "厘米", "毫米", "公斤", "千克", "平方", "学时", "课时", "个",
    "人", "名", "位", "项", "条", "次", "周", "天", "岁", "元", "万", "亿", "倍", "斤", "吨", "亩",
    "米", "克", "秒", "层", "本", "册", "篇", "家", "台", "套", "件", "场", "里", "级", "字", "页",
    "队", "组", "门", "种", "处", "间", "户", "棵", "株", "辆", "盏", "节", "支", "轮", "%", "％",
    "℃", "度",
];

fn propose(line: &Line) -> Vec<Change> {
    let mut out = Vec::new();
    for range in line.stretches(|c| matches!(c, '-' | '–' | '－' | '—' | '─')) {
        if range.len() > 2 || range.clone().any(|i| line.shielded(i)) {
            continue;
        }
        let old: String = line.chars[range.clone()].iter().collect();
        let Some(new) = wanted(line, &range) else { continue };
        // One stroke is right for times, and allowed for amounts.
        if old != "—" {
            out.push(Change::suggested(range, new));
        }
    }
    out
}

fn wanted(line: &Line, range: &Range<usize>) -> Option<&'static str> {
    let unit = line.before(range.start).filter(|c| "年月日％%".contains(*c));
    let end = range.start - usize::from(unit.is_some());
    let before = &line.chars[..end];
    let number = |c: &char| c.is_ascii_digit() || *c == '.';
    let left = before.iter().rev().take_while(|c| number(c)).count();
    let head = before[..end - left].last();
    let after = &line.chars[range.end..];
    let right = after.iter().take_while(|c| number(c)).count();
    let tail = after.get(right);
    // Parts of telephone numbers, models and dates of three parts are no range.
    let part =
        |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphabetic() || "-–－/_#".contains(*c));
    if left == 0 || right == 0 || part(head) || (part(tail) && tail != Some(&'k')) {
        return None;
    }
    let text = |chars: &[char]| chars.iter().collect::<String>();
    let (from, to) = (text(&before[end - left..]), text(&after[..right]));
    let (from, to) = (from.parse::<f64>().ok()?, to.parse::<f64>().ok()?);
    let year = |n: f64, len: usize| len == 4 && (1000.0..2200.0).contains(&n);
    if year(from, left) && year(to, right) {
        let years = match tail {
            Some('年' | '学') => true,
            // The years of a life.
            Some('）') => unit.is_none() && matches!(head, Some('（')),
            _ => unit == Some('年'),
        };
        // The classes of two years; but 1500-2000字 is an amount.
        if years || tail == Some(&'级') {
            return (years && from < to).then_some("—");
        }
    }
    let calendar = |c: char| matches!(c, '月' | '日');
    if tail.is_some_and(|c| calendar(*c)) {
        let left = unit.is_none_or(calendar);
        return (left && from <= 31.0 && to <= 31.0 && (from < to || unit.is_some()))
            .then_some("—");
    }
    let rest = text(&after[right..after.len().min(right + 2)]);
    let amount = UNITS.iter().any(|u| rest.starts_with(u));
    let like = unit.is_none_or(|u| "%％".contains(u) && rest.starts_with(u));
    (amount && like && from < to).then_some("～")
}
