//! E-books that an earlier build made: what of one is the same in the next is copied out
//! of it, packed and summed as it is there. Entries are told apart by stamps, the sums of
//! what they are made of; what a file on disk counts by, the pipeline knows.
//!
//! That is sound because the pipeline hands out an earlier book only where its file is,
//! by its state, the one that was put there: its bytes are those that were packed, summed
//! and read back then. What is copied is not deflated or summed again; its text is read
//! back all the same, from the new file.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::container::Packed;
use super::sink::Mark;

/// The sum of all that something is made of.
pub type Stamp = [u8; 32];

/// What an earlier build of a publication left.
pub trait EarlierBooks: Sync {
    /// What a picture's file counts by; none where that cannot be told. Such a picture is
    /// copied from its file every time.
    fn stamp(&self, file: &Path) -> Option<Stamp>;

    /// The e-book of that path below the publication's folder, if it still lies there as
    /// it was put, and what is known of it.
    fn book(&self, path: &str) -> Option<(File, MadeBook)>;
}

/// Nothing was made before.
pub(super) struct Nothing;

impl EarlierBooks for Nothing {
    fn stamp(&self, _: &Path) -> Option<Stamp> {
        None
    }

    fn book(&self, _: &str) -> Option<(File, MadeBook)> {
        None
    }
}

/// What is known of an e-book that was written, for builds to come.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MadeBook {
    /// Its entries in their order, each with its stamp, where it has one.
    pub(super) entries: Vec<(Option<Stamp>, Packed)>,
    /// The checksums of its beginnings, the shortest first.
    pub(super) marks: Vec<Mark>,
    /// The sha256 of the file in lower-case hexadecimal.
    pub sha256: String,
}

/// An e-book that is written when its artifact is.
pub struct Writing {
    /// Its path below the publication's folder.
    pub path: String,
    /// What is known of it, once it is written.
    pub made: Arc<OnceLock<MadeBook>>,
}

/// The book of an earlier build.
pub(super) struct Before {
    /// Its file.
    pub(super) file: File,
    made: MadeBook,
    places: BTreeMap<Stamp, usize>,
}

impl Before {
    /// The book at this path, where an earlier build left it.
    pub(super) fn open(earlier: &dyn EarlierBooks, path: &str) -> Option<Self> {
        let (file, made) = earlier.book(path)?;
        let stamps = made.entries.iter().enumerate();
        let places = stamps.filter_map(|(n, (stamp, _))| Some(((*stamp)?, n))).collect();
        Some(Self { file, made, places })
    }

    /// Its entry of that stamp.
    pub(super) fn entry(&self, stamp: &Stamp) -> Option<&Packed> {
        let (_, packed) = self.made.entries.get(*self.places.get(stamp)?)?;
        Some(packed)
    }

    /// As much of its beginning as a book of these stamps has as well, up to a mark.
    pub(super) fn beginning(&self, stamps: &[Option<Stamp>]) -> MadeBook {
        let old = self.made.entries.iter().map(|(stamp, _)| stamp);
        let same = old.zip(stamps).take_while(|(old, new)| old.is_some() && old == new).count();
        let marks = self.made.marks.iter();
        let marks = marks.filter(|mark| mark.entries <= same && mark.is_sound());
        let marks: Vec<Mark> = marks.cloned().collect();
        let count = marks.last().map_or(0, |mark| mark.entries);
        let entries = self.made.entries.iter().take(count).cloned().collect();
        MadeBook { entries, marks, sha256: String::new() }
    }
}
