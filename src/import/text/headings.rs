//! Which lines are headings, by their shape: by their number, or because they
//! are short, end no sentence and have a long paragraph below.

use super::half_units;
use super::pieces::Piece;
use crate::import::numeral;

/// A heading may be this wide, in half-width units.
const WIDTH: usize = 64;
/// A heading that asks may be this wide.
const QUESTION_WIDTH: usize = 48;
/// The paragraph below a heading without a number is at least this wide.
const NEXT_WIDTH: usize = 80;

/// Why a line is taken for a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Numbered, with the rank of its kind of number: 一、 is 1.
    Numbered(u8),
    /// Short, with a long paragraph below.
    Plain,
    /// As [`Shape::Plain`], but a question.
    Question,
}

/// The headings among `pieces`, by their numbers. `taken` says which are
/// captions already.
pub(super) fn find(pieces: &[Piece<'_>], taken: &dyn Fn(usize) -> bool) -> Vec<(usize, Shape)> {
    let words = |i: &usize| !pieces[*i].is_picture() && !taken(*i);
    (0..pieces.len())
        .filter(words)
        .filter_map(|i| {
            let text = pieces[i].text();
            let next = (i + 1..pieces.len()).find(words).map(|n| pieces[n].text());
            let before = (0..i).rev().find(words).map(|n| pieces[n].text());
            let after_picture = i > 0 && pieces[i - 1].is_picture();
            Some((i, shape(text, before, next, after_picture)?))
        })
        .collect()
}

fn shape(
    text: &str,
    before: Option<&str>,
    next: Option<&str>,
    after_picture: bool,
) -> Option<Shape> {
    let width = half_units(text);
    if let Some(rank) = number_rank(text) {
        // Neighbours with the same kind of number are a list, not headings.
        let alone = before.and_then(number_rank) != Some(rank)
            && next.is_some_and(|n| number_rank(n) != Some(rank));
        let open = !text.ends_with(['。', '；', '：', '，', ';', ':', ',']);
        return (alone && open && width <= WIDTH).then_some(Shape::Numbered(rank));
    }
    let fits = (3..=WIDTH).contains(&width)
        && !after_picture
        && next.is_some_and(|n| half_units(n) >= NEXT_WIDTH)
        && text.chars().any(char::is_alphanumeric)
        && !is_list_of_names(text);
    if !fits {
        return None;
    }
    if text.ends_with(['？', '?']) {
        let spoken = text.contains(['：', ':', '。', '“']) || text.matches(['？', '?']).count() > 1;
        return (!spoken && width <= QUESTION_WIDTH).then_some(Shape::Question);
    }
    let sentence = text
        .ends_with(['。', '！', '；', '：', '，', '、', '!', ';', ':', ',', '.', '…', '—'])
        || text.trim_end_matches(['”', '）', '」', ')']).ends_with(['。', '！']);
    (!sentence).then_some(Shape::Plain)
}

/// The rank of the number a line begins with: 1 for 一、 and 第一章, 2 for （一）,
/// 3 for 1. and 1、, 4 for （1） and ①; nothing where it begins with none.
pub(in crate::import) fn number_rank(text: &str) -> Option<u8> {
    let first = text.chars().next()?;
    if let Some(rest) = text.strip_prefix('第') {
        let (number, rest) = split_number(rest)?;
        let counted = rest.starts_with(['章', '部', '篇', '节']);
        let spaced =
            rest.chars().nth(1).is_none_or(char::is_whitespace) || rest.starts_with("部分");
        return (numeral::read(number).is_some() && counted && spaced)
            .then_some(if rest.starts_with('节') { 2 } else { 1 });
    }
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let (number, rest) = split_number(rest)?;
        numeral::read(number).filter(|n| *n < 100)?;
        let arabic = number.starts_with(|c: char| c.is_ascii_digit());
        return rest.starts_with(['）', ')']).then_some(if arabic { 4 } else { 2 });
    }
    if ('①'..='⑳').contains(&first) {
        return Some(4);
    }
    let (number, rest) = split_number(text)?;
    numeral::read(number).filter(|n| *n < 100)?;
    let arabic = number.starts_with(|c: char| c.is_ascii_digit());
    let mark = rest.chars().next()?;
    let behind = &rest[mark.len_utf8()..];
    // 3.5 is a number and 2022.1 a date, not an item.
    let decimal = behind.starts_with(|c: char| c.is_ascii_digit());
    let fits = if arabic { matches!(mark, '.' | '．' | '、') && !decimal } else { mark == '、' };
    // 五、六级考试 and 三、四年级 only count; what is numbered goes on with words.
    let counts_on = !arabic && behind.starts_with(|c: char| numeral::digit(c).is_some());
    (fits && !counts_on && !behind.trim().is_empty()).then_some(if arabic { 3 } else { 1 })
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
