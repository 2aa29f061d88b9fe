//! Finding a look: file by file in the project's `layouts/`, then in the look it
//! inherits from, then in the looks compiled into the program.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::diag::toml_error::line_of;
use crate::diag::{Code, Fault, Finding};

use super::fonts::{faces, unknown_face};
use super::tables::{Tables, parse};
use super::{Colour, Switch, Wording};

include!(concat!(env!("OUT_DIR"), "/builtin_layouts.rs"));

/// What a look dresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Medium {
    /// PDF, on screen and on paper, through Typst.
    Print,
    /// EPUB.
    Epub,
    /// WeChat posts.
    Wechat,
    /// The report on a build.
    Report,
    /// What is handed out over a whole project.
    Share,
}

impl Medium {
    /// The name of its folder below `layouts/`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Epub => "epub",
            Self::Wechat => "wechat",
            Self::Report => "report",
            Self::Share => "share",
        }
    }
}

/// `layout.toml` of a look.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// What the look is called, for people.
    pub title: String,
    /// The look of the same medium whose files serve where this one has none.
    pub inherits: Option<String>,
    /// Role → font face ids of `fonts/manifest.toml`, first choice first.
    pub fonts: BTreeMap<String, Vec<String>>,
    /// The sheet, for print.
    pub page: Option<Page>,
    /// Whatever else the look's own files want to be told, handed on unread.
    pub options: toml::Table,
    /// The options that a project may set in `kanyin.toml`, and what they take.
    pub switches: BTreeMap<String, Switch>,
}

/// A sheet of paper, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Width after trimming.
    pub width: f64,
    /// Height after trimming.
    pub height: f64,
    /// Bleed on each side.
    pub bleed: f64,
    /// How thick one leaf of the paper is. The spine is as thick as its leaves
    /// together.
    pub leaf: f64,
    /// How wide the flaps of the cover are that fold inwards; 0 for none.
    #[serde(default)]
    pub flap: f64,
    /// The width of the spine where the shop has named it; none where it follows
    /// from the leaves.
    #[serde(default)]
    pub spine: Option<f64>,
}

/// One file of a look.
#[derive(Debug, Clone)]
pub struct LookFile {
    /// Where it came from, as messages name it: `layouts/print/plain/theme.typ`,
    /// marked as built-in where it is.
    pub origin: String,
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
}

/// A look: its settings, its wording and its files, the shared ones included
/// under `shared/`.
#[derive(Debug, Clone)]
pub struct Look {
    /// What it dresses.
    pub medium: Medium,
    /// Its name.
    pub name: String,
    /// `layout.toml`.
    pub settings: Settings,
    /// The words that editions add to an article's own.
    pub wording: Wording,
    /// The colours of the print looks by name.
    pub colours: BTreeMap<String, Colour>,
    /// How thick one leaf of a paper is, in millimetres, by the paper's name.
    pub papers: BTreeMap<String, f64>,
    /// Both sides of a printing sheet in millimetres, by the sheet's name.
    pub sheets: BTreeMap<String, [f64; 2]>,
    /// How long it may take to lay out pages or a cover. Its templates may take a million
    /// steps for each second of it.
    pub patience: Duration,
    files: BTreeMap<String, LookFile>,
}

impl Look {
    /// The file of that name, as in `article.typ` or `shared/walk.typ`.
    pub fn get(&self, name: &str) -> Option<&LookFile> {
        self.files.get(name)
    }

    /// The text of the file of that name.
    ///
    /// # Errors
    /// Where the look has no such file, or it is not UTF-8.
    pub fn text(&self, name: &str) -> Result<&str, Fault> {
        let fault = |code| {
            let look = format!("layouts/{}/{}", self.medium.folder(), self.name);
            Fault::configuration(Finding::error(code).arg("look", look).arg("file", name))
        };
        let file = self.get(name).ok_or_else(|| fault(FILE_MISSING))?;
        std::str::from_utf8(&file.bytes).map_err(|_| fault(FILE_NOT_UTF8))
    }

    /// All files by name, in alphabetical order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &LookFile)> {
        self.files.iter().map(|(name, file)| (name.as_str(), file))
    }
}

const LOOK_UNKNOWN: Code = Code::new("layout-unknown");
const FILE_MISSING: Code = Code::new("layout-file-missing");
const FILE_NOT_UTF8: Code = Code::new("layout-file-not-utf8");
const SETTINGS_WRONG: Code = Code::new("layout-settings-wrong");
const LINK: Code = Code::new("layout-link");
const INHERITS_LOOP: Code = Code::new("layout-inherits-loop");

/// How long a look may take where nobody says.
const PATIENCE: Duration = Duration::from_secs(1_800);

/// The built-in file of that path below `layouts/`.
pub(super) fn built_in(path: &str) -> Option<LookFile> {
    let (path, bytes) = BUILTIN.iter().find(|(known, _)| *known == path)?;
    Some(LookFile { origin: format!("layouts/{path}"), bytes: Cow::Borrowed(bytes) })
}

