//! The text of a PDF, page by page, in the order in which it is drawn. Only what
//! draws text is decoded: content streams and the tables from codes to characters;
//! pictures and fonts are left alone. Running heads and folios that a tagged file marks
//! as what they are do not count, so that none is taken for the text that it repeats.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, FromBytes as _, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use rayon::prelude::*;

use crate::article::script::counts;
use crate::diag::{Code, Finding};
use crate::print::preflight::{content, guarded};

use super::content::{Op, Properties, each};
use super::forms::{Forms, Scope};
use super::text::{FileText, PageText, TOO_LARGE};

const UNREADABLE: Code = Code::new("verify-pdf-unreadable");

/// How deep one form may draw another.
const DEPTH: usize = 12;
/// So many bytes of content are followed in one file: a form may draw others, and be
/// drawn, without end.
const CONTENT: usize = 1 << 30;
/// So many forms are drawn in one file, whatever its length: what is looked up for each
/// costs most where a file's table of objects is broken.
const FORMS: usize = 20_000;
/// So many more a page.
const FORMS_A_PAGE: usize = 100;

/// The text of a PDF.
///
/// # Errors
/// Where the file is no PDF or is locked, or where its pages draw more than any book
/// has.
pub fn pdf(bytes: Vec<u8>) -> Result<FileText, Finding> {
    let unreadable =
        |why: &dyn std::fmt::Debug| Finding::error(UNREADABLE).arg("why", format!("{why:?}"));
    match guarded(bytes, |bytes, _| Pdf::new(bytes).map(|pdf| text(&pdf))) {
        Ok(Ok(text)) => text.ok_or_else(|| Finding::error(TOO_LARGE)),
        Ok(Err(why)) => Err(unreadable(&why)),
        Err(why) => Err(unreadable(&why)),
    }
}

fn text(pdf: &Pdf) -> Option<FileText> {
    let fonts = Fonts::default();
    let left = Left {
        content: AtomicUsize::new(CONTENT),
        forms: AtomicUsize::new(FORMS + FORMS_A_PAGE * pdf.pages().len()),
        text: AtomicUsize::new(FileText::MOST),
    };
    let pages: Vec<Option<PageText>> = pdf
        .pages()
        .par_iter()
        .map(|page| {
            let mut reader = Reader::new(&fonts, &left);
            reader.page(page);
            (!reader.too_much).then_some(reader.read)
        })
        .collect();
    let pages: Option<Vec<PageText>> = pages.into_iter().collect();
    Some(FileText::of_pages(&pages?, true))
}

/// How much of a file may still be followed.
struct Left {
    content: AtomicUsize,
    forms: AtomicUsize,
    text: AtomicUsize,
}

/// Takes from what is left; false where it is not enough.
fn take(left: &AtomicUsize, amount: usize) -> bool {
    let less = |left: usize| left.checked_sub(amount);
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
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
    to_unicode: Option<CMap>,
    /// What each code comes to, once it was asked for.
    known: Vec<AtomicU32>,
    /// Whether a code has two bytes.
    wide: bool,
    /// Whether the code 0 is the glyph that stands in for what has none.
    lacking: bool,
}

/// In [`Font::known`]: nobody asked yet.
const UNKNOWN: u32 = 0;
/// In [`Font::known`]: the code comes to several characters, or to one that does not
/// count.
const SEVERAL: u32 = u32::MAX;

impl Font {
    fn read(font: &Dict<'_>) -> Self {
        let named = |key: &str, name: &str| {
            font.get::<Name<'_>>(key).is_some_and(|value| value.as_str() == name)
        };
        let wide = named("Subtype", "Type0");
        let table = font.get::<Stream<'_>>("ToUnicode").and_then(|stream| content(&stream));
        let to_unicode = table.and_then(|table| CMap::parse(&table, |_| None));
        let codes = if wide { 1 << 16 } else { 1 << 8 };
        let known = std::iter::repeat_with(|| AtomicU32::new(UNKNOWN)).take(codes).collect();
        let lacking = wide && (named("Encoding", "Identity-H") || named("Encoding", "Identity-V"));
        Self { to_unicode, known, wide, lacking }
    }

