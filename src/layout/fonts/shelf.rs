//! Which of the manifest's files are there, and where.

use std::path::{Path, PathBuf};

use crate::diag::{Code, Fault, FaultKind, Finding};

use super::{Face, manifest, sha256_of_file};

const MISSING: Code = Code::new("fonts-missing");
const WRONG_SIZE: Code = Code::new("fonts-wrong-size");
const WRONG_CONTENT: Code = Code::new("fonts-wrong-content");
const UNKNOWN: Code = Code::new("fonts-unknown-face");
const UNREADABLE: Code = Code::new("fonts-unreadable");

/// The fonts that were found. A face that is not there is no fault until it is
/// asked for: a project without a PDF needs none.
#[derive(Debug, Clone)]
pub struct FontShelf {
    faces: Vec<(Face, PathBuf)>,
    /// Files that lie where a face should but have another size than it.
    wrong: Vec<(Face, PathBuf)>,
}

impl FontShelf {
    /// The faces of the built-in manifest, in its order.
    pub fn manifest() -> Vec<Face> {
        manifest::faces().cloned().collect()
    }

    /// Looks for the manifest's files in these folders; the first that has a file
    /// of the right size wins. Contents are not read: that is
    /// [`FontShelf::verify`]. What is not found is said once it is asked for.
    pub fn open(folders: &[PathBuf]) -> Self {
        let mut shelf = Self { faces: Vec::new(), wrong: Vec::new() };
        for face in manifest::faces() {
            let mut wrong = None;
            let right =
                folders.iter().map(|folder| folder.join(&face.file)).find(|path| {
                    match path.metadata() {
                        Ok(file) if file.is_file() && file.len() == face.bytes => true,
                        Ok(_) => {
                            wrong.get_or_insert_with(|| path.clone());
                            false
                        }
                        Err(_) => false,
                    }
                });
            match (right, wrong) {
                (Some(path), _) => shelf.faces.push((face.clone(), path)),
                (None, Some(path)) => shelf.wrong.push((face.clone(), path)),
                (None, None) => {}
            }
        }
        shelf
    }

    /// The faces that are there, in the order of the manifest.
    pub fn faces(&self) -> impl Iterator<Item = &Face> {
        self.faces.iter().map(|(face, _)| face)
    }

    /// The face of that id, if its file is there.
    pub fn face(&self, id: &str) -> Option<&Face> {
        self.faces().find(|face| face.id == id)
    }

    /// Where the file of that face lies, if it is there.
    pub fn path(&self, id: &str) -> Option<&Path> {
        self.faces.iter().find(|(face, _)| face.id == id).map(|(_, path)| path.as_path())
    }

    /// Holds that the files of all these faces are there.
    ///
    /// # Errors
    /// A configuration fault where the manifest has no face of that id; else a
    /// fault of the work, with all missing files in one finding and a finding for
    /// each file of the wrong size, and the one command that fetches them.
    pub fn require<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Result<(), Fault> {
        let (mut missing, mut findings) = (Vec::new(), Vec::new());
        for id in ids.into_iter().filter(|id| self.face(id).is_none()) {
            let face = manifest::faces().find(|face| face.id == id).ok_or_else(|| unknown(id))?;
            match self.wrong.iter().find(|(wrong, _)| wrong.id == id) {
                Some((_, path)) => findings.push(wrong_size(face, path)),
                None => missing.push(face.file.as_str()),
            }
        }
        if !missing.is_empty() {
            findings.insert(0, Finding::error(MISSING).arg("files", listed(missing)));
        }
        if findings.is_empty() {
            Ok(())
        } else {
            findings.dedup();
            Err(Fault { kind: FaultKind::Work, findings })
        }
    }

    /// The face of that id.
    ///
    /// # Errors
    /// As [`FontShelf::require`].
    pub fn found(&self, id: &str) -> Result<&Face, Fault> {
        self.require([id])?;
        self.face(id).ok_or_else(|| unknown(id))
    }

    /// Reads the file of that face.
    ///
    /// # Errors
    /// As [`FontShelf::require`], or where the file cannot be read.
    pub fn read(&self, id: &str) -> Result<Vec<u8>, Fault> {
        self.require([id])?;
        let path = self.path(id).ok_or_else(|| unknown(id))?;
        std::fs::read(path).map_err(|e| Fault::work(unreadable(path, &e)))
    }

    /// Reads every file and compares its sha256 with the manifest's. Returns what
    /// is wrong: files that are missing, of another size, or of another content.
    pub fn verify(&self) -> Vec<Finding> {
        let mut findings = match self.require(manifest::faces().map(|face| face.id.as_str())) {
            Ok(()) => Vec::new(),
            Err(fault) => fault.findings,
        };
        for (face, path) in &self.faces {
            match sha256_of_file(path) {
                Ok(sum) if sum == face.sha256 => {}
                Ok(_) => findings.push(about(Finding::error(WRONG_CONTENT), face, path)),
                Err(e) => findings.push(unreadable(path, &e)),
            }
        }
        findings
    }
}

/// File names in one line, each once.
fn listed(mut files: Vec<&str>) -> String {
    files.sort_unstable();
    files.dedup();
    files.join("、")
}

fn about(finding: Finding, face: &Face, path: &Path) -> Finding {
    finding.arg("name", &face.file).file(path.display().to_string())
}

fn wrong_size(face: &Face, path: &Path) -> Finding {
    let found = path.metadata().map_or(0, |file| file.len());
    about(Finding::error(WRONG_SIZE), face, path).arg("found", found).arg("wanted", face.bytes)
}

fn unknown(id: &str) -> Fault {
    Fault::configuration(unknown_face(id))
}

/// What is to be said of a face that the manifest does not have.
pub(in crate::layout) fn unknown_face(id: &str) -> Finding {
    let known: Vec<&str> = manifest::faces().map(|face| face.id.as_str()).collect();
    Finding::error(UNKNOWN).arg("id", id).arg("known", known.join("、"))
}

fn unreadable(path: &Path, why: &std::io::Error) -> Finding {
    Finding::error(UNREADABLE).arg("why", why).file(path.display().to_string())
}
