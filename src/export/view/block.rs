//! From the model's blocks and inlines to the view's. The one walk that counts:
//! headings, figures and notes get their numbers here, in order of the text.

use crate::article::{self, AsideKind};
use crate::layout::Wording;
use crate::media::Picture;
use crate::publication::{note_mark, paragraph_roles};

use super::apparatus::Gather;
use super::english::english;
use super::{Block, Cell, Image, Inline, ListItem, Note, placeholder};

/// How large a missing picture's placeholder is: 3 : 2, as most photographs are.
const PLACEHOLDER: (u32, u32) = (3, 2);

/// The walk over one article, and what it has counted so far.
pub(super) struct Blocks<'a> {
    wording: &'a Wording,
    pictures: &'a [Picture],
    /// The article's id, and what of it index and list of figures want to know.
    id: &'a str,
    gather: &'a Gather<'a>,
    headings: usize,
    /// The model's levels of the headings that the next one may stand below.
    open: Vec<u8>,
    figures: usize,
    notes: Vec<Note>,
}

impl<'a> Blocks<'a> {
    /// A walk over the article whose pictures these are.
    pub(super) fn new(
        wording: &'a Wording,
        pictures: &'a [Picture],
        id: &'a str,
        gather: &'a Gather<'a>,
    ) -> Self {
        Self {
            wording,
            pictures,
            id,
            gather,
            headings: 0,
            open: Vec::new(),
            figures: 0,
            notes: Vec::new(),
        }
    }

    /// The notes met on the way.
    pub(super) fn finish(self) -> Vec<Note> {
        self.notes
    }

    /// The blocks of a text in which lines of a letter may stand.
    pub(super) fn text_of(&mut self, blocks: &[article::Block]) -> Vec<Block> {
        let mut out = self.blocks(blocks);
        for (block, found) in out.iter_mut().zip(paragraph_roles(blocks)) {
            if let Block::Paragraph { role, .. } = block {
                *role = found;
            }
        }
        out
    }

