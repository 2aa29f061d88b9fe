//! Rooms: the great hall from both ends, a lecture hall; and the light within.

use crate::camera::{Scene, Skin};
use crate::materials::{glowing, grain};
use crate::vector::{V, cloud, cuboid, grey, hash, nearer, noise, post, rod, row, step, v};

const FLOOR: u32 = 0;
const WALL: u32 = 1;
const WOOD: u32 = 2;
const THING: u32 = 3;
const CLOTH: u32 = 4;
const LIGHT: u32 = 5;
const SKIN: u32 = 6;
const PAPER: u32 = 7;

fn dark(_: V) -> V {
    V::default()
}

/// A scene under a roof: no sun and no sky, only lamps.
pub(crate) fn indoors(map: fn(V) -> (f32, u32), skin: fn(u32, V, V) -> Skin) -> Scene {
    Scene {
        size: (1680, 1120),
        eye: V::default(),
        look: v(0.0, 0.0, 1.0),
        wide: 0.8,
        sun: v(0.0, 1.0, 0.0),
        sunlight: V::default(),
        sky: dark,
        ambient: (grey(0.1), grey(0.05)),
        haze: (0.0, V::default()),
        lamps: Vec::new(),
        halo: 0.0,
        far: 80.0,
        exposure: 1.0,
        map,
        skin,
    }
}

/// Seats that rise by rows, before a stage.
fn seats(p: V, from: f32) -> (f32, u32) {
    let (z, j) = row(p.z - from, 1.05, 0, 15);
    let rise = (15 - j) as f32 * 0.16;
    let (x, _) = row(p.x.abs() - 1.4, 0.62, 0, 14);
    let q = v(x, p.y - rise, z);
    let back = cuboid(q - v(0.0, 0.68, -0.18), v(0.25, 0.30, 0.02)) - 0.045;
    let seat = cuboid(q - v(0.0, 0.46, 0.06), v(0.23, 0.03, 0.2)) - 0.03;
    let arm = cuboid(v(x.abs() - 0.305, q.y - 0.35, z), v(0.012, 0.30, 0.2));
    let floor = cuboid(v(0.0, q.y + 1.0, z), v(30.0, 1.0, 0.53));
    nearer(nearer((back.min(seat), CLOTH), arm, WOOD), floor, FLOOR)
}

/// The great hall on the eve of the ceremony.
pub(crate) fn hall() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = seats(p, 0.0);
        near = nearer(near, cuboid(p - v(0.0, -0.5, 24.0), v(30.0, 0.5, 8.0)), FLOOR);
        near = nearer(near, cuboid(p - v(0.0, 0.45, 25.0), v(8.5, 0.5, 5.0)), WOOD);
        let fold = (p.x * 4.0).sin() * 0.12 + (p.x * 9.3).sin() * 0.04;
        let drape = (28.6 - p.z - fold) * 0.7;
        near = nearer(near, drape.max(p.x.abs() - 9.5), THING);
        let leg = cuboid(p - v(0.0, 4.0, 21.6 + fold), v(12.0, 5.0, 0.3)).max(7.4 - p.x.abs());
        near = nearer(near, leg * 0.7, THING);
        near = nearer(near, cuboid(p - v(0.0, 8.2, 21.2), v(14.0, 1.9, 0.4)), THING);
        near = nearer(near, 11.5 - p.x.abs(), WALL);
        near = nearer(near, 9.4 - p.y, WALL);
        let l = p - v(-3.2, 0.95, 23.6);
        near = nearer(near, cuboid(l - v(0.0, 0.55, 0.0), v(0.42, 0.55, 0.28)), WOOD);
        let (z, _) = row(p.z - 8.0, 4.0, -3, 3);
        let can = v(p.x.abs() - 4.2, p.y - 9.3, z);
        nearer(near, post(can, 0.28, 0.06), LIGHT)
    }
    fn skin(which: u32, p: V, _: V) -> Skin {
        match which {
            CLOTH => (v(0.42, 0.045, 0.04) * (0.75 + noise(p * 18.0) * 0.3)).into(),
            THING => (v(0.40, 0.03, 0.035) * (0.85 + noise(p * 1.4) * 0.3)).into(),
            WOOD => {
                Skin { mirror: 0.04, ..(v(0.30, 0.17, 0.085) * grain(p, v(1.5, 9.0, 9.0))).into() }
            }
            LIGHT => glowing(grey(0.3), v(7.0, 5.2, 3.2)),
            WALL => {
                let slat = (p.z * 1.7).rem_euclid(1.0);
                (v(0.36, 0.24, 0.14) * (0.5 + step(0.05, 0.2, slat) * 0.5)).into()
            }
            _ => (v(0.13, 0.10, 0.09) * (0.8 + noise(p * 5.0) * 0.3)).into(),
        }
    }
    let stage = [(-5.0, 7.4, 22.2), (0.0, 7.6, 22.2), (5.0, 7.4, 22.2)]
        .map(|(x, y, z)| (v(x, y, z), v(26.0, 19.0, 11.0)));
    let house = [(-4.2, 8.0, 4.0), (4.2, 8.0, 4.0), (-4.2, 8.0, 14.0), (4.2, 8.0, 14.0)]
        .map(|(x, y, z)| (v(x, y, z), v(7.0, 4.8, 2.8)));
    Scene {
        eye: v(-3.6, 4.15, -2.6),
        look: v(0.5, 2.35, 14.0),
        wide: 0.95,
        ambient: (v(0.10, 0.075, 0.055), v(0.05, 0.03, 0.025)),
        lamps: [stage.to_vec(), house.to_vec()].concat(),
        halo: 0.0006,
        exposure: 1.15,
        ..indoors(map, skin)
    }
}

