//! What things are made of: grass, paving, leaves, tiles, brick, wood, light.

use crate::camera::Skin;
use crate::vector::{V, cloud, grey, hash, noise, row, step, v};

/// A surface that shines by itself.
pub(crate) fn glowing(albedo: V, glow: V) -> Skin {
    Skin { glow, ..albedo.into() }
}

pub(crate) fn grass(p: V) -> V {
    let t = cloud(v(p.x * 9.0, 0.0, p.z * 9.0), 3);
    v(0.10, 0.16, 0.045).mix(v(0.22, 0.26, 0.09), t) * (0.7 + noise(p * 0.35) * 0.6)
}

pub(crate) fn paving(p: V) -> V {
    let (x, i) = row(p.x, 0.6, -900, 900);
    let (z, j) = row(p.z + if i % 2 == 0 { 0.3 } else { 0.0 }, 0.6, -900, 900);
    let joint = step(0.27, 0.295, x.abs().max(z.abs()));
    grey(0.30 + hash(i, j, 3) * 0.10).mix(grey(0.12), joint) * (0.8 + cloud(p * 3.0, 3) * 0.4)
}

pub(crate) fn leaves(p: V, dark: V, light: V) -> V {
    dark.mix(light, noise(p * 7.0) * 0.6 + noise(p * 1.3) * 0.4)
}

pub(crate) fn tiles(p: V) -> V {
    let groove = (p.x * 3.2).rem_euclid(1.0);
    v(0.075, 0.085, 0.095) * (0.55 + step(0.1, 0.5, groove) * 0.6 + noise(p * 2.0) * 0.35)
}

pub(crate) fn brick(p: V) -> V {
    let course = (p.y / 0.075).floor();
    let along = (p.x + p.z) / 0.24 + if course as i32 % 2 == 0 { 0.5 } else { 0.0 };
    let tint = hash(along.floor() as i32, course as i32, 9);
    let joint =
        step(0.0, 0.12, (p.y / 0.075).rem_euclid(1.0)) * step(0.0, 0.06, along.rem_euclid(1.0));
    v(0.30, 0.115, 0.075).mix(v(0.42, 0.20, 0.13), tint)
        * (0.72 + joint * 0.28)
        * (0.8 + cloud(p * 0.6, 3) * 0.4)
}

pub(crate) fn grain(p: V, along: V) -> f32 {
    let q = v(p.x * along.x, p.y * along.y, p.z * along.z);
    0.62 + cloud(q, 4) * 0.5 + noise(q * 6.0) * 0.14
}
