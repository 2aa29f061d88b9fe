//! A picture that an edition may take as it is.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Take, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// How a ready picture is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// JPEG with 1 (grey), 3 (RGB) or 4 (CMYK) components. One of 4 components
    /// carries Adobe's marker, so that 255 stands for no ink.
    Jpeg {
        /// Components a pixel.
        components: u8,
    },
    /// PNG: grey or RGB, 8 bits a component, not interlaced, no palette, no
    /// transparency, so that its data may stand in a PDF unchanged. One of 4
    /// components holds inks, 255 for full ink, and is no picture to a viewer: PDF
    /// alone takes its data.
    Png {
        /// Components a pixel: 1, 3 or 4.
        components: u8,
    },
}

impl Encoding {
    /// The usual file name ending, without a dot: `jpg` or `png`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg { .. } => "jpg",
            Self::Png { .. } => "png",
        }
    }
}

/// A picture on disk that may be copied into an edition: upright, small enough,
/// without metadata.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// How it is encoded.
    pub encoding: Encoding,
    /// The most ink that any pixel carries, in per cent over all inks, where that is
    /// known.
    pub ink: Option<u16>,
    pub(super) path: PathBuf,
    pub(super) ranges: Vec<Range<u64>>,
}

impl Ready {
    /// The size of the copied picture in bytes.
    pub fn len(&self) -> u64 {
        self.ranges.iter().map(|r| r.end - r.start).sum()
    }

    /// Whether there are no bytes at all; never so for a picture of the store.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The usual file name ending, without a dot: `jpg` or `png`.
    pub fn extension(&self) -> &'static str {
        self.encoding.extension()
    }

    /// The media type: `image/jpeg` or `image/png`.
    pub fn media_type(&self) -> &'static str {
        match self.encoding {
            Encoding::Jpeg { .. } => "image/jpeg",
            Encoding::Png { .. } => "image/png",
        }
    }

    /// The file that the picture is copied from.
    pub fn file(&self) -> &Path {
        &self.path
    }

    /// The parts of that file that make up the picture, in their order.
    pub fn ranges(&self) -> &[Range<u64>] {
        &self.ranges
    }

    /// Copies the picture, a buffer at a time.
    ///
    /// # Errors
    /// Where the file cannot be read any more, has become shorter, or `out` fails.
    pub fn copy_to(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        self.pass(&mut |part| io::copy(part, out))
    }

    /// Hands on the parts of the file that make up the picture, in their order.
    /// `take_in` reads one to its end and says how many bytes that were.
    ///
    /// # Errors
    /// Where the file cannot be read any more, has become shorter, or `take_in` fails.
    pub fn pass(
        &self,
        take_in: &mut dyn FnMut(&mut Take<File>) -> io::Result<u64>,
    ) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        for range in &self.ranges {
            file.seek(SeekFrom::Start(range.start))?;
            let length = range.end - range.start;
            let mut part = file.take(length);
            if take_in(&mut part)? < length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            file = part.into_inner();
        }
        Ok(())
    }
}
