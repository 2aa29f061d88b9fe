//! Which words are the caption of which pictures: what the page says is one, what
//! opens like one, what stands in the middle or in small grey letters below.

use std::ops::Range;

use crate::article::{Inline, Inlines, plain_text};
use crate::diag::Code;
use crate::import::runs::cut_start;
use crate::import::text::{is_told_caption, number_rank};
use crate::import::web::walk::{Item, Words};
use crate::import::{fields, notice};

use super::half_units;

const STATED: Code = Code::new("web-caption-stated");
const CUE: Code = Code::new("read-caption-cue");
const CENTRED: Code = Code::new("web-caption-centred");
const SAME: Code = Code::new("web-caption-same");
const LOOK: Code = Code::new("web-caption-look");
const SHAPE: Code = Code::new("read-caption-shape");

/// A caption may be this wide, in half-width units.
const WIDTH: usize = 140;
/// One that only its shape tells may be this wide.
const SHAPE_WIDTH: usize = 80;
/// One that says it is one may be this wide.
const TOLD_WIDTH: usize = 240;

/// Pictures that stand together, and their caption.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::import::web) struct Group {
    /// The numbers of the items that are pictures.
    pub(in crate::import::web) pictures: Range<usize>,
    /// The number of the item that is the caption, how sure that is and why.
    pub(in crate::import::web) caption: Option<(usize, f32, Code)>,
}

impl Group {
    /// The number of the item that is the caption.
    pub(in crate::import::web) fn caption_at(&self) -> Option<usize> {
        self.caption.map(|(at, ..)| at)
    }
}

/// How the words of the whole text usually look, so that what differs shows.
struct Usual {
    centred: bool,
    size: u16,
    grey: bool,
}

