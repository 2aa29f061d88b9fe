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

    /// All records, in the order of the article.
    pub fn iter(&self) -> impl Iterator<Item = (&Place, &Origin)> {
        self.0.iter()
    }
}
