//! Numbers of headings and paragraphs: one after the other, and the marks in the
//! order 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3).

use crate::article::script::is_han;
use crate::article::{Block, Step, plain_text};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("number-order");
pub(super) const RULE: Rule = Rule { code: CODE, look };

const NUMERALS: &str = "一二三四五六七八九十";

/// A number at the beginning of a paragraph.
struct Number {
    /// Which mark it has, from 0 for 一、 to 3 for （1）.
    mark: usize,
    value: u32,
}

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut open: Vec<Number> = Vec::new();
    let mut out = Vec::new();
    for (place, block) in &subject.blocks {
        let [Step::Block(_)] = place.steps.as_slice() else { continue };
        let text = match block {
            Block::Heading(heading) => plain_text(&heading.text),
            Block::Paragraph(inlines) => plain_text(inlines),
            _ => continue,
        };
        let chars: Vec<char> = text.chars().take(12).collect();
        let Some(number) = number(&chars) else { continue };
        let expected = match open.iter().rposition(|n| n.mark == number.mark) {
            Some(at) => {
                open.truncate(at + 1);
                let before = open[at].value;
                open[at].value = number.value;
                // A new list begins again at one.
                (number.value != before + 1 && number.value != 1).then_some(before + 1)
            }
            None => {
                open.retain(|n| n.mark < number.mark);
                // Below an outer number the inner ones begin at one. Where they go on
                // counting, inner and outer marks have changed places.
                let first = number.value;
                let below = !open.is_empty();
                open.push(Number { ..number });
                (below && first != 1).then_some(1)
            }
        };
        if let Some(expected) = expected {
            out.push(
                Finding::warning(CODE)
                    .arg("said", number.value)
                    .arg("expected", expected)
                    .excerpt(text.chars().take(20).collect::<String>())
                    .place(place.clone()),
            );
        }
    }
    out
}

/// The number that these characters begin with: its mark and text must follow. A word
/// and a colon may stand before it: 附件：1.名单.
fn number(chars: &[char]) -> Option<Number> {
    let colon = chars.iter().take(4).position(|c| matches!(c, '：' | ':'));
    let chars = &chars[colon.map_or(0, |at| at + 1)..];
    let bracket = matches!(chars.first(), Some('（' | '('));
    let rest = &chars[usize::from(bracket)..];
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let han = rest.iter().take_while(|c| NUMERALS.contains(**c)).count();
    let len = digits.max(han);
    let end = *rest.get(len)?;
    let text = rest.get(len + 1);
    let mark = match (bracket, digits > 0, end) {
        (false, false, '、') => 0,
        (true, false, '）' | ')') => 1,
        (false, true, '.' | '．' | '、') => 2,
        (true, true, '）' | ')') => 3,
        _ => return None,
    };
    let word: String = rest[..len].iter().collect();
    let value = if digits > 0 { word.parse().ok()? } else { read(&rest[..len])? };
    let opens = text.is_some_and(|c| (is_han(*c) && !NUMERALS.contains(*c)) || "“《 ".contains(*c));
    ((1..=99).contains(&value) && opens).then_some(Number { mark, value })
}

/// 一 to 九十九.
fn read(numerals: &[char]) -> Option<u32> {
    let digit = |c: &char| {
        let at = NUMERALS.chars().position(|n| n == *c).filter(|at| *at < 9)?;
        u32::try_from(at + 1).ok()
    };
    match numerals {
        ['十'] => Some(10),
        [n] => digit(n),
        ['十', one] => Some(10 + digit(one)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', one] => Some(10 * digit(ten)? + digit(one)?),
        _ => None,
    }
}
