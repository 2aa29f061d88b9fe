//! Making the picture an edition wants of a photograph that is a plain JPEG: decoded no
//! larger than is needed, scaled and encoded plane by plane, never turned into RGB.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::cmyk::rgb_of_ycc;
use super::codec::{self, Plane, Planes};
use super::encode::Encodable;
use super::raster::{Failed, Kind, Raster};
use super::target::{Centring, Change, Target};
use super::{Format, Probe};

/// The picture, upright, large enough for each of the targets whose colours stay as they
/// are; `None` where there is no such target, or where the file is no plain JPEG.
pub(super) fn open(bytes: &[u8], probe: &Probe, targets: &[&Target]) -> Option<Planes> {
    if probe.format != Format::Jpeg {
        return None;
    }
    let (width, height) = probe.upright();
    let (width, height) = (f64::from(width), f64::from(height));
    let factors = targets
        .iter()
        .filter(|target| serves(target))
        .map(|target| (f64::from(target.width) / width).max(f64::from(target.height) / height));
    let factor = factors.reduce(f64::max)?;
    let least = (f64::from(probe.width) * factor, f64::from(probe.height) * factor);
    let mut picture = codec::decode(bytes, (probe.width, probe.height), least)?;
    let planes = picture.planes.into_iter();
    picture.planes = planes.map(|plane| plane.upright(probe.orientation)).collect();
    let kind = if picture.planes.len() == 1 { Kind::Grey } else { Kind::Rgb };
    picture.profile = picture.profile.filter(|profile| kind.fits(profile));
    Some(picture)
}

/// The pixels of a JPEG whose colours stand in scans of their own, as the file has them;
/// `None` where it is none.
pub(super) fn pixels(bytes: &[u8], probe: &Probe) -> Result<Option<Raster>, Failed> {
    let stored = (probe.width, probe.height);
    // Colours, too, in their full size: they may have as many samples.
    let all = (2.0 * f64::from(probe.width), 2.0 * f64::from(probe.height));
    let decoded = codec::has_separate_scans(bytes).then(|| codec::decode(bytes, stored, all));
    let Some(picture) = decoded.flatten().filter(|picture| picture.planes.len() == 3) else {
        return Ok(None);
    };
    let mut resizer = Resizer::new();
    let mut planes = Vec::with_capacity(3);
    for plane in &picture.planes {
        let part = [0.0, 0.0, plane.extent.0, plane.extent.1];
        planes.push(resized(plane, part, stored, &mut resizer)?.data);
    }
    let mut data = Vec::with_capacity(planes[0].len() * 3);
    for ((y, cb), cr) in planes[0].iter().zip(&planes[1]).zip(&planes[2]) {
        data.extend(rgb_of_ycc([*y, *cb, *cr]));
    }
    let mut raster = Raster::new(probe.width, probe.height, Kind::Rgb, data);
    raster.profile = picture.profile;
    Ok(Some(raster))
}

/// Whether planes can be made into what is wanted.
pub(super) fn serves(target: &Target) -> bool {
    target.change == Change::Nothing
}

/// Makes of an opened picture what `target` says.
pub(super) fn derive(opened: &Planes, target: &Target) -> Result<Planes, Failed> {
    Ok(scaled(opened, target)?.grey_if_it_is())
}

/// The planes at the target's size; where the shapes differ, cut around the focus.
fn scaled(picture: &Planes, target: &Target) -> Result<Planes, Failed> {
    let whole = picture.planes.first().map_or((1.0, 1.0), |plane| plane.extent);
    let shape = f64::from(target.width) / f64::from(target.height);
    let (mut across, mut down) = (1.0, 1.0);
    if target.exact {
        across = (whole.1 * shape / whole.0).min(1.0);
        down = (whole.0 / shape / whole.1).min(1.0);
    }
    let (left, above) = target.centring.map_or((0.5, 0.5), Centring::shares);
    let mut resizer = Resizer::new();
    let planes = picture.planes.iter().enumerate().map(|(number, plane)| {
        let (width, height) = match number {
            0 => (target.width, target.height),
            _ => (target.width.div_ceil(2), target.height.div_ceil(2)),
        };
        let (w, h) = (plane.extent.0 * across, plane.extent.1 * down);
        let (x, y) = ((plane.extent.0 - w) * left, (plane.extent.1 - h) * above);
        resized(plane, [x, y, w, h], (width, height), &mut resizer)
    });
    let planes = planes.collect::<Result<_, Failed>>()?;
    Ok(Planes { space: picture.space, planes, profile: picture.profile.clone() })
}

/// A part of a plane, left, top, width and height in its samples, at this size.
fn resized(
    plane: &Plane,
    [x, y, w, h]: [f64; 4],
    (width, height): (u32, u32),
    resizer: &mut Resizer,
) -> Result<Plane, Failed> {
    let own = (u32::try_from(plane.width)?, u32::try_from(plane.height)?);
    let all = (x, y) == (0.0, 0.0) && (w.ceil(), h.ceil()) == (own.0.into(), own.1.into());
    let data = if all && own == (width, height) {
        plane.data.clone()
    } else {
        let from = ImageRef::new(own.0, own.1, &plane.data, PixelType::U8)?;
        let mut to = Image::new(width, height, PixelType::U8);
        // The decoder has come within a quarter of the size as a rule: so near, a third
        // lobe would cost time and rings at edges, and show nothing more.
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
            .crop(x, y, w.min(f64::from(own.0) - x), h.min(f64::from(own.1) - y))
            .use_alpha(false);
        resizer.resize(&from, &mut to, &options)?;
        to.into_vec()
    };
    Ok(Plane::new(width as usize, height as usize, data))
}

impl Encodable for Planes {
    fn size(&self) -> (u32, u32) {
        self.planes.first().map_or((0, 0), |plane| (plane.width as u32, plane.height as u32))
    }

    fn channels(&self) -> u8 {
        self.planes.len() as u8
    }

    fn jpeg(&self, quality: u8) -> Result<Vec<u8>, Failed> {
        let (width, height) = self.size();
        let too_large = || Failed(format!("{width} × {height}"));
        codec::encode(self, quality).ok_or_else(too_large)
    }

    fn scaled(&self, target: &Target) -> Result<Self, Failed> {
        scaled(self, target)
    }
}
