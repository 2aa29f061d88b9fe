//! Covers as pictures, for the shelves of reading systems and the heads of posts.
//! A look's Typst file draws them, like the pages of the print edition; nothing of
//! how they look stands here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use serde::Serialize;
use serde_json::Value;
use typst::foundations::Bytes;
use typst::utils::Scalar;
use typst_render::RenderOptions;

use crate::diag::{Code, Fault, Finding, Warned};
use crate::layout::{FontShelf, Look};
use crate::media::Store;

use super::typeset::{self, Desk, Files, Typefaces, visible};
use super::view::{Article, Press, View, phrases};

const COVER_WRONG: Code = Code::new("export-cover-wrong");
const LEFT_OUT: Code = Code::new("export-cover-left-out");

/// Of 100. Covers are flat colour and type, where JPEG shows its blocks soonest.
const QUALITY: u8 = 90;

/// What a cover may say. The look's file reads it as `json("/cover.json")`.
#[derive(Debug, Clone, Serialize)]
pub struct Facts<'a> {
    /// The publication's kind: `compilation`, `bulletin`, `series` or `post`.
    pub kind: &'a str,
    /// The title's phrases.
    pub phrases: Vec<String>,
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
            kind: view.kind,
            phrases: phrases(&view.title),
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
            kind: view.kind,
            phrases: article.title_phrases.clone(),
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

/// Draws the covers of one look. Its faces are read when the first cover is drawn
/// and kept: a year's posts may have hundreds.
pub struct Painter<'a> {
    look: &'a Look,
    shelf: &'a FontShelf,
    fonts: OnceLock<Result<Arc<Typefaces>, Fault>>,
    drawn: AtomicUsize,
}

/// A cover to draw.
pub struct Sheet<'a> {
    /// The look's file that draws it.
    pub file: &'a str,
    /// What it may say.
    pub facts: Facts<'a>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// A picture that it stands on, a JPEG of the cover's own size.
    pub picture: Option<Vec<u8>>,
}

/// What Typst remembers is thrown away after so many covers, or a year's posts would
/// fill the memory.
const REMEMBERED: usize = 32;

/// Counts the ways of drawing: another number, other bytes, so that covers kept by an
/// older program are not taken for this one's.
const RECIPE: u32 = 1;

impl<'a> Painter<'a> {
    /// A painter in this look, with these fonts. Reads nothing yet.
    pub fn new(look: &'a Look, shelf: &'a FontShelf) -> Self {
        Self { look, shelf, fonts: OnceLock::new(), drawn: AtomicUsize::new(0) }
    }

    /// Draws the look's `file`, its first page, as a JPEG of exactly this width and
    /// height in pixels. The file sees `facts`, `fonts` (role → face ids, which are
    /// font families here), `options`, `width` and `height` in `/cover.json`, and
    /// sets a page of so many points. Characters that no face has are left out and
    /// told: an empty box on a cover is worse than a gap.
    ///
    /// # Errors
    /// Where the look's file is missing or wrong (file and line), or a face is missing.
    pub fn paint(
        &self,
        file: &str,
        facts: &Facts<'_>,
        size: (u32, u32),
    ) -> Result<Warned<Vec<u8>>, Fault> {
        self.paint_sheet(Sheet { file, facts: facts.clone(), size, picture: None })
    }

