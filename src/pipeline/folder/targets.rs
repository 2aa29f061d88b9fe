//! Where the articles of a folder go, and what is there already.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use super::FolderOptions;
use super::walk::Entry;
use crate::pipeline::convert::{below, is_made_from, target};
use crate::pipeline::put::on_one_line;

/// Where an article goes.
pub(super) enum Target {
    /// Here, and this is to be said of where it came from.
    Free { target: PathBuf, made_from: String },
    /// Its canonical article is here already.
    There(PathBuf),
    /// An article of something else has that name.
    Taken(PathBuf),
}

/// How the files of a folder are called and where their articles go.
pub(super) struct Targets<'a> {
    dir: &'a Path,
    root: &'a Path,
    /// Where articles go; `None`: beside their sources.
    to: Option<PathBuf>,
    /// What a file of the folder is called before its name in the folder.
    prefix: String,
}

impl<'a> Targets<'a> {
    pub(super) fn new(options: &FolderOptions<'a>) -> Self {
        let inside = below(options.dir, options.root);
        let in_sources =
            inside.as_ref().is_some_and(|name| name == "sources" || name.starts_with("sources/"));
        let to = match options.to {
            Some(to) => Some(to.to_owned()),
            None if in_sources => None,
            None if options.root == Path::new(".") => Some(PathBuf::from("sources")),
            None => Some(options.root.join("sources")),
        };
        // Outside the project the folder's own name says enough, however it was typed.
        let prefix = inside.unwrap_or_else(|| {
            let whole = options.dir.canonicalize().unwrap_or_else(|_| options.dir.to_owned());
            whole.file_name().unwrap_or_default().to_string_lossy().into_owned()
        });
        Self { dir: options.dir, root: options.root, to, prefix }
    }

    /// How a file of the folder is called, in findings and in what is made of it.
    pub(super) fn shown(&self, name: &str) -> String {
        match (self.prefix.is_empty(), name.is_empty()) {
            (true, _) => name.to_owned(),
            (_, true) => self.prefix.clone(),
            _ => format!("{}/{name}", self.prefix),
        }
    }

    /// Whether an article that is canonical stands where it would go.
    pub(super) fn in_place(&self, entry: &Entry) -> bool {
        let own = entry.path.parent().and_then(|folder| folder.canonicalize().ok());
        own.is_some() && self.folder(entry).canonicalize().ok() == own
            || self.to.as_ref().is_some_and(|to| {
                let to = to.canonicalize().ok();
                to.zip(own).is_some_and(|(to, own)| own.starts_with(to))
            })
    }

    /// The folder where the article of a file goes.
    fn folder(&self, entry: &Entry) -> PathBuf {
        match &self.to {
            Some(to) => {
                let folder = entry.name.rsplit_once('/').map_or("", |(folder, _)| folder);
                to.join(on_one_line(folder))
            }
            None => entry.path.parent().unwrap_or(self.dir).to_owned(),
        }
    }

    /// Where the article of a file goes. `from` is what is to be said of where it came
    /// from, `part` is its number where the file holds several, and `given` are the
    /// places given out before.
    pub(super) fn of(
        &self,
        entry: &Entry,
        from: Option<&str>,
        part: Option<usize>,
        given: &mut BTreeSet<PathBuf>,
    ) -> Target {
        let folder = self.folder(entry);
        let stem = entry.path.file_stem().unwrap_or_default().to_string_lossy();
        let ending = entry.path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let part = part.map(|part| format!("-{part}")).unwrap_or_default();
        let stem = on_one_line(&stem);
        let made_from = from.map_or_else(|| self.shown(&entry.name), str::to_owned);
        let own = target(&entry.path, &folder, &format!("{stem}{part}"));
        let other = target(&entry.path, &folder, &format!("{stem}-{ending}{part}"));
        // Two sources of one name but for the ending: the second one says which it is.
        let target = if given.contains(&own) { other } else { own };
        if !given.insert(target.clone()) {
            return Target::Taken(target);
        }
        match target.exists() {
            false => Target::Free { target, made_from },
            true if is_made_from(&target, &made_from, &entry.path, self.root) => {
                Target::There(target)
            }
            true => Target::Taken(target),
        }
    }
}

/// Whether a file is in the canonical form: as an article that is done, it is left alone.
pub(super) fn is_canonical(path: &Path) -> bool {
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut line = String::new();
    let read = BufReader::new(file).take(64).read_line(&mut line);
    read.is_ok() && path.extension().is_some_and(|e| e == "md") && {
        crate::canonical::is_canonical(&line)
    }
}
