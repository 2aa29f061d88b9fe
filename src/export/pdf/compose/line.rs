//! A line of inlines as one row of characters, so that rules see across strong
//! text, links and notes, and the way back. What a rule decides is kept beside the
//! characters; the text itself is never changed.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::export::view::{Inline, Mark};

use super::marks::{closes, not_first, opens};

/// Binds: no line parts where it stands (U+2060).
const WORD_JOINER: char = '\u{2060}';
/// Parts: a line may end where it stands (U+200B).
const ZERO_WIDTH_SPACE: char = '\u{200b}';
/// Stands in the row for what is no text: a reading's characters, a note's call.
const OBJECT: char = '\u{fffc}';

#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    AsUsual,
    Joined,
    Parted,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Text,
    /// Raised or lowered text.
    Shifted,
    Reading,
    Call,
    Break,
}

/// A character and what is said of it.
struct Cell {
    char: char,
    what: What,
    /// The list of inlines it stands in: characters of one are shaped together.
    list: usize,
    before: Before,
    half: bool,
    foreign: bool,
}

/// The row.
pub(super) struct Line {
    cells: Vec<Cell>,
    /// The names of the index whose places are before a character.
    marks: BTreeMap<usize, Vec<String>>,
}

impl Line {
    /// Reads inlines, in order.
    pub(super) fn read(inlines: &[Inline]) -> Self {
        let mut line = Self { cells: Vec::new(), marks: BTreeMap::new() };
        line.take(inlines, What::Text, &mut 0);
        line
    }

    fn take(&mut self, inlines: &[Inline], as_what: What, lists: &mut usize) {
        *lists += 1;
        let list = *lists;
        for inline in inlines {
            match inline {
                Inline::Text { text, marks } => {
                    let mut marks = marks.iter().peekable();
                    for (offset, c) in text.char_indices() {
                        while let Some(mark) = marks.next_if(|mark| mark.at <= offset) {
                            let here = self.marks.entry(self.cells.len()).or_default();
                            here.push(mark.name.clone());
                        }
                        self.push(c, as_what, list);
                    }
                }
                Inline::Half { text } | Inline::Foreign { text } => {
                    text.chars().for_each(|c| self.push(c, as_what, list));
                }
                Inline::Tie => self.push(WORD_JOINER, What::Break, list),
                Inline::PageBreak { .. } => {}
                Inline::Break => self.push('\n', What::Break, list),
                Inline::Ruby { .. } => self.push(OBJECT, What::Reading, list),
                Inline::Note { .. } => self.push(OBJECT, What::Call, list),
                Inline::Strong { inlines }
                | Inline::Emphasis { inlines }
                | Inline::Dots { inlines }
                | Inline::Link { inlines, .. } => self.take(inlines, as_what, lists),
                Inline::Sup { inlines } | Inline::Sub { inlines } => {
                    self.take(inlines, What::Shifted, lists);
                }
            }
        }
    }

    fn push(&mut self, char: char, what: What, list: usize) {
        let before = Before::AsUsual;
        self.cells.push(Cell { char, what, list, before, half: false, foreign: false });
    }

    /// Puts what was decided into the inlines that were read.
    pub(super) fn write(&self, inlines: &mut Vec<Inline>) {
        self.give(inlines, &mut 0);
    }

    fn give(&self, inlines: &mut Vec<Inline>, at: &mut usize) {
        let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
        for mut inline in std::mem::take(inlines) {
            match &mut inline {
                Inline::Text { text, .. } | Inline::Half { text } | Inline::Foreign { text } => {
                    let count = text.chars().count();
                    self.pieces(*at..*at + count, &mut out);
                    *at += count;
                }
                Inline::Break
                | Inline::Ruby { .. }
                | Inline::Note { .. }
                | Inline::PageBreak { .. }
                | Inline::Tie => {
                    out.push(inline);
                    self.tie(*at, &mut out);
                    *at += 1;
                }
                Inline::Strong { inlines }
                | Inline::Emphasis { inlines }
                | Inline::Dots { inlines }
                | Inline::Sup { inlines }
                | Inline::Sub { inlines }
                | Inline::Link { inlines, .. } => {
                    self.give(inlines, at);
                    out.push(inline);
                }
            }
        }
        *inlines = out;
    }

