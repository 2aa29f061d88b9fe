//! A PDF with the real pictures: Typst's file copied object by object, its
//! stand-ins replaced by the pictures they stand for. Objects are copied as they
//! are; no photograph is ever held in memory.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use crate::media::Ready;

use super::counted::Counted;
use super::objects::{self, Objects};
use super::{picture, stand_in, table};

/// A PDF about to be written.
pub struct Swap {
    pdf: Vec<u8>,
    found: Objects,
    pictures: BTreeMap<String, Ready>,
}

impl Swap {
    /// Takes a PDF with stand-ins, and the pictures by the ids that they carry.
    ///
    /// # Errors
    /// What about the file is not as Typst writes it.
    pub fn new(
        pdf: Vec<u8>,
        pictures: impl IntoIterator<Item = (String, Ready)>,
    ) -> Result<Self, &'static str> {
        let found = objects::find(&pdf)?;
        Ok(Self { pdf, found, pictures: pictures.into_iter().collect() })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Where `out` fails, or a picture cannot be read any more; before anything is
    /// written, where the file would be larger than a PDF with such a table can be.
    pub fn write(self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        table::has_room(self.pictures.values().map(Ready::len).sum())?;
        let mut out = Counted::new(BufWriter::with_capacity(1 << 16, out));
        let first = self.found.objects.first().map_or(0, |(_, range)| range.start);
        out.write_all(&self.pdf[..first])?;
        let mut offsets: BTreeMap<u32, u64> = BTreeMap::new();
        for (number, range) in &self.found.objects {
            offsets.insert(*number, out.written());
            self.object(*number, &self.pdf[range.clone()], &mut out)?;
        }
        let begins = out.written();
        table::write(&mut out, self.found.size, &offsets)?;
        out.write_all(b"trailer\n")?;
        out.write_all(&self.pdf[self.found.trailer.clone()])?;
        write!(out, "\nstartxref\n{begins}\n%%EOF\n")?;
        out.flush()
    }

    fn object(&self, number: u32, object: &[u8], out: &mut impl Write) -> io::Result<()> {
        let (dictionary, stream) = objects::split(object);
        let standing_in = stream.and_then(stand_in::id_of).and_then(|id| self.pictures.get(id));
        if let Some(ready) = standing_in {
            let rgb = objects::value(dictionary, b"/ColorSpace");
            let rgb = rgb.and_then(|v| std::str::from_utf8(v).ok()).unwrap_or("/DeviceRGB");
            writeln!(out, "{number} 0 obj")?;
            picture::write(ready, rgb.trim(), out)?;
            return out.write_all(b"endobj\n\n");
        }
        out.write_all(object)
    }
}
