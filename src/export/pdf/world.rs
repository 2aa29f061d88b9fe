//! The world Typst sees: a desk with the look's files, the view as JSON, the
//! stand-ins and the look's fonts on it. No disk, no clock, no system fonts.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::diag::{Code, Fault, Finding};
use crate::export::Job;

use super::files;
use super::typefaces::Typefaces;

const NAME_UNUSABLE: Code = Code::new("pdf-file-name-unusable");

/// Everything that lies before Typst. Paths have no leading slash.
pub(super) struct Desk {
    library: LazyHash<Library>,
    main: Source,
    sources: BTreeMap<String, Source>,
    data: BTreeMap<String, Bytes>,
    fonts: Typefaces,
}

impl Desk {
    /// Lays out the files of a job.
    pub(super) fn new(job: Job<'_>) -> Result<Self, Fault> {
        let files::Files { main, sources, data } = files::gather(job)?;
        let unusable =
            |path: &str| Fault::configuration(Finding::error(NAME_UNUSABLE).arg("file", path));
        let main = Source::new(id(files::MAIN).ok_or_else(|| unusable(files::MAIN))?, main);
        let mut texts = BTreeMap::new();
        for (path, text) in sources {
            let id = id(&path).ok_or_else(|| unusable(&path))?;
            texts.insert(path, Source::new(id, text));
        }
        Ok(Self {
            library: LazyHash::new(Library::builder().build()),
            main,
            sources: texts,
            data,
            fonts: Typefaces::load(job.look, job.fonts)?,
        })
    }

    /// The fonts on it.
    pub(super) fn fonts(&self) -> &Typefaces {
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
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
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
