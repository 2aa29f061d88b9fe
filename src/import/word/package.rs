//! The parts of a Word file: a zip archive whose names follow the Open Packaging
//! Conventions (ECMA-376 part 2), read with bounds on everything that unpacks.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use encoding_rs::{Encoding, GB18030, GBK};
use zip::ZipArchive;

/// The largest part that is read before anybody said how much, in bytes: what names the
/// main part is short.
const MAX_SHORT: u64 = 48 << 20;
/// The largest part of any other kind, in bytes.
const MAX_PICTURE: u64 = 100 << 20;
/// The most entries an archive may list.
const MAX_PARTS: usize = 20_000;

/// Why a part cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Wrong {
    /// The archive itself cannot be read, in the words of the unpacker.
    Archive(String),
    /// There is no such part.
    Missing(String),
    /// It unpacks to more than is read.
    TooLarge(String),
    /// It cannot be unpacked, or its characters make no sense.
    Broken(String),
}

/// An opened archive.
#[derive(Debug)]
pub(in crate::import) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: BTreeMap<String, usize>,
    /// The largest part of text that is read, in bytes.
    most_text: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    pub(in crate::import) fn open(bytes: &'a [u8]) -> Result<Self, Wrong> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Wrong::Archive(e.to_string()))?;
        if zip.len() > MAX_PARTS {
            return Err(Wrong::TooLarge(format!("{} parts", zip.len())));
        }
        let mut names = BTreeMap::new();
        for index in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(index) {
                names.entry(plain(&name)).or_insert(index);
            }
        }
        Ok(Self { zip, names, most_text: MAX_SHORT })
    }

    /// The same archive, of which no part of text is read that unpacks to more bytes.
    pub(super) fn with_most_text(self, most_text: u64) -> Self {
        Self { most_text, ..self }
    }

    /// Whether there is a part of that name.
    pub(super) fn has(&self, part: &str) -> bool {
        self.names.contains_key(&plain(part))
    }

    /// The bytes of a part that is not text.
    pub(in crate::import) fn bytes(&mut self, part: &str) -> Result<Vec<u8>, Wrong> {
        self.read(part, MAX_PICTURE)
    }

    /// The characters of a part, whatever encoding it says or shows that it is in.
    pub(super) fn text(&mut self, part: &str) -> Result<String, Wrong> {
        let bytes = self.read(part, self.most_text)?;
        decoded(bytes).ok_or_else(|| Wrong::Broken(part.to_owned()))
    }

    fn read(&mut self, part: &str, most: u64) -> Result<Vec<u8>, Wrong> {
        let index = self.names.get(&plain(part)).ok_or_else(|| Wrong::Missing(part.to_owned()))?;
        let broken = |_| Wrong::Broken(part.to_owned());
        let file = self.zip.by_index(*index).map_err(|_| Wrong::Broken(part.to_owned()))?;
        // What an entry declares may be a lie; only what comes out is counted.
        let likely = file.size().min(1 << 20);
        let mut out = Vec::with_capacity(usize::try_from(likely).unwrap_or_default());
        file.take(most + 1).read_to_end(&mut out).map_err(broken)?;
        if out.len() as u64 > most {
            return Err(Wrong::TooLarge(part.to_owned()));
        }
        Ok(out)
    }
}

/// A part's name in the one form names are compared in: they know no case, and
/// some programs write backslashes or a slash in front.
fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// Where a relationship's target lies, seen from the part that names it; nothing
/// where it climbs out of the package.
pub(super) fn resolve(from: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    let mut way: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => from.split('/').collect(),
    };
    way.pop();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                way.pop()?;
            }
            step => way.push(step),
        }
    }
    Some(way.join("/"))
}

/// The characters of an XML part (XML 1.0, appendix F): by its mark, its shape,
/// what it declares, else UTF-8.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .map(std::borrow::Cow::into_owned);
    }
    let wide = match bytes.get(..2) {
        Some([b'<', 0]) => Some(encoding_rs::UTF_16LE),
        Some([0, b'<']) => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    let declared = || {
        let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(&bytes)).into_owned();
        let value = head.split_once("encoding=")?.1;
        let quote = value.chars().next()?;
        let found = Encoding::for_label(value[1..].split(quote).next()?.as_bytes())?;
        // A part that declares UTF-16 and shows no sign of it is in UTF-8.
        let narrow = found != encoding_rs::UTF_16LE && found != encoding_rs::UTF_16BE;
        narrow.then_some(if found == GBK { GB18030 } else { found })
    };
    match wide.or_else(declared) {
        Some(encoding) if encoding != encoding_rs::UTF_8 => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes)
            .map(std::borrow::Cow::into_owned),
        _ => String::from_utf8(bytes).ok(),
    }
}
