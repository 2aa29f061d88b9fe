//! Measures that `kanyin.toml` gives, lengths in millimetres, each within what a sheet
//! of paper can be or take: centimetres and slips of the finger are told before they are paper.

use serde::{Deserialize, Deserializer, de};

use crate::diag::toml_error::{INK_OUT_OF_RANGE, OUT_OF_RANGE};

/// A side of a trimmed page: 50 to 1,200 mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side(pub f64);

/// The bleed on each side: none to 20 mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bleed(pub f64);

/// The most ink on any point, in per cent over all inks: 220, which the red of covers
/// needs, to 400.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink(pub u16);

impl<'de> Deserialize<'de> for Ink {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let percent = f64::deserialize(from)?;
        if (220.0..=400.0).contains(&percent) && percent.fract() == 0.0 {
            return Ok(Self(percent as u16));
        }
        Err(de::Error::custom(format!("{INK_OUT_OF_RANGE}{percent} 220 400")))
    }
}

/// A flap of the cover: none to 200 mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flap(pub f64);

/// The width of a spine: 0 to 150 mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spine(pub f64);

impl<'de> Deserialize<'de> for Flap {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        within(from, 0.0, 200.0).map(Self)
    }
}

impl<'de> Deserialize<'de> for Spine {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        within(from, 0.0, 150.0).map(Self)
    }
}

impl<'de> Deserialize<'de> for Side {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        within(from, 50.0, 1200.0).map(Self)
    }
}

impl<'de> Deserialize<'de> for Bleed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        within(from, 0.0, 20.0).map(Self)
    }
}

fn within<'de, D: Deserializer<'de>>(from: D, least: f64, most: f64) -> Result<f64, D::Error> {
    let length = f64::deserialize(from)?;
    if (least..=most).contains(&length) {
        return Ok(length);
    }
    Err(de::Error::custom(format!("{OUT_OF_RANGE}{length} {least} {most}")))
}
