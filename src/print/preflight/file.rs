//! A file opened for preflight: its pages and objects through the reader, and what
//! the reader does not show: the header, the table of objects and the trailer
//! (ISO 32000-1, 7.5).

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, FromBytes as _, Object, ObjectIdentifier, Stream};

/// An open file.
pub(super) struct File {
    pub(super) pdf: Pdf,
    pub(super) facts: Facts,
}

/// What the bytes say without the reader.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Facts {
    /// As in `1.6`; `None` where the file does not begin with `%PDF-`.
    pub(super) version: Option<String>,
    /// Whether the newest table of objects is where the file says, and each entry
    /// leads to an object.
    pub(super) sound: bool,
    /// Whether objects are packed into streams, their table too (PDF 1.5).
    pub(super) packed: bool,
    /// Whether the file is encrypted.
    pub(super) locked: bool,
    /// Whether the trailer has an ID of two strings.
    pub(super) has_id: bool,
    pub(super) info: Option<ObjectIdentifier>,
}

impl Facts {
    /// Reads what the bytes say. `packed` tells whether objects were seen in streams.
    pub(super) fn of(bytes: &[u8], packed: bool) -> Self {
        let version = bytes.strip_prefix(b"%PDF-").map(|rest| {
            let version = rest.iter().take(8).take_while(|b| b.is_ascii_digit() || **b == b'.');
            version.map(|b| char::from(*b)).collect()
        });
        let found = trailer(bytes);
        let trailer = found.as_ref().map(|t| t.dict.clone()).unwrap_or_default();
        let id: Option<Vec<bool>> = trailer
            .get::<hayro_syntax::object::Array<'_>>("ID")
            .map(|id| id.iter::<Object<'_>>().map(|o| matches!(o, Object::String(_))).collect());
        Self {
            version,
            sound: found.as_ref().is_some_and(|t| t.sound),
            packed: packed || found.as_ref().is_some_and(|t| t.packed),
            locked: trailer.contains_key("Encrypt"),
            has_id: id.is_some_and(|id| id == [true, true]),
            info: trailer.get_ref("Info").map(Into::into),
        }
    }
}

impl File {
    /// The document's catalog.
    pub(super) fn catalog(&self) -> Dict<'_> {
        self.pdf.xref().get(self.pdf.xref().root_id()).unwrap_or_default()
    }

    /// The document's information dictionary; empty where there is none.
    pub(super) fn info(&self) -> Dict<'_> {
        let info = self.facts.info.and_then(|id| self.pdf.xref().get(id));
        info.unwrap_or_default()
    }
}

/// Whether a dictionary has a key that means something: null means nothing.
pub(super) fn has(dictionary: &Dict<'_>, key: &str) -> bool {
    dictionary.get::<Object<'_>>(key).is_some_and(|value| !matches!(value, Object::Null(_)))
}

/// A name as text.
pub(super) fn name(dictionary: &Dict<'_>, key: &str) -> Option<String> {
    dictionary.get::<hayro_syntax::object::Name<'_>>(key).map(|name| spelt(&name))
}

/// The bytes of a name as text, whatever they are.
pub(super) fn spelt(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

/// A text string (ISO 32000-1, 7.9.2.2) as text.
pub(super) fn string(dictionary: &Dict<'_>, key: &str) -> Option<String> {
    let text = dictionary.get::<hayro_syntax::object::String<'_>>(key)?;
    Some(match text.as_bytes() {
        [0xfe, 0xff, units @ ..] => {
            let units = units.chunks_exact(2).map(|u| u16::from_be_bytes([u[0], u[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
        },
    })
}

/// The newest trailer of a file, and what its table of objects is worth.
struct Trailer<'a> {
    dict: Dict<'a>,
    sound: bool,
    packed: bool,
}

fn trailer(bytes: &[u8]) -> Option<Trailer<'_>> {
    let at = last(bytes, b"startxref").and_then(|at| number(bytes, at + 9)).map(|(n, _)| n);
    if let Some(rest) = at.and_then(|at| bytes.get(at..)) {
        let start = rest.len() - rest.trim_ascii_start().len();
        if rest[start..].starts_with(b"xref") {
            let (sound, end) = table(bytes, bytes.len() - rest.len() + start + 4);
            let rest = bytes.get(end..).unwrap_or_default().trim_ascii_start();
            if let Some(dict) = rest.strip_prefix(b"trailer").and_then(dictionary) {
                return Some(Trailer { dict, sound, packed: false });
            }
        } else if object_at(bytes, bytes.len() - rest.len()).is_some()
            && let Some(dict) = dictionary(rest)
            && dict.contains_key("Root")
        {
            return Some(Trailer { dict, sound: true, packed: true });
        }
    }
    // The reader mends such files; what can be read of the trailer is read.
    let dict = last(bytes, b"trailer").and_then(|at| dictionary(&bytes[at + 7..]))?;
    Some(Trailer { dict, sound: false, packed: false })
}

/// The first dictionary of some bytes.
fn dictionary(bytes: &[u8]) -> Option<Dict<'_>> {
    let near = &bytes[..bytes.len().min(64)];
    let at = near.windows(2).position(|window| window == b"<<")?;
    Dict::from_bytes(&bytes[at..])
}

/// Reads a classic table from behind its `xref`: whether each entry in use leads to
/// an object, and where the table ends.
fn table(bytes: &[u8], mut at: usize) -> (bool, usize) {
    let mut sound = true;
    while let Some((first, next)) = number(bytes, at) {
        let Some((count, next)) = number(bytes, next) else { return (false, next) };
        at = next;
        for n in 0..count {
            let Some((offset, next)) = number(bytes, at) else { return (false, at) };
            let Some((_, next)) = number(bytes, next) else { return (false, at) };
            let rest = bytes.get(next..).unwrap_or_default();
            let kind = rest.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
            if rest.get(kind) == Some(&b'n') {
                sound &= object_at(bytes, offset) == first.checked_add(n);
            }
            at = next + kind + 1;
        }
    }
    (sound, at)
}

/// The number of the object that begins at an offset.
fn object_at(bytes: &[u8], at: usize) -> Option<usize> {
    let (object, next) = number(bytes, at)?;
    let (_, next) = number(bytes, next)?;
    let rest = bytes.get(next..)?.trim_ascii_start();
    rest.starts_with(b"obj").then_some(object)
}

/// The number that stands at an offset, after white space, and where it ends.
fn number(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = bytes.get(at..)?;
    let skip = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let digits = rest[skip..].iter().take(20).take_while(|b| b.is_ascii_digit()).count();
    let text = std::str::from_utf8(&rest[skip..skip + digits]).ok()?;
    Some((text.parse().ok()?, at + skip + digits))
}

fn last(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

/// How many bytes one stream may hold when it is unpacked: a page of text has some
/// thousands; more than this is a trap.
const LONGEST: u64 = 256 << 20;

/// What a stream holds, where that can be read and is not without end.
pub(crate) fn content(stream: &Stream<'_>) -> Option<Vec<u8>> {
    use hayro_syntax::Filter;
    use std::io::Read as _;

    if stream.filters().as_slice() == [Filter::FlateDecode] && !has(stream.dict(), "DecodeParms") {
        let raw = stream.raw_data();
        let mut out = Vec::with_capacity(raw.len().saturating_mul(4).min(1 << 20));
        let done = flate2::read::ZlibDecoder::new(&*raw).take(LONGEST + 1).read_to_end(&mut out);
        if out.len() as u64 > LONGEST {
            return None;
        }
        if done.is_ok() {
            return Some(out);
        }
    }
    stream.decoded().ok().map(std::borrow::Cow::into_owned)
}
