//! Which lines are headings, by their shape: by their number, or because they
//! are short, end no sentence and have a long paragraph below. In doubt a line is
//! a paragraph: a wrong heading in a book is worse than a missing one.

use std::collections::{BTreeMap, BTreeSet};

use super::captions;
use super::pieces::Piece;
use super::{ends_sentence, half_units, is_prose, is_rule};
use crate::import::{byline, date, fields, labels, notice, numeral, picture};

/// A heading may be this wide, in half-width units.
const WIDTH: usize = 64;
/// With a number it may be this wide.
const NUMBERED_WIDTH: usize = 100;
/// A heading that asks may be this wide.
const QUESTION_WIDTH: usize = 52;
/// The paragraph below a heading without a number is at least this wide, and
/// below one that has siblings at least this.
const NEXT_WIDTH: usize = 80;
const NEXT_OF_SIBLING: usize = 36;

/// Why a line is taken for a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Numbered, with the rank of its kind of number: 一、 is 1.
    Numbered(u8),
    /// Short, with a long paragraph below, and others like it in the text.
    Plain,
    /// As [`Shape::Plain`], but there is no other.
    Lone,
    /// As [`Shape::Plain`], but a question.
    Question,
}

/// The headings among `pieces`. `taken` says which are captions or credits
/// already, `waits` that a line follows a picture that has no caption.
pub(super) fn find(
    pieces: &[Piece<'_>],
    taken: &dyn Fn(usize) -> bool,
    waits: &dyn Fn(usize) -> bool,
) -> Vec<(usize, Shape)> {
    let words: Vec<usize> =
        (0..pieces.len()).filter(|i| !pieces[*i].is_picture() && !taken(*i)).collect();
    let text = |k: usize| words.get(k).map(|i| pieces[*i].text());
    let speakers = speakers(&words, pieces);
    let mut out: Vec<(usize, Shape)> = Vec::new();
    let mut seen: BTreeSet<(u8, u32)> = BTreeSet::new();
    let mut plain: Vec<Candidate<'_>> = Vec::new();
    for (k, i) in words.iter().enumerate() {
        let line = pieces[*i].text();
        let before = k.checked_sub(1).and_then(text);
        // What a captioned picture parts is no run.
        let beside = before.filter(|_| (words[k - 1]..*i).all(|j| !taken(j)));
        if let Some(rank) = number_rank(line) {
            let count = number(line).unwrap_or(0);
            let counted = count == 1 || seen.contains(&(rank, count.wrapping_sub(1)));
            seen.insert((rank, count));
            if counted && is_numbered(line, rank, before, text(k + 1)) {
                out.push((*i, Shape::Numbered(rank)));
            }
        } else if !waits(*i) && is_plain(line, &speakers) && !is_in_run(beside, line) {
            let next = text(k + 1).unwrap_or_default();
            let pictured = is_pictured(pieces, taken, *i);
            let strong = is_prose(next, NEXT_WIDTH);
            let weak = is_prose(next, NEXT_OF_SIBLING) && ends_sentence(next);
            if strong || weak || pictured {
                plain.push(Candidate { at: *i, line, strong, pictured, first: k == 0 });
            }
        }
    }
    out.extend(siblings(&plain));
    out.sort_by_key(|(at, _)| *at);
    out
}

/// Whether a picture with a numbered caption stands right below the line at `at`.
fn is_pictured(pieces: &[Piece<'_>], taken: &dyn Fn(usize) -> bool, at: usize) -> bool {
    let numbered = |i: usize| taken(i) && captions::has_number(pieces[i].text());
    let picture = |i: usize| pieces.get(i).is_some_and(Piece::is_picture);
    (numbered(at + 1) && picture(at + 2)) || (picture(at + 1) && numbered(at + 2))
}

/// A line that could be a heading without number.
struct Candidate<'a> {
    at: usize,
    line: &'a str,
    /// Whether the paragraph below is long.
    strong: bool,
    /// Whether a picture with a numbered caption stands right below.
    pictured: bool,
    /// Whether it is the first line of the text.
    first: bool,
}

impl Candidate<'_> {
    fn asks(&self) -> bool {
        self.line.ends_with(['？', '?'])
    }
}

