//! What was read before: the articles of every source, corrected and checked, in one
//! file of the cache. They hold as long as the source, the files about it, the lists,
//! what a person decided and the program are the same.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::article::{Article, Origin, Origins, Place};
use crate::diag::{Code, Edit, Finding};
use crate::import::Imported;
use crate::media::Picture;
use crate::project::{Project, SourceFile};
use crate::review::Doubt;

use super::inputs::Inputs;
use super::pictures::{UNKEPT, percent_decoded};
use super::read::Read;
use super::sealed;
use super::state::Moment;

/// Bytes of the sum that goes before the rest of the file.
const SUM: usize = blake3::OUT_LEN;

/// What was read before, and what may be told of it now.
pub(super) struct Memory<'a> {
    place: PathBuf,
    shelf: PathBuf,
    inputs: &'a Inputs,
    bytes: Vec<u8>,
    /// Where in `bytes` the articles of a source stand that hold, by its name.
    known: BTreeMap<String, Range<usize>>,
    /// Whether there are others besides.
    others: bool,
}

/// The file: the moment before which everything was looked at, and each source.
#[derive(Serialize, Deserialize)]
struct File<'a> {
    since: Moment,
    #[serde(borrow)]
    sources: Vec<(&'a str, [u8; 32], &'a [u8])>,
}

