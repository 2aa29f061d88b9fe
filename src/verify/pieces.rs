//! The runs of text of an article that an edition keeps together, in the order of
//! reading.

use crate::article::script::counts;
use crate::article::{Article, Block, Inline, Part, Place, Step};
use crate::publication::Entry;

/// What an edition shows of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Everything.
    Whole,
    /// All but the title, which stands in a field of its own elsewhere.
    WithoutTitle,
}

/// Where a piece may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// In the order of the text.
    Flow,
    /// In the order of the text, or set apart as a whole.
    Aside,
    /// Above the text.
    Above,
    /// Anywhere among the article's: captions, cells and notes.
    Apart,
    /// Below the text.
    Below,
}

impl Stand {
    /// Whether it belongs to the order of the text.
    pub(super) fn is_flow(self) -> bool {
        matches!(self, Self::Flow | Self::Aside)
    }
}

/// A run of text that an edition keeps together.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Which of the articles it belongs to, from 0.
    pub(super) article: usize,
    /// The place in the article.
    pub(super) place: Place,
    pub(super) stand: Stand,
    /// Its characters, readings and notes left out.
    pub(super) chars: Vec<char>,
    /// Where marks and readings may stand between its characters, rising.
    pub(super) seams: Vec<usize>,
    /// The readings above its characters.
    pub(super) readings: Vec<Reading>,
}

/// A reading above some characters of a piece.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Where its characters begin.
    pub(super) from: usize,
    /// Where they end.
    pub(super) to: usize,
    /// The reading.
    pub(super) chars: Vec<char>,
}

impl Piece {
    /// How many characters it has, readings included.
    pub(super) fn len(&self) -> usize {
        self.chars.len() + self.readings.iter().map(|r| r.chars.len()).sum::<usize>()
    }

    /// The unbroken run that begins at `from`, of at most `most` characters.
    pub(super) fn run(&self, from: usize, most: usize) -> &[char] {
        let end = self.seams.iter().find(|s| **s > from).copied().unwrap_or(self.chars.len());
        &self.chars[from..end.min(from.saturating_add(most)).min(self.chars.len())]
    }
}

/// The pieces of these articles, in the order of reading; notes after the run that
/// calls them.
pub(super) fn pieces(entries: &[&Entry], shown: Shown) -> Vec<Piece> {
    let mut out = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let mut walk = Walk { article: index, out: &mut out };
        walk.article(&entry.source.article, shown);
    }
    out
}

struct Walk<'a> {
    article: usize,
    out: &'a mut Vec<Piece>,
}

impl Walk<'_> {
    fn article(&mut self, article: &Article, shown: Shown) {
        let meta = &article.meta;
        let above = [
            (Part::Kicker, &meta.kicker),
            (Part::Title, &meta.title),
            (Part::Subtitle, &meta.subtitle),
        ];
        for (part, inlines) in above {
            if part != Part::Title || shown == Shown::Whole {
                self.inlines(&Place::part(part), inlines, Stand::Above);
            }
        }
        self.blocks(&Place::part(Part::Body), &article.body, Stand::Flow);
        for name in meta.credits.iter().flat_map(|credit| &credit.names) {
            self.plain(&Place::part(Part::Meta), name, Stand::Below);
        }
    }

    fn blocks(&mut self, place: &Place, blocks: &[Block], stand: Stand) {
        for (i, block) in blocks.iter().enumerate() {
            let at = place.then(Step::Block(i));
            match block {
                Block::Paragraph(inlines) => self.inlines(&at, inlines, stand),
                Block::Heading(heading) => self.inlines(&at, &heading.text, stand),
                Block::Figure(figure) => {
                    self.inlines(&at.then(Step::Caption), &figure.caption, Stand::Apart);
                    if let Some(credit) = &figure.credit {
                        self.plain(&at.then(Step::Credit), credit, Stand::Apart);
                    }
                }
                Block::List(list) => {
                    for (n, item) in list.items.iter().enumerate() {
                        self.blocks(&at.then(Step::Item(n)), item, stand);
                    }
                }
                Block::Table(table) => {
                    self.inlines(&at.then(Step::Caption), &table.caption, Stand::Apart);
                    for (r, row) in table.rows.iter().enumerate() {
                        for (c, cell) in row.iter().enumerate() {
                            let cell_at = at.then(Step::Cell(r, c));
                            self.blocks(&cell_at, &cell.blocks, Stand::Apart);
                        }
                    }
                }
                Block::Quote(inner) => self.blocks(&at, inner, stand),
                Block::Aside(aside) => {
                    let stand = if stand == Stand::Flow { Stand::Aside } else { stand };
                    self.blocks(&at, &aside.blocks, stand);
                }
                Block::Rule => {}
                Block::Unknown { text, .. } => {
                    for line in text.lines() {
                        self.plain(&at, line, stand);
                    }
                }
            }
        }
    }

    fn plain(&mut self, place: &Place, text: &str, stand: Stand) {
        let mut run = Gather::default();
        run.text(text);
        self.push(place, run, stand);
    }

    fn inlines(&mut self, place: &Place, inlines: &[Inline], stand: Stand) {
        let mut run = Gather::default();
        run.inlines(inlines);
        let notes = std::mem::take(&mut run.notes);
        self.push(place, run, stand);
        for (n, note) in notes.into_iter().enumerate() {
            self.blocks(&place.then(Step::Note(n)), note, Stand::Apart);
        }
    }

    fn push(&mut self, place: &Place, run: Gather<'_>, stand: Stand) {
        if !run.chars.is_empty() {
            let Gather { chars, seams, readings, .. } = run;
            let (article, place) = (self.article, place.clone());
            self.out.push(Piece { article, place, stand, chars, seams, readings });
        }
    }
}

/// What an inline sequence comes to.
#[derive(Default)]
struct Gather<'a> {
    chars: Vec<char>,
    seams: Vec<usize>,
    readings: Vec<Reading>,
    notes: Vec<&'a [Block]>,
}

impl<'a> Gather<'a> {
    fn text(&mut self, text: &str) {
        self.chars.extend(text.chars().filter(|c| counts(*c)));
    }

    fn seam(&mut self) {
        if self.seams.last() != Some(&self.chars.len()) {
            self.seams.push(self.chars.len());
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Break => {}
                Inline::Ruby { base, text } => {
                    self.seam();
                    let from = self.chars.len();
                    self.text(base);
                    let chars = text.chars().filter(|c| counts(*c)).collect();
                    self.readings.push(Reading { from, to: self.chars.len(), chars });
                    self.seam();
                }
                Inline::Note(blocks) => {
                    self.seam();
                    self.notes.push(blocks);
                }
                // An address may be told after a link's words.
                Inline::Link { content, .. } => {
                    self.inlines(content);
                    self.seam();
                }
                other => self.inlines(other.children()),
            }
        }
    }
}
