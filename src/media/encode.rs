//! Pixels in memory, and writing them as JPEG or PNG within a number of bytes.

use image::ImageEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::derive::{Failed, scale};
use super::ready::Encoding;
use super::store::Target;

/// What the channels of a pixel mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Grey,
    Rgb,
    /// Inks, 255 for full ink.
    Cmyk,
}

impl Kind {
    fn channels(self) -> u8 {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }

    /// Whether a colour profile speaks of such pixels (ICC.1, 7.2.6).
    pub(super) fn fits(self, profile: &[u8]) -> bool {
        let space: &[u8] = match self {
            Self::Grey => b"GRAY",
            Self::Rgb => b"RGB ",
            Self::Cmyk => b"CMYK",
        };
        profile.get(16..20) == Some(space)
    }
}

/// Pixels, row by row from the top, without padding.
#[derive(Clone)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) kind: Kind,
    pub(super) data: Vec<u8>,
    pub(super) profile: Option<Vec<u8>>,
    /// Whether it is a drawing or a screenshot, whose edges JPEG would smear.
    pub(super) drawn: bool,
}

/// A picture with more colours than this is taken for a photograph.
const DRAWING_COLOURS: usize = 4096;

impl Raster {
    pub(super) fn new(width: u32, height: u32, kind: Kind, data: Vec<u8>) -> Self {
        Self { width, height, kind, data, profile: None, drawn: false }
    }

    /// Whether it has few enough colours to be a drawing.
    pub(super) fn few_colours(&self) -> bool {
        if self.kind != Kind::Rgb {
            return self.kind == Kind::Grey && self.few_greys();
        }
        let mut seen = vec![false; 1 << 24];
        let mut count = 0;
        for pixel in self.data.chunks_exact(3) {
            let colour =
                usize::from(pixel[0]) << 16 | usize::from(pixel[1]) << 8 | usize::from(pixel[2]);
            count += usize::from(!std::mem::replace(&mut seen[colour], true));
            if count > DRAWING_COLOURS {
                return false;
            }
        }
        true
    }

    /// A grey photograph uses all greys; a drawing, a few and mostly the ends.
    fn few_greys(&self) -> bool {
        let ends = self.data.iter().filter(|v| !(16..240).contains(*v)).count();
        ends * 10 >= self.data.len() * 9
    }

    /// One channel instead of three where all three are always the same, so that
    /// a grey picture stays off the colour plates.
    pub(super) fn grey_if_it_is(mut self) -> Self {
        let grey = |p: &[u8]| p[0] == p[1] && p[1] == p[2];
        if self.kind == Kind::Rgb && self.data.chunks_exact(3).all(grey) {
            self.data = self.data.iter().step_by(3).copied().collect();
            self.kind = Kind::Grey;
            self.profile = None;
        }
        self
    }

    fn png(&self) -> Result<Option<Vec<u8>>, Failed> {
        let colour = match self.kind {
            Kind::Grey => image::ExtendedColorType::L8,
            Kind::Rgb => image::ExtendedColorType::Rgb8,
            Kind::Cmyk => return Ok(None),
        };
        let mut out = Vec::new();
        let mut encoder =
            PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive);
        if let Some(profile) = &self.profile {
            encoder.set_icc_profile(profile.clone())?;
        }
        encoder.write_image(&self.data, self.width, self.height, colour)?;
        Ok(Some(out))
    }

    fn jpeg(&self, quality: u8) -> Result<Vec<u8>, Failed> {
        let colour = match self.kind {
            Kind::Grey => ColorType::Luma,
            Kind::Rgb => ColorType::Rgb,
            Kind::Cmyk => ColorType::Cmyk,
        };
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, quality);
        if self.kind != Kind::Cmyk {
            encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
        }
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile)?;
        }
        let (width, height) = (u16::try_from(self.width)?, u16::try_from(self.height)?);
        encoder.encode(&self.data, width, height, colour)?;
        Ok(out)
    }
}

/// JPEG qualities, the first that fits is taken.
const QUALITIES: [u8; 4] = [88, 80, 72, 64];
/// A picture is not made smaller than this many pixels a side to save bytes.
const MIN_SIDE: u32 = 64;

/// The picture as a file, and how it is encoded; `None` where it cannot be made
/// small enough. Where `max_bytes` is too few, quality gives way, then size,
/// unless the size is wanted exactly.
pub(super) fn encode(
    mut raster: Raster,
    target: &Target,
) -> Result<Option<(Vec<u8>, Encoding)>, Failed> {
    let fits = |bytes: &Vec<u8>| target.max_bytes.is_none_or(|most| bytes.len() as u64 <= most);
    if raster.drawn
        && let Some(bytes) = raster.png()?.filter(fits)
    {
        return Ok(Some((bytes, Encoding::Png { components: raster.kind.channels() })));
    }
    loop {
        let encoding = Encoding::Jpeg { components: raster.kind.channels() };
        for quality in QUALITIES {
            let bytes = raster.jpeg(quality)?;
            if fits(&bytes) {
                return Ok(Some((bytes, encoding)));
            }
        }
        let (width, height) = (raster.width * 4 / 5, raster.height * 4 / 5);
        if target.exact || width.max(height) < MIN_SIDE || width.min(height) == 0 {
            return Ok(None);
        }
        raster = scale(&raster, &Target { width, height, ..target.clone() })?;
    }
}
