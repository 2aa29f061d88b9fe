//! A picture as a PDF image object (ISO 32000-1, 8.9.5), streamed from disk.

use std::io::{self, Write};

use lopdf::{Dictionary, dictionary};

use crate::media::{Encoding, Ready};

use super::counted::Counted;
use super::objects::find_in;

/// How many components a pixel has.
pub(super) fn components(picture: &Ready) -> u8 {
    let (Encoding::Jpeg { components } | Encoding::Png { components }) = picture.encoding;
    components
}

/// What a picture's dictionary says of its pixels, without their coding: for who
/// holds a file as objects and writes its pictures last.
pub(super) fn dictionary(picture: &Ready) -> Dictionary {
    let space = match components(picture) {
        1 => "DeviceGray",
        4 => "DeviceCMYK",
        _ => "DeviceRGB",
    };
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(picture.width),
        "Height" => i64::from(picture.height),
        "ColorSpace" => space,
        "BitsPerComponent" => 8,
    }
}

/// Writes dictionary and stream of a picture. `rgb` is the colour space that the
/// file has for RGB pictures already.
pub(super) fn write(picture: &Ready, rgb: &str, out: &mut impl Write) -> io::Result<()> {
    let components = components(picture);
    let space = match components {
        1 => "/DeviceGray",
        4 => "/DeviceCMYK",
        _ => rgb,
    };
    let Ready { width, height, .. } = *picture;
    write!(
        out,
        "<</Type/XObject/Subtype/Image/Width {width}/Height {height}\
         /ColorSpace {space}/BitsPerComponent 8"
    )?;
    match picture.encoding {
        Encoding::Jpeg { .. } => {
            // Adobe's CMYK JPEGs hold 255 for no ink, PDF expects 0.
            if components == 4 && has_adobe_segment(picture)? {
                write!(out, "/Decode[1 0 1 0 1 0 1 0]")?;
            }
            write!(out, "/Filter/DCTDecode/Length {}>>\nstream\n", picture.len())?;
            picture.copy_to(out)?;
        }
        Encoding::Png { .. } => {
            let mut data = Data::new(Counted::new(io::sink()));
            picture.copy_to(&mut data)?;
            write!(
                out,
                "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {components}\
                 /BitsPerComponent 8/Columns {width}>>/Length {}>>\nstream\n",
                data.inner.written()
            )?;
            picture.copy_to(&mut Data::new(&mut *out))?;
        }
    }
    out.write_all(b"\nendstream\n")
}

/// Whether a JPEG says in an APP14 segment that Adobe's conventions hold.
fn has_adobe_segment(picture: &Ready) -> io::Result<bool> {
    let mut head = Head(Vec::new());
    match picture.copy_to(&mut head) {
        Err(e) if e.kind() != io::ErrorKind::WriteZero => return Err(e),
        _ => {}
    }
    Ok(find_in(&head.0, b"\xFF\xEE\x00\x0EAdobe").is_some())
}

/// Takes the beginning of what is written to it, then refuses.
struct Head(Vec<u8>);

impl Write for Head {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(0x1_0000 - self.0.len());
        self.0.extend(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes a PNG file and passes on what its IDAT chunks hold (PNG, clause 5.3:
/// length, type, data, CRC; a signature of eight bytes before the first).
struct Data<W> {
    inner: W,
    head: Vec<u8>,
    signature: bool,
    wanted: bool,
    left: usize,
    check: usize,
}

impl<W: Write> Data<W> {
    fn new(inner: W) -> Self {
        let head = Vec::with_capacity(8);
        Self { inner, head, signature: true, wanted: false, left: 0, check: 0 }
    }
}

impl<W: Write> Write for Data<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while !rest.is_empty() {
            if self.left > 0 {
                let n = self.left.min(rest.len());
                if self.wanted {
                    self.inner.write_all(&rest[..n])?;
                }
                self.left -= n;
                rest = &rest[n..];
            } else if self.check > 0 {
                let n = self.check.min(rest.len());
                self.check -= n;
                rest = &rest[n..];
            } else {
                self.head.push(rest[0]);
                rest = &rest[1..];
                if self.head.len() == 8 {
                    if !self.signature {
                        let length = u32::from_be_bytes([0, 1, 2, 3].map(|i| self.head[i]));
                        self.left = length as usize;
                        self.check = 4;
                        self.wanted = &self.head[4..] == b"IDAT";
                    }
                    self.signature = false;
                    self.head.clear();
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
