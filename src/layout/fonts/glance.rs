//! A glance at a font file: which characters it has, read from two of its tables. The
//! outlines, tens of megabytes of a Chinese face, stay on the disk until they are needed.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use ttf_parser::cmap;

/// What a glance at a font file tells (OpenType 1.9).
#[derive(Debug)]
pub struct Glance {
    cff: bool,
    /// The table of its characters.
    characters: Vec<u8>,
    /// The table that holds the checksum of the whole file.
    head: Vec<u8>,
}

/// More tables, or more bytes of one of these two, no font has.
const MOST_TABLES: usize = 512;
const MOST_BYTES: u32 = 8 << 20;

impl Glance {
    /// Glances at a file. A table that is not there, or wrong, is empty.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut start = [0; 12];
        file.read_exact(&mut start)?;
        let count = usize::from(u16::from_be_bytes([start[4], start[5]])).min(MOST_TABLES);
        let mut lines = vec![0; count * 16];
        file.read_exact(&mut lines)?;
        let mut table = |tag: &[u8]| -> io::Result<Vec<u8>> {
            let Some(line) = lines.chunks_exact(16).find(|line| line.starts_with(tag)) else {
                return Ok(Vec::new());
            };
            let number = |at: usize| line[at..at + 4].try_into().map_or(0, u32::from_be_bytes);
            let (at, length) = (number(8), number(12).min(MOST_BYTES));
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(at.into()))?;
            (&mut file as &mut File).take(length.into()).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let (characters, head) = (table(b"cmap")?, table(b"head")?);
        Ok(Self { cff: start.starts_with(b"OTTO"), characters, head })
    }

    /// Whether its outlines are of the compact kind (CFF).
    pub fn is_cff(&self) -> bool {
        self.cff
    }

    /// A function that tells whether it has a glyph for a character.
    pub fn covers(&self) -> impl Fn(char) -> bool {
        let tables = cmap::Table::parse(&self.characters).into_iter();
        let tables: Vec<cmap::Subtable<'_>> =
            tables.flat_map(|table| table.subtables).filter(cmap::Subtable::is_unicode).collect();
        move |c| {
            let mut glyphs = tables.iter().filter_map(|table| table.glyph_index(u32::from(c)));
            glyphs.next().is_some_and(|glyph| glyph.0 != 0)
        }
    }

    /// What tells the file apart from others of its name: the tables that were read, the
    /// checksum of the whole file among them.
    pub fn marks(&self) -> [&[u8]; 2] {
        [&self.characters, &self.head]
    }
}
