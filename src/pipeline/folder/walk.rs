//! Walking a folder of sources: what could be an article, what is a picture, what is
//! neither. Links are not followed, so nothing outside the folder is read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diag::{Code, Finding};
use crate::import::{SourceFormat, is_picture, is_saved_folder, passed_over};

pub(in crate::pipeline) const LINK: Code = Code::new("folder-link");
const UNREADABLE: Code = Code::new("folder-unreadable");
const UNKNOWN: Code = Code::new("folder-unknown-file");

/// A file of the folder.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Relative to the folder, `/` between folders.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// What a folder holds, in the order of the names.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) articles: Vec<Entry>,
    pub(super) pictures: Vec<Entry>,
    /// Files that are neither, by name.
    pub(super) unknown: Vec<String>,
    pub(super) findings: Vec<Finding>,
}

/// Looks through the folder `dir`. `shown` says how findings call a file of it.
pub(super) fn walk(dir: &Path, shown: &dyn Fn(&str) -> String) -> Found {
    let mut found = Found::default();
    let mut files = Vec::new();
    let wanted =
        |entry: &DirEntry| entry.depth() == 0 || !passed_over(&entry.file_name().to_string_lossy());
    for entry in WalkDir::new(dir).sort_by_file_name().into_iter().filter_entry(wanted) {
        match entry {
            Ok(entry) if entry.depth() == 0 || entry.file_type().is_dir() => {}
            Ok(entry) => {
                let name = relative(dir, entry.path());
                if entry.path_is_symlink() {
                    found.findings.push(Finding::warning(LINK).file(shown(&name)));
                } else if entry.file_type().is_file() {
                    files.push(Entry { name, path: entry.into_path() });
                } else {
                    found.unknown.push(name);
                }
            }
            Err(error) => {
                let name = error.path().map(|path| relative(dir, path)).unwrap_or_default();
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                found.findings.push(Finding::error(UNREADABLE).arg("why", why).file(shown(&name)));
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let pages: BTreeSet<String> = files
        .iter()
        .filter(|file| SourceFormat::of(&file.name) == SourceFormat::WebPage)
        .filter_map(|file| file.name.rsplit_once('.').map(|(stem, _)| stem.to_owned()))
        .collect();
    for file in files {
        if is_picture(&file.name) {
            found.pictures.push(file);
        } else if of_saved_page(&file.name, &pages) {
            // Scripts, styles and frames that a browser saved with a page.
        } else if SourceFormat::of(&file.name) == SourceFormat::Unknown {
            found.findings.push(Finding::note(UNKNOWN).file(shown(&file.name)));
            found.unknown.push(file.name);
        } else {
            found.articles.push(file);
        }
    }
    found
}

/// Whether a file lies in the folder that a browser saved with one of the pages.
fn of_saved_page(name: &str, pages: &BTreeSet<String>) -> bool {
    let folders = name.match_indices('/').map(|(at, _)| &name[..at]);
    folders.filter_map(is_saved_folder).any(|page| pages.contains(page))
}

fn relative(dir: &Path, path: &Path) -> String {
    path.strip_prefix(dir).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
