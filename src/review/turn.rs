//! Turning refused structure back into plain text. Every word stays; whatever points
//! into the article (origins, consumed marks, findings) is moved along.

use std::cmp::Ordering;

use crate::article::{Block, Figure, Inline, Part, Place, Step, plain_text};
use crate::diag::{Edit, Grade};

use super::doubt::{Doubt, Otherwise};
use super::{DECIDED, Understood, blocks, sure};

/// Turns what is doubted back into plain text; whether that could be done.
pub(super) fn refuse(understood: &mut Understood<'_>, doubt: &Doubt) -> bool {
    let place = &doubt.place;
    let done = match doubt.otherwise {
        Otherwise::WholeTitle => whole_title(understood, place),
        Otherwise::FirstParagraph => first_paragraph(understood, place.part),
        Otherwise::Nothing => None,
        Otherwise::Paragraph | Otherwise::Paragraphs => flatten(understood, place),
        Otherwise::ParagraphBeside => caption_beside(understood, place),
        Otherwise::Words => figure_to_words(understood, place),
    };
    done.is_some()
}

/// Of a number in a list of blocks, and of the steps behind it, what they are now.
type Moved<'a> = dyn Fn(usize, &[Step]) -> (usize, Vec<Step>) + 'a;

/// Moves all that points into the article. `to` says of a number in the list where
/// `at` stands, and of the steps behind it, what they are now.
fn relocate(understood: &mut Understood<'_>, at: &Place, to: &Moved<'_>) {
    let depth = at.steps.len().saturating_sub(1);
    let moved = |place: &Place| {
        let same = place.part == at.part && place.steps.starts_with(&at.steps[..depth]);
        match place.steps.get(depth) {
            Some(Step::Block(index)) if same => {
                let (index, rest) = to(*index, &place.steps[depth + 1..]);
                let steps = [&at.steps[..depth], &[Step::Block(index)], &rest].concat();
                Place { part: place.part, steps }
            }
            _ => place.clone(),
        }
    };
    understood.origins.relocate(&|place| Some(moved(place)));
    for edit in understood.edits.iter_mut() {
        edit.place = moved(&edit.place);
    }
    for place in understood.findings.iter_mut().filter_map(|f| f.place.as_mut()) {
        *place = moved(place);
    }
}

/// Gives the title back whole, with no series.
fn whole_title(understood: &mut Understood<'_>, place: &Place) -> Option<()> {
    let line = understood.origins.line(place)?.to_owned();
    let number = understood.origins.get(place).and_then(|o| o.line);
    let meta = &mut understood.article.meta;
    meta.title = vec![Inline::Text(line.trim().to_owned())];
    let inside = |name: &str| line.contains(name);
    meta.series = meta.series.take().filter(|s| !inside(&s.name) && !inside(&s.raw));
    meta.column = meta.column.take().filter(|name| !inside(name));
    meta.extra.retain(|key, value| key != "issue" || !inside(value));
    understood.edits.retain(|e| e.place != *place || e.line != number);
    sure(understood.origins, place, Some(DECIDED));
    Some(())
}

/// Makes a line above the text the first paragraph of it.
fn first_paragraph(understood: &mut Understood<'_>, part: Part) -> Option<()> {
    let meta = &mut understood.article.meta;
    let run = match part {
        Part::Kicker => std::mem::take(&mut meta.kicker),
        Part::Subtitle => std::mem::take(&mut meta.subtitle),
        Part::Title => std::mem::take(&mut meta.title),
        _ => return None,
    };
    if run.is_empty() {
        return None;
    }
    understood.article.body.insert(0, Block::Paragraph(run));
    let first = Place::block(0);
    relocate(understood, &first, &|index, rest| (index + 1, rest.to_vec()));
    let moved = |place: &Place| match place.part == part {
        true => Place { part: Part::Body, steps: [&first.steps, &place.steps[..]].concat() },
        false => place.clone(),
    };
    understood.origins.relocate(&|place| Some(moved(place)));
    for edit in understood.edits.iter_mut() {
        edit.place = moved(&edit.place);
    }
    for place in understood.findings.iter_mut().filter_map(|f| f.place.as_mut()) {
        *place = moved(place);
    }
    sure(understood.origins, &first, Some(DECIDED));
    Some(())
}

