//! `out/share/`: what is handed out over the whole project. The catalogue lists the
//! finished e-books that lie in `out/`, whichever run made them, so that it is whole
//! after a build of one publication and keeps a book whose new edition failed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::{Code, Finding, Warned};
use crate::export::share::{self, About, Book, Catalogue, PAGE, Picture};
use crate::export::{Artifact, Body};
use crate::layout::{Look, fonts::sha256_of_file};
use crate::media::{self, Ready, Store, Want};
use crate::project::{KindName, Project, PublicationConfig};

use super::earlier::sum_of_book;
use super::inputs::Inputs;
use super::pictures::UNKEPT;
use super::record::{self, MadeOf};
use super::write::{Stage, clear, lend};

const WITHOUT_COVER: Code = Code::new("share-book-without-cover");

/// The folder's name in `out/`; no publication may have it.
const FOLDER: &str = "share";

/// A cover is at most so many pixels, as in the e-book itself.
const COVER: u64 = 4_000_000;

/// A small cover is so many pixels wide: two for each of a shelf's.
const THUMBNAIL: u32 = 400;

/// What is handed out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Shared {
    /// The page that a person opens.
    pub page: PathBuf,
    /// How many e-books there are.
    pub books: usize,
    /// Whether anything changed, and the folder was written anew.
    pub changed: bool,
}

/// Makes the folder, or leaves it as it is where nothing changed. Without e-books, or
/// where the project does not want it, there is none.
pub(super) fn share(
    project: &Project,
    out: &Path,
    look: &Look,
    inputs: Option<&Inputs>,
) -> io::Result<Warned<Option<Shared>>> {
    let said = &project.config.share;
    let found = if said.make { finished(project, out)? } else { Vec::new() };
    if found.is_empty() {
        clear(&out.join(FOLDER))?;
        return Ok(Warned { value: None, findings: Vec::new() });
    }
    let place = out.join(FOLDER);
    let sum = inputs.map(|inputs| inputs.sum_of_finished(&offers(&found)));
    let known = sum.and_then(|sum| record::read(project, FOLDER, &place, |_, _| sum));
    if let Some((shared, findings)) = known {
        return Ok(Warned { value: Some(Shared { changed: false, ..shared }), findings });
    }
    record::forget(project, FOLDER);
    let made = make(project, out, look, found)?;
    let whole = made.findings.iter().all(|finding| finding.code != UNKEPT);
    if let (true, Some(inputs), Some(sum), Some(shared)) = (whole, inputs, sum, &made.value) {
        let made_of = MadeOf { since: inputs.since, outside: Vec::new(), sum };
        let files = sizes(&place)?.into_keys().collect();
        record::write(project, FOLDER, (&place, files), made_of, &(shared, &made.findings));
    }
    Ok(made)
}

/// Everything that may be handed out of finished e-books: each, and the PDF beside it.
fn offers(found: &[Finished]) -> Vec<PathBuf> {
    let both = |one: &Finished| [one.path.clone(), one.path.with_extension("pdf")];
    found.iter().flat_map(both).collect()
}

/// Makes the folder of these e-books; there is none where none of them can be read.
fn make(
    project: &Project,
    out: &Path,
    look: &Look,
    found: Vec<Finished>,
) -> io::Result<Warned<Option<Shared>>> {
    let said = &project.config.share;
    let mut findings = Vec::new();
    let stage = Stage::open(out, FOLDER)?;
    let mut taken = BTreeSet::new();
    let mut books = Vec::new();
    // Where each file of the folder comes from.
    let mut sources = BTreeMap::new();
    for Finished { id, path } in found {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = share::free_name(&name, &id, &taken);
        let stem = name.strip_suffix(".epub").unwrap_or(&name).to_owned();
        let (about, [cover, thumbnail]) = match opened(project, &path, &stem, &stage)? {
            Ok(opened) => opened,
            Err(finding) => {
                findings.push(finding.file(path.display().to_string()));
                continue;
            }
        };
        taken.insert(name.to_lowercase());
        let known = sum_of_book(project, &id, &path);
        let mut files = vec![offered(&path, name, "application/epub+zip", known, &mut sources)?];
        let pdf = path.with_extension("pdf");
        if said.pdf && pdf.is_file() {
            let name = format!("{stem}.pdf");
            files.push(offered(&pdf, name, "application/pdf", None, &mut sources)?);
        }
        books.push(Book { about, files, cover, thumbnail });
    }
    if books.is_empty() {
        clear(&out.join(FOLDER))?;
        return Ok(Warned { value: None, findings });
    }
    let press = &project.config.press;
    let catalogue = Catalogue {
        press: press.name.clone(),
        unit: press.unit.clone(),
        title: said.title.clone(),
        url: said.url.as_ref().map(|url| url.0.clone()),
        books,
    };
    let artifacts = match share::export(&catalogue, look) {
        Ok(artifacts) => artifacts,
        Err(fault) => {
            findings.extend(fault.findings);
            return Ok(Warned { value: None, findings });
        }
    };
    for artifact in artifacts {
        stage.write(artifact)?;
    }
    let place = out.join(FOLDER);
    let changed = !same(stage.folder(), &place, &sources)?;
    if changed {
        for (name, from) in &sources {
            lend(from, &stage.folder().join(name))?;
        }
        stage.replace()?;
    }
    let shared = Shared { page: place.join(PAGE), books: catalogue.books.len(), changed };
    Ok(Warned { value: Some(shared), findings })
}

