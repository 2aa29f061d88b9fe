//! Fonts as preflight needs them: whether they travel with the file, how far their
//! characters advance, and which codes have no glyph (ISO 32000-1, 9.6 and 9.7).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use hayro_cmap::{CMap, CMapName, load_embedded};
use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier};

use super::file::{content, has, name};

/// A font of the file.
pub(super) struct Font {
    /// Its name, as in `ABCDEF+NotoSerifSC-Regular`.
    pub(super) name: String,
    /// Whether its glyphs are drawings (Type 3).
    pub(super) drawn: bool,
    /// Whether its program is in the file.
    pub(super) embedded: bool,
    /// Whether lines run downwards.
    pub(super) vertical: bool,
    codes: Codes,
    widths: HashMap<u32, f32>,
    /// The width of what `widths` does not have, in thousandths of the size.
    default: f32,
    glyphs: Glyphs,
}

/// How a string is cut into codes, and which character each is.
enum Codes {
    One,
    Two,
    Mapped(Box<CMap>),
    /// A map that is not at hand: two bytes are likely.
    Unknown,
}

/// Which characters have no glyph.
enum Glyphs {
    /// Character 0 alone.
    AllButFirst,
    /// Those for which two bytes of this table are zero.
    Table(Vec<u8>),
    /// That cannot be told.
    Unknown,
}

/// One character of a string.
pub(super) struct Glyph {
    /// How far it goes, in thousandths of the size.
    pub(super) advance: f32,
    /// Whether it is a space of one byte, which word spacing widens.
    pub(super) space: bool,
    /// Whether it has no glyph (.notdef).
    pub(super) missing: bool,
}

/// The fonts met so far, by their objects.
#[derive(Default)]
pub(super) struct Fonts(Mutex<HashMap<ObjectIdentifier, Arc<Font>>>);

impl Fonts {
    pub(super) fn get(&self, font: &Dict<'_>) -> Arc<Font> {
        let Some(id) = font.obj_id() else { return Arc::new(Font::read(font)) };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(id).or_insert_with(|| Arc::new(Font::read(font))).clone()
    }
}

impl Font {
    /// A font that a page names and does not have.
    pub(super) fn lost(called: &str) -> Self {
        Self {
            name: called.to_owned(),
            drawn: false,
            embedded: false,
            vertical: false,
            codes: Codes::One,
            widths: HashMap::new(),
            default: 500.0,
            glyphs: Glyphs::Unknown,
        }
    }

    fn read(font: &Dict<'_>) -> Self {
        let kind = name(font, "Subtype").unwrap_or_default();
        let called = name(font, "BaseFont").or_else(|| name(font, "Name")).unwrap_or_default();
        match kind.as_str() {
            "Type0" => Self::composite(font, called),
            _ => Self::simple(font, called, kind == "Type3"),
        }
    }

    fn simple(font: &Dict<'_>, called: String, drawn: bool) -> Self {
        let descriptor = font.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let first = font.get::<u32>("FirstChar").unwrap_or(0);
        let widths = font.get::<Array<'_>>("Widths").unwrap_or_default();
        // The glyphs of a Type 3 font have a space of their own.
        let matrix = font.get::<Array<'_>>("FontMatrix").filter(|_| drawn);
        let scale = matrix.and_then(|m| m.iter::<f32>().next()).map_or(1.0, |a| a * 1000.0);
        let widths = widths.iter::<f32>().take(256).zip(first..).map(|(w, code)| (code, w * scale));
        Self {
            name: called,
            drawn,
            embedded: has_program(&descriptor),
            vertical: false,
            codes: Codes::One,
            widths: widths.collect(),
            default: descriptor.get::<f32>("MissingWidth").unwrap_or(if drawn {
                0.0
            } else {
                500.0
            }),
            glyphs: Glyphs::Unknown,
        }
    }