    /// Decodes a string; `see` is given each code with what it comes to and counts.
    fn decode(&self, codes: &[u8], mut see: impl FnMut(usize, char)) {
        let mut one = |code: usize| {
            let Some(known) = self.known.get(code) else { return };
            match known.load(Ordering::Relaxed) {
                UNKNOWN => {
                    let all: Vec<char> = self.characters(code);
                    let single = match all[..] {
                        [c] if counts(c) && c != '\0' => u32::from(c),
                        _ => SEVERAL,
                    };
                    known.store(single, Ordering::Relaxed);
                    all.into_iter().filter(|c| counts(*c)).for_each(|c| see(code, c));
                }
                SEVERAL => {
                    let all = self.characters(code).into_iter();
                    all.filter(|c| counts(*c)).for_each(|c| see(code, c));
                }
                c => see(code, char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER)),
            }
        };
        if self.wide {
            for pair in codes.chunks(2) {
                one(pair.iter().fold(0, |code, byte| code << 8 | usize::from(*byte)));
            }
        } else {
            codes.iter().for_each(|byte| one(usize::from(*byte)));
        }
    }

    fn characters(&self, code: usize) -> Vec<char> {
        if code == 0 && self.lacking {
            return vec![char::REPLACEMENT_CHARACTER];
        }
        let code = code as u32;
        match self.to_unicode.as_ref().map(|table| table.lookup_bf_string(code)) {
            Some(Some(BfString::Char(c))) => vec![c],
            Some(Some(BfString::String(s))) => s.chars().collect(),
            // Without a table, a simple font is likely to be in Latin.
            None if !self.wide => char::from_u32(code).into_iter().collect(),
            _ => vec![char::REPLACEMENT_CHARACTER],
        }
    }
}

/// What a marked content is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Part of the text, like what stands about it.
    Plain,
    /// It says itself what it means.
    Told,
    /// Running head or folio.
    Furniture,
}

/// Reads what one page draws.
struct Reader<'f> {
    fonts: &'f Fonts,
    left: &'f Left,
    font: Option<Arc<Font>>,
    /// The fonts to go back to.
    saved: Vec<Option<Arc<Font>>>,
    /// The marked contents that are open.
    marked: Vec<Mark>,
    /// How many of them say themselves what they mean.
    told: usize,
    /// How many of them are running heads or folios.
    furniture: usize,
    read: PageText,
    /// What the string that is shown comes to; kept for its memory.
    shown: Vec<char>,
    /// Whether there was more than may be followed.
    too_much: bool,
}

impl<'f> Reader<'f> {
    fn new(fonts: &'f Fonts, left: &'f Left) -> Self {
        Self {
            fonts,
            left,
            font: None,
            saved: Vec::new(),
            marked: Vec::new(),
            told: 0,
            furniture: 0,
            read: PageText::default(),
            shown: Vec::new(),
            too_much: false,
        }
    }

