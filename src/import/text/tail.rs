//! What stands below a text: credits, source, date, read backwards from the end;
//! credits in a bracket at the end of the last paragraph; and the signature of a
//! letter or a notice, which stays in the text.

use std::ops::Range;

use crate::article::{Part, Place};
use crate::diag::Code;

use super::{ends_sentence, half_units, headings, is_rule};
use crate::import::date::Reading;
use crate::import::draft::{Draft, SourceLine};
use crate::import::{byline, fields, picture, values};

const CREDIT_LINE: Code = Code::new("read-credit-line");
const END_MARK: Code = Code::new("read-end-mark");
const SIGNED: Code = Code::new("read-date-signature");

const CHROME: Code = Code::new("read-page-chrome");

/// Below a text there are at most so many lines of credits.
const MOST_LINES: usize = 100;
/// Below the credits there may be so many lines that are none, each at most so wide.
const MOST_STRAYS: usize = 2;
const STRAY: usize = 60;
/// A signature is at most this wide, in half-width units.
const SIGNATURE: usize = 48;

/// The number of the line with which the credits begin.
fn begins(lines: &[SourceLine<'_>]) -> usize {
    let mut at = lines.len();
    let mut names = false;
    while let Some(line) = at.checked_sub(1).map(|i| &lines[i]) {
        if lines.len() - at >= MOST_LINES {
            break;
        }
        let found = fields::parse(line.text);
        let is_credit = found.as_ref().is_some_and(fields::Fields::is_foot_line);
        let is_date = found.is_some_and(|f| f.is_date_only());
        let fits = is_credit
            || (is_date && !is_signed(lines, at - 1))
            || is_end_mark(line.text)
            || is_chrome(line.text)
            || (names && is_rule(line.text));
        if !fits {
            break;
        }
        names |= is_credit;
        at -= 1;
    }
    at
}

/// The lines of credits of a text: where they begin, and which lines below them are
/// none, as 喜欢就点个在看吧.
pub(super) fn find(lines: &[SourceLine<'_>]) -> (usize, Range<usize>) {
    let credits = |lines: &[SourceLine<'_>]| {
        let found = |l: &&SourceLine<'_>| fields::parse(l.text).is_some_and(|f| f.is_foot_line());
        lines.iter().filter(found).count()
    };
    let at = begins(lines);
    if credits(&lines[at..]) == 0 {
        for more in 1..=MOST_STRAYS.min(at) {
            let end = at - more;
            if !is_stray(lines[end].text) {
                break;
            }
            let start = begins(&lines[..end]);
            if start > 0 && credits(&lines[start..end]) > 1 {
                return (start, end..at);
            }
        }
    }
    (at, at..at)
}

fn is_stray(text: &str) -> bool {
    half_units(text) <= STRAY
        && headings::number_rank(text).is_none()
        && !text.contains(['。', '；'])
        && !text.ends_with(['：', '，', ':', ','])
        && picture::bare(text).is_none()
}

/// Whether the date of line `at` belongs to the signature above it.
fn is_signed(lines: &[SourceLine<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|i| is_signature(lines[i].text))
}

fn is_signature(text: &str) -> bool {
    (4..=SIGNATURE).contains(&half_units(text))
        && text.chars().any(fields::is_han)
        && !ends_sentence(text)
        && !text.ends_with(['；', '：', '，', '、', ':', ',', ';'])
        && headings::number_rank(text).is_none()
        && !fields::parse(text).is_some_and(|f| f.is_credit_line())
}

/// END, - END -, —— 完 ——: says that the text is over.
fn is_end_mark(text: &str) -> bool {
    let word = text.trim_matches(|c: char| c.is_whitespace() || "-—–_=*·.~～/|【】[]".contains(c));
    text.chars().count() <= 20
        && (word.eq_ignore_ascii_case("end") || word.eq_ignore_ascii_case("the end"))
}

/// What a web page puts below an article: 上一篇：…, 【打印】【关闭】.
fn is_chrome(text: &str) -> bool {
    const LINKS: &[&str] = &["上一篇", "下一篇", "上一条", "下一条"];
    const BUTTONS: &[&str] = &[
        "打印",
        "打印本页",
        "打印本文",
        "关闭",
        "关闭窗口",
        "关闭本页",
        "返回",
        "返回列表",
        "返回顶部",
        "收藏",
        "加入收藏",
        "分享",
        "分享到",
    ];
    let linked = LINKS.iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with(['：', ':']))
    });
    let bracketed = text.starts_with(['【', '[', '［']);
    let mut words = text
        .split(|c: char| c.is_whitespace() || "【】[]［］：:|｜".contains(c))
        .filter(|word| !word.is_empty())
        .peekable();
    let buttons = words.peek().is_some() && words.all(|word| BUTTONS.contains(&word));
    half_units(text) <= 200 && (linked || (bracketed && buttons))
}

/// Cuts the credits in a bracket off the end of the last line.
pub(super) fn bracket_at_end<'a>(lines: &mut [SourceLine<'a>]) -> Option<SourceLine<'a>> {
    let (last, before) = lines.split_last_mut()?;
    // Below a picture it is the caption's photographer.
    let captioned = before.last().is_some_and(|line| picture::ends_with_name(line.text));
    let text = last.text;
    let open = text.strip_suffix(['）', ')'])?.rfind(['（', '('])?;
    let before = text[..open].trim_end();
    let is_credit = fields::parse(&text[open..]).is_some_and(|f| f.is_credit_line());
    if !is_credit
        || !ends_sentence(before)
        || (captioned && byline::is_of_picture(&text[open..]))
        || before.is_empty()
    {
        return None;
    }
    last.text = before;
    Some(SourceLine { number: last.number, text: &text[open..] })
}

/// Takes over the credits.
pub(super) fn read(draft: &mut Draft, lines: &[SourceLine<'_>]) {
    let place = Place::part(Part::Meta);
    for line in lines {
        if is_end_mark(line.text) || is_chrome(line.text) {
            let rule = if is_chrome(line.text) { CHROME } else { END_MARK };
            draft.consume(&place, *line, 0..line.text.len(), rule, "");
        } else if is_rule(line.text) {
            draft.consume_meta(*line, &[]);
        } else if let Some(found) = fields::parse(line.text) {
            values::apply(draft, *line, &found);
            draft.origin(place.clone(), line.number, 0.9, CREDIT_LINE);
        }
    }
}

/// Takes the date from the signature that a text ends with, where there is no
/// other. The signature itself stays in the text.
pub(in crate::import) fn read_signature(draft: &mut Draft, lines: &[SourceLine<'_>]) {
    if draft.article.meta.date.is_some() {
        return;
    }
    let Some(last) = lines.last() else { return };
    let Some(found) = fields::parse(last.text) else { return };
    let [(_, Some(Reading::Day(day)))] = found.dates[..] else { return };
    let alone = found.is_date_only() && is_signed(lines, lines.len() - 1);
    let beside = !found.loose.is_empty() && is_signature(last.text);
    if alone || beside {
        draft.article.meta.date = Some(day);
        draft.origin(Place::part(Part::Meta), last.number, 0.7, SIGNED);
    }
}
