//! Putting pictures into the places of an article that wait for them: first by name,
//! then by number, and in their order only where there are as many as places.

use std::collections::BTreeMap;

use crate::article::{Article, Block, Figure, Image, Inline, Inlines, plain_text};

use super::names::{counted, plain};
use super::slots::{Slot, SlotKind, slots};

/// A picture that belongs to the article and is named nowhere in it.
#[derive(Debug, Clone, Copy)]
pub struct Offered<'a> {
    /// Its file's name.
    pub file: &'a str,
    /// Its number among the article's pictures.
    pub number: Option<u32>,
    /// How the article is to call it.
    pub name: &'a str,
}

/// How a picture came to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The text gives its name, if with another ending or in other letters.
    Name,
    /// The text gives its number.
    Number,
    /// There are as many places as pictures: a person should look.
    Order,
}

/// What became of pictures and places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The pictures that were placed, by their numbers, and how.
    pub placed: Vec<(usize, Place)>,
    /// The pictures for which the text has no place.
    pub left: Vec<usize>,
    /// The marks in the text that no picture was found for; names of missing files are
    /// not among them.
    pub empty: Vec<String>,
}

/// Fills the places of an article. `is_missing` says of a picture's name whether there
/// is no file of it.
pub fn fill(
    article: &mut Article,
    offered: &[Offered<'_>],
    is_missing: &dyn Fn(&str) -> bool,
) -> Filled {
    let slots = slots(article, is_missing);
    let mut taken: Vec<Option<(usize, Place)>> = vec![None; slots.len()];
    let mut free: Vec<usize> = (0..offered.len()).collect();
    free.sort_by_cached_key(|n| (offered[*n].number, counted(offered[*n].file)));
    by(&slots, &mut taken, &mut free, Place::Name, &|slot, n| {
        slot.name.as_ref().is_some_and(|name| same_name(name, &plain(offered[n].file)))
    });
    by(&slots, &mut taken, &mut free, Place::Number, &|slot, n| {
        slot.number.is_some() && slot.number == offered[n].number
    });
    let open: Vec<usize> =
        (0..slots.len()).filter(|s| taken[*s].is_none() && slots[*s].takes_any()).collect();
    if open.len() == free.len() {
        for (slot, n) in open.into_iter().zip(std::mem::take(&mut free)) {
            taken[slot] = Some((n, Place::Order));
        }
    }
    let mut filled = Filled { left: free, ..Filled::default() };
    filled.left.sort_unstable();
    for (slot, taken) in slots.iter().zip(&taken) {
        match taken {
            Some(placed) => filled.placed.push(*placed),
            None if slot.takes_any() && matches!(slot.kind, SlotKind::Paragraph { .. }) => {
                filled.empty.push(slot.shown.clone());
            }
            None => {}
        }
    }
    put(article, offered, &slots, &taken);
    filled
}

/// Gives each open place the first free picture that fits it.
fn by(
    slots: &[Slot],
    taken: &mut [Option<(usize, Place)>],
    free: &mut Vec<usize>,
    how: Place,
    fits: &dyn Fn(&Slot, usize) -> bool,
) {
    for (slot, taken) in slots.iter().zip(taken) {
        if taken.is_none()
            && let Some(at) = free.iter().position(|n| fits(slot, *n))
        {
            *taken = Some((free.remove(at), how));
        }
    }
}

/// Whether two names are one but for folders, letters and ending.
fn same_name(asked: &str, file: &str) -> bool {
    let asked = asked.rsplit(['/', '\\']).next().unwrap_or(asked);
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    asked == file || stem(asked) == stem(file) || asked == stem(file)
}

fn put(
    article: &mut Article,
    offered: &[Offered<'_>],
    slots: &[Slot],
    taken: &[Option<(usize, Place)>],
) {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    let mut blocks: Vec<(&SlotKind, &Slot, &str)> = Vec::new();
    for (slot, taken) in slots.iter().zip(taken) {
        let Some((n, _)) = taken else { continue };
        match &slot.kind {
            SlotKind::Missing(name) => {
                names.insert(name, offered[*n].name);
            }
            kind => blocks.push((kind, slot, offered[*n].name)),
        }
    }
    rename(&mut article.body, &names);
    // From the end, so that numbers before stay as they are.
    for (kind, slot, name) in blocks.into_iter().rev() {
        let image = Image { name: name.to_owned(), alt: None };
        match kind {
            SlotKind::Paragraph { index, caption } => {
                let mut caption: Inlines = match caption.is_empty() {
                    true => Vec::new(),
                    false => vec![Inline::Text(caption.clone())],
                };
                if caption.is_empty()
                    && article.body.get(index + 1).is_some_and(|b| told(b, slot))
                    && let Block::Paragraph(run) = article.body.remove(index + 1)
                {
                    caption = run;
                }
                article.body[*index] =
                    Block::Figure(Figure { images: vec![image], caption, credit: None });
            }
            SlotKind::Behind(index) => {
                let figure = Figure { images: vec![image], ..Figure::default() };
                article.body.insert(index + 1, Block::Figure(figure));
            }
            SlotKind::Missing(_) => {}
        }
    }
}

/// Whether a block opens as the caption of this place does.
fn told(block: &Block, slot: &Slot) -> bool {
    let Block::Paragraph(run) = block else { return false };
    let text = plain_text(run);
    let own = slot.number.is_some_and(|n| text.starts_with(&format!("图{n}")));
    (own || text.starts_with("图为"))
        && text.chars().count() <= 80
        && !text.trim_end().ends_with(['。', '！', '？'])
}

/// Calls pictures by other names, wherever they stand.
fn rename(blocks: &mut [Block], names: &BTreeMap<&str, &str>) {
    for block in blocks {
        match block {
            Block::Figure(figure) => {
                for image in &mut figure.images {
                    if let Some(name) = names.get(image.name.as_str()) {
                        image.name = (*name).to_owned();
                    }
                }
            }
            Block::Quote(inner) => rename(inner, names),
            Block::Aside(aside) => rename(&mut aside.blocks, names),
            Block::List(list) => list.items.iter_mut().for_each(|item| rename(item, names)),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flatten();
                cells.for_each(|cell| rename(&mut cell.blocks, names));
            }
            Block::Paragraph(_) | Block::Heading(_) | Block::Rule | Block::Unknown { .. } => {}
        }
    }
}
