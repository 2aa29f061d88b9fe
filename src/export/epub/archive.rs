//! The container (OCF 3.3): a ZIP file whose bytes depend on its content alone.
//! `mimetype` comes first, then the pictures, then all the rest, each in alphabetical
//! order: what weighs most and changes least lies in front, where a later build finds it
//! at the same place.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use rayon::prelude::*;

use crate::export::WriteSeek;
use crate::media::Ready;

use super::again::{Before, EarlierBooks, MadeBook, Nothing, Stamp};
use super::container::{Method, Packed, contents};
use super::sink::Sink;

/// A file of the container.
pub struct Entry {
    /// Its path within the container.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file of the container holds.
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A picture, copied when the container is written.
    Picture(Ready),
}

impl Entry {
    /// A file of bytes.
    pub fn bytes(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: Content::Bytes(bytes.into()) }
    }

    /// How many bytes it holds before it is packed.
    pub(super) fn len(&self) -> u64 {
        match &self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Picture(picture) => picture.len(),
        }
    }

    /// What it counts by: two entries of the same stamp are the same. A picture counts
    /// by its file and the parts of it that travel, and by its stamp, where it has one.
    fn stamp(&self, earlier: &dyn EarlierBooks) -> Option<Stamp> {
        let mut sum = blake3::Hasher::new();
        sum.update(self.path.as_bytes()).update(&[0]);
        match &self.content {
            Content::Bytes(bytes) => sum.update(b"bytes").update(bytes),
            Content::Picture(picture) => {
                sum.update(b"file").update(&earlier.stamp(picture.file())?);
                for part in picture.ranges() {
                    sum.update(&part.start.to_le_bytes()).update(&part.end.to_le_bytes());
                }
                &mut sum
            }
        };
        Some(*sum.finalize().as_bytes())
    }

    /// Pictures before all that is not, and then by name.
    fn place(&self) -> (bool, &str) {
        (matches!(self.content, Content::Bytes(_)), &self.path)
    }
}

const MEDIA_TYPE: &[u8] = b"application/epub+zip";

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"#;

/// Apple Books shows embedded fonts only where this file says so.
const DISPLAY_OPTIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<display_options>
  <platform name="*">
    <option name="specified-fonts">true</option>
  </platform>
</display_options>
"#;

/// Writes the container of these files. Containers of more than 4 GiB or 65,535 files
/// are written as ZIP64 (APPNOTE 4.3.14 and 4.5.3), which OCF allows.
///
/// # Errors
/// Where `out` fails, or a picture cannot be read any more.
pub fn pack(entries: Vec<Entry>, out: &mut dyn WriteSeek) -> io::Result<()> {
    write(entries, &Nothing, None, out).map(|_| ())
}

/// So many entries are packed at once, so that not all of a book is held packed.
const AT_ONCE: usize = 64;

/// Writes the container. `mimetype` comes first, stored and without an extra field, so
/// that the file's kind can be told from its first bytes. What the book of an earlier
/// build holds already is copied out of it.
pub(super) fn write(
    entries: Vec<Entry>,
    earlier: &dyn EarlierBooks,
    mut before: Option<Before>,
    out: &mut dyn WriteSeek,
) -> io::Result<MadeBook> {
    let mut all = entries;
    all.push(Entry::bytes("META-INF/container.xml", CONTAINER));
    all.push(Entry::bytes("META-INF/com.apple.ibooks.display-options.xml", DISPLAY_OPTIONS));
    all.sort_by(|a, b| a.place().cmp(&b.place()));
    all.insert(0, Entry::bytes("mimetype", MEDIA_TYPE));
    let stamps: Vec<Option<Stamp>> = all.par_iter().map(|entry| entry.stamp(earlier)).collect();
    let mut made = MadeBook::default();
    let mut sink = Sink::new(out);
    if let Some(before) = &mut before {
        made = before.beginning(&stamps);
        if let (Some(mark), Some((_, last))) = (made.marks.last(), made.entries.last()) {
            sink.resume(&mut before.file, last.end(), mark)?;
        }
    }
    let first = made.entries.len();
    let is_picture = |entry: &&Entry| matches!(entry.content, Content::Picture(_));
    let pictures = 1 + all.iter().filter(is_picture).count();
    let mut rest = all[first..].iter().zip(&stamps[first..]).peekable();
    let mut scratch = Vec::new();
    while rest.peek().is_some() {
        let group: Vec<_> = rest.by_ref().take(AT_ONCE).collect();
        let texts = group.par_iter().map(|(entry, stamp)| match &entry.content {
            Content::Bytes(bytes) if !is_known(before.as_ref(), **stamp) => {
                packed(&entry.path, bytes).map(Some)
            }
            _ => Ok(None),
        });
        let texts: Vec<Option<(Packed, Vec<u8>)>> = texts.collect::<io::Result<_>>()?;
        for ((entry, stamp), text) in group.into_iter().zip(texts) {
            let known = before.as_ref().and_then(|before| before.entry(stamp.as_ref()?));
            let (mut packed, bytes) = match (known, text, &entry.content) {
                (Some(known), _, _) => {
                    let known = known.clone();
                    copied(before.as_mut(), &known, &mut scratch)?;
                    (known, &scratch)
                }
                (None, Some((packed, bytes)), _) => {
                    scratch = bytes;
                    (packed, &scratch)
                }
                (None, None, Content::Picture(picture)) => {
                    scratch.clear();
                    scratch.reserve(usize::try_from(picture.len()).unwrap_or_default());
                    picture.copy_to(&mut scratch)?;
                    (stored(&entry.path, &scratch), &scratch)
                }
                (None, None, Content::Bytes(bytes)) => (stored(&entry.path, bytes), bytes),
            };
            packed.at = sink.at();
            sink.put(&packed.head()?)?;
            sink.put(bytes)?;
            made.entries.push((*stamp, packed));
            let count = made.entries.len();
            made.marks.extend(sink.mark(count, count == pictures));
        }
    }
    let packed: Vec<Packed> = made.entries.iter().map(|(_, packed)| packed.clone()).collect();
    sink.put(&contents(&packed)?)?;
    made.sha256 = sink.finish();
    Ok(made)
}

