//! One date in two kinds of numerals: 5月三日 (GB/T 15835-2011, 4.3 and 5.3).

use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("mixed-numerals");
pub(super) const RULE: Rule = Rule { code: CODE, look };

const NUMERALS: &str = "〇零一二三四五六七八九十";

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for line in &subject.lines {
        let chars = &line.chars;
        for at in (0..chars.len()).filter(|&i| chars[i] == '月') {
            let (month, start) = numeral_before(chars, at);
            let end = at + 1 + length(&chars[at + 1..]);
            let day = chars.get(at + 1).and_then(kind);
            let dated = matches!(chars.get(end), Some('日' | '号'));
            let (Some(month), Some(day), true) = (month, day, dated) else { continue };
            let year =
                (start > 0 && chars[start - 1] == '年').then(|| numeral_before(chars, start - 1));
            let from = year.map_or(start, |(_, from)| from);
            let year = year.and_then(|(kind, _)| kind);
            if month != day || year.is_some_and(|year| year != month) {
                out.push(
                    Finding::warning(CODE)
                        .arg("date", line.text(from, end + 1))
                        .excerpt(line.around(from, end + 1))
                        .place(line.place.clone()),
                );
            }
        }
    }
    out
}

/// Whether a numeral is an Arabic one; `None` for what is no numeral.
fn kind(c: &char) -> Option<bool> {
    if c.is_ascii_digit() { Some(true) } else { NUMERALS.contains(*c).then_some(false) }
}

/// How many numerals of one kind these characters begin with.
fn length(chars: &[char]) -> usize {
    let first = chars.first().and_then(kind);
    chars.iter().take_while(|c| first.is_some() && kind(c) == first).count()
}

/// The kind of the numeral that ends at `end`, and where it begins.
fn numeral_before(chars: &[char], end: usize) -> (Option<bool>, usize) {
    let kind_of = end.checked_sub(1).and_then(|i| kind(&chars[i]));
    let len = chars[..end].iter().rev().take_while(|c| kind_of.is_some() && kind(c) == kind_of);
    (kind_of, end - len.count())
}
