//! A canvas of light: what the scenes are painted with. Colours are red, green
//! and blue from 0 to 1; places are fractions of the width and the height, with
//! the origin at the top left.

use image::imageops::{self, FilterType};
use image::{Rgb, Rgb32FImage};

pub(crate) type Colour = [f32; 3];

/// A picture being painted, at twice its final size so that edges come out soft.
pub(crate) struct Canvas {
    image: Rgb32FImage,
    seed: u32,
}

impl Canvas {
    /// An empty canvas for a photograph of that many pixels.
    pub(crate) fn new(width: u32, height: u32, seed: u32) -> Self {
        Self { image: Rgb32FImage::new(width * 2, height * 2), seed }
    }

    /// Width divided by height.
    pub(crate) fn aspect(&self) -> f32 {
        self.image.width() as f32 / self.image.height() as f32
    }

    /// Repaints every pixel: the function sees place and old colour.
    pub(crate) fn paint(&mut self, brush: impl Fn(f32, f32, Colour) -> Colour) {
        let (width, height) = (self.image.width() as f32, self.image.height() as f32);
        for (x, y, pixel) in self.image.enumerate_pixels_mut() {
            *pixel = Rgb(brush((x as f32 + 0.5) / width, (y as f32 + 0.5) / height, pixel.0));
        }
    }

    /// Repaints what lies within a shape, given as a test of the place.
    pub(crate) fn fill(
        &mut self,
        [left, top, right, bottom]: [f32; 4],
        inside: impl Fn(f32, f32) -> bool,
        colour: impl Fn(f32, f32) -> Colour,
    ) {
        let (width, height) = (self.image.width(), self.image.height());
        let clip = |v: f32, size: u32| (v.clamp(0.0, 1.0) * size as f32) as u32;
        for y in clip(top, height)..clip(bottom, height) {
            for x in clip(left, width)..clip(right, width) {
                let (u, v) = ((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32);
                if inside(u, v) {
                    self.image.put_pixel(x, y, Rgb(colour(u, v)));
                }
            }
        }
    }

    /// A rectangle of one colour.
    pub(crate) fn rect(&mut self, area: [f32; 4], colour: Colour) {
        self.fill(area, |_, _| true, |_, _| colour);
    }

    /// Everything above `line` mirrored below it, broken by ripples and darkened.
    pub(crate) fn water(&mut self, line: f32, tint: Colour) {
        let (width, height) = (self.image.width(), self.image.height());
        let above = self.image.clone();
        let noise = Noise(self.seed ^ 0x57a7);
        for y in (line * height as f32) as u32..height {
            let depth = y as f32 / height as f32 - line;
            for x in 0..width {
                let u = x as f32 / width as f32;
                let wave = noise.at(u * 9.0, depth * 160.0 / (0.2 + depth * 3.0)) - 0.5;
                let v = (line - depth * 0.92 + wave * depth * 0.25).clamp(0.0, line - 0.002);
                let shift = (u + wave * depth * 0.05).clamp(0.0, 0.999);
                let seen =
                    above.get_pixel((shift * width as f32) as u32, (v * height as f32) as u32).0;
                let colour = mix(seen, tint, 0.28 + depth * 0.45 + wave * 0.18);
                self.image.put_pixel(x, y, Rgb(colour));
            }
        }
    }

    /// The picture as eight-bit pixels: scaled down, darkened towards the corners,
    /// with the grain of a sensor.
    pub(crate) fn photograph(self) -> (u32, u32, Vec<u8>) {
        let (width, height) = (self.image.width() / 2, self.image.height() / 2);
        let small = imageops::resize(&self.image, width, height, FilterType::Triangle);
        let mut out = Vec::with_capacity((width * height * 3) as usize);
        for (x, y, pixel) in small.enumerate_pixels() {
            let (u, v) = (x as f32 / width as f32 - 0.5, y as f32 / height as f32 - 0.5);
            let light = 1.0 - (u * u + v * v) * 0.45;
            let grain = (hash(x, y, self.seed) - 0.5) * 0.018;
            for channel in pixel.0 {
                out.push(((channel * light + grain).clamp(0.0, 1.0) * 255.0 + 0.5) as u8);
            }
        }
        (width, height, out)
    }
}

/// Smooth noise from 0 to 1.
#[derive(Clone, Copy)]
pub(crate) struct Noise(pub(crate) u32);

impl Noise {
    /// One octave, with features of size 1.
    pub(crate) fn at(self, x: f32, y: f32) -> f32 {
        let (column, row) = (x.floor(), y.floor());
        let ease = |t: f32| t * t * (3.0 - 2.0 * t);
        let (s, t) = (ease(x - column), ease(y - row));
        let corner =
            |dx: i32, dy: i32| hash((column as i32 + dx) as u32, (row as i32 + dy) as u32, self.0);
        let top = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * s;
        let bottom = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * s;
        top + (bottom - top) * t
    }

    /// Five octaves, as clouds and hills have.
    pub(crate) fn cloud(self, x: f32, y: f32) -> f32 {
        let mut sum = 0.0;
        let mut weight = 0.5;
        let mut scale = 1.0;
        for octave in 0..5 {
            sum += Self(self.0.wrapping_add(octave * 7919)).at(x * scale, y * scale) * weight;
            weight *= 0.5;
            scale *= 2.03;
        }
        sum / 0.97
    }
}

/// A colour between two others.
pub(crate) fn mix(a: Colour, b: Colour, t: f32) -> Colour {
    let t = t.clamp(0.0, 1.0);
    [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t)
}

/// A colour made lighter or darker.
pub(crate) fn shade(colour: Colour, by: f32) -> Colour {
    colour.map(|c| c * by)
}

/// A number from 0 to 1 that looks like chance and is not.
pub(crate) fn hash(x: u32, y: u32, seed: u32) -> f32 {
    let mut h =
        x.wrapping_mul(0x8da6_b343) ^ y.wrapping_mul(0xd816_3841) ^ seed.wrapping_mul(0xcb1a_b31f);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    h ^= h >> 15;
    (h >> 8) as f32 / 16_777_216.0
}
