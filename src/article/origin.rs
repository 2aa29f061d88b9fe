//! The side table of an article: where each block came from and how sure its
//! reader was. It stands apart so that the text itself stays clean.

use std::collections::BTreeMap;

use super::Place;

/// How a reader came to see a block, or a value of the meta data, as what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The line in the source it begins on, from 1; `None` for sources without lines.
    pub line: Option<usize>,
    /// From 0 to 1: 1 where the source says it outright, less where it was inferred.
    pub confidence: f32,
    /// The code of the reason, to be looked up in the message catalogue.
    pub reason: &'static str,
}

/// Where the blocks of one article came from, by their address.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origins(BTreeMap<Place, Origin>);

impl Origins {
    /// Records where the block at `place` came from.
    pub fn record(&mut self, place: Place, origin: Origin) {
        self.0.insert(place, origin);
    }

    /// Where the block at `place` came from; `None` where nobody recorded it.
    pub fn get(&self, place: &Place) -> Option<&Origin> {
        self.0.get(place)
    }

    /// Drops the records of a top-level block of the text that is no more, and
    /// moves up those of the blocks behind it.
    pub fn remove_block(&mut self, number: usize) {
        let gone = Place::block(number);
        let old = std::mem::take(&mut self.0);
        let kept = old.into_iter().filter(|(place, _)| !place.is_within(&gone));
        self.0 = kept
            .map(|(mut place, origin)| {
                place.close_gap(number);
                (place, origin)
            })
            .collect();
    }

    /// All records, in the order of the article.
    pub fn iter(&self) -> impl Iterator<Item = (&Place, &Origin)> {
        self.0.iter()
    }
}
