//! Finding the picture files that an article names: beside it, in `images/`, or
//! in a folder of the article's name, never outside the project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::article::{Article, Block, Place};
use crate::diag::{Code, Finding};
use crate::import::{Embedded, Inside};
use crate::media::{Bounds, Picture, Probe, Shelf, probe_within};

use super::saved;

const MISSING: Code = Code::new("picture-missing");
const REMOTE: Code = Code::new("picture-remote");
const UNPACKED: Code = Code::new("picture-not-unpacked");
pub(super) const UNKEPT: Code = Code::new("picture-store-failed");

/// Where the pictures of an article are looked for.
pub(super) struct Home<'a> {
    /// The folder of the article's file.
    pub(super) folder: &'a Path,
    /// The file's name without its ending: a folder of that name may hold pictures.
    pub(super) stem: &'a Path,
    /// The bytes of the article's file, which may hold pictures.
    pub(super) source: &'a [u8],
    /// The folder that no picture may lie outside of.
    pub(super) within: &'a Path,
    /// The folder that pictures from inside the file are put into.
    pub(super) shelf: &'a Path,
    /// How large a picture may be.
    pub(super) bounds: Bounds,
}

/// The pictures an article names, each name once, that which stands for it among them, and what is to be said about
/// those that are not there. Those that lay inside its file go onto the shelf.
pub(super) fn pictures(
    article: &Article,
    embedded: &[Embedded],
    home: &Home<'_>,
) -> (Vec<Picture>, Vec<Finding>) {
    let shelf = Shelf::new(home.shelf);
    let inside: BTreeMap<&str, &Embedded> = embedded.iter().map(|e| (e.name.as_str(), e)).collect();
    let mut source = Inside::of(home.source);
    let mut seen = BTreeSet::new();
    let mut pictures: Vec<Picture> = Vec::new();
    let mut findings = Vec::new();
    let numbered = saved::numbered(article, home);
    let mut small = None;
    let mut add = |name: &str, place: Option<Place>| {
        let found = match inside.get(name) {
            Some(embedded) => from_inside(embedded, &mut source, &shelf, home.bounds),
            None => from_beside(name, home, &numbered, &mut small),
        };
        let file = match found {
            Ok(file) => Some(file),
            Err(mut finding) => {
                // A picture that cannot be used leaves a placeholder: the
                // words are all there, so it is never worse than a warning.
                finding.severity = crate::diag::Severity::Warning;
                finding.file = None;
                finding.place = place;
                findings.push(finding);
                None
            }
        };
        pictures.push(Picture { id: String::new(), name: name.to_owned(), file });
    };
    article.for_each_block(&mut |place, block| {
        let Block::Figure(figure) = block else { return };
        for image in &figure.images {
            if seen.insert(image.name.as_str()) {
                add(&image.name, Some(place.clone()));
            }
        }
    });
    // A picture that stands for the article may be none of its text.
    if let Some(cover) = article.meta.cover.as_deref().filter(|name| !seen.contains(name)) {
        add(cover, None);
    }
    (pictures, findings)
}

fn from_inside(
    embedded: &Embedded,
    source: &mut Inside<'_>,
    shelf: &Shelf,
    bounds: Bounds,
) -> Result<(PathBuf, Probe), Finding> {
    let name = &embedded.name;
    let bytes =
        source.picture(embedded).ok_or_else(|| Finding::warning(UNPACKED).arg("name", name))?;
    let path = shelf
        .keep(name, &bytes, &embedded.framing)
        .map_err(|e| Finding::warning(UNKEPT).arg("why", e))?;
    // On the shelf it has the name of its content, which nobody knows.
    let probe = probe_within(&path, bounds).map_err(|mut finding| {
        finding.args.retain(|(key, _)| *key != "name");
        finding.arg("name", name)
    })?;
    Ok((path, probe))
}

fn from_beside(
    name: &str,
    home: &Home<'_>,
    numbered: &BTreeMap<String, PathBuf>,
    small: &mut Option<BTreeMap<String, PathBuf>>,
) -> Result<(PathBuf, Probe), Finding> {
    let code = if is_remote(name) { REMOTE } else { MISSING };
    let in_other_case = || {
        let names = small.get_or_insert_with(|| small_names(home.folder));
        let found = names.get(&name.to_lowercase()).cloned();
        found.filter(|path| path.is_file() && lies_within(path, home.within))
    };
    let path = find_picture(name, home.folder, home.stem, home.within)
        .or_else(|| numbered.get(name).cloned())
        .or_else(in_other_case)
        .ok_or_else(|| Finding::warning(code).arg("name", name))?;
    let probe = probe_within(&path, home.bounds)?;
    Ok((path, probe))
}

pub(super) fn is_remote(name: &str) -> bool {
    name.contains("://") || name.starts_with("//") || name.starts_with("data:")
}

/// The file of a picture by the name an article gives it; `None` where there is
/// none or it lies outside `within`.
pub fn find_picture(name: &str, folder: &Path, stem: &Path, within: &Path) -> Option<PathBuf> {
    if is_remote(name) {
        return saved::find(name, folder, stem, within);
    }
    let written = name.replace('\\', "/");
    let decoded = percent_decoded(&written);
    for name in [written.as_str(), decoded.as_str()] {
        let relative = Path::new(name);
        if relative.is_absolute() {
            // As a page's server calls it.
            return saved::find(name, folder, stem, within);
        }
        if relative.components().any(|c| matches!(c, Component::Prefix(_))) {
            continue;
        }
        let last = relative.file_name().map(Path::new).unwrap_or(relative);
        let places = [
            folder.join(relative),
            folder.join("images").join(last),
            folder.join(stem).join(last),
            folder.join(last),
        ];
        for place in places {
            if place.is_file() && lies_within(&place, within) {
                return Some(place);
            }
        }
    }
    None
}

/// The files of a folder by their names in small letters: Windows makes no difference
/// between X.JPG and x.jpg, so authors make none.
fn small_names(folder: &Path) -> BTreeMap<String, PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    all.sort();
    let small = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().to_lowercase());
    all.into_iter().rev().filter_map(|path| Some((small(&path)?, path))).collect()
}

/// Whether the file, its links followed, lies in the folder.
pub(super) fn lies_within(path: &Path, folder: &Path) -> bool {
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

/// `%E5%9B%BE.jpg` as `图.jpg`, as addresses in Markdown are written; unchanged
/// where it does not decode to UTF-8.
pub(super) fn percent_decoded(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = bytes.get(i + 1..i + 3).and_then(|h| std::str::from_utf8(h).ok());
        match hex.filter(|_| bytes[i] == b'%').and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| name.to_owned())
}