fn is_known(before: Option<&Before>, stamp: Option<Stamp>) -> bool {
    before.zip(stamp).is_some_and(|(before, stamp)| before.entry(&stamp).is_some())
}

/// The bytes of an entry as they lie in the earlier container.
fn copied(before: Option<&mut Before>, known: &Packed, into: &mut Vec<u8>) -> io::Result<()> {
    into.clear();
    let Some(before) = before else { return Ok(()) };
    before.file.seek(SeekFrom::Start(known.end() - known.packed))?;
    let read = (&mut before.file as &mut File).take(known.packed).read_to_end(into)?;
    if read as u64 == known.packed { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// An entry whose bytes are stored.
fn stored(path: &str, bytes: &[u8]) -> Packed {
    let length = bytes.len() as u64;
    entry(path, Method::Stored, bytes, length)
}

fn entry(path: &str, method: Method, bytes: &[u8], packed: u64) -> Packed {
    let mut crc = Crc::new();
    crc.update(bytes);
    let (path, crc, length) = (path.to_owned(), crc.sum(), bytes.len() as u64);
    Packed { path, method, crc, packed, length, at: 0 }
}

/// An entry of these bytes, packed as its name asks.
fn packed(path: &str, bytes: &[u8]) -> io::Result<(Packed, Vec<u8>)> {
    if method(path) == Method::Stored {
        return Ok((stored(path, bytes), bytes.to_vec()));
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    io::Write::write_all(&mut encoder, bytes)?;
    let deflated = encoder.finish()?;
    Ok((entry(path, Method::Deflated, bytes, deflated.len() as u64), deflated))
}

/// What a container of these files weighs, in bytes, but for the pictures among them.
pub(super) fn weight(entries: &[Entry]) -> io::Result<u64> {
    let mut all = Vec::new();
    let own = [
        Entry::bytes("mimetype", MEDIA_TYPE),
        Entry::bytes("META-INF/container.xml", CONTAINER),
        Entry::bytes("META-INF/com.apple.ibooks.display-options.xml", DISPLAY_OPTIONS),
    ];
    let mut at = 0;
    for entry in entries.iter().chain(&own) {
        let packed = match &entry.content {
            Content::Bytes(bytes) => packed(&entry.path, bytes)?.0,
            Content::Picture(picture) => {
                let (length, path) = (picture.len(), entry.path.clone());
                Packed { path, method: Method::Stored, crc: 0, packed: length, length, at: 0 }
            }
        };
        let packed = Packed { at, ..packed };
        at = packed.end();
        all.push(packed);
    }
    Ok(at + contents(&all)?.len() as u64)
}

/// What a picture of this path adds to a container: it is stored as it is, with a head
/// before it and a line in the list of contents.
pub(super) fn weight_of_picture(path: &str, picture: &Ready) -> u64 {
    Packed::weight(path, picture.len())
}

/// Pictures are compressed already; squeezing them again costs time and gains nothing.
fn method(path: &str) -> Method {
    if path.ends_with(".jpg") || path.ends_with(".png") || path == "mimetype" {
        Method::Stored
    } else {
        Method::Deflated
    }
}
