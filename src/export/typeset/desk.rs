//! The world Typst sees: a desk with files and fonts on it. No disk, no clock, no
//! system fonts.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::diag::{Code, Fault, Finding};

use super::calls::Call;
use super::typefaces::Typefaces;

const NAME_UNUSABLE: Code = Code::new("pdf-file-name-unusable");

/// Files by path, without a leading slash.
pub(in crate::export) struct Files {
    /// The path of the one that Typst begins with.
    pub(in crate::export) main: String,
    /// Typst files.
    pub(in crate::export) sources: BTreeMap<String, String>,
    /// Everything else: JSON, stand-ins for pictures.
    pub(in crate::export) data: BTreeMap<String, Bytes>,
    /// What is called of the functions that the first file knows, in order; nothing
    /// where that file is set as it stands.
    pub(in crate::export) calls: Vec<Call>,
}

/// Everything that lies before Typst.
pub(in crate::export) struct Desk {
    library: LazyHash<Library>,
    main: FileId,
    sources: BTreeMap<String, Source>,
    data: BTreeMap<String, Bytes>,
    calls: Vec<Call>,
    fonts: Arc<Typefaces>,
}

impl Desk {
    /// Lays out files and fonts.
    ///
    /// # Errors
    /// Where a file's name is none that Typst takes.
    pub(in crate::export) fn new(files: Files, fonts: Arc<Typefaces>) -> Result<Self, Fault> {
        let named = |path: &str| {
            let unusable = Finding::error(NAME_UNUSABLE).arg("file", path);
            id(path).ok_or_else(|| Fault::configuration(unusable))
        };
        let main = named(&files.main)?;
        let mut sources = BTreeMap::new();
        for (path, text) in files.sources {
            let id = named(&path)?;
            sources.insert(path, Source::new(id, text));
        }
        let library = LazyHash::new(Library::builder().build());
        Ok(Self { library, main, sources, data: files.data, calls: files.calls, fonts })
    }

    /// What is called, in order.
    pub(super) fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// The fonts on it.
    pub(in crate::export) fn fonts(&self) -> &Arc<Typefaces> {
        &self.fonts
    }
}

/// The id of a path. Ids are few and never given back, so paths are the same
/// from one publication to the next.
fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn path(id: FileId) -> &'static str {
    id.get().vpath().get_without_slash()
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = path(id);
        self.sources.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = path(id);
        self.data.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
