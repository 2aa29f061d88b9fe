//! Making the picture an edition wants: decoding it, turning it upright, laying
//! it on white, scaling it.

use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, RgbaImage};

use super::raster::{Failed, Kind, Raster};
use super::target::{Centring, Target};
use super::{Format, Probe, cmyk, planar};

/// The most memory a decoder may ask for, in bytes.
const MAX_ALLOC: u64 = 2 << 30;

/// Decodes a picture once: what each edition wants is made of this.
pub(super) fn open(bytes: &[u8], probe: &Probe, rgb: bool) -> Result<Raster, Failed> {
    let mut upright = decode(bytes, probe, rgb)?;
    upright.drawn = probe.format != Format::Jpeg && upright.few_colours();
    Ok(upright)
}

/// Makes of an opened picture what `target` says.
pub(super) fn derive(opened: &Raster, target: &Target) -> Result<Raster, Failed> {
    Ok(scale(opened, target)?.grey_if_it_is())
}

/// The whole picture, upright and opaque.
fn decode(bytes: &[u8], probe: &Probe, rgb: bool) -> Result<Raster, Failed> {
    let orientation =
        Orientation::from_exif(probe.orientation).unwrap_or(Orientation::NoTransforms);
    if probe.format == Format::Jpeg && probe.components == 4 {
        let inks = cmyk::decode(bytes)?;
        // Four inks travel as four channels; nothing here takes the last for alpha.
        let image = RgbaImage::from_raw(probe.width, probe.height, inks);
        let mut image = DynamicImage::ImageRgba8(image.ok_or_else(wrong_size)?);
        image.apply_orientation(orientation);
        let raster = Raster::new(image.width(), image.height(), Kind::Cmyk, image.into_bytes());
        return Ok(if rgb { cmyk::to_rgb(raster) } else { raster });
    }
    let (profile, mut image) = match planar::pixels(bytes, probe)? {
        Some(Raster { width, height, data, profile, .. }) => {
            let image = RgbImage::from_raw(width, height, data);
            (profile, DynamicImage::ImageRgb8(image.ok_or_else(wrong_size)?))
        }
        None => pixels(bytes)?,
    };
    image.apply_orientation(orientation);
    let (width, height, colour) = (image.width(), image.height(), image.color());
    let (kind, data) = match (colour.has_color(), colour.has_alpha()) {
        (true, false) => (Kind::Rgb, image.into_rgb8().into_raw()),
        (false, false) => (Kind::Grey, image.into_luma8().into_raw()),
        (true, true) => (Kind::Rgb, on_white::<4>(image.into_rgba8().into_raw())),
        (false, true) => (Kind::Grey, on_white::<2>(image.into_luma_alpha8().into_raw())),
    };
    let mut raster = Raster::new(width, height, kind, data);
    raster.profile = profile.filter(|profile| kind.fits(profile));
    Ok(raster)
}

/// What the decoder that reads everything makes of a file.
fn pixels(bytes: &[u8]) -> Result<(Option<Vec<u8>>, DynamicImage), Failed> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOC);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let profile = decoder.icc_profile().ok().flatten();
    Ok((profile, DynamicImage::from_decoder(decoder)?))
}

fn wrong_size() -> Failed {
    Failed("the size in the header is not the size of the picture".to_owned())
}

/// Lays pixels of N channels, the last of them alpha, on white and drops it.
fn on_white<const N: usize>(mut data: Vec<u8>) -> Vec<u8> {
    let pixels = data.len() / N;
    for pixel in 0..pixels {
        let alpha = u32::from(data[pixel * N + N - 1]);
        for channel in 0..N - 1 {
            let value = u32::from(data[pixel * N + channel]);
            let mixed = (value * alpha + 255 * (255 - alpha) + 127) / 255;
            data[pixel * (N - 1) + channel] = mixed as u8;
        }
    }
    data.truncate(pixels * (N - 1));
    data
}

/// The raster at the target's size; where the shapes differ, cut around the focus.
pub(super) fn scale(raster: &Raster, target: &Target) -> Result<Raster, Failed> {
    if (raster.width, raster.height) == (target.width, target.height) {
        return Ok(raster.clone());
    }
    let pixel = match raster.kind {
        Kind::Grey => PixelType::U8,
        Kind::Rgb => PixelType::U8x3,
        Kind::Cmyk => PixelType::U8x4,
    };
    let from = ImageRef::new(raster.width, raster.height, &raster.data, pixel)?;
    let mut to = Image::new(target.width, target.height, pixel);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .fit_into_destination(Some(target.centring.map_or((0.5, 0.5), Centring::shares)))
        .use_alpha(false);
    Resizer::new().resize(&from, &mut to, &options)?;
    let mut scaled = Raster::new(target.width, target.height, raster.kind, to.into_vec());
    (scaled.profile, scaled.drawn) = (raster.profile.clone(), raster.drawn);
    Ok(scaled)
}
