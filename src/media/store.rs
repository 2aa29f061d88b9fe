//! The store of derived pictures: each is made once from a content and a wish,
//! and lies in the cache under the hash of both.

use std::path::{Path, PathBuf};

use crate::diag::Finding;

use super::{Probe, Ready};

/// What an edition wants of a picture. A picture that is already so is passed
/// through, without its metadata and without being decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Want {
    /// At most so many pixels in all, as e-readers ask.
    pub max_pixels: Option<u64>,
    /// At most so wide, in pixels.
    pub max_width: Option<u32>,
    /// At most so many bytes; quality, then size, give way.
    pub max_bytes: Option<u64>,
    /// Cut to exactly this width and height in pixels, filling it from the middle.
    pub cover: Option<(u32, u32)>,
    /// Turn CMYK into RGB, as screens need.
    pub rgb: bool,
}

/// The folder of derived pictures.
#[derive(Debug, Clone)]
pub struct Store {
    dir: PathBuf,
}

impl Store {
    /// A store in this folder, made when first needed.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The picture at `path` as `want` describes it.
    ///
    /// # Errors
    /// A finding where it cannot be decoded or the store cannot be written.
    pub fn ready(&self, path: &Path, probe: &Probe, want: &Want) -> Result<Ready, Finding> {
        let _ = (&self.dir, path, probe, want);
        unimplemented!()
    }
}