/// The names of the looks there are for a medium, in alphabetical order.
fn names(layouts: Option<&Path>, medium: Medium) -> Vec<String> {
    let prefix = format!("{}/", medium.folder());
    let mut names: Vec<String> = BUILTIN
        .iter()
        .filter_map(|(path, _)| path.strip_prefix(&prefix)?.strip_suffix("/layout.toml"))
        .map(str::to_owned)
        .collect();
    let own = layouts.and_then(|dir| std::fs::read_dir(dir.join(medium.folder())).ok());
    for entry in own.into_iter().flatten().flatten() {
        if entry.path().join("layout.toml").is_file() {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    names.sort();
    names.dedup();
    names
}

/// Finds a look. `layouts` is the project's own folder of looks, if it has one.
///
/// # Errors
/// A configuration fault where there is no such look, its `layout.toml` cannot be
/// understood, or looks inherit from each other in a circle.
pub fn find(layouts: Option<&Path>, medium: Medium, name: &str) -> Result<Look, Fault> {
    let mut files = BTreeMap::new();
    gather("shared", layouts, &mut |path, file| {
        files.entry(format!("shared/{path}")).or_insert(file);
    })?;
    let mut settings: Option<Settings> = None;
    let mut visited: Vec<String> = Vec::new();
    let mut next = Some(name.to_owned());
    // The file that names the next look, and the line; none where `kanyin.toml` does.
    let mut named: Option<(String, usize)> = None;
    let fault = |finding: Finding, named: Option<(String, usize)>| {
        Fault::configuration(match named {
            Some((file, line)) => finding.file(file).line(line),
            None => finding,
        })
    };
    while let Some(current) = next {
        if visited.contains(&current) {
            visited.push(current);
            let finding = Finding::error(INHERITS_LOOP).arg("look", visited.join(" → "));
            return Err(fault(finding, named));
        }
        let mut own = BTreeMap::new();
        gather(&format!("{}/{current}", medium.folder()), layouts, &mut |path, file| {
            own.entry(path.to_owned()).or_insert(file);
        })?;
        let Some(file) = own.remove("layout.toml") else {
            let finding = Finding::error(LOOK_UNKNOWN)
                .arg("medium", medium.folder())
                .arg("look", &current)
                .arg("known", names(layouts, medium).join("、"));
            return Err(fault(finding, named));
        };
        let read: Settings = parse(&file, SETTINGS_WRONG)?;
        let said: Said = parse(&file, SETTINGS_WRONG)?;
        said.known_faces(&file)?;
        next = read.inherits.clone();
        named = said.inherits.map(|at| (file.origin.clone(), line(&file, &at)));
        settings = Some(match settings {
            None => read,
            Some(own) => own.over(read),
        });
        for (path, file) in own {
            files.entry(path).or_insert(file);
        }
        visited.push(current);
    }
    let Tables { wording, colours, papers, sheets } = Tables::read(&mut files)?;
    let settings = settings.unwrap_or_default();
    let name = name.to_owned();
    let patience = PATIENCE;
    Ok(Look { medium, name, settings, wording, colours, papers, sheets, patience, files })
}

impl Settings {
    /// These settings where they say something, the inherited ones elsewhere.
    fn over(self, inherited: Self) -> Self {
        let mut fonts = inherited.fonts;
        fonts.extend(self.fonts);
        let mut options = inherited.options;
        options.extend(self.options);
        let mut switches = inherited.switches;
        switches.extend(self.switches);
        Self {
            title: self.title,
            inherits: self.inherits,
            fonts,
            page: self.page.or(inherited.page),
            options,
            switches,
        }
    }
}

/// Where `layout.toml` says what only the whole of the looks and fonts can answer.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    inherits: Option<Spanned<String>>,
    fonts: BTreeMap<String, Vec<Spanned<String>>>,
}

impl Said {
    /// Holds that the faces are those of the manifest.
    fn known_faces(&self, file: &LookFile) -> Result<(), Fault> {
        let ids = self.fonts.values().flatten();
        let unknown = ids.into_iter().find(|id| !faces().any(|face| face.id == *id.get_ref()));
        unknown.map_or(Ok(()), |id| {
            let finding = unknown_face(id.get_ref()).file(&file.origin);
            Err(Fault::configuration(finding.line(line(file, id))))
        })
    }
}

fn line<T>(file: &LookFile, at: &Spanned<T>) -> usize {
    line_of(&String::from_utf8_lossy(&file.bytes), at.span().start)
}

/// Calls `add` for every file below `folder`: the project's first, then the
/// built-in ones.
///
/// # Errors
/// Where there is a link: a look that came with somebody's project must not read
/// what lies elsewhere.
fn gather(
    folder: &str,
    layouts: Option<&Path>,
    add: &mut dyn FnMut(&str, LookFile),
) -> Result<(), Fault> {
    if let Some(layouts) = layouts {
        let root = layouts.join(folder);
        let is_link = |path: &Path| path.symlink_metadata().is_ok_and(|data| data.is_symlink());
        let refuse = |path: &Path| {
            let below = path.strip_prefix(layouts).unwrap_or(path).to_string_lossy();
            let origin = format!("layouts/{}", below.replace('\\', "/"));
            Fault::configuration(Finding::error(LINK).file(origin))
        };
        let above = root.ancestors().take_while(|path| *path != layouts);
        if let Some(link) = above.into_iter().find(|path| is_link(path)) {
            return Err(refuse(link));
        }
        let walk = walkdir::WalkDir::new(&root).sort_by_file_name();
        for entry in walk.into_iter().flatten() {
            if entry.path_is_symlink() {
                return Err(refuse(entry.path()));
            }
            if !entry.file_type().is_file() {
                continue;
            }
            let Ok(below) = entry.path().strip_prefix(&root) else { continue };
            let name = below.to_string_lossy().replace('\\', "/");
            if let Ok(bytes) = std::fs::read(entry.path()) {
                let origin = format!("layouts/{folder}/{name}");
                add(&name, LookFile { origin, bytes: Cow::Owned(bytes) });
            }
        }
    }
    let prefix = format!("{folder}/");
    for (path, bytes) in BUILTIN {
        if let Some(name) = path.strip_prefix(&prefix) {
            let origin = format!("layouts/{path}");
            add(name, LookFile { origin, bytes: Cow::Borrowed(bytes) });
        }
    }
    Ok(())
}