    /// A text in pieces: as it is, half as wide, foreign. A sign stands after a
    /// character, never before the first of a text: Typst takes the first character
    /// of a glyph for what it is.
    fn pieces(&self, range: Range<usize>, out: &mut Vec<Inline>) {
        let mut open: Option<bool> = None;
        for at in range {
            let cell = &self.cells[at];
            // Only plain text bears marks.
            if self.marks.contains_key(&at) && (cell.half || cell.foreign || open != Some(false)) {
                out.push(plain());
                open = Some(false);
            }
            if let (Some(names), Some(Inline::Text { text, marks })) =
                (self.marks.get(&at), out.last_mut())
            {
                let (at, chars) = (text.len(), text.chars().count());
                marks.extend(names.iter().map(|name| Mark { at, chars, name: name.clone() }));
            }
            if cell.half {
                out.push(Inline::Half { text: cell.char.to_string() });
                self.tie(at, out);
                open = None;
                continue;
            }
            if open != Some(cell.foreign) {
                let foreign = || Inline::Foreign { text: String::new() };
                out.push(if cell.foreign { foreign() } else { plain() });
                open = Some(cell.foreign);
            }
            if let Some(Inline::Text { text, .. } | Inline::Foreign { text }) = out.last_mut() {
                text.push(cell.char);
                text.extend(self.sign(at));
            }
        }
    }

    /// Ties what is no text to what comes after it.
    fn tie(&self, at: usize, out: &mut Vec<Inline>) {
        if self.sign(at) == Some(WORD_JOINER) {
            out.push(Inline::Tie);
        }
    }

    /// The sign between a character and the next.
    fn sign(&self, at: usize) -> Option<char> {
        match self.cells.get(at + 1)?.before {
            Before::AsUsual => None,
            Before::Joined => Some(WORD_JOINER),
            Before::Parted => Some(ZERO_WIDTH_SPACE),
        }
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether something holds of any place.
    pub(super) fn any(&self, holds: impl FnMut(usize) -> bool) -> bool {
        (0..self.len()).any(holds)
    }

    /// The character at a place.
    pub(super) fn char(&self, at: usize) -> char {
        self.cells[at].char
    }

    /// The character at a place, where there is one and it is text.
    pub(super) fn text(&self, at: Option<usize>) -> Option<char> {
        let cell = self.cells.get(at?)?;
        matches!(cell.what, What::Text | What::Shifted).then_some(cell.char)
    }

    /// Whether the two characters at the place and before it are shaped together.
    pub(super) fn shaped_together(&self, at: usize) -> bool {
        let (before, here) = (&self.cells[at - 1], &self.cells[at]);
        before.list == here.list && before.foreign == here.foreign && !before.half && !here.half
    }

    /// Whether the character becomes a box of its own.
    pub(super) fn is_box(&self, at: usize) -> bool {
        self.cells[at].half || self.cells[at].what == What::Reading
    }

    /// Whether what stands there belongs to what is before it: the call of a note,
    /// raised and lowered text.
    pub(super) fn clings(&self, at: usize) -> bool {
        let (before, here) = (self.cells[at - 1].what, self.cells[at].what);
        before != What::Break
            && (here == What::Call || (here == What::Shifted && before != What::Shifted))
    }

    /// Whether a halved mark holds what it encloses.
    pub(super) fn half_ties(&self, at: usize) -> bool {
        let (before, here) = (&self.cells[at - 1], &self.cells[at]);
        (before.half && opens(before.char)) || (here.half && !opens(here.char))
    }

    /// Whether a line may part before or after a quote here although UAX #14, which
    /// cannot tell which quote opens, forbids it. Double quotes it knows, as long as
    /// the whole paragraph is Chinese.
    pub(super) fn quote_may_part(&self, at: usize, mixed: bool) -> bool {
        let (before, here) = (&self.cells[at - 1], &self.cells[at]);
        if before.foreign || here.foreign || before.char.is_whitespace() {
            return false;
        }
        let known = |c: char| matches!(c, '“' | '”') && !mixed;
        let quote = |c: char| matches!(c, '“' | '”' | '‘' | '’') && !known(c);
        (opens(here.char) && quote(here.char) && !opens(before.char))
            || (closes(before.char)
                && quote(before.char)
                && !not_first(here.char)
                && !here.char.is_whitespace())
    }

    /// Whether the character is set as foreign text.
    pub(super) fn foreign(&self, at: usize) -> bool {
        self.cells[at].foreign
    }

    /// Sets the characters as foreign text.
    pub(super) fn set_foreign(&mut self, range: Range<usize>) {
        for cell in &mut self.cells[range] {
            cell.foreign = cell.what == What::Text || cell.what == What::Shifted;
        }
    }

    /// Whether the mark is half as wide.
    pub(super) fn half(&self, at: usize) -> bool {
        self.cells[at].half
    }

    /// Sets the mark half as wide.
    pub(super) fn set_half(&mut self, at: usize) {
        self.cells[at].half = true;
    }

    /// Lets no line part before the character.
    pub(super) fn join(&mut self, at: usize) {
        self.cells[at].before = Before::Joined;
    }

    /// Lets a line part before the character.
    pub(super) fn part(&mut self, at: usize) {
        self.cells[at].before = Before::Parted;
    }
}

/// A plain text, to be filled.
fn plain() -> Inline {
    Inline::Text { text: String::new(), marks: Vec::new() }
}