/// Groups the pictures and finds their captions: below, or above where the page
/// says so or only that gives each of several groups one.
pub(in crate::import::web) fn find(items: &[Option<Item>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut figure = 0;
    for (at, item) in items.iter().enumerate() {
        let Some(Item::Picture(picture)) = item else { continue };
        match groups.last_mut() {
            Some(group) if group.pictures.end == at && figure == picture.look.figure => {
                group.pictures.end = at + 1;
            }
            _ => groups.push(Group { pictures: at..at + 1, caption: None }),
        }
        figure = picture.look.figure;
    }
    if groups.is_empty() {
        return groups;
    }
    let usual = usual(items);
    let below = |g: &Group| told(items, g, g.pictures.end, &usual);
    let above =
        |g: &Group| g.pictures.start.checked_sub(1).and_then(|at| told(items, g, at, &usual));
    let none_below = groups.iter().all(|g| below(g).is_none());
    let all_above = groups.len() > 1
        && groups.iter().all(|g| above(g).is_some_and(|(_, _, why)| why != SHAPE && why != SAME));
    // Numbers say which way captions go: there are as many as pictures.
    let number = |at: Option<usize>| {
        at.and_then(|at| words(items, at)).is_some_and(|w| numbered(&w.text()).is_some())
    };
    let numbers_above = groups.iter().filter(|g| number(g.pictures.start.checked_sub(1))).count();
    let numbers_below = groups.iter().filter(|g| number(Some(g.pictures.end))).count();
    let by_number = numbers_above > numbers_below;
    let mut taken = None;
    for group in &mut groups {
        let stated_above = above(group).filter(|(at, _, why)| {
            let text = words(items, *at).map(Words::text).unwrap_or_default();
            let points = text.starts_with(['▼', '▽', '↓']);
            let own = *why == STATED && figure_of(items, group) != 0;
            let counted = by_number && numbered(&text).is_some();
            (points || own || counted || (none_below && all_above)) && taken != Some(*at)
        });
        let next = |(at, ..): &(usize, f32, Code)| !(by_number && number(Some(*at)));
        group.caption = stated_above.or_else(|| below(group).filter(next));
        taken = group.caption_at();
    }
    groups
}

fn words(items: &[Option<Item>], at: usize) -> Option<&Words> {
    match items.get(at)? {
        Some(Item::Words(words)) => Some(words),
        _ => None,
    }
}

fn figure_of(items: &[Option<Item>], group: &Group) -> usize {
    match &items[group.pictures.start] {
        Some(Item::Picture(picture)) => picture.look.figure,
        _ => 0,
    }
}

/// How sure the words at a number are the caption of a group, and why.
fn told(
    items: &[Option<Item>],
    group: &Group,
    at: usize,
    usual: &Usual,
) -> Option<(usize, f32, Code)> {
    let words = words(items, at)?;
    let text = words.text();
    let width = half_units(&text);
    let figure = figure_of(items, group);
    if words.look.caption {
        let fits = words.look.figure == figure || words.look.figure == 0 || figure == 0;
        return fits.then_some((at, 1.0, STATED));
    }
    if words.look.heading > 0 {
        return None;
    }
    if is_told_caption(&text) {
        return (width <= TOLD_WIDTH).then_some((at, 0.95, CUE));
    }
    if words.look.figure != 0 && words.look.figure == figure && width <= WIDTH {
        return Some((at, 0.95, STATED));
    }
    let strong = words.is_strong();
    let numbered = number_rank(&text).is_some();
    let field = fields::parse(&text);
    let credit = field.is_some_and(|f| f.is_credit_line() || f.is_head_line());
    if strong || numbered || credit || notice::opening(&text, false).is_some() {
        return None;
    }
    let right = words.look.align == super::Align::Right;
    let open = !text.ends_with(['。', '！', '？', '；', '：', '，', ':', ',', ';']);
    let same = match &items[group.pictures.end - 1] {
        Some(Item::Picture(picture)) => {
            picture.element == words.element && at == group.pictures.end
        }
        _ => false,
    };
    let small = words.look.size > 0 && usual.size > 0 && words.look.size < usual.size;
    let pale = words.look.grey && !usual.grey;
    if words.is_centred() && !usual.centred && width <= WIDTH {
        Some((at, 0.9, CENTRED))
    } else if is_of_sentences(&text) {
        None
    } else if same && width <= WIDTH && (open || width <= SHAPE_WIDTH) {
        Some((at, 0.9, SAME))
    } else if (small || pale) && width <= WIDTH && !right {
        Some((at, 0.85, LOOK))
    } else if open && !right && !words.indented && width <= SHAPE_WIDTH && at >= group.pictures.end
    {
        Some((at, 0.65, SHAPE))
    } else {
        None
    }
}

/// Whether this is running text: several sentences, of which the last is not the
/// credit of a picture.
fn is_of_sentences(text: &str) -> bool {
    let mut sentences: Vec<&str> = text
        .split(['。', '！', '？'])
        .map(|s| s.trim_matches(['”', '’', '）', ')', ' ', '\u{3000}']))
        .filter(|s| !s.is_empty())
        .collect();
    let credit = |s: &&str| {
        s.chars().count() <= 20 && s.ends_with(['摄', '图', '影', '绘']) && !s.contains('，')
    };
    if sentences.last().is_some_and(credit) {
        sentences.pop();
    }
    sentences.len() > 1
}

/// The number of a caption that has one: 图3, 图三.
fn numbered(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(['▲', '△', '▼', '▽', '↑', '↓', ' ']).strip_prefix('图')?;
    let rest = rest.trim_start();
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let end = rest.find(|c| !digit(c)).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// The looks that most characters have.
fn usual(items: &[Option<Item>]) -> Usual {
    let (mut all, mut centred, mut grey) = (0, 0, 0);
    let mut sizes: std::collections::BTreeMap<u16, usize> = std::collections::BTreeMap::new();
    for item in items.iter().flatten() {
        let Item::Words(words) = item else { continue };
        let width = half_units(&words.text());
        all += width;
        centred += if words.is_centred() { width } else { 0 };
        grey += if words.look.grey { width } else { 0 };
        *sizes.entry(words.look.size).or_default() += width;
    }
    let size = sizes.into_iter().max_by_key(|(_, width)| *width).map_or(0, |(size, _)| size);
    // Where the page says no size a browser shows sixteen pixels.
    let size = if size == 0 { 16 } else { size };
    Usual { centred: centred * 2 > all, size, grey: grey * 2 > all }
}

/// Takes the mark that points to the picture off a caption.
pub(in crate::import::web) fn take_mark(inlines: &mut Inlines) -> Option<String> {
    let text = plain_text(inlines);
    let rest = text.trim_start_matches(['▲', '△', '▼', '▽', '↑', '↓', ' ']);
    let mark = text[..text.len() - rest.len()].to_owned();
    if mark.trim().is_empty() || rest.is_empty() {
        return None;
    }
    cut_start(inlines, mark.len());
    crate::article::tidy(inlines);
    inlines.retain(|i| !matches!(i, Inline::Text(t) if t.is_empty()));
    Some(mark)
}
