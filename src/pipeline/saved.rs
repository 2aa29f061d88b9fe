//! Pictures that a browser saved beside a page: the page still names them by their
//! address, the files lie in `NAME_files/` or `NAME.files/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::article::{Article, Block};

use super::pictures::{Home, is_remote, lies_within, percent_decoded};

/// A name shorter than this, as WeChat's 640, is that of many pictures.
const TELLING: usize = 5;
/// The endings that a browser gives a picture whose address has none.
const ENDINGS: &[&str] = &["", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp"];

/// The saved file of a picture by its address; `None` where there is none, it lies
/// outside `within`, or its name could be any picture's.
pub(super) fn find(name: &str, folder: &Path, stem: &Path, within: &Path) -> Option<PathBuf> {
    let last = last_name(name)?;
    let base = last.rsplit_once('.').map_or(last.as_str(), |(base, _)| base);
    if base.chars().count() < TELLING {
        return None;
    }
    folders(folder, stem).into_iter().find_map(|folder| {
        let files = ENDINGS.iter().map(|ending| folder.join(format!("{last}{ending}")));
        files.into_iter().find(|file| file.is_file() && lies_within(file, within))
    })
}

/// Pictures whose addresses end alike: a browser saves them as 640, 640(1), 640(2)
/// in their order. Only where there are as many files as pictures is that sure.
pub(super) fn numbered(article: &Article, home: &Home<'_>) -> BTreeMap<String, PathBuf> {
    let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
    article.for_each_block(&mut |_, block| {
        let Block::Figure(figure) = block else { return };
        for image in figure.images.iter().filter(|i| is_remote(&i.name)) {
            let Some(last) = last_name(&image.name) else { continue };
            let base = last.rsplit_once('.').map_or(last.as_str(), |(base, _)| base).to_owned();
            let names = alike.entry(base).or_default();
            if !names.contains(&image.name) {
                names.push(image.name.clone());
            }
        }
    });
    let mut out = BTreeMap::new();
    if alike.is_empty() {
        return out;
    }
    let mut files: BTreeMap<String, BTreeMap<usize, PathBuf>> = BTreeMap::new();
    for folder in folders(home.folder, home.stem) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Some((base, number)) = entry.file_name().to_str().and_then(parted) else {
                continue;
            };
            if path.is_file() && lies_within(&path, home.within) {
                files.entry(base).or_default().insert(number, path);
            }
        }
    }
    for (base, names) in alike {
        let Some(files) = files.get(&base).filter(|files| files.len() == names.len()) else {
            continue;
        };
        out.extend(names.into_iter().zip(files.values().cloned()));
    }
    out
}

/// `640(2).jpg` as 640 and 2; a name without number has 0.
fn parted(name: &str) -> Option<(String, usize)> {
    let base = name.rsplit_once('.').map_or(name, |(base, _)| base);
    let number = || {
        let (base, rest) = base.rsplit_once('(')?;
        Some((base.trim_end().to_owned(), rest.strip_suffix(')')?.parse().ok()?))
    };
    Some(number().unwrap_or_else(|| (base.to_owned(), 0)))
}

fn folders(folder: &Path, stem: &Path) -> Vec<PathBuf> {
    let stem = stem.to_string_lossy();
    ["_files", ".files"].iter().map(|end| folder.join(format!("{stem}{end}"))).collect()
}

/// The last name in an address, without what follows a question mark.
fn last_name(address: &str) -> Option<String> {
    if address.starts_with("data:") || address.starts_with("file:") {
        return None;
    }
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let path = path.trim_end_matches('/');
    let last = percent_decoded(path.rsplit(['/', '\\']).next().unwrap_or(path));
    let safe = !last.is_empty() && !last.contains(['/', '\\', '\0']) && last != "..";
    safe.then_some(last)
}