/// An article as it was read.
#[derive(Serialize, Deserialize)]
struct Remembered<'a> {
    part: usize,
    article: Cow<'a, Article>,
    origins: Vec<(Cow<'a, Place>, Option<usize>, f32, Code)>,
    lines: Vec<(Cow<'a, Place>, Cow<'a, str>)>,
    consumed: Cow<'a, [Edit]>,
    made_from: [Option<Cow<'a, str>>; 2],
    edits: Cow<'a, [Edit]>,
    pictures: Cow<'a, [Picture]>,
    findings: Cow<'a, [Finding]>,
    doubts: Cow<'a, [Doubt]>,
}

impl<'a> Memory<'a> {
    /// What the cache of a project holds; nothing where it is not sound. Pictures from
    /// inside sources lie on the `shelf`.
    pub(super) fn open(project: &Project, shelf: &Path, inputs: &'a Inputs) -> Self {
        let place = project.cache_dir().join("read");
        let bytes = fs::read(&place).unwrap_or_default();
        let (mut known, mut others) = (BTreeMap::new(), false);
        let sound = bytes.split_first_chunk::<SUM>();
        let sound = sound.filter(|(sum, rest)| blake3::hash(rest).as_bytes() == *sum);
        let file = sound.and_then(|(_, rest)| postcard::from_bytes::<File<'_>>(rest).ok());
        if let Some(file) = file {
            let keys = inputs.keys(file.since);
            let start = bytes.as_ptr() as usize;
            for (name, key, article) in file.sources {
                let path = project.root().join(name);
                let at = article.as_ptr() as usize - start;
                if keys.get(path.as_path()).is_some_and(|now| *now.as_bytes() == key) {
                    known.insert(name.to_owned(), at..at + article.len());
                } else {
                    others = true;
                }
            }
        }
        Self { place, shelf: shelf.to_owned(), inputs, bytes, known, others }
    }

    /// The articles of a source as they were read before, where they hold, and the bytes
    /// to be kept of them.
    pub(super) fn recall(&self, name: &str) -> Option<(Vec<Read>, Cow<'_, [u8]>)> {
        let bytes = self.bytes.get(self.known.get(name)?.clone())?;
        let articles: Vec<Remembered<'_>> = postcard::from_bytes(bytes).ok()?;
        let reads: Vec<Read> = articles.into_iter().map(|a| read(name, a)).collect();
        let pictures = reads.iter().flat_map(|read| &read.pictures);
        let mut shelved = pictures.filter_map(|p| p.file.as_ref().map(|(path, _)| path));
        let is_there = |path: &PathBuf| !path.starts_with(&self.shelf) || path.is_file();
        shelved.all(is_there).then_some((reads, Cow::Borrowed(bytes)))
    }

    /// What is to be kept of articles that were read; nothing where a picture of theirs
    /// may lie anywhere in the project, or only the disk kept it from being unpacked.
    pub(super) fn bytes(&self, reads: &[Read]) -> Option<Cow<'_, [u8]>> {
        let mut pictures = reads.iter().flat_map(|read| &read.pictures);
        let mut findings = reads.iter().flat_map(|read| &read.findings);
        if pictures.any(|picture| percent_decoded(&picture.name).contains(".."))
            || findings.any(|finding| finding.code == UNKEPT)
        {
            return None;
        }
        let articles: Option<Vec<Remembered<'_>>> = reads.iter().map(remembered).collect();
        sealed::bytes(&articles?).map(Cow::Owned)
    }

    /// Keeps what was read, whole or not at all, where it differs from what is kept: the
    /// bytes of each source.
    pub(super) fn keep(&self, read: &[(&SourceFile, Cow<'_, [u8]>)]) {
        let is_old = |bytes: &Cow<'_, [u8]>| matches!(bytes, Cow::Borrowed(_));
        if !self.others && read.iter().all(|(_, bytes)| is_old(bytes)) {
            return;
        }
        let since = self.inputs.since;
        let keys = self.inputs.keys(since);
        let sources = read.iter().filter_map(|(file, bytes)| {
            let key = keys.get(file.path.as_path())?;
            Some((file.name.as_str(), *key.as_bytes(), bytes.as_ref()))
        });
        let sources = sources.collect();
        let file = File { since, sources };
        let Some(bytes) = sealed::bytes(&file) else { return };
        let Some(home) = self.place.parent() else { return };
        let Ok(mut new) = tempfile::NamedTempFile::new_in(home) else { return };
        let sum = blake3::hash(&bytes);
        if new.write_all(sum.as_bytes()).and_then(|()| new.write_all(&bytes)).is_ok() {
            let _ = new.persist(&self.place);
        }
    }
}

/// An article as it is kept; none where its reader gave a reason that nobody knows.
fn remembered(read: &Read) -> Option<Remembered<'_>> {
    let made = &read.imported;
    let origin = |(place, origin): (&'_ Place, &Origin)| {
        let reason = Code::known(origin.reason)?;
        Some((place.clone(), origin.line, origin.confidence, reason))
    };
    let origins: Option<Vec<_>> = made.origins.iter().map(origin).collect();
    let owned = |(place, line, sure, reason)| (Cow::Owned(place), line, sure, reason);
    let made_from = [&made.made_from, &made.made_from_sum];
    Some(Remembered {
        part: read.part,
        article: Cow::Borrowed(&made.article),
        origins: origins?.into_iter().map(owned).collect(),
        lines: made.origins.lines().map(|(p, l)| (Cow::Borrowed(p), l.into())).collect(),
        consumed: Cow::Borrowed(&made.edits),
        made_from: made_from.map(|from| from.as_deref().map(Cow::Borrowed)),
        edits: Cow::Borrowed(&read.edits),
        pictures: Cow::Borrowed(&read.pictures),
        findings: Cow::Borrowed(&read.findings),
        doubts: Cow::Borrowed(&read.doubts),
    })
}

/// A kept article as it was read, before articles are looked at together.
fn read(file: &str, kept: Remembered<'_>) -> Read {
    let mut origins = Origins::default();
    for (place, line, confidence, reason) in kept.origins {
        let reason = reason.name();
        origins.record(place.into_owned(), Origin { line, confidence, reason });
    }
    for (place, line) in kept.lines {
        origins.record_line(place.into_owned(), &line);
    }
    let [made_from, made_from_sum] = kept.made_from.map(|from| from.map(Cow::into_owned));
    Read {
        file: file.to_owned(),
        part: kept.part,
        imported: Imported {
            article: kept.article.into_owned(),
            origins,
            edits: kept.consumed.into_owned(),
            made_from,
            made_from_sum,
            embedded: Vec::new(),
        },
        edits: kept.edits.into_owned(),
        pictures: kept.pictures.into_owned(),
        findings: kept.findings.into_owned(),
        dismissed: Vec::new(),
        doubts: kept.doubts.into_owned(),
        carried: BTreeMap::new(),
    }
}
