//! Which lines are headings: what the page says is one, short strong or centred
//! lines, numbered lines, and where nothing stands out, the shapes of plain text.

use std::collections::BTreeSet;

use crate::article::Inline;
use crate::diag::Code;
use crate::import::text::{is_list_of_names, number_rank};
use crate::import::web::walk::{Item, Words};

use super::{Align, half_units};

const TAG: Code = Code::new("read-stated");
const LOOK: Code = Code::new("web-heading-look");
const CENTRED: Code = Code::new("web-heading-centred");
const NUMBER: Code = Code::new("read-heading-number");
const SHAPE: Code = Code::new("read-heading-shape");

/// A heading may be this wide, in half-width units.
const WIDTH: usize = 64;
/// One that the page says is one may be this wide.
const TAG_WIDTH: usize = 110;
/// The paragraph below a heading that only its shape tells is at least this wide.
const NEXT_WIDTH: usize = 80;

/// A line that is a heading.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::import::web) struct Heading {
    /// The number of the item.
    pub(in crate::import::web) at: usize,
    /// From 1, without gaps.
    pub(in crate::import::web) level: u8,
    pub(in crate::import::web) sure: f32,
    pub(in crate::import::web) why: Code,
}

/// What tells a heading: the number that orders its level, how sure, and why.
type Told = (u8, f32, Code);

/// The headings among the items.
pub(in crate::import::web) fn find(
    items: &[Option<Item>],
    taken: &BTreeSet<usize>,
) -> Vec<Heading> {
    let lines: Vec<(usize, &Words, String)> = items
        .iter()
        .enumerate()
        .filter(|(at, _)| !taken.contains(at))
        .filter_map(|(at, item)| match item {
            Some(Item::Words(words)) => Some((at, words, words.text())),
            _ => None,
        })
        .collect();
    let mut told: Vec<(usize, Told)> = Vec::new();
    for i in 0..lines.len() {
        let (at, ..) = lines[i];
        let before = i.checked_sub(1).map(|b| &lines[b]);
        let after_picture = at > 0 && matches!(items[at - 1], Some(Item::Picture(_)));
        // A table, a list or pictures below a heading serve as its text, too.
        let block_below = !matches!(items.get(at + 1), Some(Some(Item::Words(_))) | None);
        let next = lines.get(i + 1);
        if let Some(found) = outstanding(&lines[i], before, next, block_below, after_picture) {
            told.push((at, found));
        }
    }
    if told.is_empty() {
        for (i, (at, words, text)) in lines.iter().enumerate() {
            let next = lines.get(i + 1).is_some_and(|(_, _, next)| half_units(next) >= NEXT_WIDTH);
            let after_picture = *at > 0 && matches!(items[*at - 1], Some(Item::Picture(_)));
            if next && !after_picture && i > 0 && is_short(words, text) && !words.indented {
                told.push((*at, (11, 0.6, SHAPE)));
            }
        }
    }
    let ranks: BTreeSet<u8> = told.iter().map(|(_, (rank, ..))| *rank).collect();
    told.into_iter()
        .map(|(at, (rank, sure, why))| {
            let level = ranks.iter().position(|r| *r == rank).unwrap_or(0) + 1;
            Heading { at, level: u8::try_from(level).unwrap_or(6).min(6), sure, why }
        })
        .collect()
}

type Line<'a> = (usize, &'a Words, String);

