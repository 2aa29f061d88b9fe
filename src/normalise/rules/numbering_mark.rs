//! What stands behind a number that opens a paragraph: 一、 1. （一） and nothing
//! behind a bracket (GB/T 15834-2011, appendix B.3).

use crate::article::script::is_han;
use crate::diag::{Code, Grade};
use crate::normalise::line::{Change, Kind, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("numbering-mark"), propose };

const NUMERALS: &str = "一二三四五六七八九十";

fn propose(line: &Line) -> Vec<Change> {
    opening(line).into_iter().chain(ordinals(line)).collect()
}

/// The number at the beginning of the run.
fn opening(line: &Line) -> Option<Change> {
    let bracket = line.at(0).is_some_and(|c| matches!(c, '（' | '('));
    let from = usize::from(bracket);
    let rest = &line.chars[from.min(line.chars.len())..];
    let han = rest.iter().take_while(|c| NUMERALS.contains(**c)).count();
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let end = from + han.max(digits);
    if !(1..=3).contains(&(end - from)) || digits > 2 {
        return None;
    }
    let (mark, after) = (line.at(end)?, line.at(end + 1));
    if bracket {
        let mark = line.at(end + 1)?;
        let closed = matches!(line.at(end)?, '）' | ')');
        let text = line.at(end + 2).is_some_and(opens_text);
        return (closed && text && matches!(mark, '、' | '，' | ',' | '.' | '．'))
            .then(|| Change { range: end + 1..end + 2, new: String::new(), grade: grade(line) });
    }
    if !after.is_some_and(opens_text) || line.shielded(end) {
        return None;
    }
    let new = match mark {
        '.' | '．' | ',' | '，' if han > 0 => "、",
        '、' | '．' if digits > 0 => ".",
        _ => return None,
    };
    Some(Change { range: end..end + 1, new: new.to_owned(), grade: grade(line) })
}

/// In a heading the number is plainly one; a paragraph may begin otherwise.
fn grade(line: &Line) -> Grade {
    if line.kind == Kind::Heading { Grade::Safe } else { Grade::Suggested }
}

/// 1、2号楼 and 一、二年级 are lists, not numbers of a paragraph.
fn opens_text(c: char) -> bool {
    (is_han(c) && !NUMERALS.contains(c)) || matches!(c, '“' | '《')
}

/// 第一、 首先、 其次、 at the beginning of a clause take a comma.
fn ordinals(line: &Line) -> Vec<Change> {
    let mut out = Vec::new();
    for i in line.positions(|c| c == '、') {
        if !line.at(i + 1).is_some_and(opens_text) || matches!(line.at(i + 1), Some('第' | '其'))
        {
            continue;
        }
        let start = i - line.chars[..i].iter().rev().take_while(|c| is_han(**c)).count();
        let clause = start == 0 || "。；：！？".contains(line.chars[start - 1]);
        let word: String = line.chars[start..i].iter().collect();
        let numbered = ["第", "其"].iter().any(|head| {
            let rest = word.strip_prefix(head);
            rest.is_some_and(|r| !r.is_empty() && r.chars().all(|c| NUMERALS.contains(c)))
        });
        if clause && (numbered || word == "首先" || word == "其次") {
            out.push(Change::suggested(i..i + 1, "，"));
        }
    }
    out
}
