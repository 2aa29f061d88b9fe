//! Finding the sources: every file below `sources/` that could be an article, in
//! one fixed order. Links are not followed, so nothing outside is read.

use std::path::{Path, PathBuf};

/// A file that could be an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the project, with `/` between folders.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// Endings of files that are articles, or that people take for articles; those
/// no reader understands are told by the reader.
const ARTICLES: &[&str] = &[
    "txt", "text", "md", "markdown", "docx", "docm", "doc", "wps", "rtf", "odt", "html", "htm",
    "xhtml", "mht", "mhtml", "pdf",
];

/// The sources of the project at `root`, by name.
pub fn sources(root: &Path) -> Vec<SourceFile> {
    sources_and_links(root).0
}

/// The sources of the project at `root`, and the links among them that stand for nothing:
/// to articles and to folders, which are not followed, and to whatever lies outside the
/// project or is not there. Both by name.
pub fn sources_and_links(root: &Path) -> (Vec<SourceFile>, Vec<String>) {
    let mut links = Vec::new();
    let dir = root.join("sources");
    let hidden = |name: &std::ffi::OsStr| {
        let name = name.to_string_lossy();
        name.starts_with('.') || name.starts_with("~$")
    };
    let walk = walkdir::WalkDir::new(&dir)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
    let is_article = |path: &Path| {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        ARTICLES.contains(&ending.to_ascii_lowercase().as_str())
    };
    let leads_to_a_file = |path: &Path| match (path.canonicalize(), root.canonicalize()) {
        (Ok(to), Ok(root)) => to.is_file() && to.starts_with(root),
        _ => false,
    };
    let mut files: Vec<SourceFile> = walk
        .flatten()
        .inspect(|entry| {
            let path = entry.path();
            let link = entry.depth() > 0 && entry.path_is_symlink();
            if link && (is_article(path) || !leads_to_a_file(path)) {
                links.push(relative(root, path));
            }
        })
        .filter(|entry| entry.file_type().is_file() && is_article(entry.path()))
        .map(|entry| SourceFile {
            name: relative(root, entry.path()),
            path: entry.path().to_path_buf(),
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    links.sort();
    (files, links)
}

/// A path as findings name it: relative to the project, `/` between folders.
pub(super) fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.to_string_lossy().replace('\\', "/")
}
