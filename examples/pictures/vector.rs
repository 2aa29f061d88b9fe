//! Vectors, noise and distance fields: what the scenes are built from. Lengths
//! are metres, `y` points up, colours are linear light.

use std::ops::{Add, Mul, Sub};

/// A place, a direction or a colour.
#[derive(Clone, Copy, Default)]
pub(crate) struct V {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) z: f32,
}

/// A vector of three numbers.
pub(crate) const fn v(x: f32, y: f32, z: f32) -> V {
    V { x, y, z }
}

/// A grey, or a place on the diagonal.
pub(crate) const fn grey(s: f32) -> V {
    v(s, s, s)
}

impl Add for V {
    type Output = V;
    fn add(self, o: V) -> V {
        v(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}

impl Sub for V {
    type Output = V;
    fn sub(self, o: V) -> V {
        v(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}

impl Mul<f32> for V {
    type Output = V;
    fn mul(self, s: f32) -> V {
        v(self.x * s, self.y * s, self.z * s)
    }
}

impl Mul for V {
    type Output = V;
    fn mul(self, o: V) -> V {
        v(self.x * o.x, self.y * o.y, self.z * o.z)
    }
}

impl V {
    pub(crate) fn dot(self, o: V) -> f32 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }

    pub(crate) fn cross(self, o: V) -> V {
        v(self.y * o.z - self.z * o.y, self.z * o.x - self.x * o.z, self.x * o.y - self.y * o.x)
    }

    pub(crate) fn len(self) -> f32 {
        self.dot(self).sqrt()
    }

    pub(crate) fn unit(self) -> V {
        self * (1.0 / self.len().max(1e-9))
    }

    pub(crate) fn mix(self, o: V, t: f32) -> V {
        self + (o - self) * t.clamp(0.0, 1.0)
    }
}

/// 0 below `a`, 1 above `b`, smooth between.
pub(crate) fn step(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A number from 0 to 1 that looks like chance and is not.
pub(crate) fn hash(x: i32, y: i32, z: i32) -> f32 {
    let mut h = (x as u32).wrapping_mul(0x8da6_b343)
        ^ (y as u32).wrapping_mul(0xd816_3841)
        ^ (z as u32).wrapping_mul(0xcb1a_b31f);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    h ^= h >> 15;
    (h >> 8) as f32 / 16_777_216.0
}

/// Smooth noise from 0 to 1 with features of size 1.
pub(crate) fn noise(p: V) -> f32 {
    let (fx, fy, fz) = (p.x.floor(), p.y.floor(), p.z.floor());
    let (i, j, k) = (fx as i32, fy as i32, fz as i32);
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (a, b, c) = (ease(p.x - fx), ease(p.y - fy), ease(p.z - fz));
    let lerp = |p: f32, q: f32, t: f32| p + (q - p) * t;
    let row = |j: i32, k: i32| lerp(hash(i, j, k), hash(i + 1, j, k), a);
    let sheet = |k: i32| lerp(row(j, k), row(j + 1, k), b);
    lerp(sheet(k), sheet(k + 1), c)
}

/// Octaves of noise, as clouds, bark and hills have.
pub(crate) fn cloud(p: V, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut whole, mut q) = (0.0, 0.5, 0.0, p);
    for _ in 0..octaves {
        sum += noise(q) * weight;
        whole += weight;
        weight *= 0.5;
        q = q * 2.03 + grey(17.3);
    }
    sum / whole
}

/// The offset from the nearest of a row of things `every` metres apart, and its
/// number, kept between `from` and `to`.
pub(crate) fn row(x: f32, every: f32, from: i32, to: i32) -> (f32, i32) {
    let n = ((x / every).round() as i32).clamp(from, to);
    (x - n as f32 * every, n)
}

/// The nearer of two surfaces.
pub(crate) fn nearer(a: (f32, u32), d: f32, which: u32) -> (f32, u32) {
    if d < a.0 { (d, which) } else { a }
}

/// A box of these half sizes.
pub(crate) fn cuboid(p: V, half: V) -> f32 {
    let q = v(p.x.abs() - half.x, p.y.abs() - half.y, p.z.abs() - half.z);
    v(q.x.max(0.0), q.y.max(0.0), q.z.max(0.0)).len() + q.x.max(q.y).max(q.z).min(0.0)
}

/// An upright cylinder of this radius and half height.
pub(crate) fn post(p: V, radius: f32, half: f32) -> f32 {
    let (a, b) = (p.x.hypot(p.z) - radius, p.y.abs() - half);
    a.max(b).min(0.0) + a.max(0.0).hypot(b.max(0.0))
}

/// A rod with round ends.
pub(crate) fn rod(p: V, a: V, b: V, radius: f32) -> f32 {
    let (pa, ba) = (p - a, b - a);
    let t = (pa.dot(ba) / ba.dot(ba)).clamp(0.0, 1.0);
    (pa - ba * t).len() - radius
}

/// A gabled roof: the ridge runs along `x`; the origin lies under its middle.
pub(crate) fn gable(p: V, length: f32, depth: f32, height: f32) -> f32 {
    let slope = (p.z.abs() * height + p.y * depth - depth * height) / depth.hypot(height);
    slope.max(p.x.abs() - length).max(-p.y)
}

/// A person in a coat who stands at the origin, as seen from afar.
pub(crate) fn person(p: V, height: f32) -> f32 {
    let h = height;
    let side = v(p.x.abs(), p.y, p.z);
    let legs = rod(side, v(h * 0.05, h * 0.02, 0.0), v(h * 0.04, h * 0.40, 0.0), h * 0.042);
    let hem = (p.y - h * 0.34) / (h * 0.46);
    let coat = rod(p, v(0.0, h * 0.42, 0.0), v(0.0, h * 0.74, 0.0), h * (0.115 - 0.02 * hem));
    let arms = rod(side, v(h * 0.10, h * 0.75, 0.0), v(h * 0.125, h * 0.46, h * 0.02), h * 0.036);
    let neck = rod(p, v(0.0, h * 0.78, 0.0), v(0.0, h * 0.90, 0.0), h * 0.035);
    let head = v(p.x, (p.y - h * 0.925) * 0.84, p.z).len() - h * 0.058;
    legs.min(coat * 0.9).min(arms).min(neck).min(head)
}

/// The crown of a broad-leaved tree around the origin.
pub(crate) fn crown(p: V, radius: f32, seed: f32) -> f32 {
    let near = (p * (1.0 / radius)).len() * radius - radius;
    if near > radius * 0.5 {
        return near - radius * 0.36;
    }
    let q = p + grey(seed * 13.7);
    let lumps = (cloud(q * (2.2 / radius), 3) - 0.5) * radius * 0.95;
    let leaves = (noise(q * 5.0) - 0.5) * 0.44 + (noise(q * 13.0) - 0.5) * 0.28;
    (near - lumps - leaves) * 0.6
}

/// A conifer that stands at the origin.
pub(crate) fn conifer(p: V, height: f32, seed: f32) -> f32 {
    let r = p.x.hypot(p.z);
    let wide = height * 0.24;
    let cone = ((r * height + p.y * wide - wide * height) / wide.hypot(height)).max(0.4 - p.y);
    if cone > 1.2 {
        return cone - 0.6;
    }
    let q = p + grey(seed * 7.1);
    let tiers =
        ((p.y * 2.4 + noise(q * 0.8)).rem_euclid(1.0) - 0.5) * 0.55 * (1.0 - p.y / height).max(0.2);
    cone + tiers + (noise(q * 3.0) - 0.5) * 0.5 + (noise(q * 9.0) - 0.5) * 0.22
}
