//! Covers as pictures, for the shelves of reading systems and the heads of posts.
//! A look's Typst file draws them, like the pages of the print edition; nothing of
//! how they look stands here.

use std::collections::BTreeMap;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use serde::Serialize;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::{LazyHash, Scalar};
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use crate::diag::{Code, Fault, Finding};
use crate::layout::{FontShelf, Look};

use super::view::{Article, Press, View};

const COVER_WRONG: Code = Code::new("export-cover-wrong");

/// Of 100. Covers are flat colour and type, where JPEG shows its blocks soonest.
const QUALITY: u8 = 90;

/// What a cover may say. The look's file reads it as `json("/cover.json")`.
#[derive(Debug, Clone, Serialize)]
pub struct Facts<'a> {
    /// The title's phrases: what stands between its own spaces.
    pub phrases: Vec<&'a str>,
    /// The subtitle; empty where there is none.
    pub subtitle: String,
    /// Who publishes.
    pub press: &'a Press,
    /// The year, four digits; empty where there is no date.
    pub year: &'a str,
    /// The date in words; empty where there is none.
    pub date: &'a str,
    /// The series; empty where there is none.
    pub series: &'a str,
    /// The place in the series in words, such as 之五; empty where there is none.
    pub number: &'a str,
    /// The column; empty where there is none.
    pub column: &'a str,
}

impl<'a> Facts<'a> {
    /// What the cover of a publication may say.
    pub fn of_publication(view: &'a View) -> Self {
        Self {
            phrases: view.title.split_whitespace().collect(),
            subtitle: view.subtitle.clone(),
            press: &view.press,
            year: view.date_iso.get(..4).unwrap_or_default(),
            date: &view.date,
            series: view.series.as_deref().unwrap_or_default(),
            number: "",
            column: "",
        }
    }

    /// What the cover of a single article may say.
    pub fn of_article(view: &'a View, article: &'a Article) -> Self {
        let series = article.series.as_ref();
        Self {
            phrases: article.title_phrases.iter().map(String::as_str).collect(),
            subtitle: String::new(),
            press: &view.press,
            year: article.date_iso.get(..4).unwrap_or_default(),
            date: &article.date,
            series: series.map(|s| s.name.as_str()).unwrap_or_default(),
            number: series.map(|s| s.number.as_str()).unwrap_or_default(),
            column: &article.column,
        }
    }
}

/// Draws the look's `file`, its first page, as a JPEG of exactly this width and
/// height in pixels. The file sees `facts`, `fonts` (role → face ids, which are
/// font families here), `options`, `width` and `height` in `/cover.json`, and sets
/// a page of so many points.
///
/// # Errors
/// Where the look's file is missing or wrong (file and line), or a face is missing.
pub fn render(
    look: &Look,
    fonts: &FontShelf,
    file: &str,
    facts: &Facts<'_>,
    (width, height): (u32, u32),
) -> Result<Vec<u8>, Fault> {
    let wrong = |why: String| Finding::error(COVER_WRONG).arg("why", why).file(origin(look, file));
    let values = serde_json::json!({
        "facts": facts,
        "fonts": look.settings.fonts,
        "options": look.settings.options,
        "width": width,
        "height": height,
    });
    let desk = Desk::new(look, fonts, file, values.to_string())?;
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|errors| {
        let findings = errors.iter().map(|error| {
            let mut finding = wrong(error.message.to_string());
            if let Some(id) = error.span.id() {
                finding.file = Some(origin(look, path(id)));
                finding.line = desk.range(error.span).and_then(|range| {
                    let source = desk.source(id).ok()?;
                    source.lines().byte_to_line(range.start).map(|line| line + 1)
                });
            }
            finding
        });
        Fault { kind: crate::diag::FaultKind::Configuration, findings: findings.collect() }
    })?;
    let Some(page) = document.pages().first() else {
        return Err(Fault::configuration(wrong(String::new())));
    };
    let options = RenderOptions { pixel_per_pt: Scalar::ONE, render_bleed: false };
    let pixels = typst_render::render(page, &options);
    if (pixels.width(), pixels.height()) != (width, height) {
        let why = format!("{} × {} ≠ {width} × {height}", pixels.width(), pixels.height());
        return Err(Fault::configuration(wrong(why)));
    }
    jpeg(pixels.data(), width, height).map_err(|why| Fault::internal(wrong(why)))
}

/// Encodes pixels. Covers have no transparent parts, so the fourth component of
/// each pixel says nothing.
fn jpeg(rgba: &[u8], width: u32, height: u32) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    let narrow = |n: u32| u16::try_from(n).map_err(|e| e.to_string());
    encoder
        .encode(rgba, narrow(width)?, narrow(height)?, ColorType::Rgba)
        .map_err(|e| e.to_string())?;
    Ok(bytes)
}

fn origin(look: &Look, path: &str) -> String {
    look.get(path).map_or(path, |file| file.origin.as_str()).to_owned()
}

/// What Typst sees: the look's files, the facts and the look's faces, each under
/// its id as family.
struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    sources: BTreeMap<String, Source>,
    facts: Bytes,
}

const FACTS: &str = "cover.json";

impl Desk {
    fn new(look: &Look, shelf: &FontShelf, main: &str, facts: String) -> Result<Self, Fault> {
        look.text(main)?;
        let mut sources = BTreeMap::new();
        for (name, _) in look.files().filter(|(name, _)| name.ends_with(".typ")) {
            if let Some(id) = id(name) {
                sources.insert(name.to_owned(), Source::new(id, look.text(name)?.to_owned()));
            }
        }
        let mut ids: Vec<&String> = look.settings.fonts.values().flatten().collect();
        ids.sort_unstable();
        ids.dedup();
        let (mut book, mut fonts) = (FontBook::new(), Vec::new());
        for id in ids {
            let bytes = Bytes::new(shelf.read(id)?);
            if let Some(font) = Font::new(bytes.clone(), 0) {
                book.push(FontInfo { family: id.clone(), ..font.info().clone() });
                fonts.push(font);
            }
        }
        let unusable = || Fault::configuration(Finding::error(COVER_WRONG).arg("why", main));
        Ok(Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(book),
            fonts,
            main: id(main).ok_or_else(unusable)?,
            sources,
            facts: Bytes::from_string(facts),
        })
    }
}

/// The id of a path. Ids are never given back, so no path may hold what changes.
fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn path(id: FileId) -> &'static str {
    id.get().vpath().get_without_slash()
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = path(id);
        self.sources.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match path(id) {
            FACTS => Ok(self.facts.clone()),
            other => Err(FileError::NotFound(other.into())),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