    /// Blocks, in order.
    pub(super) fn blocks(&mut self, blocks: &[article::Block]) -> Vec<Block> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    /// Inlines, in order.
    pub(super) fn inlines(&mut self, inlines: &[article::Inline]) -> Vec<Inline> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            match inline {
                article::Inline::Text(text) => self.text(text, &mut out),
                inline => out.push(self.inline(inline)),
            }
        }
        out
    }

    /// A text; where that matters, with its English sentences apart.
    fn text(&self, text: &str, out: &mut Vec<Inline>) {
        let sentences = if self.gather.languages() { english(text) } else { Vec::new() };
        let mut from = 0;
        for run in sentences {
            self.plain(&text[from..run.start], out);
            out.push(Inline::Foreign { text: text[run.clone()].to_owned() });
            from = run.end;
        }
        self.plain(&text[from..], out);
    }

    fn plain(&self, text: &str, out: &mut Vec<Inline>) {
        if !text.is_empty() {
            let marks = self.gather.marks(self.id, text);
            out.push(Inline::Text { text: text.to_owned(), marks });
        }
    }

    /// How deep a heading of that level stands: one below the nearest heading
    /// before it of a higher rank, so that no level is ever skipped.
    fn depth(&mut self, level: u8) -> u8 {
        while self.open.last().is_some_and(|open| *open >= level) {
            self.open.pop();
        }
        self.open.push(level);
        u8::try_from(self.open.len()).unwrap_or(u8::MAX)
    }

    fn block(&mut self, block: &article::Block) -> Block {
        match block {
            article::Block::Paragraph(inlines) => {
                Block::Paragraph { inlines: self.inlines(inlines), role: None }
            }
            article::Block::Heading(heading) => {
                self.headings += 1;
                Block::Heading {
                    level: self.depth(heading.level),
                    id: format!("h{}", self.headings),
                    inlines: self.inlines(&heading.text),
                    text: article::plain_text(&heading.text),
                }
            }
            article::Block::Figure(figure) => self.figure(figure),
            article::Block::List(list) => self.list(list),
            article::Block::Table(table) => self.table(table),
            article::Block::Quote(blocks) => Block::Quote { blocks: self.blocks(blocks) },
            article::Block::Aside(aside) => Block::Aside {
                aside: aside.kind.name(),
                label: match aside.kind {
                    AsideKind::LinkCard => String::new(),
                    kind => self.wording.get(kind.name()).to_owned(),
                },
                blocks: self.text_of(&aside.blocks),
            },
            article::Block::Rule => Block::Rule,
            article::Block::Unknown { text, .. } => {
                Block::Unknown { lines: text.lines().map(str::to_owned).collect() }
            }
        }
    }

    fn figure(&mut self, figure: &article::Figure) -> Block {
        self.figures += 1;
        let id = format!("f{}", self.figures);
        let caption_text = article::plain_text(&figure.caption);
        let images = figure.images.iter().map(|image| self.image(image, &caption_text)).collect();
        Block::Figure {
            place: self.gather.figure(self.id, &id, &caption_text),
            id,
            images,
            caption: self.inlines(&figure.caption),
            credit: figure.credit.clone().unwrap_or_default(),
        }
    }

    fn image(&mut self, image: &article::Image, caption: &str) -> Image {
        let picture = self.pictures.iter().find(|p| p.name == image.name);
        let size = picture.and_then(|p| p.file.as_ref()).map(|(_, probe)| probe.upright());
        let (width, height) = size.unwrap_or(PLACEHOLDER);
        Image {
            picture: picture.map(|p| p.id.clone()).unwrap_or_default(),
            missing: size.is_none(),
            placeholder: match size {
                Some(_) => String::new(),
                None => placeholder(self.wording, called(&image.name)),
            },
            name: called(&image.name).to_owned(),
            alt: image.alt.clone().unwrap_or_else(|| caption.to_owned()),
            described: image.alt.is_some(),
            width,
            height,
        }
    }

    fn list(&mut self, list: &article::List) -> Block {
        let first = list.start.unwrap_or(1);
        let items = list.items.iter().zip(first..).map(|(item, n)| ListItem {
            number: match list.start {
                Some(_) => self.wording.fill("list-number", &[("number", &n.to_string())]),
                None => String::new(),
            },
            blocks: self.blocks(item),
        });
        Block::List { ordered: list.start.is_some(), start: first, items: items.collect() }
    }

    fn table(&mut self, table: &article::Table) -> Block {
        let caption = self.inlines(&table.caption);
        let rows = table.rows.iter().enumerate().map(|(r, row)| {
            row.iter()
                .map(|cell| Cell {
                    header: r < table.header_rows,
                    colspan: cell.colspan.max(1),
                    rowspan: cell.rowspan.max(1),
                    blocks: self.blocks(&cell.blocks),
                })
                .collect()
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let header_rows = table.header_rows.min(rows.len());
        Block::Table { caption, columns: columns(&rows), header_rows, rows }
    }

    fn inline(&mut self, inline: &article::Inline) -> Inline {
        match inline {
            article::Inline::Text(text) => Inline::Text { text: text.clone(), marks: Vec::new() },
            article::Inline::Break => Inline::Break,
            article::Inline::Strong(c) => Inline::Strong { inlines: self.inlines(c) },
            article::Inline::Emphasis(c) => Inline::Emphasis { inlines: self.inlines(c) },
            article::Inline::EmphasisMark(c) => Inline::Dots { inlines: self.inlines(c) },
            article::Inline::Superscript(c) => Inline::Sup { inlines: self.inlines(c) },
            article::Inline::Subscript(c) => Inline::Sub { inlines: self.inlines(c) },
            article::Inline::Link { url, content } => {
                Inline::Link { url: url.clone(), inlines: self.inlines(content) }
            }
            article::Inline::Ruby { base, text } => {
                Inline::Ruby { base: base.clone(), text: text.clone() }
            }
            article::Inline::Note(blocks) => self.note(blocks),
        }
    }

    fn note(&mut self, blocks: &[article::Block]) -> Inline {
        let number = self.notes.len() + 1;
        let mark = note_mark(number);
        // The place is taken before the text is walked: a note within a note
        // comes after the one that holds it.
        self.notes.push(Note { number, mark: mark.clone(), blocks: Vec::new() });
        let body = self.blocks(blocks);
        self.notes[number - 1].blocks = body;
        Inline::Note { number, mark }
    }
}

/// How many columns a table has, spans from rows above included.
fn columns(rows: &[Vec<Cell>]) -> usize {
    let mut open: Vec<usize> = Vec::new();
    let mut widest = 0;
    for row in rows {
        let hanging = open.iter().filter(|left| **left > 0).count();
        let own: usize = row.iter().map(|cell| cell.colspan).sum();
        widest = widest.max(hanging + own);
        for left in &mut open {
            *left = left.saturating_sub(1);
        }
        for cell in row {
            open.extend(std::iter::repeat_n(cell.rowspan - 1, cell.colspan));
        }
        open.retain(|left| *left > 0);
    }
    widest
}

/// What readers may know of a picture's name: an address on the web, else the file's name
/// without its folders, which would tell of somebody's machine.
fn called(name: &str) -> &str {
    let on_the_web = ["https://", "http://", "//"].iter().any(|scheme| name.starts_with(scheme));
    if on_the_web {
        return name;
    }
    name.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(name)
}
