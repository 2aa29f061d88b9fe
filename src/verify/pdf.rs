//! The text of a PDF, page by page, in the order in which it is drawn. Only what
//! draws text is decoded: content streams and the tables from codes to characters;
//! pictures and fonts are left alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;
use rayon::prelude::*;

use crate::diag::{Code, Finding};

use crate::print::preflight::guarded;

use super::text::FileText;

const UNREADABLE: Code = Code::new("verify-pdf-unreadable");

/// How deep one form may draw another.
const DEPTH: usize = 12;

/// The text of a PDF.
///
/// # Errors
/// Where the file is no PDF or is locked.
pub fn pdf(bytes: Vec<u8>) -> Result<FileText, Finding> {
    let unreadable =
        |why: &dyn std::fmt::Debug| Finding::error(UNREADABLE).arg("why", format!("{why:?}"));
    match guarded(bytes, |bytes, _| Pdf::new(bytes).map(|pdf| text(&pdf))) {
        Ok(read) => read.map_err(|why| unreadable(&why)),
        Err(why) => Err(unreadable(&why)),
    }
}

fn text(pdf: &Pdf) -> FileText {
    let fonts = Fonts::default();
    let pages: Vec<String> = pdf
        .pages()
        .par_iter()
        .map(|page| {
            let mut reader = Reader::new(&fonts);
            reader.stream(page.page_stream().unwrap_or_default(), page.resources(), 0);
            reader.text
        })
        .collect();
    FileText::new(&pages, true)
}

/// From codes to characters: what each font of the file says of itself.
#[derive(Default)]
struct Fonts(Mutex<HashMap<ObjectIdentifier, Arc<Font>>>);

impl Fonts {
    fn get(&self, font: &Dict<'_>) -> Arc<Font> {
        let Some(id) = font.obj_id() else { return Arc::new(Font::read(font)) };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(id).or_insert_with(|| Arc::new(Font::read(font))).clone()
    }
}

struct Font {
    /// How many bytes a code has.
    bytes: usize,
    to_unicode: Option<CMap>,
}

impl Font {
    fn read(font: &Dict<'_>) -> Self {
        let composite = font.get::<Name<'_>>("Subtype").is_some_and(|s| s.as_str() == "Type0");
        let table = font.get::<Stream<'_>>("ToUnicode").and_then(|s| s.decoded().ok());
        let to_unicode = table.and_then(|table| CMap::parse(&table, |_| None));
        Self { bytes: if composite { 2 } else { 1 }, to_unicode }
    }

    fn decode(&self, codes: &[u8], out: &mut String) {
        for code in codes.chunks(self.bytes) {
            let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            match self.to_unicode.as_ref().map(|table| table.lookup_bf_string(code)) {
                Some(Some(BfString::Char(c))) => out.push(c),
                Some(Some(BfString::String(s))) => out.push_str(&s),
                // Without a table, a simple font is likely to be in Latin.
                None if self.bytes == 1 => out.extend(char::from_u32(code)),
                _ => out.push(char::REPLACEMENT_CHARACTER),
            }
        }
    }
}

/// Reads what one page draws.
struct Reader<'f> {
    fonts: &'f Fonts,
    font: Option<Arc<Font>>,
    /// The fonts to go back to.
    saved: Vec<Option<Arc<Font>>>,
    /// Of the marked contents that are open, which say themselves what they mean.
    marked: Vec<bool>,
    text: String,
}

impl<'f> Reader<'f> {
    fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, font: None, saved: Vec::new(), marked: Vec::new(), text: String::new() }
    }

    fn stream(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut operations = TypedIter::new(content);
        while let Some(operation) = operations.next() {
            match operation {
                TypedInstruction::SaveState(_) => self.saved.push(self.font.clone()),
                TypedInstruction::RestoreState(_) => {
                    self.font = self.saved.pop().unwrap_or_default();
                }
                TypedInstruction::TextFont(op) => {
                    self.font = resources.get_font(op.0).map(|font| self.fonts.get(&font));
                }
                TypedInstruction::ShowText(op) => self.show(op.0),
                TypedInstruction::NextLineAndShowText(op) => self.show(op.0),
                TypedInstruction::ShowTextWithParameters(op) => self.show(op.2),
                TypedInstruction::ShowTexts(op) => {
                    for item in op.0.iter::<Object<'_>>() {
                        if let Object::String(codes) = item {
                            self.show(&codes);
                        }
                    }
                }
                TypedInstruction::XObject(op) if depth < DEPTH => {
                    if let Some(form) = resources.get_x_object(op.0) {
                        self.form(&form, resources, depth);
                    }
                }
                TypedInstruction::BeginMarkedContent(_) => self.marked.push(false),
                TypedInstruction::BeginMarkedContentWithProperties(op) => {
                    let properties = match op.1 {
                        Object::Dict(properties) => Some(properties.clone()),
                        Object::Name(name) => resources.properties.get::<Dict<'_>>(name.as_ref()),
                        _ => None,
                    };
                    let actual = properties.and_then(|p| actual_text(&p));
                    if let Some(actual) = actual.as_ref().filter(|_| !self.marked.contains(&true)) {
                        self.text.push_str(actual);
                    }
                    self.marked.push(actual.is_some());
                }
                TypedInstruction::EndMarkedContent(_) => {
                    self.marked.pop();
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, codes: &[u8]) {
        if let Some(font) = self.font.as_ref().filter(|_| !self.marked.contains(&true)) {
            font.decode(codes, &mut self.text);
        }
    }

    fn form(&mut self, form: &Stream<'_>, resources: &Resources<'_>, depth: usize) {
        if form.dict().get::<Name<'_>>("Subtype").is_none_or(|s| s.as_str() != "Form") {
            return;
        }
        let Ok(content) = form.decoded() else { return };
        let own = form.dict().get::<Dict<'_>>("Resources").unwrap_or_default();
        let resources = Resources::from_parent(own, resources.clone());
        let (font, saved) = (self.font.clone(), self.saved.len());
        self.stream(&content, &resources, depth + 1);
        self.saved.truncate(saved);
        self.font = font;
    }
}

/// What a marked content says that it means.
fn actual_text(properties: &Dict<'_>) -> Option<String> {
    let text = properties.get::<hayro_syntax::object::String<'_>>("ActualText")?;
    let bytes = text.as_bytes();
    Some(match bytes {
        [0xfe, 0xff, units @ ..] => {
            let units = units.chunks_exact(2).map(|u| u16::from_be_bytes([u[0], u[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|b| char::from(*b)).collect(),
    })
}
