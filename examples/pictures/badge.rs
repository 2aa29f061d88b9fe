//! The badge of the college, enamel on metal.

use crate::camera::{Scene, Skin};
use crate::rooms::indoors;
use crate::vector::{V, grey, nearer, noise, post, v};

const WOOD: u32 = 2;
const THING: u32 = 3;
const CLOTH: u32 = 4;

/// The badge of the college: a hill and three waves on red enamel.
pub(crate) fn badge() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let r = p.x.hypot(p.y);
        let disc = post(v(p.x, p.z - 0.1, p.y), 1.0, 0.10);
        let mut near = ((0.22 - p.z) * 1.0, CLOTH);
        near = nearer(near, disc, THING);
        let rim = (r - 0.94).hypot(p.z) - 0.055;
        near = nearer(near, rim.min((r - 0.80).hypot(p.z) - 0.018), WOOD);
        let hill = (p.y - 0.34 + (p.x + 0.14).abs() * 1.25)
            .min(p.y - 0.14 + (p.x - 0.30).abs() * 1.1)
            .max(-0.16 - p.y)
            * 0.6;
        near = nearer(near, hill.max(p.z.abs() - 0.05), WOOD);
        for i in 0..3 {
            let y = p.y + 0.30 + i as f32 * 0.14 - (p.x * 9.0 + i as f32).sin() * 0.025;
            let half = 0.52 - i as f32 * 0.12;
            near = nearer(
                near,
                (y.abs() - 0.030).max(p.x.abs() - half).max(p.z.abs() - 0.04) * 0.7,
                WOOD,
            );
        }
        near
    }
    fn skin(which: u32, p: V, _: V) -> Skin {
        match which {
            THING => Skin { mirror: 0.04, ..v(0.40, 0.02, 0.025).into() },
            WOOD => Skin { mirror: 0.12, ..v(0.86, 0.80, 0.66).into() },
            _ => (v(0.62, 0.60, 0.55) * (0.85 + noise(p * 30.0) * 0.2)).into(),
        }
    }
    fn sky(d: V) -> V {
        grey(0.5 + d.y * 0.5)
    }
    Scene {
        size: (240, 240),
        eye: v(0.0, 0.0, -3.0),
        look: V::default(),
        sky,
        sun: v(-0.5, 0.7, -0.7).unit(),
        sunlight: grey(1.1),
        ambient: (grey(0.5), grey(0.35)),
        exposure: 0.9,
        far: 8.0,
        ..indoors(map, skin)
    }
}