/// Turns a block into the paragraphs it holds.
fn flatten(understood: &mut Understood<'_>, place: &Place) -> Option<()> {
    let mark = consumed(understood.edits, place);
    let (list, index) = blocks::siblings(understood.article, place)?;
    // What was unwrapped keeps its number within, as a number in the list.
    let (mut new, unwrapped) = paragraphs(list.get(index)?.clone(), &mark)?;
    let first = match new.first_mut()? {
        Block::Paragraph(run) => Some(run),
        _ => None,
    };
    // The word that opened an aside is a part of its text again.
    if let (true, false, Some(run)) = (unwrapped, mark.is_empty(), first) {
        run.insert(0, Inline::Text(mark));
    }
    let heading = matches!(list.get(index), Some(Block::Heading(_)));
    let count = new.len();
    list.splice(index..=index, new);
    if !heading {
        let gone = |e: &Edit| {
            let inside = e.place.part == place.part && e.place.steps.starts_with(&place.steps);
            e.grade == Grade::Consumed && inside
        };
        understood.edits.retain(|e| !gone(e));
    }
    relocate(understood, place, &|i, rest| match (i.cmp(&index), rest) {
        (Ordering::Less, _) => (i, rest.to_vec()),
        (Ordering::Greater, _) => (i + count - 1, rest.to_vec()),
        (Ordering::Equal, _) if heading => (i, rest.to_vec()),
        (Ordering::Equal, [Step::Block(inner), rest @ ..]) if unwrapped => {
            (i + inner, rest.to_vec())
        }
        (Ordering::Equal, _) => (i, Vec::new()),
    });
    understood.article.tidy();
    sure(understood.origins, place, Some(DECIDED));
    Some(())
}

/// The paragraphs of a block, and whether they are the very blocks it held.
fn paragraphs(block: Block, mark: &str) -> Option<(Vec<Block>, bool)> {
    let lines = |text: &str| -> Vec<Block> {
        text.split('\n').filter(|line| !line.trim().is_empty()).map(paragraph).collect()
    };
    Some(match block {
        Block::Heading(heading) => (vec![Block::Paragraph(heading.text)], false),
        Block::Quote(inner) => (inner, true),
        Block::Aside(aside) => (aside.blocks, true),
        Block::Rule => (vec![paragraph(if mark.is_empty() { "———" } else { mark })], false),
        Block::Unknown { text, .. } => (lines(&text), false),
        Block::List(list) => {
            let mut number = list.start;
            let mut out = Vec::new();
            for mut item in list.items {
                if let (Some(n), Some(Block::Paragraph(run))) = (number, item.first_mut()) {
                    run.insert(0, Inline::Text(format!("{n}. ")));
                }
                number = number.map(|n| n.saturating_add(1));
                out.append(&mut item);
            }
            (out, false)
        }
        Block::Table(table) => {
            let caption = (!table.caption.is_empty()).then_some(Block::Paragraph(table.caption));
            let cells = table.rows.into_iter().flatten().flat_map(|cell| cell.blocks);
            (caption.into_iter().chain(cells).collect(), false)
        }
        Block::Paragraph(_) | Block::Figure(_) => return None,
    })
}

/// What the reader consumed of a block, or of the first block in it, in order.
fn consumed(edits: &[Edit], place: &Place) -> String {
    let first = place.then(Step::Block(0));
    let here = |e: &&Edit| {
        e.grade == Grade::Consumed && e.new.is_empty() && (e.place == *place || e.place == first)
    };
    edits.iter().filter(here).map(|e| e.old.as_str()).collect()
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_owned())])
}

