//! The pictures of one publication, each under the id the view calls it by.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::diag::Finding;

use super::{Probe, Ready, Store, Want};

/// One picture of a publication.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Picture {
    /// The id in the view, such as `p0001`: letters and digits only.
    pub id: String,
    /// The name the article calls it by.
    pub name: String,
    /// The file and what its header says; `None` where the file is missing or
    /// cannot be read as a picture.
    pub file: Option<(PathBuf, Probe)>,
}

/// The pictures of one publication and the store their derivatives live in.
#[derive(Debug)]
pub struct Album {
    store: Store,
    pictures: BTreeMap<String, Picture>,
}

impl Album {
    /// An album of these pictures.
    pub fn new(store: Store, pictures: impl IntoIterator<Item = Picture>) -> Self {
        Self { store, pictures: pictures.into_iter().map(|p| (p.id.clone(), p)).collect() }
    }

    /// Where its derivatives are kept.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The picture of that id.
    pub fn get(&self, id: &str) -> Option<&Picture> {
        self.pictures.get(id)
    }

    /// All pictures in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Picture> {
        self.pictures.values()
    }

    /// The picture of that id as an edition wants it; `None` where its file is
    /// missing. Each derivative is made once and kept; asking again is cheap.
    ///
    /// # Errors
    /// A finding where the file cannot be decoded, or the store cannot be written.
    pub fn ready(&self, id: &str, want: &Want) -> Result<Option<Ready>, Finding> {
        Ok(self.ready_each(id, std::slice::from_ref(want))?.pop())
    }

    /// The picture of that id in each of these ways, decoded once for all of them;
    /// none where its file is missing.
    ///
    /// # Errors
    /// As [`Album::ready`].
    pub fn ready_each(&self, id: &str, wants: &[Want]) -> Result<Vec<Ready>, Finding> {
        match self.pictures.get(id).and_then(|p| p.file.as_ref()) {
            Some((path, probe)) => self.store.ready_each(path, probe, wants),
            None => Ok(Vec::new()),
        }
    }
}
