//! A finished post as it lies in its folder under `out/ID/wechat/`, read and held
//! against WeChat's limits before anything is uploaded.

use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use crate::diag::{Code, Finding, Severity};
use crate::export::wechat::lint::{Shown, Subject, lint};
use crate::media;

use super::content;

const INCOMPLETE: Code = Code::new("draft-post-incomplete");
const NO_PICTURE: Code = Code::new("draft-no-picture");
const NEAR_LIMIT: Code = Code::new("draft-near-limit");
/// The rule on titles: what the lint only doubts, because a person can type it into
/// the editor, the API refuses.
const TITLE: Code = Code::new("wechat-w20");

/// What a post may hold, its mark-up counted, in characters; the API refuses this many.
pub(super) const MARKUP: usize = 20_000;
/// About how much longer an uploaded picture's address is than its file's name.
const ADDRESS: usize = 120;

/// A post that is ready to be sent, or what keeps it from being.
#[derive(Debug)]
pub struct Post {
    /// Its number within the publication.
    pub number: usize,
    /// The name of its folder.
    pub folder: String,
    /// Which article it is, whatever its number and title: its source file.
    pub article: String,
    /// What the draft is told of it.
    pub(super) entry: Entry,
    /// The mark-up, its pictures still local.
    pub(super) content: String,
    /// The pictures of the text, each once.
    pub pictures: Vec<Picture>,
    /// The cover; `None` only where it is missing, which is among the findings.
    pub cover: Option<Picture>,
    /// What was found: nothing of severity error stands in a draft.
    pub findings: Vec<Finding>,
}

/// A picture to upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its address below the post's folder.
    pub src: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// The hash of its content.
    pub hash: String,
    /// What it is, by its content.
    pub kind: Kind,
}

/// The kinds of pictures that the API takes for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl Kind {
    /// The kind of a file, by its first bytes.
    pub fn of(file: &[u8]) -> Option<Self> {
        match file {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The ending of its file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// `draft.json`.
#[derive(Deserialize)]
struct File {
    articles: [Entry; 1],
}

/// What `draft.json` says of its article; keys that only people read are passed over.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Entry {
    pub title: String,
    #[serde(default)]
    pub author: String,
    #[serde(default)]
    pub digest: String,
    #[serde(default)]
    pub content_source_url: String,
    pub content_file: String,
    pub thumb_file: String,
    #[serde(default)]
    pub square_file: Option<String>,
    #[serde(default)]
    pub pic_crop_235_1: String,
    #[serde(default)]
    pub pic_crop_1_1: String,
    #[serde(default)]
    pub need_open_comment: u8,
    #[serde(default)]
    pub only_fans_can_comment: u8,
    #[serde(default)]
    images: Vec<Named>,
}

#[derive(Debug, Clone, Deserialize)]
struct Named {
    src: String,
}

impl Post {
    /// Reads the post in `folder`. `article` is what it is known by.
    ///
    /// # Errors
    /// Where a file of it is missing or is not one that a build makes.
    pub fn read(folder: &Path, number: usize, article: String) -> Result<Self, Finding> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let incomplete = |file: &str, why: String| {
            Finding::error(INCOMPLETE).arg("folder", &name).arg("name", file).arg("why", why)
        };
        let read = |file: &str| {
            let path = below(folder, file).ok_or_else(|| incomplete(file, String::new()))?;
            std::fs::read(path).map_err(|e| incomplete(file, e.to_string()))
        };
        let bytes = read("draft.json")?;
        let File { articles: [entry] } =
            serde_json::from_slice(&bytes).map_err(|e| incomplete("draft.json", e.to_string()))?;
        let content = String::from_utf8(read(&entry.content_file)?)
            .map_err(|e| incomplete(&entry.content_file, e.to_string()))?;
        let mut findings = Vec::new();
        let mut pictures: Vec<Picture> = Vec::new();
        for Named { src } in &entry.images {
            match Picture::read(folder, src) {
                Ok(picture) => pictures.push(picture),
                Err(finding) => findings.push(finding),
            }
        }
        let cover = match Picture::read(folder, &entry.thumb_file) {
            Ok(picture) => Some(picture),
            Err(finding) => {
                findings.push(finding);
                None
            }
        };
        let square = entry.square_file.as_deref();
        let square = square.map(|src| Picture::read(folder, src)).transpose().ok().flatten();
        let shown: Vec<Shown> = pictures.iter().map(Picture::shown).collect();
        let covers: Vec<Shown> = cover.iter().chain(&square).map(Picture::shown).collect();
        let subject =
            Subject { fragment: &content, draft: &bytes, pictures: &shown, covers: &covers };
        let found = lint(&subject).into_iter().map(|found| found.finding);
        // Warnings were told when the post was made; here they would hide what is new.
        let held = found.filter_map(|mut finding| {
            if finding.code == TITLE {
                finding.severity = Severity::Error;
            }
            (finding.severity == Severity::Error).then_some(finding)
        });
        findings.extend(held);
        let longer = content.chars().count() + pictures.len() * ADDRESS;
        if (MARKUP..MARKUP + pictures.len() * ADDRESS).contains(&longer) {
            findings.push(Finding::warning(NEAR_LIMIT).arg("count", longer));
        }
        let findings = findings.into_iter().map(|finding| finding.file(&article)).collect();
        Ok(Self { number, folder: name, article, entry, content, pictures, cover, findings })
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.entry.title
    }

    /// Its mark-up, in characters.
    pub fn markup(&self) -> usize {
        self.content.chars().count()
    }

    /// Whether something keeps it from being sent.
    pub fn is_held(&self) -> bool {
        self.cover.is_none() || self.findings.iter().any(|f| f.severity == Severity::Error)
    }

    /// The picture of the text at this address.
    pub(super) fn picture(&self, src: &str) -> Option<&Picture> {
        self.pictures.iter().find(|picture| picture.src == src)
    }

    /// Its pictures that stand in its text; one that does not is not uploaded.
    pub fn used(&self) -> impl Iterator<Item = &Picture> {
        let sources: Vec<String> =
            content::sources(&self.content).into_iter().map(|(_, src)| src).collect();
        self.pictures.iter().filter(move |picture| sources.contains(&picture.src))
    }
}

impl Picture {
    fn read(folder: &Path, src: &str) -> Result<Self, Finding> {
        let missing = |why: String| Finding::error(NO_PICTURE).arg("name", src).arg("why", why);
        let path = below(folder, src).ok_or_else(|| missing(String::new()))?;
        let file = std::fs::read(&path).map_err(|e| missing(e.to_string()))?;
        let kind = Kind::of(&file).ok_or_else(|| missing(".jpg, .png".to_owned()))?;
        let bytes = file.len() as u64;
        let hash = blake3::hash(&file).to_hex().to_string();
        Ok(Self { src: src.to_owned(), path, bytes, hash, kind })
    }

    /// The name it is sent under: a picture's own name may be in any script.
    pub(super) fn file_name(&self) -> String {
        format!("{}.{}", &self.hash[..16], self.kind.ending())
    }

    fn shown(&self) -> Shown {
        let (width, height) = media::probe(&self.path).map_or((0, 0), |probe| probe.upright());
        Shown { src: self.src.clone(), bytes: self.bytes, width, height }
    }
}

/// A file below a folder; `None` for a name that leads out of it.
fn below(folder: &Path, name: &str) -> Option<PathBuf> {
    let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    (inside && !name.is_empty()).then(|| folder.join(name))
}
