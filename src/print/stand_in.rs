//! Stand-ins: tiny JPEGs that carry a picture's id in a comment segment. Typst
//! copies JPEGs untouched, so the id is found again in the finished PDF.

use std::sync::OnceLock;

use jpeg_encoder::{ColorType, Encoder};

const SOI: [u8; 2] = [0xFF, 0xD8];
const COM: [u8; 2] = [0xFF, 0xFE];
const MARK: &[u8] = b"kanyin:";

/// The stand-in for the picture of that id. Its own shape says nothing: a look
/// places it with explicit width and height, and stretched. The id may have up to
/// 65,000 bytes.
pub fn stand_in(id: &str) -> Vec<u8> {
    let jpeg = plain();
    let length = u16::try_from(2 + MARK.len() + id.len()).unwrap_or(u16::MAX);
    let mut out = Vec::with_capacity(jpeg.len() + id.len() + 16);
    out.extend(SOI);
    out.extend(COM);
    out.extend(length.to_be_bytes());
    out.extend(MARK);
    out.extend(id.bytes());
    out.extend(&jpeg[SOI.len()..]);
    out
}

/// The id in the first segment of a JPEG, where it is a stand-in.
pub fn id_of(jpeg: &[u8]) -> Option<&str> {
    let segment = jpeg.strip_prefix(&SOI)?.strip_prefix(&COM)?;
    let (length, rest) = segment.split_first_chunk()?;
    let text = rest.get(..usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)?;
    std::str::from_utf8(text.strip_prefix(MARK)?).ok()
}

/// One white pixel. RGB, because that is the one colour space in which Typst
/// passes every JPEG through unchanged.
fn plain() -> &'static [u8] {
    static PIXEL: OnceLock<Vec<u8>> = OnceLock::new();
    PIXEL.get_or_init(|| {
        let mut jpeg = Vec::new();
        let done = Encoder::new(&mut jpeg, 50).encode(&[255; 3], 1, 1, ColorType::Rgb);
        assert!(done.is_ok(), "one white pixel is a picture");
        jpeg
    })
}
