//! Everything that goes into a build, in one sum: where the sum is what it was, the
//! build would come to what it came to. Articles and what a person keeps by hand count
//! by their content; pictures and fonts by the state of their files, so that no
//! photograph is read to learn that nothing has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use blake3::{Hash, Hasher};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::layout::fonts::supplies;
use crate::project::{Project, sources};

use super::BuildOptions;
use super::pictures::percent_decoded;
use super::press;
use super::read::Library;
use super::state::{Moment, State};

/// What tells this program from every other, its looks and messages included.
pub(super) const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("KANYIN_MADE_OF"));

/// What a person keeps by hand beside the sources and what reading them asks.
const ASKED_BY_READING: [&str; 3] = ["review.toml", "lists", "sites"];
/// What a person keeps by hand besides.
const LOOKS: &str = "layouts";

/// What goes into a build, as it was before anything of it was read.
pub(super) struct Inputs {
    root: PathBuf,
    /// A moment before any of it was looked at.
    pub(super) since: Moment,
    /// The sum of what reading a source asks besides.
    reading: Hash,
    /// The sum of what making a file of articles asks besides: that, the configuration,
    /// looks, fonts and profiles.
    making: Hash,
    /// The sum of all that is no source.
    around: Hash,
    /// What lies under `sources/`, by name.
    sources: BTreeMap<PathBuf, Seen>,
}

/// What goes into a build as it was before, and how to look once more.
#[derive(Clone, Copy)]
pub(super) struct Looked<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) project: &'a Project,
    pub(super) options: &'a BuildOptions,
    pub(super) out: &'a Path,
}

impl Looked<'_> {
    /// Whether nothing has changed since, nor been changed back: what was made in the
    /// meantime was made of this.
    pub(super) fn is_still(&self) -> bool {
        let now = Inputs::of(self.project, self.options, self.out);
        now.is_some_and(|now| self.inputs.is(&now))
    }
}

/// What is known of a file.
#[derive(PartialEq)]
struct Seen {
    state: Option<State>,
    /// The sum of an article's content, where it can be read.
    content: Option<Option<Hash>>,
}

impl Inputs {
    /// Looks at everything that goes into a build; none where it cannot be told
    /// whether it changes, as behind a link to a folder.
    pub(super) fn of(project: &Project, options: &BuildOptions, out: &Path) -> Option<Self> {
        let since = Moment::now(&project.cache_dir()).ok()?;
        let root = project.root().to_owned();
        let mut reading = Sum::default();
        reading.add(PROGRAM).add(&root.to_string_lossy());
        for name in ASKED_BY_READING {
            reading.contents(&root.join(name)).ok()?;
        }
        let reading = reading.0.finalize();
        let mut making = Sum::default();
        making.hash(Some(reading)).add(project.config.text());
        making.contents(&root.join(LOOKS)).ok()?;
        for folder in &options.fonts {
            making.add(&folder.to_string_lossy());
            for supply in supplies() {
                making.state(State::of(&folder.join(&supply.file)));
            }
        }
        let named = project.config.publication.iter().filter_map(|p| p.print.profile.as_ref());
        let profiles = named.filter_map(|name| press::file(project, name));
        for path in profiles.chain(options.icc.clone()) {
            making.add(&path.to_string_lossy()).hash(content(&path));
        }
        let making = making.0.finalize();
        let mut around = Sum::default();
        around.hash(Some(making)).add(&out.to_string_lossy());
        for format in &options.formats {
            around.add(format.name());
        }
        let articles: BTreeSet<PathBuf> = sources(&root).into_iter().map(|f| f.path).collect();
        let all = files(&project.sources_dir()).ok()?;
        let seen = |path: PathBuf| {
            let state = State::of(&path);
            let content = articles.contains(&path).then(|| content(&path));
            (path, Seen { state, content })
        };
        let sources = all.into_par_iter().map(seen).collect();
        let around = around.0.finalize();
        Some(Self { root, since, reading, making, around, sources })
    }

    /// Whether they are the same, the states of all files among it.
    fn is(&self, now: &Self) -> bool {
        self.sum(self.since, &[]) == now.sum(self.since, &[]) && self.sources == now.sources
    }

    /// For every source the sum of it, of the files that lie in its folder and below, and
    /// of what reading asks besides.
    pub(super) fn keys(&self, since: Moment) -> BTreeMap<&Path, Hash> {
        let mut folders: BTreeMap<&Path, Hash> = BTreeMap::new();
        let mut keys = BTreeMap::new();
        for (path, seen) in &self.sources {
            let (Some(Some(content)), Some(folder)) = (seen.content, path.parent()) else {
                continue;
            };
            let beside = *folders.entry(folder).or_insert_with(|| self.sum_below(folder, since));
            let mut sum = Sum::default();
            sum.hash(Some(self.reading)).add(&path.to_string_lossy());
            sum.hash(Some(content)).hash(Some(beside));
            keys.insert(path.as_path(), sum.0.finalize());
        }
        keys
    }

