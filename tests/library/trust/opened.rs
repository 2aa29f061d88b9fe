//! Finished files taken apart into all that they hold: the entries of e-books, the
//! unpacked streams of PDFs, and the pictures in both.

use std::io::{Cursor, Read as _};

/// A piece of a file, by where it lies.
pub struct Piece {
    pub place: String,
    pub bytes: Vec<u8>,
}

/// Every piece of a file, the file itself the first.
pub fn pieces(name: &str, bytes: &[u8]) -> Vec<Piece> {
    let mut all = vec![Piece { place: name.to_owned(), bytes: bytes.to_vec() }];
    if bytes.starts_with(b"PK") {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for n in 0..zip.len() {
            let mut entry = zip.by_index(n).unwrap();
            let place = format!("{name}:{}", entry.name().unwrap());
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            all.push(Piece { place, bytes });
        }
    }
    if bytes.starts_with(b"%PDF") {
        let file = lopdf::Document::load_mem(bytes).unwrap();
        for (id, object) in &file.objects {
            let place = format!("{name}: object {}", id.0);
            match object {
                lopdf::Object::Stream(stream) => {
                    let bytes = stream.decompressed_content().unwrap_or(stream.content.clone());
                    all.push(Piece { place, bytes });
                    let dictionary = format!("{:?}", stream.dict).into_bytes();
                    all.push(Piece { place: format!("{name}: {}", id.0), bytes: dictionary });
                }
                other => {
                    let mut written = Vec::new();
                    strings(other, &mut written);
                    all.push(Piece { place, bytes: written });
                }
            }
        }
    }
    all
}

/// The strings and names of an object, one after the other.
fn strings(object: &lopdf::Object, out: &mut Vec<u8>) {
    match object {
        lopdf::Object::String(bytes, _) | lopdf::Object::Name(bytes) => {
            out.extend(bytes);
            out.push(b'\n');
        }
        lopdf::Object::Array(items) => items.iter().for_each(|item| strings(item, out)),
        lopdf::Object::Dictionary(entries) => {
            entries.iter().for_each(|(_, value)| strings(value, out));
        }
        _ => {}
    }
}

/// What a picture carries besides itself; nothing of that may be in an edition. `None`
/// where the bytes are neither a JPEG nor a PNG.
pub fn baggage(bytes: &[u8]) -> Option<Vec<String>> {
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some(segments(bytes));
    }
    bytes.starts_with(b"\x89PNG\r\n\x1a\n").then(|| chunks(bytes))
}

/// The segments of a JPEG that are none of its picture (ITU-T T.81, annex B): besides
/// JFIF's, colour profiles and Adobe's mark of colours.
fn segments(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 2;
    while at + 4 <= bytes.len() && bytes[at] == 0xff {
        let (marker, length) = (bytes[at + 1], usize::from(bytes[at + 2]) << 8);
        let length = length + usize::from(bytes[at + 3]);
        let data = &bytes[at + 4..(at + 2 + length).min(bytes.len())];
        let known = match marker {
            0xe0 => data.starts_with(b"JFIF\0"),
            0xe2 => data.starts_with(b"ICC_PROFILE\0"),
            0xee => data.starts_with(b"Adobe"),
            // A stand-in's id is a comment of ours, and never stays in a finished file.
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if !known {
            found.push(format!("segment {marker:02x}"));
        }
        if marker == 0xda {
            break;
        }
        at += 2 + length;
    }
    if !bytes.ends_with(&[0xff, 0xd9]) {
        found.push("bytes after its end".to_owned());
    }
    found
}

/// The chunks of a PNG (ISO/IEC 15948) that say more than how it looks.
fn chunks(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 8;
    let mut last = String::new();
    while at + 8 <= bytes.len() {
        let length = u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        last = String::from_utf8_lossy(&bytes[at + 4..at + 8]).into_owned();
        let looks =
            ["IHDR", "PLTE", "tRNS", "iCCP", "sRGB", "gAMA", "cHRM", "pHYs", "IDAT", "IEND"];
        if !looks.contains(&last.as_str()) {
            found.push(format!("chunk {last}"));
        }
        at += 12 + length;
        if last == "IEND" {
            break;
        }
    }
    if at != bytes.len() || last != "IEND" {
        found.push("bytes after its end".to_owned());
    }
    found
}

#[test]
fn a_picture_with_baggage_is_seen_to_have_it() {
    let jpeg = b"\xff\xd8\xff\xe1\0\x08Exif\0\0\xff\xda\0\x02\0\xff\xd9";
    assert_eq!(baggage(jpeg).unwrap(), ["segment e1"]);
    let jpeg = b"\xff\xd8\xff\xe0\0\x07JFIF\0\xff\xda\0\x02\0\xff\xd9...";
    assert_eq!(baggage(jpeg).unwrap(), ["bytes after its end"]);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\0tEXt....\0\0\0\0IEND....";
    assert_eq!(baggage(png).unwrap(), ["chunk tEXt"]);
    assert_eq!(baggage(b"%PDF"), None);
}
