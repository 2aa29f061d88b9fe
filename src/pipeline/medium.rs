//! One medium of a publication: the view in its look, the exporter, the files in the
//! stage, and what reading them back and judging them comes to.

use std::io;

use crate::diag::{Code, Fault, Finding, Severity, Warned};
use crate::export::pdf::{Edition, Folio, PressOrder};
use crate::export::view::{self, View};
use crate::export::{self, Artifact, Body, Job};
use crate::layout::{self, Look, Medium};
use crate::media::Album;
use crate::project::{Format, PublicationConfig};
use crate::publication::{PrintPage, Publication};

use super::apparatus::empty;
use super::built::{BuiltPublication, NotMade};
use super::configured::{epub_doubts, look_name, set_options, unknown_paper};
use super::earlier::{Earlier, Left};
use super::making::Work;
use super::names::{is_made, old};
use super::pages;
use super::press;
use super::verify::read_back_again;
use super::write::Stage;

const PREFLIGHT: Code = Code::new("stage-preflight");
const NO_PAGES: Code = Code::new("epub-pages-unknown");

/// A publication in the making, and what its media tell each other.
pub(super) struct Making<'a> {
    work: &'a Work<'a>,
    config: &'a PublicationConfig,
    publication: &'a Publication,
    looks: &'a [(Format, Look)],
    album: &'a Album,
    stage: &'a Stage,
    earlier: &'a Earlier<'a>,
    /// The folios of the printed pages, once they are made.
    folios: Vec<Folio>,
    /// The pages of the printed edition, once they are known.
    pages: Option<Vec<PrintPage>>,
}

impl<'a> Making<'a> {
    /// A publication of which nothing is made yet.
    pub(super) fn new(
        work: &'a Work<'a>,
        (config, publication, looks): (
            &'a PublicationConfig,
            &'a Publication,
            &'a [(Format, Look)],
        ),
        album: &'a Album,
        stage: &'a Stage,
        earlier: &'a Earlier<'a>,
    ) -> Self {
        let (folios, pages) = (Vec::new(), None);
        Self { work, config, publication, looks, album, stage, earlier, folios, pages }
    }

    /// Makes the formats of one medium, both PDFs in one go. What is wrong with them is
    /// told in `built`.
    ///
    /// # Errors
    /// Where the stage cannot be written, or what is copied into it not be read.
    pub(super) fn medium(
        &mut self,
        formats: &[(Format, Look)],
        built: &mut BuiltPublication,
        left: &mut Left,
    ) -> io::Result<()> {
        let Some((_, look)) = formats.first() else { return Ok(()) };
        let view = self.view(look, built);
        let Work { fonts, progress, .. } = *self.work;
        let job = Job { view: &view, look, fonts, album: self.album, progress };
        let said = built.findings.len();
        let wanted = |format| formats.iter().any(|(f, _)| *f == format);
        let order = match self.work.order.filter(|_| wanted(Format::Print)) {
            Some(Ok(order)) => Some(order),
            Some(Err(fault)) => {
                built.findings.extend(fault.findings.clone());
                None
            }
            None => None,
        };
        let made = self.export(job, wanted(Format::Pdf), order, left);
        let first = built.files.len();
        let pressed = self.keep(made, built, left)?;
        let files = built.files[first..].iter().map(|(path, _)| path.as_str());
        let known = |file: &str| self.earlier.kept(file).filter(|_| left.taken_over.contains(file));
        let back = read_back_again(self.stage.folder(), files, self.publication, &known, progress);
        built.kept.extend(back.kept);
        if let Some(read) = back.pages {
            let cache = self.work.project.cache_dir();
            let of_file = pages::of_file(job, self.publication, &cache, &read, &self.folios);
            self.pages = Some(of_file);
        }
        if let Some(order) = order {
            progress.begin(PREFLIGHT, pressed.len());
            press::preflight(pressed, order, &view, self.stage.folder(), built);
            progress.end();
        }
        for format in formats.iter().map(|(format, _)| *format) {
            if !is_made(self.config, format, built) {
                let errors = built.findings[said..].iter();
                let errors = errors.filter(|f| f.severity == Severity::Error);
                let reasons = errors.cloned().collect();
                let old = old(&self.config.id, format, &built.folder);
                built.not_made.push(NotMade { format, reasons, old });
            }
        }
        built.findings.extend(back.findings);
        Ok(())
    }