/// The lectern in the light of one lamp.
pub(crate) fn lectern() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, WOOD);
        let fold = (p.x * 3.4).sin() * 0.16 + (p.x * 8.1).sin() * 0.05;
        near = nearer(near, (4.4 - p.z - fold) * 0.7, CLOTH);
        let l = p - v(0.0, 0.0, 1.2);
        near = nearer(near, cuboid(l - v(0.0, 0.55, 0.0), v(0.36, 0.55, 0.24)) - 0.01, THING);
        near = nearer(near, cuboid(l - v(0.0, 0.06, 0.0), v(0.46, 0.06, 0.34)), THING);
        let tilt = v(l.x, l.y - 1.17 + l.z * 0.25, l.z);
        near = nearer(near, cuboid(tilt, v(0.48, 0.025, 0.32)) * 0.9, THING);
        near = nearer(near, cuboid(tilt - v(0.0, 0.032, -0.02), v(0.15, 0.004, 0.11)) * 0.9, PAPER);
        near = nearer(near, rod(l, v(-0.16, 1.15, 0.15), v(-0.10, 1.5, -0.05), 0.008), LIGHT);
        near = nearer(near, rod(l, v(-0.10, 1.5, -0.05), v(-0.09, 1.53, -0.10), 0.02), LIGHT);
        let pot = l - v(1.75, 0.0, 0.5);
        near = nearer(near, post(pot - v(0.0, 0.28, 0.0), 0.22 + pot.y * 0.12, 0.28), FLOOR);
        let bush = (pot - v(0.0, 0.98, 0.0)).len() - 0.52;
        let bush = if bush > 0.4 {
            bush
        } else {
            bush - (noise(p * 9.0) - 0.5) * 0.4 - (noise(p * 22.0) - 0.5) * 0.2
        };
        nearer(near, bush * 0.6, SKIN)
    }
    fn skin(which: u32, p: V, _: V) -> Skin {
        match which {
            CLOTH => (v(0.40, 0.028, 0.032) * (0.85 + noise(p * 2.0) * 0.25)).into(),
            THING => {
                let ring = v(p.x, p.y - 0.68, 0.0).len();
                let seal = p.z < 0.97
                    && ((0.135..0.15).contains(&ring)
                        || ring < 0.10
                            && (p.y - 0.68) < 0.05 - (p.x * 5.0).abs().rem_euclid(1.0) * 0.16);
                let wood = v(0.26, 0.12, 0.055) * grain(p, v(9.0, 1.3, 9.0));
                Skin { mirror: 0.05, ..(if seal { v(0.75, 0.55, 0.22) } else { wood }).into() }
            }
            WOOD => {
                let (_, i) = row(p.x, 0.12, -99, 99);
                let plank = 0.75 + hash(i, 1, 1) * 0.4;
                Skin {
                    mirror: 0.08,
                    ..(v(0.24, 0.13, 0.065) * (plank * grain(p, v(8.0, 8.0, 0.9)))).into()
                }
            }
            PAPER => grey(0.85).into(),
            SKIN => (v(0.05, 0.12, 0.03) * (0.6 + noise(p * 12.0))).into(),
            FLOOR => v(0.55, 0.54, 0.50).into(),
            _ => grey(0.05).into(),
        }
    }
    Scene {
        eye: v(-1.3, 1.42, -3.3),
        look: v(0.28, 1.05, 1.3),
        wide: 0.66,
        ambient: (v(0.035, 0.026, 0.026), v(0.025, 0.014, 0.012)),
        lamps: vec![
            (v(-1.2, 4.6, -0.8), v(30.0, 24.0, 16.0)),
            (v(3.4, 3.8, 2.6), v(7.0, 4.2, 2.6)),
        ],
        halo: 0.0012,
        exposure: 1.05,
        ..indoors(map, skin)
    }
}

const SHAFT: V = v(0.62, 0.46, 0.40);

