//! Writing a press file: objects as they are held, pictures from disk, offsets of
//! any size (ISO 32000-1, 7.5.4 gives them ten digits).

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use lopdf::{Document, Object, ObjectId, Writer};

use crate::media::Ready;
use crate::print::counted::Counted;
use crate::print::{picture, table};

/// Writes the document with one classic cross-reference table.
pub(super) fn write(
    document: &Document,
    pictures: &BTreeMap<ObjectId, Ready>,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    table::has_room(pictures.values().map(Ready::len).sum())?;
    let mut out = Counted::new(BufWriter::with_capacity(1 << 16, out));
    // Four bytes above 127 tell every program on the way that this is no text.
    write!(out, "%PDF-{}\n%", document.version)?;
    out.write_all(b"\xE2\xE3\xCF\xD3\n")?;
    let mut offsets: BTreeMap<u32, u64> = BTreeMap::new();
    for (id, object) in &document.objects {
        offsets.insert(id.0, out.written());
        writeln!(out, "{} 0 obj", id.0)?;
        match pictures.get(id) {
            Some(ready) => picture::write(ready, "/DeviceRGB", &mut out)?,
            None => {
                Writer::write_object(&mut out, object)?;
                out.write_all(b"\n")?;
            }
        }
        out.write_all(b"endobj\n")?;
    }
    let size = offsets.last_key_value().map_or(1, |(number, _)| number + 1);
    let begins = out.written();
    table::write(&mut out, size, &offsets)?;
    let mut trailer = document.trailer.clone();
    for key in [&b"Prev"[..], b"XRefStm", b"Type", b"W", b"Index", b"Filter", b"Length"] {
        trailer.remove(key);
    }
    trailer.set("Size", i64::from(size));
    out.write_all(b"trailer\n")?;
    Writer::write_object(&mut out, &Object::Dictionary(trailer))?;
    write!(out, "\nstartxref\n{begins}\n%%EOF\n")?;
    out.flush()
}
