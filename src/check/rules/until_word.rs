//! 截至 takes a time behind it, 截止 takes none: 截至6月底, 6月底截止.

use crate::article::script::is_han;
use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("until-word");
pub(super) const RULE: Rule = Rule { code: CODE, look };

/// Beginnings of a time, besides digits.
const TIMES: [&str; 14] = [
    "目前",
    "现在",
    "当前",
    "今",
    "昨",
    "去年",
    "上月",
    "上周",
    "本月",
    "本周",
    "本年",
    "发稿",
    "记者发稿",
    "此时",
];

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for line in &subject.lines {
        for at in line.find("截止") {
            if before_time(line, at + 2) && !names_an_end(line, at) {
                out.push(found(line, at, "截止", "截至"));
            }
        }
        for at in line.find("截至") {
            let behind = line.chars.get(at + 2);
            // A quotation mark shows that the word itself is meant.
            if behind.is_none_or(|c| "，。；！？、）".contains(*c)) && at > 0 {
                out.push(found(line, at, "截至", "截止"));
            }
        }
    }
    out
}

fn found(line: &Line, at: usize, said: &str, right: &str) -> Finding {
    Finding::warning(CODE)
        .arg("said", said)
        .arg("right", right)
        .excerpt(line.around(at, at + 2))
        .place(line.place.clone())
}

/// A year, a month or a day in digits, or a word for one.
fn before_time(line: &Line, at: usize) -> bool {
    let rest = &line.chars[at.min(line.chars.len())..];
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let dated = digits > 0 && rest.get(digits).is_some_and(|c| "年月日".contains(*c));
    let text: String = rest.iter().take(4).collect();
    dated || TIMES.iter().any(|time| text.starts_with(time))
}

/// 报名截止6月30日 says when something ends, as on a notice.
fn names_an_end(line: &Line, at: usize) -> bool {
    at > 0 && is_han(line.chars[at - 1])
}