    fn page<'p>(&mut self, page: &Page<'p>) {
        let mut whole = Vec::new();
        let mut add = |stream: &Stream<'_>| {
            let bytes = content(stream).unwrap_or_default();
            if whole.is_empty() {
                whole = bytes;
            } else {
                // Streams end where a token may end.
                whole.push(b'\n');
                whole.extend(bytes);
            }
            whole.len() <= CONTENT
        };
        if let Some(stream) = page.raw().get::<Stream<'_>>("Contents") {
            add(&stream);
        } else if let Some(streams) = page.raw().get::<Array<'_>>("Contents") {
            let _ = streams.iter::<Stream<'_>>().all(|stream| add(&stream));
        }
        let scope = Scope::of_page(page.resources().clone());
        self.stream(&whole, &scope, &mut Forms::default(), 0);
    }

    fn stream<'p>(
        &mut self,
        content: &[u8],
        scope: &Scope<'p>,
        forms: &mut Forms<'p>,
        depth: usize,
    ) {
        let resources = &scope.resources;
        if self.too_much || !take(&self.left.content, content.len()) {
            self.too_much = true;
            return;
        }
        each(content, |op| match op {
            Op::Save => self.saved.push(self.font.clone()),
            Op::Restore => self.font = self.saved.pop().unwrap_or_default(),
            Op::Font(name) => {
                let font = Name::new(name).and_then(|name| resources.get_font(&name));
                self.font = font.map(|font| self.fonts.get(&font));
            }
            Op::Show(strings) => strings.iter().for_each(|codes| self.show(codes)),
            Op::Draw(name) if depth < DEPTH && !self.too_much => {
                let form = Name::new(name).and_then(|name| forms.get(&name, scope));
                if let Some((content, inner)) = form {
                    self.form(&content, &inner, forms, depth);
                }
            }
            Op::Draw(_) => {}
            Op::Begin(tag, properties) => self.begin(tag, &properties, resources),
            Op::End => {
                let ended = self.marked.pop();
                self.told -= usize::from(ended == Some(Mark::Told));
                self.furniture -= usize::from(ended == Some(Mark::Furniture));
            }
        });
    }

    fn begin(&mut self, tag: &[u8], properties: &Properties<'_>, resources: &Resources<'_>) {
        let word: &[u8] = if tag == b"Artifact" { b"Pagination" } else { b"ActualText" };
        let dict = match properties {
            Properties::None => None,
            // Most say nothing of either: they are not worth being understood.
            Properties::Given(given) => {
                let says = given.windows(word.len()).any(|part| part == word);
                says.then(|| Dict::from_bytes(given)).flatten()
            }
            Properties::Named(name) => {
                Name::new(name).and_then(|name| resources.properties.get::<Dict<'_>>(&*name))
            }
        };
        let mark = if tag == b"Artifact" && dict.as_ref().is_some_and(is_furniture) {
            Mark::Furniture
        } else if let Some(actual) = dict.as_ref().and_then(actual_text) {
            if self.told == 0 {
                self.add(actual.chars().filter(|c| counts(*c)));
            }
            Mark::Told
        } else {
            Mark::Plain
        };
        self.told += usize::from(mark == Mark::Told);
        self.furniture += usize::from(mark == Mark::Furniture);
        self.marked.push(mark);
    }

    fn add(&mut self, more: impl Iterator<Item = char>) {
        let furniture = self.furniture > 0;
        let text = if furniture { &mut self.read.furniture } else { &mut self.read.text };
        let before = text.len();
        text.extend(more);
        if !take(&self.left.text, text.len() - before) {
            self.too_much = true;
            text.truncate(before);
        }
    }

    fn show(&mut self, codes: &[u8]) {
        let Some(font) = self.font.clone().filter(|_| !self.too_much) else { return };
        // What has no glyph has none whatever its mark says that it means.
        let told = self.told > 0;
        let mut shown = std::mem::take(&mut self.shown);
        font.decode(codes, |code, c| {
            if !told || (code == 0 && font.lacking) {
                shown.push(c);
            }
        });
        self.add(shown.drain(..));
        self.shown = shown;
    }

    fn form<'p>(&mut self, content: &[u8], scope: &Scope<'p>, forms: &mut Forms<'p>, depth: usize) {
        if !take(&self.left.forms, 1) {
            self.too_much = true;
            return;
        }
        let (font, saved, marked) = (self.font.clone(), self.saved.len(), self.marked.len());
        self.stream(content, scope, forms, depth + 1);
        self.saved.truncate(saved);
        self.marked.truncate(marked);
        let open = |mark: Mark| self.marked.iter().filter(|open| **open == mark).count();
        (self.told, self.furniture) = (open(Mark::Told), open(Mark::Furniture));
        self.font = font;
    }
}

/// Whether an artifact is a running head or a folio (ISO 32000-1, 14.8.2.2.2).
fn is_furniture(properties: &Dict<'_>) -> bool {
    let is = |key: &str, name: &str| {
        properties.get::<Name<'_>>(key).is_some_and(|value| value.as_str() == name)
    };
    is("Type", "Pagination") && (is("Subtype", "Header") || is("Subtype", "Footer"))
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
