//! Pictures in the inks of a press: RGB through the profiles, and no pixel with
//! more ink than the paper takes. Knows pixels; knows no file.

use std::sync::Arc;

use moxcms::{ColorProfile, Layout, RenderingIntent, Transform8BitExecutor, TransformOptions};

use crate::diag::{Code, Finding};

use super::Profile;
use super::raster::{Failed, Kind, Raster};

const NOT_OF_USE: Code = Code::new("profile-not-of-use");

/// How pictures become inks.
pub struct Separation {
    press: ColorProfile,
    from_srgb: Arc<Transform8BitExecutor>,
    limit: u16,
    key: String,
}

impl std::fmt::Debug for Separation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Separation").field("key", &self.key).finish_non_exhaustive()
    }
}

impl PartialEq for Separation {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Separation {}

impl std::hash::Hash for Separation {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl Separation {
    /// The separation for a press; `limit` is the most ink that its paper takes, in
    /// per cent over all inks, such as 300.
    ///
    /// # Errors
    /// Where the profile cannot turn RGB into its inks.
    pub fn new(profile: &Profile, limit: u16) -> Result<Self, Finding> {
        let of_no_use = |_| Finding::error(NOT_OF_USE).arg("name", profile.description());
        let press = ColorProfile::new_from_slice(profile.bytes()).map_err(of_no_use)?;
        let from_srgb = transform(&ColorProfile::new_srgb(), &press).map_err(of_no_use)?;
        let key = format!("{} {limit} 3", profile.hash());
        Ok(Self { press, from_srgb, limit, key })
    }

    /// The most ink, in per cent over all inks.
    pub fn limit(&self) -> u16 {
        self.limit
    }

    /// What tells it from others.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// The picture in inks, however many; grey stays grey, which is black alone.
    pub(super) fn separate(&self, mut raster: Raster) -> Result<Raster, Failed> {
        if raster.kind == Kind::Rgb {
            let own = raster.profile.take().and_then(|p| ColorProfile::new_from_slice(&p).ok());
            let own = own.and_then(|own| transform(&own, &self.press).ok());
            let mut inks = vec![0; raster.data.len() / 3 * 4];
            own.as_ref().unwrap_or(&self.from_srgb).transform(&raster.data, &mut inks)?;
            raster.data = inks;
            raster.kind = Kind::Cmyk;
        }
        if raster.kind == Kind::Cmyk {
            // A profile of inks speaks of another press.
            raster.profile = None;
        }
        Ok(raster)
    }

    /// Takes colour away wherever a pixel carries more than the limit less `margin`,
    /// in per cent; its black stays.
    pub(super) fn lighten(&self, raster: &mut Raster, margin: u16) {
        let most = steps(self.limit.saturating_sub(margin));
        raster.data.chunks_exact_mut(4).for_each(|pixel| lighten(pixel, most));
    }

    /// Whether no pixel of a picture in inks carries more than the limit less
    /// `margin`, in per cent.
    pub(super) fn takes(&self, inks: &[u8], margin: u16) -> bool {
        let most = steps(self.limit.saturating_sub(margin));
        inks.chunks_exact(4).all(|pixel| total(pixel) <= most)
    }
}

/// Perceptual, as photographs ask for: what the press cannot print is drawn in
/// with its neighbours.
fn transform(
    from: &ColorProfile,
    press: &ColorProfile,
) -> Result<Arc<Transform8BitExecutor>, moxcms::CmsError> {
    let options = TransformOptions {
        rendering_intent: RenderingIntent::Perceptual,
        ..TransformOptions::default()
    };
    // Four inks travel as four channels.
    from.create_transform_8bit(Layout::Rgb, press, Layout::Rgba, options)
}

/// Per cent as steps of 255 to 100.
fn steps(percent: u16) -> u32 {
    u32::from(percent) * 255 / 100
}

fn total(pixel: &[u8]) -> u32 {
    pixel.iter().map(|ink| u32::from(*ink)).sum()
}

/// Takes colour away until a pixel carries no more than `most`; its black stays.
fn lighten(pixel: &mut [u8], most: u32) {
    let (sum, black) = (total(pixel), u32::from(pixel[3]));
    if sum > most {
        let (colour, room) = (sum - black, most.saturating_sub(black));
        for ink in &mut pixel[..3] {
            *ink = (u32::from(*ink) * room / colour) as u8;
        }
    }
}
