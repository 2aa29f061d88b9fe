//! The main job: from articles to the files in `out/`, a publication at a time. A
//! format that cannot be made is told and does not stop the others.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Fault, FaultKind, Finding, Progress, Severity, Warned};
use crate::export::pdf::{Edition, PressOrder};
use crate::export::view;
use crate::export::{self, Artifact, Body, Job};
use crate::layout::{self, FontShelf, Look, Medium};
use crate::media::{Album, Store};
use crate::project::{Format, Project, PublicationConfig};
use crate::publication::{Frame, PrintPage, Publication, assemble, matches};

use super::across::DUPLICATE;
use super::again::{self, Known};
use super::alone::alone;
use super::apparatus::{apparatus, empty};
use super::built::{BuildOptions, Built, BuiltPublication, NotMade};
use super::configured::{
    REPORT_LOOK, SHARE_LOOK, arrangement, document_doubts, epub_doubts, frame, known_switches,
    look_name, selection, set_options, unknown_paper,
};
use super::inputs::{Inputs, Looked};
use super::names::{is_made, old, other_e_books, outlived, unasked};
use super::pages;
use super::press;
use super::read::{Library, read_again};
use super::record;
use super::report;
use super::share;
use super::verify::read_back;
use super::write::Stage;

const NOTHING_SELECTED: Code = Code::new("publication-empty");
const MATTER_MISSING: Code = Code::new("publication-matter-missing");
const NO_SOURCES: Code = Code::new("project-no-sources");
pub(super) const UNWRITABLE: Code = Code::new("out-unwritable");
pub(super) const TOO_LARGE: Code = Code::new("out-too-large");
const PICTURE_CHANGED: Code = Code::new("build-picture-changed");
const PREFLIGHT: Code = Code::new("stage-preflight");
const NO_PAGES: Code = Code::new("epub-pages-unknown");
const BUILDING: Code = Code::new("stage-building");

/// Builds publications.
///
/// # Errors
/// A usage or configuration fault; everything that goes wrong with a source or a
/// format is a finding of the result.
pub fn build(
    project: &Project,
    options: &BuildOptions,
    progress: &dyn Progress,
) -> Result<Built, Fault> {
    let configs = project.config.chosen(&options.ids)?;
    let _alone = alone(project)?;
    let out = options.out.clone().unwrap_or_else(|| project.out_dir());
    let inputs = Inputs::of(project, options, &out);
    let inputs = inputs.as_ref();
    let looked = inputs.map(|inputs| Looked { inputs, project, options, out: &out });
    let known: Vec<Option<Known>> =
        configs.iter().map(|config| again::known(project, &out, &config.id, inputs?)).collect();
    if let Some(known) = known.iter().cloned().collect::<Option<Vec<Known>>>() {
        let findings = known.first().map(|known| known.library.clone()).unwrap_or_default();
        let publications = known.into_iter().map(|known| known.publication).collect();
        let built = Built { publications, findings, ..Built::default() };
        return handed_out(built, project, &out, inputs);
    }
    let looks: Vec<Vec<(Format, Look)>> =
        configs.iter().map(|c| looks(project, c, options)).collect::<Result<_, _>>()?;
    let report = layout::find(project.layouts_dir().as_deref(), Medium::Report, REPORT_LOOK)?;
    layout::find(project.layouts_dir().as_deref(), Medium::Share, SHARE_LOOK)?;
    let fonts = FontShelf::open(&options.fonts);
    let icc = options.icc.as_deref();
    let orders: Vec<Option<Result<PressOrder, Fault>>> = configs
        .iter()
        .zip(&looks)
        .map(|(config, looks)| {
            let (_, look) = looks.iter().find(|(format, _)| *format == Format::Print)?;
            Some(press::order(project, &config.print, &fonts, icc, look))
        })
        .collect();
    // What was typed or written wrongly is told before any work is done; what is only
    // not there does not keep other formats from being made.
    if let Some(Err(fault)) =
        orders.iter().flatten().find(|o| o.as_ref().is_err_and(|f| f.kind != FaultKind::Work))
    {
        return Err(Fault { kind: fault.kind, findings: fault.findings.clone() });
    }
    let library = read_again(project, looked, progress)?;
    if library.reads.is_empty() && library.findings.is_empty() {
        return Err(Fault::work(Finding::error(NO_SOURCES)));
    }
    let mut built = Built { findings: library.findings.clone(), ..Built::default() };
    for (((config, looks), order), known) in configs.into_iter().zip(&looks).zip(&orders).zip(known)
    {
        if let Some(known) = known {
            built.publications.push(known.publication);
            continue;
        }
        record::forget(project, &config.id);
        let out = out.clone();
        let report = &report;
        let whole = options.formats.is_empty();
        let (library, fonts) = (&library, &fonts);
        let order = order.as_ref();
        let work = Work { project, library, fonts, order, report, out, whole, progress };
        let publication = work.publication(config, looks);
        if let Some(looked) = looked {
            again::keep(&publication, library, looked);
        }
        built.publications.push(publication);
    }
    handed_out(built, project, &out, inputs)
}

