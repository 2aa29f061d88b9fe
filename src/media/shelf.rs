//! The shelf of pictures that lay inside a source: each is put on disk as it is
//! seen there, under the hash of its content.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Framing;
use super::framing::framed;

/// A folder of pictures from inside sources.
#[derive(Debug, Clone)]
pub struct Shelf {
    dir: PathBuf,
}

impl Shelf {
    /// A shelf in this folder, made when first needed.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Puts a picture on the shelf, unless it stands there already, and says where.
    /// `name` gives the ending.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn keep(&self, name: &str, bytes: &[u8], framing: &Framing) -> io::Result<PathBuf> {
        let ending = Path::new(name).extension().unwrap_or_default().to_string_lossy();
        let key = key(bytes, framing);
        let place = |ending: &str| self.dir.join(format!("{key}.{ending}"));
        let known = [&*ending, "jpg", "png"].map(place);
        if let Some(path) = known.into_iter().find(|path| path.is_file()) {
            return Ok(path);
        }
        // What cannot be cut or turned is kept as it is; whoever uses it will say so.
        let framed = if framing.is_plain() { None } else { framed(bytes, framing) };
        let (bytes, path) = match &framed {
            Some((bytes, ending)) => (bytes.as_slice(), place(ending)),
            None => (bytes, place(&ending)),
        };
        std::fs::create_dir_all(&self.dir)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.dir)?;
        file.write_all(bytes)?;
        // Another source with the same picture may have been quicker; its file, which may
        // have been looked at, is not replaced.
        match file.persist_noclobber(&path) {
            Err(e) if e.error.kind() != io::ErrorKind::AlreadyExists => Err(e.error),
            _ => Ok(path),
        }
    }
}

fn key(bytes: &[u8], framing: &Framing) -> String {
    let mut hasher = blake3::Hasher::new();
    if !framing.is_plain() {
        hasher.update(format!("{framing:?}\n").as_bytes());
    }
    hasher.update(bytes);
    hasher.finalize().to_hex().to_string()
}
