//! The faces a look names in its `[fonts]`, and no others. Typst knows each by
//! the manifest's id, so that a look asks for a file, not for a family, a weight
//! and what comes nearest to both.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::diag::{Code, Fault, Finding};
use crate::layout::{FontShelf, Look};

const NO_FONT: Code = Code::new("pdf-font-unreadable");

/// The faces of one look. A file stays in memory only once a page needs it.
pub(in crate::export) struct Typefaces {
    book: LazyHash<FontBook>,
    shelf: FontShelf,
    ids: Vec<String>,
    fonts: Vec<OnceLock<Option<Font>>>,
}

impl Typefaces {
    /// Reads what is in the faces that the look's roles name.
    pub(in crate::export) fn load(look: &Look, shelf: &FontShelf) -> Result<Self, Fault> {
        let ids: BTreeSet<&String> = look.settings.fonts.values().flatten().collect();
        shelf.require(ids.iter().map(|id| id.as_str()))?;
        let mut book = FontBook::new();
        for id in &ids {
            let unreadable = || Fault::work(Finding::error(NO_FONT).arg("face", id));
            let mut info = FontInfo::new(&shelf.read(id)?, 0).ok_or_else(unreadable)?;
            info.family.clone_from(id);
            book.push(info);
        }
        Ok(Self {
            book: LazyHash::new(book),
            shelf: shelf.clone(),
            fonts: ids.iter().map(|_| OnceLock::new()).collect(),
            ids: ids.into_iter().cloned().collect(),
        })
    }

    /// What Typst chooses from.
    pub(in crate::export) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The face of that number in the book.
    pub(in crate::export) fn font(&self, index: usize) -> Option<Font> {
        let (id, font) = (self.ids.get(index)?, self.fonts.get(index)?);
        font.get_or_init(|| Font::new(Bytes::new(self.shelf.read(id).ok()?), 0)).clone()
    }

    /// The id of a face that pages were set in.
    pub(in crate::export) fn name<'a>(&'a self, font: &'a Font) -> &'a str {
        let is_it = |known: &OnceLock<Option<Font>>| known.get() == Some(&Some(font.clone()));
        let index = self.fonts.iter().position(is_it);
        index.map_or(font.info().family.as_str(), |index| &self.ids[index])
    }

    /// Whether any of the faces has a glyph for the character.
    pub(in crate::export) fn cover(&self, c: char) -> bool {
        let has = |index| self.book.info(index).is_some_and(|i| i.coverage.contains(c.into()));
        (0..self.ids.len()).any(has)
    }
}

/// Whether a character leaves ink, or at least a gap of its own.
pub(in crate::export) fn visible(c: char) -> bool {
    let joins = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}');
    !(c.is_control() || joins)
}
