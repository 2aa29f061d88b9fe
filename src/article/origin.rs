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

impl Origin {
    /// Below this confidence a person is asked to look.
    pub const DOUBTFUL: f32 = 0.6;

    /// Whether a person should look.
    pub fn is_doubtful(&self) -> bool {
        self.confidence < Self::DOUBTFUL
    }
}

/// Where the blocks of one article came from, by their address.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origins {
    at: BTreeMap<Place, Origin>,
    wrote: BTreeMap<Place, String>,
}

impl Origins {
    /// Records where the block at `place` came from.
    pub fn record(&mut self, place: Place, origin: Origin) {
        self.at.insert(place, origin);
    }

    /// Where the block at `place` came from; `None` where nobody recorded it.
    pub fn get(&self, place: &Place) -> Option<&Origin> {
        self.at.get(place)
    }

    /// All records, in the order of the article.
    pub fn iter(&self) -> impl Iterator<Item = (&Place, &Origin)> {
        self.at.iter()
    }

    /// Records the line as the source wrote it, where the reader took it apart: a
    /// title with its series, a picture's name glued to words.
    pub fn record_line(&mut self, place: Place, text: &str) {
        self.wrote.insert(place, text.to_owned());
    }

    /// The lines of the source that were recorded, in the order of their places.
    pub fn lines(&self) -> impl Iterator<Item = (&Place, &str)> {
        self.wrote.iter().map(|(place, text)| (place, text.as_str()))
    }

    /// The line as the source wrote it, where the reader took it apart.
    pub fn line(&self, place: &Place) -> Option<&str> {
        self.wrote.get(place).map(String::as_str)
    }

    /// Moves every record to where `f` says that it stands now; `None` drops it.
    pub fn relocate(&mut self, f: &dyn Fn(&Place) -> Option<Place>) {
        let at = std::mem::take(&mut self.at);
        self.at = at.into_iter().filter_map(|(place, o)| Some((f(&place)?, o))).collect();
        let wrote = std::mem::take(&mut self.wrote);
        self.wrote = wrote.into_iter().filter_map(|(place, t)| Some((f(&place)?, t))).collect();
    }
}