/// Those of the candidates that have others like them, and the one that stands
/// alone where nothing else speaks against it.
fn siblings(all: &[Candidate<'_>]) -> Vec<(usize, Shape)> {
    let strong: Vec<&Candidate<'_>> = all.iter().filter(|c| c.strong).collect();
    let widest = strong.iter().map(|c| half_units(c.line)).max().unwrap_or(0);
    let fits = |c: &Candidate<'_>| {
        let unit_alone = is_unit(c.line) && all.iter().filter(|o| is_unit(o.line)).count() < 2;
        match strong.len() {
            0 => false,
            1 if c.pictured && !c.strong => half_units(c.line) <= widest,
            1 => c.strong && !c.first && !c.asks() && !unit_alone,
            _ if unit_alone && c.first => false,
            _ => c.strong || half_units(c.line) <= widest,
        }
    };
    let found: Vec<&Candidate<'_>> = all.iter().filter(|c| fits(c)).collect();
    let alone = found.len() == 1;
    found
        .into_iter()
        .map(|c| {
            let shape = if c.asks() {
                Shape::Question
            } else if alone {
                Shape::Lone
            } else {
                Shape::Plain
            };
            (c.at, shape)
        })
        .collect()
}

/// Whether a line with a number is a heading: not one of a list, not a sentence,
/// and with something below it.
fn is_numbered(line: &str, rank: u8, before: Option<&str>, next: Option<&str>) -> bool {
    // Neighbours with the same kind of number are a list, not headings.
    let alone = before.and_then(number_rank) != Some(rank)
        && next.is_some_and(|n| number_rank(n) != Some(rank));
    let open = !ends_sentence(line) && !line.ends_with(['；', '：', '，', ';', ':', ',', '、']);
    let asks = line.ends_with(['？', '?']) && !line.contains('。');
    // The last item of a list is no heading of what follows it: its number goes on.
    alone && (open || asks) && half_units(line) <= NUMBERED_WIDTH
}

/// Whether a line could be a heading by its own shape.
fn is_plain(line: &str, speakers: &BTreeMap<&str, usize>) -> bool {
    let width = half_units(line);
    if !(3..=WIDTH).contains(&width) || !line.chars().any(char::is_alphabetic) {
        return false;
    }
    let bracketed = line.starts_with(['（', '(']) && line.ends_with(['）', ')']);
    if bracketed
        || (line.starts_with('[') && line.ends_with(']'))
        || is_rule(line)
        || picture::is_nameless(line)
        || is_list_of_names(line)
        || date::read(line).is_some()
        || notice::opening(line, false).is_some()
        || byline::is_of_picture(line)
        || fields::parse(line)
            .is_some_and(|f| f.loose.is_empty() && !(f.fields.is_empty() && f.dates.is_empty()))
    {
        return false;
    }
    if let Some(speaker) = speaker(line)
        && (speakers.get(speaker).is_some_and(|n| *n > 1) || is_label(speaker, line))
    {
        return false;
    }
    if line.ends_with(['？', '?']) {
        let spoken = line.contains(['：', ':', '。'])
            || line.matches(['？', '?']).count() > 1
            || (line.starts_with('“') && !line.contains('”'));
        return !spoken && width <= QUESTION_WIDTH;
    }
    !ends_sentence(line)
        && !line.ends_with(['；', '：', '，', '、', ';', ':', ',', '—'])
        && !line.contains(['。', '；'])
        && !line.contains("://")
        && !line.contains('@')
}

/// Whether the line before belongs to a run of short lines, as of verses, of names
/// or of a signature: then what follows belongs to it too.
fn is_in_run(before: Option<&str>, line: &str) -> bool {
    // A labelled value ends no run of verses, but others like it follow it.
    let labelled = speaker(line).is_some();
    before.is_some_and(|line| {
        half_units(line) <= WIDTH
            && !ends_sentence(line)
            && !line.ends_with(['：', ':'])
            && (labelled || speaker(line).is_none())
            && number_rank(line).is_none()
            && notice::opening(line, true).is_none()
            && !is_rule(line)
            && !line.starts_with(['◆', '◇', '■', '□', '●', '○', '▪', '•', '·', '★', '☆', '※', '➤'])
            && line.chars().any(|c| c.is_alphabetic())
            && !line.to_ascii_lowercase().starts_with("part")
    })
}

/// What stands before a colon near the start of a line.
fn speaker(line: &str) -> Option<&str> {
    let (at, _) = line.char_indices().take(7).find(|(_, c)| matches!(c, '：' | ':'))?;
    Some(line[..at].trim())
}

