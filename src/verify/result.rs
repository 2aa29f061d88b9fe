//! What a comparison came to: how much of the articles a file holds, and of each piece
//! that is not whole the place, what was wanted and what the file has there.

use crate::publication::Entry;

use super::compare::Ledger;
use super::pieces::{Piece, Reading};
use super::{Kept, Missing};

impl Ledger<'_> {
    /// What became of all pieces, with the place of each that is not whole.
    pub(super) fn finish(self, entries: &[&Entry]) -> Kept {
        let mut kept = Kept::default();
        let mut before = 0;
        let has_pages = self.text.flows_on && self.text.pages() > 0;
        for (n, piece) in self.pieces.iter().enumerate() {
            let Some(outcome) = &self.outcomes[n] else { continue };
            kept.characters += piece.len();
            kept.found += outcome.found;
            if let Some(differs) = outcome.differs {
                let source = &entries[piece.article].source;
                let (expected, found, at) = self.about(piece, differs, before);
                kept.missing.push(Missing {
                    article: source.article.title_text(),
                    file: source.file.clone(),
                    place: piece.place.clone(),
                    characters: piece.len() - outcome.found,
                    expected,
                    found,
                    page: has_pages.then(|| self.text.page(at) + 1),
                });
            }
            before = outcome.end.unwrap_or(before);
        }
        kept
    }

    /// What was wanted about a difference, what the file has there, and where: where
    /// the piece breaks off, else where another place has its beginning, else the last
    /// that was found before it.
    fn about(
        &self,
        piece: &Piece,
        (i, at): (usize, Option<usize>),
        before: usize,
    ) -> (String, String, usize) {
        const BEFORE: usize = 12;
        const AFTER: usize = 28;
        let from = i.saturating_sub(BEFORE);
        let to = (i + AFTER).min(piece.chars.len());
        let mut expected: String = piece.chars[from..to].iter().collect();
        if let Some(Reading { chars: reading, .. }) =
            piece.readings.iter().find(|r| r.from == i && i < to)
        {
            expected.push_str(&format!("〔{}〕", reading.iter().collect::<String>()));
        }
        let head = piece.run(0, 2 * BEFORE);
        let elsewhere = || self.text.find(head, 0, self.text.chars.len());
        match at {
            Some(at) => (expected, self.text.about(at, i.min(BEFORE), AFTER), at),
            None => match elsewhere().filter(|_| head.len() >= BEFORE) {
                Some(at) => (expected, self.text.about(at, 0, AFTER), at),
                None => (expected, String::new(), before.saturating_sub(1)),
            },
        }
    }
}