    /// The sum of the files below a folder that are no articles.
    fn sum_below(&self, folder: &Path, since: Moment) -> Hash {
        let mut sum = Sum::default();
        let below = self.sources.range(folder.to_owned()..);
        let below = below.take_while(|(path, _)| path.starts_with(folder));
        for (path, seen) in below.filter(|(_, seen)| seen.content.is_none()) {
            sum.add(&path.to_string_lossy()).file(path, seen.state, since);
        }
        sum.0.finalize()
    }

    /// The sum of everything, the files outside `sources/` that articles name among it.
    /// What was changed at that moment or later counts by its content.
    pub(super) fn sum(&self, since: Moment, outside: &[PathBuf]) -> Hash {
        let mut sum = Sum::default();
        sum.hash(Some(self.around));
        for (path, seen) in &self.sources {
            sum.add(&path.to_string_lossy());
            match seen.content {
                Some(content) => sum.hash(content),
                None => sum.file(path, seen.state, since),
            };
        }
        for path in outside.iter().map(|path| self.root.join(path)) {
            sum.add(&path.to_string_lossy()).file(&path, State::of(&path), since);
        }
        sum.0.finalize()
    }

    /// The sum of what making a file of articles asks besides them.
    pub(super) fn making(&self) -> Hash {
        self.making
    }

    /// The state of a file that goes into the build; none where it does not tell whether
    /// the file will change yet.
    pub(super) fn settled(&self, path: &Path) -> Option<State> {
        let seen = self.sources.get(path).map_or_else(|| State::of(path), |seen| seen.state);
        seen.filter(|state| state.is_before(self.since))
    }

    /// The sum of what is no source, and of finished files.
    pub(super) fn sum_of_finished(&self, files: &[PathBuf]) -> Hash {
        let mut sum = Sum::default();
        sum.hash(Some(self.around));
        for path in files {
            sum.add(&path.to_string_lossy()).state(State::of(path).map(State::of_finished));
        }
        sum.0.finalize()
    }
}

/// The files outside `sources/` that articles name, whether or not they are there,
/// relative to the project: pictures, and what an article was made from.
pub(super) fn outside(project: &Project, library: &Library) -> Vec<PathBuf> {
    let mut all = BTreeSet::new();
    for read in &library.reads {
        let folder = Path::new(&read.file).parent().unwrap_or(Path::new(""));
        for picture in &read.pictures {
            let written = picture.name.replace('\\', "/");
            for name in [percent_decoded(&written), written] {
                all.extend(plainly(&folder.join(name)));
            }
        }
        all.extend(read.imported.made_from.as_ref().and_then(|from| plainly(Path::new(from))));
    }
    let sources = project.sources_dir();
    let sources = sources.strip_prefix(project.root()).unwrap_or(&sources);
    all.into_iter().filter(|path| !path.starts_with(sources)).collect()
}

/// A path below the project without its `..`; none where it leads out of it.
fn plainly(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => out.push(name),
            Component::CurDir => {}
            Component::ParentDir if out.pop() => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(out)
}

/// The files below a path in one fixed order, or the file that lies there.
///
/// # Errors
/// Where something cannot be listed, or a link leads to a folder.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    if !path.exists() {
        return Ok(all);
    }
    for entry in WalkDir::new(path).sort_by_file_name() {
        let entry = entry?;
        let kind = entry.file_type();
        if kind.is_symlink() && entry.depth() > 0 && entry.path().is_dir() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        if !kind.is_dir() {
            all.push(entry.into_path());
        }
    }
    Ok(all)
}

/// The sum of a file's content; none where it cannot be read.
fn content(path: &Path) -> Option<Hash> {
    let mut hasher = Hasher::new();
    hasher.update_reader(fs::File::open(path).ok()?).ok()?;
    Some(hasher.finalize())
}

/// A sum in the making. No two rows of parts come to the same.
#[derive(Default)]
struct Sum(Hasher);

impl Sum {
    fn add(&mut self, text: &str) -> &mut Self {
        self.0.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        self
    }

    fn hash(&mut self, hash: Option<Hash>) -> &mut Self {
        self.0.update(&[u8::from(hash.is_some())]);
        self.0.update(hash.as_ref().map_or(&[], |hash| hash.as_bytes().as_slice()));
        self
    }

    /// The contents of the files below a path.
    fn contents(&mut self, path: &Path) -> io::Result<()> {
        for path in files(path)? {
            self.add(&path.to_string_lossy()).hash(content(&path));
        }
        Ok(())
    }

    fn state(&mut self, state: Option<State>) -> &mut Self {
        self.0.update(&[u8::from(state.is_some())]);
        self.0.update(&state.map(State::to_bytes).unwrap_or_default());
        self
    }

    /// A file by its state, where that tells; else by its content.
    fn file(&mut self, path: &Path, state: Option<State>, since: Moment) -> &mut Self {
        match state.filter(|state| !state.is_before(since)) {
            Some(_) => self.add("content").hash(content(path)),
            None => self.add("state").state(state),
        }
    }
}