/// The lecture hall that will stay.
pub(crate) fn lecture_hall() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let (z, j) = row(p.z, 1.25, 0, 8);
        let rise = (8 - j) as f32 * 0.28;
        let q = v(p.x, p.y - rise, z);
        let aisle = 1.0 - (p.x + 1.2).abs().min(3.0);
        let mut near = (cuboid(q - v(0.0, -1.0, 0.0), v(7.0, 1.0, 0.63)), FLOOR);
        near = nearer(near, cuboid(q - v(0.0, 0.74, 0.25), v(6.2, 0.025, 0.22)).max(aisle), WOOD);
        near = nearer(near, cuboid(q - v(0.0, 0.40, 0.43), v(6.2, 0.34, 0.02)).max(aisle), WOOD);
        near = nearer(near, cuboid(q - v(0.0, 0.42, -0.32), v(6.2, 0.025, 0.17)).max(aisle), WOOD);
        near = nearer(near, cuboid(q - v(0.0, 0.66, -0.50), v(6.2, 0.13, 0.02)).max(aisle), WOOD);
        near = nearer(near, p.y, FLOOR);
        let (wz, _) = row(p.z - 3.6, 2.7, -1, 4);
        let hole = (p.y - 3.1).abs().max(wz.abs() * 1.35) - 1.25;
        let side = cuboid(p - v(6.9, 3.0, 6.0), v(0.25, 4.0, 12.0)).max(-hole);
        near = nearer(near, side, WALL);
        let bars = cuboid(v(p.x - 6.85, p.y - 3.1, wz), v(0.03, 1.25, 0.03))
            .min(cuboid(v(p.x - 6.85, p.y - 3.4, wz), v(0.03, 0.03, 0.95)));
        near = nearer(near, bars, THING);
        near = nearer(near, p.x + 6.9, WALL);
        near = nearer(near, (14.4 - p.z).max(p.x - 7.3), WALL);
        near = nearer(near, cuboid(p - v(0.0, 5.9, 6.0), v(6.8, 0.3, 10.0)), WALL);
        near = nearer(near, cuboid(p - v(-0.6, 2.2, 14.3), v(3.4, 0.85, 0.06)), CLOTH);
        near = nearer(near, cuboid(p - v(-0.6, 2.2, 14.36), v(3.5, 0.95, 0.04)), THING);
        near = nearer(near, cuboid(p - v(-0.6, 0.5, 12.6), v(1.1, 0.5, 0.35)), WOOD);
        let book = v(p.x - 1.4, p.y - 1.4 - 0.79, p.z - 5.2);
        nearer(near, cuboid(book, v(0.16, 0.025, 0.11)), PAPER)
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            WOOD => {
                Skin { mirror: 0.04, ..(v(0.36, 0.20, 0.10) * grain(p, v(0.8, 9.0, 9.0))).into() }
            }
            WALL if p.y < 1.1 => v(0.24, 0.34, 0.30).into(),
            WALL => (v(0.68, 0.65, 0.58) * (0.85 + cloud(p * 0.8, 3) * 0.22)).into(),
            CLOTH => {
                let wiped = cloud(v(p.x * 1.3, p.y * 3.0, 0.0), 4);
                let line = ((p.y * 4.2).rem_euclid(1.0) - 0.5).abs() < 0.10
                    && noise(v(p.x * 14.0, p.y * 20.0, 0.0)) > 0.55
                    && p.x < 1.2;
                v(0.035, 0.075, 0.06)
                    .mix(grey(0.42), wiped * 0.12 + if line { 0.5 } else { 0.0 })
                    .into()
            }
            PAPER => v(0.75, 0.72, 0.62).into(),
            THING => v(0.30, 0.20, 0.12).into(),
            _ => (v(0.17, 0.145, 0.125) * (0.7 + noise(p * 9.0) * 0.3 + n.y * 0.2)).into(),
        }
    }
    fn sky(d: V) -> V {
        v(1.5, 1.5, 1.45).mix(v(0.9, 1.1, 1.5), d.y)
    }
    Scene {
        eye: v(-3.9, 4.35, -2.0),
        look: v(0.6, 1.55, 8.0),
        wide: 1.0,
        sun: SHAFT.unit(),
        sunlight: v(4.6, 3.7, 2.6),
        sky,
        ambient: (v(0.34, 0.33, 0.31), v(0.26, 0.21, 0.16)),
        lamps: vec![
            (v(5.6, 3.1, 3.6), v(1.8, 1.8, 1.8)),
            (v(5.6, 3.1, 9.0), v(1.8, 1.8, 1.8)),
            (v(1.5, 1.9, 6.0), v(1.3, 0.9, 0.6)),
        ],
        halo: 0.0002,
        exposure: 0.95,
        ..indoors(map, skin)
    }
}
