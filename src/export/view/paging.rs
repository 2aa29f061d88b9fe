//! The pages of the printed edition, marked in the texts of an e-book. Where they
//! begin was read off the printed pages; here the marks are put in their places.

use serde::Serialize;

use crate::article::script::counts;
use crate::article::{Part, Place, Step};
use crate::publication::{Begins, PrintPage};

use super::{Article, Block, Inline, Mark, PageBreak, View};

/// A page of the printed edition, for the list of pages.
#[derive(Debug, Clone, Serialize)]
pub struct PrintedPage {
    /// Its number as printed.
    pub label: String,
    /// Its id within the publication: `page1`, `page2` …
    pub id: String,
    /// The id of the article or part that it begins in.
    pub within: String,
}

impl View {
    /// Marks where the pages of the printed edition begin. `pages` are in the order of
    /// reading; one whose place the view cannot mark is left out.
    pub fn mark_pages(&mut self, pages: &[PrintPage]) {
        let mut listed: Vec<PrintedPage> = Vec::new();
        let numbered: Vec<(String, &PrintPage)> =
            pages.iter().enumerate().map(|(n, page)| (format!("page{}", n + 1), page)).collect();
        // From the last to the first, so that the numbers of blocks stay what they were.
        for (id, page) in numbered.into_iter().rev() {
            let mark = PageBreak { label: page.label.clone(), id: id.clone() };
            let within = match &page.begins {
                Begins::Part(number) => self.parts.get_mut(*number).map(|part| {
                    part.page = Some(mark);
                    part.id.clone()
                }),
                Begins::Text { entry, place, offset } => {
                    self.entry_mut(*entry).and_then(|article| {
                        put(article, place, *offset, mark).then(|| article.id.clone())
                    })
                }
            };
            listed.extend(within.map(|within| PrintedPage {
                label: page.label.clone(),
                id,
                within,
            }));
        }
        listed.reverse();
        if !listed.is_empty() {
            self.printed_title.clone_from(&self.title);
        }
        self.printed_pages = listed;
    }

    /// An article by its number in the order of reading, from 0.
    fn entry_mut(&mut self, entry: usize) -> Option<&mut Article> {
        let parts = self.parts.iter_mut().flat_map(|part| &mut part.articles);
        self.front.iter_mut().chain(parts).chain(&mut self.back).nth(entry)
    }
}

/// Puts a mark into an article; says whether there is such a place.
fn put(article: &mut Article, place: &Place, offset: usize, mark: PageBreak) -> bool {
    let PageBreak { label, id } = mark;
    match (place.part, place.steps.as_slice()) {
        (Part::Body, [Step::Block(number), rest @ ..]) if *number < article.blocks.len() => {
            if offset == 0 && rest.iter().all(opens) {
                article.blocks.insert(*number, Block::PageBreak { label, id });
                return true;
            }
            let found = line(&mut article.blocks[*number], rest);
            found.is_some_and(|inlines| within(inlines, offset, Inline::PageBreak { label, id }))
        }
        (Part::Title | Part::Kicker | Part::Subtitle, _) => {
            article.page = Some(PageBreak { label, id });
            true
        }
        _ => false,
    }
}

/// Whether a step leads to the very beginning of what it leads into.
fn opens(step: &Step) -> bool {
    matches!(step, Step::Block(0) | Step::Item(0) | Step::Cell(0, 0) | Step::Caption)
}

/// The line of text at the end of the way down from a block.
fn line<'b>(block: &'b mut Block, steps: &[Step]) -> Option<&'b mut Vec<Inline>> {
    match (block, steps) {
        (Block::Paragraph { inlines, .. } | Block::Heading { inlines, .. }, []) => Some(inlines),
        (Block::Figure { caption, .. } | Block::Table { caption, .. }, [Step::Caption]) => {
            Some(caption)
        }
        (Block::List { items, .. }, [Step::Item(item), Step::Block(number), rest @ ..]) => {
            line(items.get_mut(*item)?.blocks.get_mut(*number)?, rest)
        }
        (Block::Table { rows, .. }, [Step::Cell(row, cell), Step::Block(number), rest @ ..]) => {
            line(rows.get_mut(*row)?.get_mut(*cell)?.blocks.get_mut(*number)?, rest)
        }
        (
            Block::Quote { blocks } | Block::Aside { blocks, .. },
            [Step::Block(number), rest @ ..],
        ) => line(blocks.get_mut(*number)?, rest),
        _ => None,
    }
}

/// Puts a mark before the character that has `offset` others before it; says whether
/// there is one.
fn within(inlines: &mut Vec<Inline>, offset: usize, mark: Inline) -> bool {
    let mut left = offset;
    for n in 0..inlines.len() {
        let here = length(&inlines[n]);
        if left >= here {
            left -= here;
            continue;
        }
        match &mut inlines[n] {
            Inline::Text { text, marks } => {
                let at = text.char_indices().filter(|(_, c)| counts(*c)).nth(left);
                let at = at.map_or(text.len(), |(at, _)| at);
                let behind = text.split_off(at);
                let (before, after): (Vec<Mark>, Vec<Mark>) =
                    std::mem::take(marks).into_iter().partition(|mark| mark.at < at);
                *marks = before;
                let after = after.into_iter().map(|mark| Mark { at: mark.at - at, ..mark });
                let rest = Inline::Text { text: behind, marks: after.collect() };
                inlines.splice(n + 1..n + 1, [mark, rest]);
                if at == 0 {
                    inlines.remove(n);
                }
            }
            Inline::Strong { inlines }
            | Inline::Emphasis { inlines }
            | Inline::Dots { inlines }
            | Inline::Sup { inlines }
            | Inline::Sub { inlines }
            | Inline::Link { inlines, .. }
                if left > 0 =>
            {
                return within(inlines, left, mark);
            }
            // Before the base of a reading, since the two are one; before what is
            // marked up as a whole.
            _ => inlines.insert(n, mark),
        }
        return true;
    }
    false
}

/// How many characters of an inline count.
fn length(inline: &Inline) -> usize {
    match inline {
        Inline::Text { text, .. } | Inline::Half { text } | Inline::Foreign { text } => {
            text.chars().filter(|c| counts(*c)).count()
        }
        Inline::Ruby { base, .. } => base.chars().filter(|c| counts(*c)).count(),
        Inline::Strong { inlines }
        | Inline::Emphasis { inlines }
        | Inline::Dots { inlines }
        | Inline::Sup { inlines }
        | Inline::Sub { inlines }
        | Inline::Link { inlines, .. } => inlines.iter().map(length).sum(),
        Inline::Break | Inline::Note { .. } | Inline::Tie | Inline::PageBreak { .. } => 0,
    }
}