    /// The sum of all that a cover is made from: where it is the same, so is the cover.
    pub fn sum(&self, sheet: &Sheet<'_>) -> blake3::Hash {
        let mut sum = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            sum.update(&(bytes.len() as u64).to_le_bytes());
            sum.update(bytes);
        };
        add(&RECIPE.to_le_bytes());
        add(sheet.file.as_bytes());
        for (name, file) in self.look.files().filter(|(name, _)| name.ends_with(".typ")) {
            add(name.as_bytes());
            add(&file.bytes);
        }
        for id in self.look.settings.fonts.values().flatten() {
            add(self.shelf.face(id).map_or(id.as_str(), |face| &face.sha256).as_bytes());
        }
        add(self.values(sheet, &serde_json::json!(sheet.facts)).to_string().as_bytes());
        add(sheet.picture.as_deref().unwrap_or_default());
        sum.finalize()
    }

    /// What the look's file reads.
    fn values(&self, sheet: &Sheet<'_>, facts: &Value) -> Value {
        serde_json::json!({
            "facts": facts,
            "fonts": self.look.settings.fonts,
            "options": self.look.settings.options,
            "width": sheet.size.0,
            "height": sheet.size.1,
        })
    }

    /// Draws a cover as [`Painter::paint`] does; its picture lies at `/picture.jpg`.
    ///
    /// # Errors
    /// As [`Painter::paint`].
    pub fn paint_sheet(&self, sheet: Sheet<'_>) -> Result<Warned<Vec<u8>>, Fault> {
        let (file, (width, height)) = (sheet.file, sheet.size);
        let fonts = self.fonts.get_or_init(|| Typefaces::load(self.look, self.shelf).map(Arc::new));
        let fonts = fonts.clone()?;
        let mut facts = serde_json::json!(sheet.facts);
        let mut left_out = BTreeSet::new();
        leave_out(&mut facts, &|c| visible(c) && !fonts.cover(c), &mut left_out);
        let values = self.values(&sheet, &facts).to_string();
        let mut files = self.files(file, values)?;
        if let Some(picture) = sheet.picture {
            files.data.insert(PICTURE.to_owned(), Bytes::new(picture));
        }
        let desk = Arc::new(Desk::new(files, fonts)?);
        let compiled = typeset::compiled(&desk, self.look, file)?;
        if self.drawn.fetch_add(1, Ordering::Relaxed) % REMEMBERED == REMEMBERED - 1 {
            typst::comemo::evict(1);
        }
        typeset::warnings(&desk, self.look, &compiled.warnings)?;
        let laid = compiled.output.map_err(|errors| typeset::fault(&desk, self.look, &errors))?;
        let wrong = |why: String| {
            let origin = self.look.get(file).map_or(file, |file| file.origin.as_str());
            Finding::error(COVER_WRONG).arg("why", why).file(origin)
        };
        let Some(page) = laid.pages.first() else {
            return Err(Fault::configuration(wrong("0 × 0".to_owned())));
        };
        let options = RenderOptions { pixel_per_pt: Scalar::ONE, render_bleed: false };
        let pixels = typst_render::render(page, &options);
        if (pixels.width(), pixels.height()) != (width, height) {
            let why = format!("{} × {} ≠ {width} × {height}", pixels.width(), pixels.height());
            return Err(Fault::configuration(wrong(why)));
        }
        let value = jpeg(pixels.data(), width, height);
        let value = value.map_err(|why| Fault::internal(wrong(why)))?;
        let characters: String = left_out.into_iter().collect();
        let finding = Finding::warning(LEFT_OUT).arg("characters", &characters);
        let findings = if characters.is_empty() { Vec::new() } else { vec![finding] };
        Ok(Warned { value, findings })
    }

    /// The same; from the store, where the same was drawn before.
    ///
    /// # Errors
    /// As [`Painter::paint`].
    pub fn paint_once(&self, sheet: Sheet<'_>, store: &Store) -> Result<Warned<Vec<u8>>, Fault> {
        let sum = self.sum(&sheet);
        if let Some(known) = store.drawn(&sum) {
            return Ok(Warned::clean(known));
        }
        let drawn = self.paint_sheet(sheet)?;
        // What is told of a cover is told at every build, so that one is not kept. A store
        // that cannot be written costs time and nothing else.
        if drawn.findings.is_empty() {
            store.keep_drawn(&sum, &drawn.value).ok();
        }
        Ok(drawn)
    }

    fn files(&self, main: &str, facts: String) -> Result<Files, Fault> {
        self.look.text(main)?;
        let mut sources = BTreeMap::new();
        for (name, _) in self.look.files().filter(|(name, _)| name.ends_with(".typ")) {
            sources.insert(name.to_owned(), self.look.text(name)?.to_owned());
        }
        let data = BTreeMap::from([(FACTS.to_owned(), Bytes::from_string(facts))]);
        Ok(Files { main: main.to_owned(), sources, data, calls: Vec::new() })
    }
}

/// Takes characters out of every text of a value.
fn leave_out(value: &mut Value, lacks: &dyn Fn(char) -> bool, left_out: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => {
            left_out.extend(text.chars().filter(|c| lacks(*c)));
            text.retain(|c| !lacks(c));
        }
        Value::Array(items) => items.iter_mut().for_each(|v| leave_out(v, lacks, left_out)),
        Value::Object(map) => map.values_mut().for_each(|v| leave_out(v, lacks, left_out)),
        _ => {}
    }
}

/// The path under which a look's cover reads what it may say.
const FACTS: &str = "cover.json";

/// The path of the picture that a cover stands on.
const PICTURE: &str = "picture.jpg";

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
