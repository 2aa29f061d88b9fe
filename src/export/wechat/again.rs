//! Posts that an earlier build made of the very same: they are taken over as they lie
//! there. Here it is reckoned what a post is made of; what a file on disk counts by, the
//! pipeline knows.

use std::path::Path;

use blake3::{Hash, Hasher};
use serde::{Deserialize, Serialize};

use crate::diag::Finding;
use crate::export::view::{Article, View};
use crate::media::Album;

use super::post::Shared;
use super::preview::{Listed, Neighbour};

/// What an earlier build of a publication left.
pub trait EarlierPosts: Sync {
    /// The sum of all that the post of this number is made of besides what the view says:
    /// the program, the look, the article that the view was made from, and these
    /// pictures. None where that cannot be told; such a post is made anew every time.
    fn beside(&self, number: usize, pictures: &[&Path]) -> Option<Hash>;

    /// The post that was made of what comes to this sum, if all its files still lie as
    /// they were put there.
    fn post(&self, sum: &Hash) -> Option<MadePost>;
}

/// A post as it was made, for builds to come.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MadePost {
    /// The sum of all that it was made of.
    pub sum: [u8; 32],
    /// The paths of its files below the publication's folder.
    pub files: Vec<String>,
    /// What is to be said about it.
    pub findings: Vec<Finding>,
    /// What the list of all posts says of it.
    pub(super) listed: Listed,
}

/// Nothing was made before.
pub(super) struct Nothing;

impl EarlierPosts for Nothing {
    fn beside(&self, _: usize, _: &[&Path]) -> Option<Hash> {
        None
    }

    fn post(&self, _: &Hash) -> Option<MadePost> {
        None
    }
}

/// The sum of what all posts share, in which nothing of a single article stands.
pub(super) fn sum_of_shared(view: &View, shared: &Shared<'_>) -> Option<Hash> {
    let parts = (view.kind, &shared.setting, shared.count, shared.showing.name(), &shared.posts);
    Some(blake3::hash(&serde_json::to_vec(&parts).ok()?))
}

/// The sum of all that a post is made of; none where it cannot be told.
pub(super) fn sum(
    shared: Hash,
    (article, folder): (&Article, &str),
    neighbours: [Option<Neighbour<'_>>; 2],
    album: &Album,
    earlier: &dyn EarlierPosts,
) -> Option<Hash> {
    let images = article.images().into_iter().map(|image| image.picture.as_str());
    let pictures = images.chain([article.cover.as_str()]).filter_map(|id| album.get(id));
    let files =
        pictures.filter_map(|picture| Some((picture.name.as_str(), picture.file.as_ref()?)));
    let (names, files): (Vec<&str>, Vec<&Path>) =
        files.map(|(name, (path, _))| (name, path.as_path())).unzip();
    let beside = earlier.beside(article.number, &files)?;
    let own = serde_json::to_vec(&(article, folder, neighbours, names)).ok()?;
    let mut sum = Hasher::new();
    sum.update(shared.as_bytes()).update(beside.as_bytes()).update(&own);
    Some(sum.finalize())
}