    fn composite(font: &Dict<'_>, called: String) -> Self {
        let descendants = font.get::<Array<'_>>("DescendantFonts").unwrap_or_default();
        let below = descendants.iter::<Dict<'_>>().next().unwrap_or_default();
        let descriptor = below.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let embedded = has_program(&descriptor);
        let encoding = font.get::<Object<'_>>("Encoding");
        let vertical = match &encoding {
            Some(Object::Name(name)) => name.ends_with(b"V"),
            Some(Object::Stream(map)) => map.dict().get::<u8>("WMode") == Some(1),
            _ => false,
        };
        let glyphs = match below.get::<Object<'_>>("CIDToGIDMap") {
            Some(Object::Stream(table)) => content(&table).map_or(Glyphs::Unknown, Glyphs::Table),
            _ if embedded => Glyphs::AllButFirst,
            _ => Glyphs::Unknown,
        };
        Self {
            name: called,
            drawn: false,
            embedded,
            vertical,
            codes: encoding.map_or(Codes::Unknown, |encoding| codes(&encoding)),
            widths: widths(&below.get::<Array<'_>>("W").unwrap_or_default()),
            default: below.get::<f32>("DW").unwrap_or(1000.0),
            glyphs,
        }
    }

    /// Whether it can be told which characters have no glyph.
    pub(super) fn knows_missing(&self) -> bool {
        !matches!(self.glyphs, Glyphs::Unknown) && !matches!(self.codes, Codes::Unknown)
    }

    /// The characters of a string.
    pub(super) fn glyphs<'a>(&'a self, mut string: &'a [u8]) -> impl Iterator<Item = Glyph> + 'a {
        std::iter::from_fn(move || {
            let (length, cid) = self.next(string)?;
            let space = length == 1 && string[0] == b' ';
            string = &string[length..];
            let advance = self.widths.get(&cid).copied().unwrap_or(self.default);
            let missing = match &self.glyphs {
                Glyphs::AllButFirst => cid == 0,
                Glyphs::Table(table) => {
                    let at = cid as usize * 2;
                    table.get(at..at + 2).is_none_or(|glyph| glyph == [0, 0])
                }
                Glyphs::Unknown => false,
            };
            Some(Glyph { advance, space, missing })
        })
    }

    /// How many bytes the next code has, and its character.
    fn next(&self, string: &[u8]) -> Option<(usize, u32)> {
        let code = |length: usize| {
            string.iter().take(length).fold(0_u32, |code, byte| code << 8 | u32::from(*byte))
        };
        let first = string.len().min(1);
        match &self.codes {
            _ if first == 0 => None,
            Codes::One => Some((1, code(1))),
            Codes::Two | Codes::Unknown => Some((string.len().min(2), code(2))),
            Codes::Mapped(map) => (1..=string.len().min(4))
                .find_map(|n| Some((n, map.lookup_cid_code(code(n), n as u8)?)))
                .or(Some((string.len().min(2), 0))),
        }
    }
}

fn has_program(descriptor: &Dict<'_>) -> bool {
    ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| has(descriptor, key))
}

fn codes(encoding: &Object<'_>) -> Codes {
    let load = |name: CMapName<'_>| load_embedded(name);
    match encoding {
        Object::Name(name) if matches!(&**name, b"Identity-H" | b"Identity-V") => Codes::Two,
        Object::Name(name) => {
            let data = load_embedded(CMapName::from_bytes(name));
            let map = data.and_then(|data| CMap::parse(data, load));
            map.map_or(Codes::Unknown, |map| Codes::Mapped(Box::new(map)))
        }
        Object::Stream(stream) => {
            let map = content(stream).and_then(|data| CMap::parse(&data, load));
            map.map_or(Codes::Unknown, |map| Codes::Mapped(Box::new(map)))
        }
        _ => Codes::Unknown,
    }
}

/// The widths of a composite font (9.7.4.3): `c [w1 w2 …]` or `first last w`.
fn widths(array: &Array<'_>) -> HashMap<u32, f32> {
    let mut out = HashMap::new();
    let mut items = array.iter::<Object<'_>>();
    while let Some(first) = items.next().and_then(Object::into_i32) {
        let first = first.max(0) as u32;
        match items.next() {
            Some(Object::Array(list)) => {
                out.extend((first..=0xffff).zip(list.iter::<f32>()));
            }
            Some(last) => {
                let last = last.into_i32().unwrap_or(0).clamp(0, 0xffff) as u32;
                let Some(width) = items.next().and_then(Object::into_f32) else { break };
                out.extend((first..=last).map(|cid| (cid, width)));
            }
            None => break,
        }
    }
    out
}