/// Makes a caption a paragraph of its own, below the picture unless its line stood
/// above; that of a table stands above.
fn caption_beside(understood: &mut Understood<'_>, place: &Place) -> Option<()> {
    let at = blocks::outer(place)?;
    let line = |p: &Place| understood.origins.get(p).and_then(|o| o.line);
    let above = matches!((line(place), line(&at)), (Some(c), Some(own)) if c < own);
    let (list, index) = blocks::siblings(understood.article, &at)?;
    let (caption, above) = match list.get_mut(index)? {
        Block::Figure(figure) => (std::mem::take(&mut figure.caption), above),
        Block::Table(table) => (std::mem::take(&mut table.caption), true),
        _ => return None,
    };
    if caption.is_empty() {
        return None;
    }
    let to = if above { index } else { index + 1 };
    list.insert(to, Block::Paragraph(caption));
    relocate(understood, &at, &|i, rest| match (i.cmp(&index), rest) {
        (Ordering::Less, _) => (i, rest.to_vec()),
        (Ordering::Greater, _) => (i + 1, rest.to_vec()),
        (Ordering::Equal, [Step::Caption, rest @ ..]) => (to, rest.to_vec()),
        (Ordering::Equal, _) => (i + usize::from(above), rest.to_vec()),
    });
    let mut at = at;
    *at.steps.last_mut()? = Step::Block(to);
    sure(understood.origins, &at, Some(DECIDED));
    Some(())
}

/// Makes a picture's name a part of the text again: of the line it was parted from,
/// where that is known, else a paragraph of its own.
fn figure_to_words(understood: &mut Understood<'_>, place: &Place) -> Option<()> {
    let whole = understood.origins.line(place).map(str::to_owned);
    let line = |p: &Place| understood.origins.get(p).and_then(|o| o.line);
    let own = line(place);
    let same_line = |by: isize| {
        let mut other = place.clone();
        match other.steps.last_mut() {
            Some(Step::Block(i)) if own.is_some() => match i.checked_add_signed(by) {
                Some(next) => *i = next,
                None => return false,
            },
            _ => return false,
        }
        line(&other) == own
    };
    let (before, after) = (same_line(-1), same_line(1));
    let caption_too = own.is_some() && line(&place.then(Step::Caption)) == own;
    let (list, index) = blocks::siblings(understood.article, place)?;
    let Block::Figure(Figure { images, mut caption, credit }) = list.get(index)?.clone() else {
        return None;
    };
    let whole = whole
        .unwrap_or_else(|| images.iter().map(|i| i.name.as_str()).collect::<Vec<_>>().join(" "));
    // What else was cut from the line goes back into it.
    let of_line = |block: Option<&Block>| match block {
        Some(Block::Paragraph(run)) => whole.contains(plain_text(run).trim()),
        _ => false,
    };
    let before = before && index > 0 && of_line(list.get(index - 1));
    let after = after && of_line(list.get(index + 1));
    if caption_too && whole.contains(plain_text(&caption).trim()) {
        caption.clear();
    }
    let first_parted = images.first().is_some_and(|image| whole.contains(&image.name));
    let rest: Vec<_> = images.into_iter().filter(|i| !whole.contains(&i.name)).collect();
    let mut new = vec![paragraph(&whole)];
    if !rest.is_empty() {
        // The name that was parted stood at one end of the group.
        let figure = Block::Figure(Figure { images: rest, caption, credit });
        new.insert(usize::from(first_parted), figure);
    } else if !caption.is_empty() {
        new.push(Block::Paragraph(caption));
    }
    let count = new.len();
    let start = index - usize::from(before);
    let end = index + usize::from(after);
    list.splice(start..=end, new);
    relocate(understood, place, &|i, rest| {
        if i < start {
            (i, rest.to_vec())
        } else if i > end {
            (start + count + (i - end) - 1, rest.to_vec())
        } else {
            (start, Vec::new())
        }
    });
    let mut at = place.clone();
    *at.steps.last_mut()? = Step::Block(start);
    sure(understood.origins, &at, Some(DECIDED));
    Some(())
}
