//! The container (OCF 3.3): a ZIP file whose bytes depend on its content alone.
//! Time and mode are fixed, entries stand in alphabetical order behind `mimetype`.

use std::io::{self, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::export::WriteSeek;
use crate::media::Ready;

/// A file of the container.
pub(super) struct Entry {
    /// Its path within the container.
    pub(super) path: String,
    /// What it holds.
    pub(super) content: Content,
}

/// What a file of the container holds.
pub(super) enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A picture, copied when the container is written.
    Picture(Ready),
}

impl Entry {
    /// A file of bytes.
    pub(super) fn bytes(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: Content::Bytes(bytes.into()) }
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
/// field, so that the file's kind can be told from its first bytes.
pub(super) fn write(mut entries: Vec<Entry>, out: &mut dyn WriteSeek) -> io::Result<()> {
    entries.push(Entry::bytes("META-INF/container.xml", CONTAINER));
    entries.push(Entry::bytes("META-INF/com.apple.ibooks.display-options.xml", DISPLAY_OPTIONS));
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let mut zip = ZipWriter::new(out);
    zip.start_file("mimetype", options(CompressionMethod::Stored))?;
    zip.write_all(b"application/epub+zip")?;
    for entry in entries {
        zip.start_file(&entry.path, options(method(&entry.path)))?;
        match entry.content {
            Content::Bytes(bytes) => zip.write_all(&bytes)?,
            Content::Picture(picture) => picture.copy_to(&mut zip)?,
        }
    }
    zip.finish()?;
    Ok(())
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
