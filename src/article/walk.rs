//! Walking over every run of text of an article, in reading order. Normalising,
//! checking and counting all go this one way, so none of them can forget a place.

use super::{Article, Block, Inline, Inlines, Part, Place, Step};

/// A run of text: an inline sequence and its address.
pub struct Run<'a> {
    /// Where it stands.
    pub place: Place,
    /// Its content.
    pub inlines: &'a [Inline],
}

/// A run of text that may be changed.
pub struct RunMut<'a> {
    /// Where it stands.
    pub place: Place,
    /// Its content.
    pub inlines: &'a mut Inlines,
}

impl Article {
    /// Calls `f` for title, kicker, subtitle and every run of the text, notes
    /// included, each note after the run that calls it.
    pub fn for_each_run<'a>(&'a self, f: &mut dyn FnMut(Run<'a>)) {
        self.walk(&mut |place, item| {
            if let Item::Run(inlines) = item {
                f(Run { place, inlines });
            }
        });
    }

    /// Calls `f` for every block of the text at every depth, notes included,
    /// each before what it holds.
    pub fn for_each_block<'a>(&'a self, f: &mut dyn FnMut(Place, &'a Block)) {
        self.walk(&mut |place, item| {
            if let Item::Block(block) = item {
                f(place, block);
            }
        });
    }

    fn walk<'a>(&'a self, f: &mut Visit<'_, 'a>) {
        let meta = &self.meta;
        for (part, inlines) in [
            (Part::Kicker, &meta.kicker),
            (Part::Title, &meta.title),
            (Part::Subtitle, &meta.subtitle),
        ] {
            if !inlines.is_empty() {
                run(Place::part(part), inlines, f);
            }
        }
        blocks(&Place::part(Part::Body), &self.body, f);
    }

    /// As [`Article::for_each_run`], with leave to change each run.
    pub fn for_each_run_mut(&mut self, f: &mut dyn FnMut(RunMut<'_>)) {
        let meta = &mut self.meta;
        for (part, inlines) in [
            (Part::Kicker, &mut meta.kicker),
            (Part::Title, &mut meta.title),
            (Part::Subtitle, &mut meta.subtitle),
        ] {
            if !inlines.is_empty() {
                run_mut(Place::part(part), inlines, f);
            }
        }
        blocks_mut(&Place::part(Part::Body), &mut self.body, f);
    }
}

/// What the walk meets.
enum Item<'a> {
    Block(&'a Block),
    Run(&'a [Inline]),
}

type Visit<'f, 'a> = dyn FnMut(Place, Item<'a>) + 'f;

fn run<'a>(place: Place, inlines: &'a [Inline], f: &mut Visit<'_, 'a>) {
    f(place.clone(), Item::Run(inlines));
    notes(&place, inlines, &mut 0, f);
}

fn notes<'a>(place: &Place, inlines: &'a [Inline], seen: &mut usize, f: &mut Visit<'_, 'a>) {
    for inline in inlines {
        if let Inline::Note(body) = inline {
            blocks(&place.then(Step::Note(*seen)), body, f);
            *seen += 1;
        } else {
            notes(place, inline.children(), seen, f);
        }
    }
}

fn blocks<'a>(place: &Place, list: &'a [Block], f: &mut Visit<'_, 'a>) {
    for (i, block) in list.iter().enumerate() {
        let at = place.then(Step::Block(i));
        f(at.clone(), Item::Block(block));
        match block {
            Block::Paragraph(inlines) => run(at, inlines, f),
            Block::Heading(heading) => run(at, &heading.text, f),
            Block::Figure(figure) => {
                if !figure.caption.is_empty() {
                    run(at.then(Step::Caption), &figure.caption, f);
                }
            }
            Block::List(list) => {
                for (n, item) in list.items.iter().enumerate() {
                    blocks(&at.then(Step::Item(n)), item, f);
                }
            }
            Block::Table(table) => {
                if !table.caption.is_empty() {
                    run(at.then(Step::Caption), &table.caption, f);
                }
                for (r, row) in table.rows.iter().enumerate() {
                    for (c, cell) in row.iter().enumerate() {
                        blocks(&at.then(Step::Cell(r, c)), &cell.blocks, f);
                    }
                }
            }
            Block::Quote(inner) => blocks(&at, inner, f),
            Block::Aside(aside) => blocks(&at, &aside.blocks, f),
            Block::Rule | Block::Unknown { .. } => {}
        }
    }
}

fn run_mut(place: Place, inlines: &mut Inlines, f: &mut dyn FnMut(RunMut<'_>)) {
    f(RunMut { place: place.clone(), inlines });
    notes_mut(&place, inlines, &mut 0, f);
}

fn notes_mut(
    place: &Place,
    inlines: &mut Inlines,
    seen: &mut usize,
    f: &mut dyn FnMut(RunMut<'_>),
) {
    for inline in inlines {
        if let Inline::Note(body) = inline {
            blocks_mut(&place.then(Step::Note(*seen)), body, f);
            *seen += 1;
        } else if let Some(children) = inline.children_mut() {
            notes_mut(place, children, seen, f);
        }
    }
}

fn blocks_mut(place: &Place, list: &mut [Block], f: &mut dyn FnMut(RunMut<'_>)) {
    for (i, block) in list.iter_mut().enumerate() {
        let at = place.then(Step::Block(i));
        match block {
            Block::Paragraph(inlines) => run_mut(at, inlines, f),
            Block::Heading(heading) => run_mut(at, &mut heading.text, f),
            Block::Figure(figure) => {
                if !figure.caption.is_empty() {
                    run_mut(at.then(Step::Caption), &mut figure.caption, f);
                }
            }
            Block::List(list) => {
                for (n, item) in list.items.iter_mut().enumerate() {
                    blocks_mut(&at.then(Step::Item(n)), item, f);
                }
            }
            Block::Table(table) => {
                if !table.caption.is_empty() {
                    run_mut(at.then(Step::Caption), &mut table.caption, f);
                }
                for (r, row) in table.rows.iter_mut().enumerate() {
                    for (c, cell) in row.iter_mut().enumerate() {
                        blocks_mut(&at.then(Step::Cell(r, c)), &mut cell.blocks, f);
                    }
                }
            }
            Block::Quote(inner) => blocks_mut(&at, inner, f),
            Block::Aside(aside) => blocks_mut(&at, &mut aside.blocks, f),
            Block::Rule | Block::Unknown { .. } => {}
        }
    }
}