/// What was built, and what is handed out of it over the whole project.
fn handed_out(
    mut built: Built,
    project: &Project,
    out: &Path,
    inputs: Option<&Inputs>,
) -> Result<Built, Fault> {
    let look = layout::find(project.layouts_dir().as_deref(), Medium::Share, SHARE_LOOK)?;
    match share::share(project, out, &look, inputs) {
        Ok(shared) => {
            built.shared = shared.value;
            built.findings.extend(shared.findings);
        }
        Err(why) => built.findings.push(unwritable(out, &why)),
    }
    Ok(built)
}

/// The looks of a publication's formats, so that a wrong name is told before any
/// work is done.
fn looks(
    project: &Project,
    config: &PublicationConfig,
    options: &BuildOptions,
) -> Result<Vec<(Format, Look)>, Fault> {
    let wanted = if options.formats.is_empty() { &config.formats.0 } else { &options.formats };
    let layouts = project.layouts_dir();
    let mut out = Vec::new();
    for format in Format::ALL.into_iter().filter(|f| wanted.contains(f)) {
        let medium = match format {
            Format::Pdf | Format::Print => Medium::Print,
            Format::Epub => Medium::Epub,
            Format::Wechat => Medium::Wechat,
        };
        let name = look_name(config, medium);
        let mut look = layout::find(layouts.as_deref(), medium, name)?;
        look.patience = project.config.limits.patience();
        if medium == Medium::Wechat {
            known_switches(&project.config, config, &look)?;
        }
        out.push((format, look));
    }
    Ok(out)
}

/// What all publications of a build share.
struct Work<'a> {
    project: &'a Project,
    library: &'a Library,
    fonts: &'a FontShelf,
    /// What the press edition is made for, or why it cannot be made.
    order: Option<&'a Result<PressOrder, Fault>>,
    report: &'a Look,
    out: PathBuf,
    /// Whether every format that a publication asks for is to be made.
    whole: bool,
    progress: &'a dyn Progress,
}

