//! What is already at WeChat, so that nothing goes there twice: addresses of uploaded
//! pictures and covers by the hash of their content, and the drafts with the hash of
//! what was sent for each article. Holds no secret and may be deleted at any time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The form of the file. Another form is not read.
const VERSION: u32 = 1;

/// What is at WeChat, for one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    version: u32,
    /// Addresses of the texts' pictures by content.
    pub(super) pictures: BTreeMap<String, String>,
    /// Media ids of the covers by content.
    pub(super) covers: BTreeMap<String, String>,
    /// The drafts by [`super::Planned::key`].
    pub(super) drafts: BTreeMap<String, Sent>,
}

/// A draft as it was sent last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Sent {
    /// The draft's media id.
    pub media_id: String,
    /// Its articles in their order.
    pub articles: Vec<SentArticle>,
}

/// An article as it was sent last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct SentArticle {
    /// Which article.
    pub article: String,
    /// The hash of what was sent.
    pub hash: String,
}

impl Default for Ledger {
    fn default() -> Self {
        let (pictures, covers, drafts) = Default::default();
        Self { version: VERSION, pictures, covers, drafts }
    }
}

impl Ledger {
    /// The name of an account's file: it tells neither account nor server.
    pub fn file_name(base: &str, appid: &str) -> String {
        let hash = blake3::hash(format!("{base}\n{appid}").as_bytes()).to_hex();
        format!("{}.json", &hash[..16])
    }

    /// Reads a file; `None` where it is none of ours.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let ledger: Self = serde_json::from_slice(bytes).ok()?;
        (ledger.version == VERSION).then_some(ledger)
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Whether a picture of the text with this content is uploaded.
    pub fn has_picture(&self, hash: &str) -> bool {
        self.pictures.contains_key(hash)
    }

    /// Whether a cover with this content is uploaded.
    pub fn has_cover(&self, hash: &str) -> bool {
        self.covers.contains_key(hash)
    }

    /// Whether this draft was made before.
    pub fn has_draft(&self, key: &str) -> bool {
        self.drafts.contains_key(key)
    }

    /// Forgets a draft, so that it is made anew.
    pub fn forget(&mut self, key: &str) {
        self.drafts.remove(key);
    }
}
