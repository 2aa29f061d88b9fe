//! The fonts a project may use: `fonts/manifest.toml` names them, the files are
//! fetched and checked by sha256. The system's own fonts are never asked.

use std::path::{Path, PathBuf};

use crate::diag::Fault;

/// One font file of the manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// The name looks call it by, such as `serif-regular`.
    pub id: String,
    /// The file's name.
    pub file: String,
    /// The family name inside the file, which Typst asks for.
    pub family: String,
    /// The weight, 100 to 900.
    pub weight: u16,
    /// Whether it is an italic.
    pub italic: bool,
    /// The sha256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// The SPDX expression of its licence.
    pub licence: String,
    /// Whose it is, as a colophon or licence page says it.
    pub notice: String,
    /// Whether the licence reserves the name, so that a changed copy (a subset)
    /// must carry another.
    pub reserved: bool,
}

/// The fonts that were found.
#[derive(Debug, Clone)]
pub struct FontShelf {
    faces: Vec<(Face, PathBuf)>,
}

impl FontShelf {
    /// The faces of the built-in manifest.
    pub fn manifest() -> Vec<Face> {
        unimplemented!()
    }

    /// Looks for the manifest's files in these folders, the first that has a file
    /// winning. Sizes are compared, contents are not: that is [`FontShelf::verify`].
    ///
    /// # Errors
    /// Where files are missing: which, and the one command that fetches them.
    pub fn open(folders: &[PathBuf]) -> Result<Self, Fault> {
        let _ = folders;
        unimplemented!()
    }

    /// The faces, in the order of the manifest.
    pub fn faces(&self) -> impl Iterator<Item = &Face> {
        self.faces.iter().map(|(face, _)| face)
    }

    /// The face of that id.
    pub fn face(&self, id: &str) -> Option<&Face> {
        self.faces().find(|face| face.id == id)
    }

    /// Where the file of that face lies.
    pub fn path(&self, id: &str) -> Option<&Path> {
        self.faces.iter().find(|(face, _)| face.id == id).map(|(_, path)| path.as_path())
    }

    /// Reads the file of that face.
    ///
    /// # Errors
    /// Where there is no such face, or its file cannot be read.
    pub fn read(&self, id: &str) -> Result<Vec<u8>, Fault> {
        let _ = id;
        unimplemented!()
    }
}