impl Work<'_> {
    fn publication(
        &self,
        config: &PublicationConfig,
        looks: &[(Format, Look)],
    ) -> BuiltPublication {
        let wording = looks.first().map(|(_, look)| look.wording.clone()).unwrap_or_default();
        let sources: Vec<_> = self.library.reads.iter().map(super::Read::source).collect();
        let frame = Frame {
            apparatus: apparatus(config, self.library),
            ..frame(config, &self.project.config.press)
        };
        let publication =
            assemble(frame, &sources, &selection(config), &arrangement(config, &wording));
        let files: Vec<&str> = publication.files().collect();
        let chosen: BTreeSet<(&str, usize)> =
            publication.entries().map(|e| (e.source.file.as_str(), e.source.part)).collect();
        let is_chosen = |r: &&super::Read| chosen.contains(&(r.file.as_str(), r.part));
        let reads: Vec<_> = self.library.reads.iter().filter(is_chosen).collect();
        let mut built = BuiltPublication {
            id: config.id.clone(),
            title: publication.title.clone(),
            articles: files.len(),
            files: Vec::new(),
            preflights: Vec::new(),
            kept: Vec::new(),
            not_made: Vec::new(),
            edits: reads.iter().map(|r| r.edits.len()).sum(),
            findings: reads
                .iter()
                .flat_map(|r| &r.findings)
                .filter(|f| is_of_this(f, &files))
                .cloned()
                .collect(),
            dismissed: reads.iter().flat_map(|r| r.dismissed.clone()).collect(),
            folder: self.out.join(&config.id),
        };
        for pattern in config.set_apart() {
            if !files.iter().any(|file| matches(pattern, file)) {
                let finding = Finding::warning(MATTER_MISSING).arg("pattern", pattern);
                built.findings.push(finding.arg("id", &config.id).file(crate::project::MANIFEST));
            }
        }
        built.findings.extend(document_doubts(config, &publication));
        if publication.parts.iter().all(|part| part.articles.is_empty()) {
            built.findings.push(Finding::error(NOTHING_SELECTED).arg("id", &config.id));
            return built;
        }
        // A picture that is not what it was is why it could not be copied.
        let failed = |e: io::Error| match changed_meanwhile(&publication) {
            changed if changed.is_empty() => vec![unwritable(&self.out, &e)],
            changed => changed,
        };
        match Stage::open(&self.out, &config.id) {
            Ok(stage) => {
                let made = self.formats(config, &publication, looks, &mut built, &reads, &stage);
                let why = made.unwrap_or_else(failed);
                if !why.is_empty() {
                    built.take_back(looks, why);
                }
            }
            Err(e) => built.take_back(looks, failed(e)),
        }
        built
    }

    /// Makes the formats and puts them in their place; gives what keeps them from it.
    fn formats(
        &self,
        config: &PublicationConfig,
        publication: &Publication,
        looks: &[(Format, Look)],
        built: &mut BuiltPublication,
        reads: &[&super::Read],
        stage: &Stage,
    ) -> io::Result<Vec<Finding>> {
        let store = Store::new(self.project.cache_dir().join("pictures"));
        let album = Album::new(store, publication.pictures().into_iter().cloned());
        self.progress.begin(BUILDING, looks.len());
        let mut folios = Vec::new();
        let mut pages = None;
        for (medium, formats) in by_medium(looks) {
            let Some((_, look)) = formats.first() else { continue };
            let mut view = view::build(publication, look);
            set_options(config, look, &mut view);
            if medium == Medium::Epub {
                if has_pages(config) && looks.iter().all(|(_, l)| l.medium != Medium::Print) {
                    pages = self.proof(config, publication, &album, built);
                }
                view.mark_pages(pages.as_deref().unwrap_or_default());
            }
            match medium {
                Medium::Print => built.findings.extend(unknown_paper(config, look)),
                Medium::Epub => built.findings.extend(epub_doubts(config)),
                Medium::Wechat | Medium::Report | Medium::Share => {}
            }
            if matches!(medium, Medium::Print | Medium::Epub) {
                let empty = empty(config, publication, &view);
                let new = empty.into_iter().filter(|f| !built.findings.contains(f));
                let new: Vec<_> = new.collect();
                built.findings.extend(new);
            }
            let job = Job {
                view: &view,
                look,
                fonts: self.fonts,
                album: &album,
                progress: self.progress,
            };
            let said = built.findings.len();
            let wanted = |format| formats.iter().any(|(f, _)| *f == format);
            let order = match self.order.filter(|_| wanted(Format::Print)) {
                Some(Ok(order)) => Some(order),
                Some(Err(fault)) => {
                    built.findings.extend(fault.findings.clone());
                    None
                }
                None => None,
            };
            let made = match medium {
                Medium::Print => {
                    let screen = wanted(Format::Pdf).then_some(Edition::Screen);
                    let press = order.map(Edition::Press);
                    let editions: Vec<Edition<'_>> = screen.into_iter().chain(press).collect();
                    export::pdf::export(job, &editions).map(|printed| {
                        folios = printed.value.folios;
                        Warned { value: printed.value.artifacts, findings: printed.findings }
                    })
                }
                Medium::Epub => export::epub::export(job),
                Medium::Wechat => export::wechat::export(job),
                // No format asks for them: every publication has its report, and the
                // project what it hands out.
                Medium::Report | Medium::Share => continue,
            };
            let first = built.files.len();
            let pressed = keep(made, stage, built)?;
            let files = built.files[first..].iter().map(|(path, _)| path.as_str());
            let back = read_back(stage.folder(), files, publication, self.progress);
            built.kept.extend(back.kept);
            let lost = back.findings;
            if let Some(read) = back.pages {
                let cache = self.project.cache_dir();
                pages = Some(pages::of_file(job, publication, &cache, &read, &folios));
            }
            if let Some(order) = order {
                self.progress.begin(PREFLIGHT, pressed.len());
                press::preflight(pressed, order, &view, stage.folder(), built);
                self.progress.end();
            }
            for format in formats.iter().map(|(format, _)| *format) {
                if !is_made(config, format, built) {
                    let errors = built.findings[said..].iter();
                    let errors = errors.filter(|f| f.severity == Severity::Error);
                    let reasons = errors.cloned().collect();
                    let old = old(&config.id, format, &built.folder);
                    built.not_made.push(NotMade { format, reasons, old });
                }
            }
            built.findings.extend(lost);
            formats.iter().for_each(|_| self.progress.step());
        }
        self.progress.end();
        for report in report::artifacts(built, publication, reads, self.report) {
            stage.write(report)?;
        }
        let mut gone = if self.whole { unasked(config, looks, built) } else { Vec::new() };
        gone.extend(outlived(&config.id, built));
        gone.extend(other_e_books(looks, built, &built.folder, self.whole));
        let changed = changed_meanwhile(publication);
        if changed.is_empty() {
            stage.commit(&gone)?;
        }
        Ok(changed)
    }

    /// The pages of an edition that is not made this time; without them the e-book does
    /// not know their numbers, which is told.
    fn proof(
        &self,
        config: &PublicationConfig,
        publication: &Publication,
        album: &Album,
        built: &mut BuiltPublication,
    ) -> Option<Vec<PrintPage>> {
        let layouts = self.project.layouts_dir();
        let name = look_name(config, Medium::Print);
        let made = layout::find(layouts.as_deref(), Medium::Print, name).and_then(|mut look| {
            look.patience = self.project.config.limits.patience();
            let mut view = view::build(publication, &look);
            set_options(config, &look, &mut view);
            let (look, fonts, progress) = (&look, self.fonts, self.progress);
            let job = Job { view: &view, look, fonts, album, progress };
            pages::of_proof(job, publication, &self.project.cache_dir())
        });
        if made.is_err() {
            let finding = Finding::warning(NO_PAGES).arg("id", &config.id);
            built.findings.push(finding.file(crate::project::MANIFEST));
        }
        made.ok()
    }
}