/// How often each speaker or label begins a line.
fn speakers<'a>(words: &[usize], pieces: &[Piece<'a>]) -> BTreeMap<&'a str, usize> {
    let mut out = BTreeMap::new();
    for speaker in words.iter().filter_map(|i| speaker(pieces[*i].text())) {
        *out.entry(speaker).or_insert(0) += 1;
    }
    out
}

fn is_label(word: &str, line: &str) -> bool {
    const WORDS: &[&str] = &[
        "联系人",
        "联系电话",
        "联系方式",
        "电话",
        "邮箱",
        "地址",
        "附件",
        "地点",
        "主讲人",
        "主持人",
        "问",
        "答",
        "注",
        "备注",
        "姓名",
        "单位",
        "部门",
        "人物简介",
        "个人简介",
    ];
    WORDS.contains(&word)
        || labels::at_start(line).is_some_and(|(_, length)| length == word.len())
        || line.matches(['：', ':']).count() > 1
}

/// The name of a unit, such as a sender or a publisher writes below a text.
fn is_unit(line: &str) -> bool {
    half_units(line) <= 32
        && line.chars().all(fields::is_han)
        && line.ends_with(['学', '院', '部', '处', '室', '社', '会', '委', '心', '台', '网', '馆'])
        && fields::is_person_or_unit(line)
}

/// The rank of the number a line begins with: 1 for 一、 and 第一章, 2 for （一）,
/// 3 for 1. and 1、, 4 for （1）, 1） and ①; nothing where it begins with none.
pub(in crate::import) fn number_rank(text: &str) -> Option<u8> {
    let first = text.chars().next()?;
    if let Some(rest) = text.strip_prefix('第') {
        let (number, rest) = split_number(rest)?;
        if asks_by_number(rest) {
            return numeral::read(number).map(|_| 1);
        }
        let counted = rest.starts_with(['章', '部', '篇', '节']);
        let spaced =
            rest.chars().nth(1).is_none_or(char::is_whitespace) || rest.starts_with("部分");
        return (numeral::read(number).is_some() && counted && spaced)
            .then_some(if rest.starts_with('节') { 2 } else { 1 });
    }
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let (number, rest) = split_number(rest)?;
        numeral::read(number).filter(|n| *n < 100)?;
        return rest.starts_with(['）', ')']).then_some(if is_arabic(number) { 4 } else { 2 });
    }
    match first {
        '①'..='⑳' | '⑴'..='⒇' | '❶'..='❿' => return Some(4),
        '⒈'..='⒛' => return Some(3),
        '㈠'..='㈩' => return Some(2),
        _ => {}
    }
    let (number, rest) = split_number(text)?;
    numeral::read(number).filter(|n| *n < 100)?;
    // 一问：为什么要改？
    if asks_by_number(rest) {
        return Some(1);
    }
    let arabic = is_arabic(number);
    let mark = rest.chars().next()?;
    let behind = &rest[mark.len_utf8()..];
    if behind.trim().is_empty() {
        return None;
    }
    // 3.5 is a number and 2022.1 a date, not an item.
    let decimal = behind.starts_with(|c: char| c.is_ascii_digit());
    // 五、六级考试 and 三、四年级 only count; what is numbered goes on with words.
    let counts_on = !arabic && behind.starts_with(|c: char| numeral::digit(c).is_some());
    match mark {
        '）' | ')' if arabic => Some(4),
        '.' | '．' | '、' if arabic => (!decimal).then_some(3),
        '、' | '．' | '.' if !counts_on => Some(1),
        _ => None,
    }
}

/// The number that a line with a rank begins with.
pub(super) fn number(text: &str) -> Option<u32> {
    let text = text.trim_start_matches(['第', '（', '(']);
    let (number, _) = split_number(text)?;
    numeral::read(number).or_else(|| {
        let first = number.chars().next()?;
        numeral::read(&number[..first.len_utf8()])
    })
}

/// 问： behind a number: the questions of a text are counted.
fn asks_by_number(rest: &str) -> bool {
    rest.strip_prefix('问').is_some_and(|rest| rest.starts_with(['：', ':']) && rest.len() > 3)
}

fn is_arabic(number: &str) -> bool {
    number.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

fn split_number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c| !numeral::is_digit(c)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// 张三 李四 王五: at least three short words.
pub(in crate::import) fn is_list_of_names(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '、' | '，' | ','))
        .filter(|w| !w.is_empty())
        .collect();
    words.len() >= 3 && words.iter().all(|w| (2..=4).contains(&w.chars().count()))
}
