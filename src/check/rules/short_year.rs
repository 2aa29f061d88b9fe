//! A year of two digits (GB/T 15835-2011, 5.1.4).

use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("short-year");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for line in &subject.lines {
        for at in (2..line.chars.len()).filter(|&i| matches!(line.chars[i], '年' | '学')) {
            if short(line, at) {
                out.push(
                    Finding::warning(CODE)
                        .arg("year", line.text(at - 2, at + 1))
                        .excerpt(line.around(at - 2, at + 1))
                        .place(line.place.clone()),
                );
            }
        }
    }
    out
}

/// Whether the two digits before 年 or 学年 name a year: a month follows, or a full year
/// stands before them. 22年 by itself may as well be a time of 22 years.
fn short(line: &Line, at: usize) -> bool {
    let digit = |i: usize| line.chars.get(i).is_some_and(char::is_ascii_digit);
    if !digit(at - 1) || !digit(at - 2) || (at > 2 && (digit(at - 3) || line.chars[at - 3] == '.'))
    {
        return false;
    }
    let month = (1..=2).find(|n| !digit(at + 1 + n)).filter(|_| digit(at + 1));
    let dated = month.is_some_and(|n| line.chars.get(at + 1 + n) == Some(&'月'));
    let range = at > 6
        && matches!(line.chars[at - 3], '-' | '—' | '–' | '～' | '~' | '至')
        && (at - 7..at - 3).all(digit);
    let school = line.chars[at] == '学';
    (dated && !school) || (range && (!school || line.chars.get(at + 1) == Some(&'年')))
}