fn outstanding(
    line: &Line<'_>,
    before: Option<&Line<'_>>,
    next: Option<&Line<'_>>,
    block_below: bool,
    after_picture: bool,
) -> Option<Told> {
    let (_, words, text) = line;
    let width = half_units(text);
    if words.look.heading > 0 {
        let sentence = text.ends_with(['。', '；']) && width > WIDTH;
        return (!sentence && width <= TAG_WIDTH).then_some((words.look.heading, 1.0, TAG));
    }
    let open = !text.ends_with(['。', '；', '：', '，', ';', ':', ',', '、']);
    let below = block_below || next.is_some();
    if !open || !below || width > WIDTH || words.look.align == Align::Right {
        return None;
    }
    let rank = number_rank(text);
    if let Some(rank) = rank {
        // Neighbours with the same kind of number are a list, not headings.
        let same = |line: Option<&Line<'_>>| line.is_some_and(|l| number_rank(&l.2) == Some(rank));
        if same(before) || (same(next) && !block_below) {
            return None;
        }
        return Some((10 + rank, if words.is_strong() { 0.95 } else { 0.9 }, NUMBER));
    }
    let asks = text.ends_with(['？', '?']) && text.contains(['：', ':', '“']);
    if asks || is_list_of_names(text) || !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    // Strong lines one below the other are names or verses.
    let alike = |l: &Line<'_>| {
        l.1.is_strong() == words.is_strong()
            && l.1.is_centred() == words.is_centred()
            && half_units(&l.2) <= WIDTH
            && number_rank(&l.2).is_none()
            && l.1.look.heading == 0
            && !l.2.ends_with(['。', '；', '：', '，', ';', ':', ',', '、'])
    };
    let in_row = before.is_some_and(|l| l.0 + 1 == line.0 && alike(l))
        || next.is_some_and(|l| l.0 == line.0 + 1 && alike(l));
    if words.is_strong() && !in_row && width >= 3 {
        return Some((11, 0.85, LOOK));
    }
    let long_below = next.is_some_and(|l| half_units(&l.2) >= NEXT_WIDTH);
    let centred = words.is_centred() && next.is_some_and(|l| !l.1.is_centred());
    (centred && long_below && !in_row && !after_picture && width >= 4).then_some((11, 0.7, CENTRED))
}

/// The shape of a heading in plain text.
fn is_short(words: &Words, text: &str) -> bool {
    let sentence = text.ends_with([
        '。', '！', '；', '：', '，', '、', '!', ';', ':', ',', '.', '…', '—', '？', '?',
    ]);
    let width = half_units(text);
    (3..=WIDTH).contains(&width)
        && !sentence
        && words.look.align != Align::Right
        && !text.trim_end_matches(['”', '）', '」', ')']).ends_with(['。', '！'])
        && text.chars().any(char::is_alphanumeric)
        && !is_list_of_names(text)
}

/// Joins a line that is nothing but a number, set apart above a heading as WeChat's
/// editors do, with that heading.
pub(in crate::import::web) fn numbered(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let joined = match (out.last_mut(), &item) {
            (Some(Item::Words(number)), Item::Words(title)) => joined(number, title),
            _ => None,
        };
        match joined {
            Some(words) => {
                out.pop();
                out.push(Item::Words(words));
            }
            None => out.push(item),
        }
    }
    out
}

fn joined(number: &Words, title: &Words) -> Option<Words> {
    let (text, title_text) = (number.text(), title.text());
    let bare = text.trim_start_matches(|c: char| c.is_ascii_alphabetic() || " .·—-".contains(c));
    let counts = !bare.is_empty() && text.chars().count() <= 8 && bare.chars().all(is_counting);
    let open =
        !title_text.ends_with(['。', '；', '：', '，']) && !title_text.chars().all(is_counting);
    let alike = (number.is_strong() && title.is_strong())
        || (number.is_centred() && title.is_centred())
        || (number.look.heading > 0 && number.look.heading == title.look.heading);
    if !(counts && open && alike && half_units(&title_text) <= WIDTH) {
        return None;
    }
    let mut words = title.clone();
    words.line = number.line;
    words.inlines = number.inlines.clone();
    words.inlines.push(Inline::Text(" ".to_owned()));
    words.inlines.extend(title.inlines.clone());
    crate::article::tidy(&mut words.inlines);
    Some(words)
}

fn is_counting(c: char) -> bool {
    c.is_numeric() || "一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾".contains(c)
}