/// A finished e-book.
struct Finished {
    /// The publication it is of.
    id: String,
    path: PathBuf,
}

/// The e-books that lie in the folders of the project's publications, in the order of
/// `kanyin.toml` and then of their names.
fn finished(project: &Project, out: &Path) -> io::Result<Vec<Finished>> {
    let mut all = Vec::new();
    for config in project.config.publication.iter().filter(|config| !is_classified(config)) {
        let entries = match fs::read_dir(out.join(&config.id)) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            Err(e) => return Err(e),
        };
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
            if !hidden && path.extension().is_some_and(|e| e == "epub") && path.is_file() {
                paths.push(path);
            }
        }
        paths.sort();
        all.extend(paths.into_iter().map(|path| Finished { id: config.id.clone(), path }));
    }
    Ok(all)
}

/// Whether it is an issue of a bulletin that bears a classification: it goes to those
/// whom it names, and to nobody else.
fn is_classified(config: &PublicationConfig) -> bool {
    config.kind == KindName::Bulletin && !config.bulletin.classification.trim().is_empty()
}

/// What an e-book says of itself, and its cover in both sizes, laid into the stage.
fn opened(
    project: &Project,
    path: &Path,
    stem: &str,
    stage: &Stage,
) -> io::Result<Result<(About, [Picture; 2]), Finding>> {
    let mut about = match share::read(io::BufReader::new(File::open(path)?)) {
        Ok(about) => about,
        Err(finding) => return Ok(Err(finding)),
    };
    let cover = std::mem::take(&mut about.cover);
    if cover.is_empty() {
        return Ok(Err(Finding::warning(WITHOUT_COVER)));
    }
    // Pictures are made from files, and kept by their content: the second time it is
    // found and not made.
    let mut file = tempfile::NamedTempFile::new_in(stage.folder())?;
    file.write_all(&cover)?;
    let store = Store::new(project.cache_dir().join("pictures"));
    let wants = [
        Want { max_pixels: Some(COVER), ..Want::default() },
        Want { max_width: Some(THUMBNAIL), ..Want::default() },
    ];
    let made =
        media::probe(file.path()).and_then(|probe| store.ready_each(file.path(), &probe, &wants));
    let ready = match made {
        Ok(ready) => ready,
        Err(finding) => return Ok(Err(finding)),
    };
    let mut laid = Vec::new();
    for (folder, ready) in ["covers", "thumbnails"].into_iter().zip(ready) {
        laid.push(picture(folder, stem, ready, stage)?);
    }
    let laid = <[Picture; 2]>::try_from(laid);
    Ok(laid.map(|laid| (about, laid)).map_err(|_| Finding::warning(WITHOUT_COVER)))
}

fn picture(folder: &str, stem: &str, ready: Ready, stage: &Stage) -> io::Result<Picture> {
    let path = format!("{folder}/{stem}.{}", ready.extension());
    let (width, height, media_type) = (ready.width, ready.height, ready.media_type());
    stage.write(Artifact { path: path.clone(), body: Body::Picture(ready) })?;
    Ok(Picture { path, media_type, width, height })
}

/// A file as the catalogue offers it under this name; its sha256, where it is not known,
/// is reckoned.
fn offered(
    from: &Path,
    name: String,
    media_type: &'static str,
    known: Option<String>,
    sources: &mut BTreeMap<String, PathBuf>,
) -> io::Result<share::File> {
    sources.insert(name.clone(), from.to_owned());
    let bytes = fs::metadata(from)?.len();
    let sha256 = known.map_or_else(|| sha256_of_file(from), Ok)?;
    Ok(share::File { name, media_type, bytes, sha256 })
}

/// Whether the folder holds what the stage holds, and the files that are still to be
/// laid into it. Those are as long as they were and so, by the list of checksums,
/// which is among what is compared, the same.
fn same(stage: &Path, place: &Path, sources: &BTreeMap<String, PathBuf>) -> io::Result<bool> {
    let (new, mut old) = (sizes(stage)?, sizes(place)?);
    for (name, from) in sources {
        if old.remove(Path::new(name)) != Some(fs::metadata(from)?.len()) {
            return Ok(false);
        }
    }
    if new != old {
        return Ok(false);
    }
    for path in new.keys() {
        if fs::read(stage.join(path))? != fs::read(place.join(path))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The files of a folder and their sizes in bytes; none where there is no folder.
fn sizes(folder: &Path) -> io::Result<BTreeMap<PathBuf, u64>> {
    let mut all = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(all);
    }
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            all.insert(below.to_owned(), entry.metadata()?.len());
        }
    }
    Ok(all)
}
