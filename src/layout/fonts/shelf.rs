//! Which of the manifest's files are there, and where.

use std::path::{Path, PathBuf};

use crate::diag::{Code, Fault, FaultKind, Finding};

use super::{Face, Glance, PressProfile, Supply, manifest, sha256_of_file};

const MISSING: Code = Code::new("fonts-missing");
const WRONG_SIZE: Code = Code::new("fonts-wrong-size");
const WRONG_CONTENT: Code = Code::new("fonts-wrong-content");
const UNKNOWN: Code = Code::new("fonts-unknown-face");
const UNKNOWN_PROFILE: Code = Code::new("fonts-unknown-profile");
const UNREADABLE: Code = Code::new("fonts-unreadable");

/// The fonts and colour profiles that were found. One that is not there is no fault
/// until it is asked for: a project without a PDF needs none.
#[derive(Debug, Clone)]
pub struct FontShelf {
    faces: Vec<(Face, PathBuf)>,
    profiles: Vec<(PressProfile, PathBuf)>,
    /// Files that lie where one of the manifest should but have another size than it.
    wrong: Vec<(Supply, PathBuf)>,
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
        let mut wrong = Vec::new();
        let mut find = |supply: Supply| {
            let mut other = None;
            let right = folders.iter().map(|folder| folder.join(&supply.file)).find(|path| {
                match path.metadata() {
                    Ok(file) if file.is_file() && file.len() == supply.bytes => true,
                    Ok(_) => {
                        other.get_or_insert_with(|| path.clone());
                        false
                    }
                    Err(_) => false,
                }
            });
            if let (None, Some(path)) = (&right, other) {
                wrong.push((supply, path));
            }
            right
        };
        let faces = manifest::faces().filter_map(|f| Some((f.clone(), find(f.supply())?)));
        let faces = faces.collect();
        let profiles = manifest::profiles();
        let profiles = profiles.filter_map(|p| Some((p.clone(), find(p.supply.clone())?)));
        let profiles = profiles.collect();
        Self { faces, profiles, wrong }
    }

    /// The files of the manifest that are there, and where.
    pub fn supplies(&self) -> impl Iterator<Item = (Supply, &Path)> {
        let faces = self.faces.iter().map(|(face, path)| (face.supply(), path.as_path()));
        let profiles = self.profiles.iter();
        faces.chain(profiles.map(|(profile, path)| (profile.supply.clone(), path.as_path())))
    }

    /// Reads the colour profile of that id.
    ///
    /// # Errors
    /// A configuration fault where the manifest has no such profile; else a fault of
    /// the work where its file is not there or cannot be read.
    pub fn profile(&self, id: &str) -> Result<Vec<u8>, Fault> {
        let Some(profile) = manifest::profiles().find(|profile| profile.id == id) else {
            let known: Vec<&str> = manifest::profiles().map(|p| p.id.as_str()).collect();
            let finding = Finding::error(UNKNOWN_PROFILE).arg("id", id);
            return Err(Fault::configuration(finding.arg("known", known.join("、"))));
        };
        match self.profiles.iter().find(|(known, _)| known.id == id) {
            Some((_, path)) => std::fs::read(path).map_err(|e| Fault::work(unreadable(path, &e))),
            None => Err(Fault::work(self.not_there(&profile.supply))),
        }
    }

    /// What is to be said of a file that is not there or not the right one.
    fn not_there(&self, supply: &Supply) -> Finding {
        match self.wrong.iter().find(|(wrong, _)| wrong == supply) {
            Some((_, path)) => wrong_size(supply, path),
            None => Finding::error(MISSING).arg("files", &supply.file),
        }
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
            match self.wrong.iter().find(|(wrong, _)| wrong.file == face.file) {
                Some((wanted, path)) => findings.push(wrong_size(wanted, path)),
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

    /// Glances at the file of that face.
    ///
    /// # Errors
    /// As [`FontShelf::read`].
    pub fn glance(&self, id: &str) -> Result<Glance, Fault> {
        self.require([id])?;
        let path = self.path(id).ok_or_else(|| unknown(id))?;
        Glance::of(path).map_err(|e| Fault::work(unreadable(path, &e)))
    }

    /// Reads every file and compares its sha256 with the manifest's. Returns what
    /// is wrong: files that are missing, of another size, or of another content.
    pub fn verify(&self) -> Vec<Finding> {
        let there: Vec<Supply> = self.supplies().map(|(supply, _)| supply).collect();
        let (mut missing, mut findings) = (Vec::new(), Vec::new());
        for supply in manifest::supplies().filter(|supply| !there.contains(supply)) {
            match self.wrong.iter().find(|(wrong, _)| wrong == supply) {
                Some((_, path)) => findings.push(wrong_size(supply, path)),
                None => missing.push(supply.file.as_str()),
            }
        }
        if !missing.is_empty() {
            findings.insert(0, Finding::error(MISSING).arg("files", listed(missing)));
        }
        for (supply, path) in self.supplies() {
            match sha256_of_file(path) {
                Ok(sum) if sum == supply.sha256 => {}
                Ok(_) => findings.push(about(Finding::error(WRONG_CONTENT), &supply, path)),
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

fn about(finding: Finding, supply: &Supply, path: &Path) -> Finding {
    finding.arg("name", &supply.file).file(path.display().to_string())
}

fn wrong_size(supply: &Supply, path: &Path) -> Finding {
    let found = path.metadata().map_or(0, |file| file.len());
    about(Finding::error(WRONG_SIZE), supply, path).arg("found", found).arg("wanted", supply.bytes)
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