    /// The publication as this look sees it, and what is to be said of that.
    fn view(&mut self, look: &Look, built: &mut BuiltPublication) -> View {
        let (config, publication) = (self.config, self.publication);
        let mut view = view::build(publication, look);
        set_options(config, look, &mut view);
        if look.medium == Medium::Epub {
            if has_pages(config) && self.looks.iter().all(|(_, l)| l.medium != Medium::Print) {
                self.pages = self.proof(built);
            }
            view.mark_pages(self.pages.as_deref().unwrap_or_default());
        }
        match look.medium {
            Medium::Print => built.findings.extend(unknown_paper(config, look)),
            Medium::Epub => built.findings.extend(epub_doubts(config)),
            Medium::Wechat | Medium::Report | Medium::Share => {}
        }
        if matches!(look.medium, Medium::Print | Medium::Epub) {
            let empty = empty(config, publication, &view);
            let new = empty.into_iter().filter(|f| !built.findings.contains(f));
            let new: Vec<_> = new.collect();
            built.findings.extend(new);
        }
        view
    }

    /// Has the files of one medium made.
    fn export<'j>(
        &mut self,
        job: Job<'j>,
        screen: bool,
        order: Option<&'j PressOrder>,
        left: &mut Left,
    ) -> Result<Warned<Vec<Artifact<'j>>>, Fault>
    where
        'a: 'j,
    {
        match job.look.medium {
            Medium::Print => {
                let screen = screen.then_some(Edition::Screen);
                let press = order.map(Edition::Press);
                let editions: Vec<Edition<'_>> = screen.into_iter().chain(press).collect();
                let printed = export::pdf::export(job, &editions)?;
                self.folios = printed.value.folios;
                Ok(Warned { value: printed.value.artifacts, findings: printed.findings })
            }
            Medium::Epub => {
                let books = export::epub::export_again(job, self.earlier)?;
                left.books = books.value.writings;
                Ok(Warned { value: books.value.artifacts, findings: books.findings })
            }
            Medium::Wechat => {
                let posts = export::wechat::export_again(job, self.earlier)?;
                left.posts = posts.value.made;
                Ok(Warned { value: posts.value.artifacts, findings: posts.findings })
            }
            // No format asks for them: every publication has its report, and the
            // project what it hands out.
            Medium::Report | Medium::Share => Ok(Warned::clean(Vec::new())),
        }
    }

    /// Puts what an exporter made into the stage, or its failure into the findings.
    fn keep(
        &self,
        made: Result<Warned<Vec<Artifact<'_>>>, Fault>,
        built: &mut BuiltPublication,
        left: &mut Left,
    ) -> io::Result<Vec<press::Made>> {
        let mut pressed = Vec::new();
        let made = match made {
            Ok(made) => made,
            Err(fault) => {
                built.findings.extend(fault.findings);
                return Ok(pressed);
            }
        };
        built.findings.extend(made.findings);
        for artifact in made.value {
            let path = artifact.path.clone();
            if let Body::Press(file) = &artifact.body {
                let pictures = file.known_pictures();
                pressed.push(press::Made { file: path.clone(), pictures });
            }
            let earlier = matches!(artifact.body, Body::Earlier);
            let bytes = self.stage.write(artifact)?;
            if earlier {
                if !self.earlier.is_untouched(self.stage.folder(), &path) {
                    return Err(io::Error::other(path));
                }
                left.taken_over.insert(path.clone());
            }
            built.files.push((path, bytes));
        }
        Ok(pressed)
    }

    /// The pages of an edition that is not made this time; without them the e-book does
    /// not know their numbers, which is told.
    fn proof(&self, built: &mut BuiltPublication) -> Option<Vec<PrintPage>> {
        let project = self.work.project;
        let layouts = project.layouts_dir();
        let name = look_name(self.config, Medium::Print);
        let made = layout::find(layouts.as_deref(), Medium::Print, name).and_then(|mut look| {
            look.patience = project.config.limits.patience();
            let mut view = view::build(self.publication, &look);
            set_options(self.config, &look, &mut view);
            let Work { fonts, progress, .. } = *self.work;
            let job = Job { view: &view, look: &look, fonts, album: self.album, progress };
            pages::of_proof(job, self.publication, &project.cache_dir())
        });
        if made.is_err() {
            let finding = Finding::warning(NO_PAGES).arg("id", &self.config.id);
            built.findings.push(finding.file(crate::project::MANIFEST));
        }
        made.ok()
    }
}

/// Whether a publication has a printed edition, made now or another time.
fn has_pages(config: &PublicationConfig) -> bool {
    config.formats.0.iter().any(|format| matches!(format, Format::Pdf | Format::Print))
}
