//! The container (OCF 3.3): a ZIP file whose bytes depend on its content alone.
//! Time and mode are fixed, entries stand in alphabetical order behind `mimetype`.

use std::io::{self, Seek, SeekFrom, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::export::WriteSeek;
use crate::media::Ready;

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
}

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

/// Writes the container. `mimetype` comes first, stored and without an extra
/// field, so that the file's kind can be told from its first bytes. Containers of more
/// than 4 GiB or 65,535 files are written as ZIP64 (APPNOTE 4.3.14 and 4.5.3), which
/// OCF allows.
///
/// # Errors
/// Where `out` fails, or a picture cannot be read any more.
pub fn write(entries: &[Entry], out: &mut dyn WriteSeek) -> io::Result<()> {
    let own = [
        Entry::bytes("META-INF/container.xml", CONTAINER),
        Entry::bytes("META-INF/com.apple.ibooks.display-options.xml", DISPLAY_OPTIONS),
    ];
    let mut all: Vec<&Entry> = entries.iter().chain(&own).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    let mut zip = ZipWriter::new(out);
    zip.start_file("mimetype", options(CompressionMethod::Stored))?;
    zip.write_all(b"application/epub+zip")?;
    for entry in all {
        zip.start_file(&entry.path, options(method(&entry.path)))?;
        match &entry.content {
            Content::Bytes(bytes) => zip.write_all(bytes)?,
            Content::Picture(picture) => picture.copy_to(&mut zip)?,
        }
    }
    zip.finish()?;
    Ok(())
}

/// What a container of these files weighs, in bytes.
pub(super) fn weight(entries: &[Entry]) -> io::Result<u64> {
    let mut scale = Scale::default();
    write(entries, &mut scale)?;
    Ok(scale.length)
}

/// What a picture of this path adds to a container: it is stored as it is, with a head
/// before it and a line in the list of contents (APPNOTE 4.3.7 and 4.3.12).
pub(super) fn weight_of_picture(path: &str, picture: &Ready) -> u64 {
    picture.len() + 30 + 46 + 2 * path.len() as u64
}

/// Takes in everything and keeps nothing but its length.
#[derive(Default)]
struct Scale {
    at: u64,
    length: u64,
}

impl Write for Scale {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.at += bytes.len() as u64;
        self.length = self.length.max(self.at);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Scale {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
}

/// Pictures are compressed already; squeezing them again costs time and gains
/// nothing.
fn method(path: &str) -> CompressionMethod {
    if path.ends_with(".jpg") || path.ends_with(".png") {
        CompressionMethod::Stored
    } else {
        CompressionMethod::Deflated
    }
}
