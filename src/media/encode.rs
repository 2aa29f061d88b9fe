//! Writing pixels as JPEG or PNG within a number of bytes.

use image::ImageEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::codec;
use super::derive::scale;
use super::raster::{Failed, Kind, Raster};
use super::ready::Encoding;
use super::target::Target;

/// A picture in memory that can be written as a JPEG and made smaller.
pub(super) trait Encodable: Sized {
    /// Width and height in pixels.
    fn size(&self) -> (u32, u32);
    /// Components a pixel.
    fn channels(&self) -> u8;
    /// The file at a quality of 100.
    fn jpeg(&self, quality: u8) -> Result<Vec<u8>, Failed>;
    /// The same at the target's size.
    fn scaled(&self, target: &Target) -> Result<Self, Failed>;
}

impl Raster {
    fn png(&self) -> Result<Vec<u8>, Failed> {
        let colour = match self.kind {
            Kind::Grey => image::ExtendedColorType::L8,
            Kind::Rgb => image::ExtendedColorType::Rgb8,
            // Four channels to PNG, four inks to PDF.
            Kind::Cmyk => image::ExtendedColorType::Rgba8,
        };
        let mut out = Vec::new();
        let mut encoder =
            PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive);
        if let Some(profile) = &self.profile {
            encoder.set_icc_profile(profile.clone())?;
        }
        encoder.write_image(&self.data, self.width, self.height, colour)?;
        Ok(out)
    }
}

impl Encodable for Raster {
    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn channels(&self) -> u8 {
        self.kind.channels()
    }

    fn scaled(&self, target: &Target) -> Result<Self, Failed> {
        scale(self, target)
    }

    fn jpeg(&self, quality: u8) -> Result<Vec<u8>, Failed> {
        let colour = match self.kind {
            Kind::Grey => ColorType::Luma,
            Kind::Rgb => ColorType::Rgb,
            Kind::Cmyk => {
                let (width, height) = (self.width as usize, self.height as usize);
                return codec::inks::planes(&self.data, width, height).jpeg(quality);
            }
        };
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, quality);
        encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
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
/// A drawing of so many times the weight of a JPEG becomes one where quality is to
/// give way.
const HEAVIER: usize = 2;
/// A picture is not made smaller than this many pixels a side to save bytes.
const MIN_SIDE: u32 = 64;

/// The picture as a file, and how it is encoded; `None` where it cannot be made
/// small enough.
pub(super) fn encode(
    raster: Raster,
    target: &Target,
) -> Result<Option<(Vec<u8>, Encoding)>, Failed> {
    let fits = |bytes: &Vec<u8>| target.takes(bytes.len() as u64);
    let best = target.quality.unwrap_or(QUALITIES[0]);
    if raster.drawn
        && let Some(bytes) = Some(raster.png()?).filter(fits)
        && (target.quality.is_none() || bytes.len() <= HEAVIER * raster.jpeg(best)?.len())
    {
        return Ok(Some((bytes, Encoding::Png { components: raster.kind.channels() })));
    }
    encode_jpeg(raster, target)
}

/// The picture as a JPEG; `None` where it cannot be made small enough. Where
/// `max_bytes` is too few, quality gives way, then size, unless the size is wanted
/// exactly.
pub(super) fn encode_jpeg(
    mut picture: impl Encodable,
    target: &Target,
) -> Result<Option<(Vec<u8>, Encoding)>, Failed> {
    let best = target.quality.unwrap_or(QUALITIES[0]);
    loop {
        let encoding = Encoding::Jpeg { components: picture.channels() };
        for quality in std::iter::once(best).chain(QUALITIES.into_iter().filter(|q| *q < best)) {
            let bytes = picture.jpeg(quality)?;
            if target.takes(bytes.len() as u64) {
                return Ok(Some((bytes, encoding)));
            }
        }
        let (width, height) = picture.size();
        let (width, height) = (width * 4 / 5, height * 4 / 5);
        if target.exact || width.max(height) < MIN_SIDE || width.min(height) == 0 {
            return Ok(None);
        }
        picture = picture.scaled(&Target { width, height, ..target.clone() })?;
    }
}