/// Whether a publication has a printed edition, made now or another time.
fn has_pages(config: &PublicationConfig) -> bool {
    config.formats.0.iter().any(|format| matches!(format, Format::Pdf | Format::Print))
}

/// The pictures that somebody changed between the two times they were looked at: what
/// was reckoned for one picture and written of another would be neither.
fn changed_meanwhile(publication: &Publication) -> Vec<Finding> {
    let pictures = publication.pictures().into_iter();
    let files = pictures.filter_map(|picture| Some((&picture.name, picture.file.as_ref()?)));
    let changed = files.filter(|(_, (path, probe))| !probe.still_holds(path));
    changed.map(|(name, _)| Finding::error(PICTURE_CHANGED).arg("name", name)).collect()
}

/// What is said where results cannot be written.
fn unwritable(folder: &Path, why: &io::Error) -> Finding {
    if why.kind() == io::ErrorKind::FileTooLarge {
        return Finding::error(TOO_LARGE).arg("folder", folder.display());
    }
    Finding::error(UNWRITABLE).arg("folder", folder.display()).arg("why", why)
}

/// Whether a finding concerns a publication of these files: an article that stands
/// twice in the project does no harm where only one of the two is printed.
fn is_of_this(finding: &Finding, files: &[&str]) -> bool {
    let other = finding.args.iter().find(|(key, _)| *key == "other").map(|(_, file)| file);
    finding.code != DUPLICATE || other.is_none_or(|file| files.contains(&file.as_str()))
}

/// The formats grouped by medium, in order: both PDFs are made in one go.
fn by_medium(looks: &[(Format, Look)]) -> Vec<(Medium, &[(Format, Look)])> {
    looks.chunk_by(|a, b| a.1.medium == b.1.medium).map(|c| (c[0].1.medium, c)).collect()
}

/// Puts what an exporter made into the stage, or its failure into the findings.
fn keep(
    made: Result<Warned<Vec<Artifact<'_>>>, Fault>,
    stage: &Stage,
    built: &mut BuiltPublication,
) -> io::Result<Vec<press::Made>> {
    let mut pressed = Vec::new();
    match made {
        Err(fault) => built.findings.extend(fault.findings),
        Ok(warned) => {
            built.findings.extend(warned.findings);
            for artifact in warned.value {
                let path = artifact.path.clone();
                if let Body::Press(file) = &artifact.body {
                    let pictures = file.known_pictures();
                    pressed.push(press::Made { file: path.clone(), pictures });
                }
                let bytes = stage.write(artifact)?;
                built.files.push((path, bytes));
            }
        }
    }
    Ok(pressed)
}
