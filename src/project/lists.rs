//! The files of `lists/`: found in one fixed order and opened. What their lines
//! mean is not this room's affair.

use std::path::Path;

use encoding_rs::{GB18030, UTF_8};

use crate::diag::{Code, Finding, Warned};

use super::discover::relative;

const UNREADABLE: Code = Code::new("list-unreadable");

/// A list is kept by hand; a file larger than this is something else.
const LARGEST: u64 = 8 << 20;

/// The addresses of posts, which have a form of their own.
const PUBLISHED: &str = "published.toml";

/// One file of `lists/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFile {
    /// Its path relative to the project, with `/` between folders.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// The text files below `lists/` of the project at `root`, by name. Links are not
/// followed. A file that cannot be read is told and does not stop the others.
pub fn lists(root: &Path) -> Warned<Vec<ListFile>> {
    let walk = walkdir::WalkDir::new(root.join("lists")).max_depth(2).sort_by_file_name();
    let mut lists = Warned::clean(Vec::new());
    for entry in walk.into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let text = entry.path().extension().is_some_and(|ending| ending == "txt");
        if !text || entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let name = relative(root, entry.path());
        match read(entry.path()) {
            Some(text) => lists.value.push(ListFile { name, text }),
            None => lists.findings.push(Finding::warning(UNREADABLE).file(name)),
        }
    }
    lists
}

/// The list of posts that have been published, where the project at `root` keeps one.
pub fn published(root: &Path) -> Warned<Option<ListFile>> {
    let path = root.join("lists").join(PUBLISHED);
    if !path.is_file() {
        return Warned::clean(None);
    }
    let name = relative(root, &path);
    match read(&path) {
        Some(text) => Warned::clean(Some(ListFile { name, text })),
        None => {
            let findings = vec![Finding::warning(UNREADABLE).file(name)];
            Warned { value: None, findings }
        }
    }
}

/// The text of a list; `None` where it cannot be read or is too large for one.
fn read(path: &Path) -> Option<String> {
    let large = path.metadata().is_ok_and(|data| data.len() > LARGEST);
    let bytes = if large { None } else { std::fs::read(path).ok() };
    bytes.and_then(|bytes| decode(&bytes))
}

/// UTF-8, or what older editors save: GB18030, and UTF-16 with its mark.
fn decode(bytes: &[u8]) -> Option<String> {
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let tries = marked.map_or(vec![UTF_8, GB18030], |encoding| vec![encoding]);
    tries.into_iter().find_map(|encoding| {
        let (text, _, wrong) = encoding.decode(bytes);
        (!wrong).then(|| text.into_owned())
    })
}
