//! Rooms: halls, shelves, a desk by a window; and the badge.

use crate::camera::{Scene, Skin};
use crate::vector::{V, cloud, cuboid, grey, hash, nearer, noise, person, post, rod, row, step, v};

const FLOOR: u32 = 0;
const WALL: u32 = 1;
const WOOD: u32 = 2;
const THING: u32 = 3;
const CLOTH: u32 = 4;
const LIGHT: u32 = 5;
const SKIN: u32 = 6;
const PAPER: u32 = 7;

fn grain(p: V, along: V) -> f32 {
    let q = v(p.x * along.x, p.y * along.y, p.z * along.z);
    0.62 + cloud(q, 4) * 0.5 + noise(q * 6.0) * 0.14
}

fn glowing(glow: V) -> Skin {
    Skin { glow, ..grey(0.3).into() }
}

fn dark(_: V) -> V {
    V::default()
}

fn indoors(map: fn(V) -> (f32, u32), skin: fn(u32, V, V) -> Skin) -> Scene {
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
            LIGHT => glowing(v(7.0, 5.2, 3.2)),
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

/// A cabinet of stones.
pub(crate) fn specimens() -> Scene {
    const WIDE: f32 = 0.36;
    const HIGH: f32 = 0.32;
    fn cell(p: V) -> (V, i32, i32) {
        let (x, i) = row(p.x, WIDE, -9, 9);
        let (y, j) = row(p.y, HIGH, -6, 6);
        (v(x, y, p.z), i, j)
    }
    fn map(p: V) -> (f32, u32) {
        let (q, i, j) = cell(p);
        let mut near = (0.42 - p.z, WALL);
        near = nearer(
            near,
            cuboid(v(0.0, q.y.abs() - HIGH / 2.0, q.z - 0.2), v(9.0, 0.011, 0.22)),
            WOOD,
        );
        near = nearer(
            near,
            cuboid(v(q.x.abs() - WIDE / 2.0, 0.0, q.z - 0.2), v(0.010, 9.0, 0.215)),
            WOOD,
        );
        let size = 0.062 + hash(i, j, 1) * 0.040;
        let kind = hash(i, j, 2);
        let at = q - v((hash(i, j, 3) - 0.5) * 0.05, size * 0.80 - HIGH / 2.0 + 0.008, 0.17);
        let flat = v(at.x * (0.78 + hash(i, j, 4) * 0.4), at.y * (0.9 + hash(i, j, 5) * 0.5), at.z);
        let seed = grey(i as f32 * 3.1 + j as f32 * 7.7);
        let mut stone = flat.len() - size;
        if stone < 0.12 {
            let s = p + seed;
            if kind < 0.35 {
                let turn = v(
                    flat.x + flat.y * 0.4,
                    flat.y - flat.x * 0.3 + flat.z * 0.2,
                    flat.z - flat.y * 0.25,
                );
                stone = cuboid(turn, grey(size * 0.70)) - 0.006 + (cloud(s * 22.0, 3) - 0.5) * 0.03;
            } else {
                stone += (cloud(s * 15.0, 4) - 0.5) * 0.075 + (noise(s * 70.0) - 0.5) * 0.006;
            }
        }
        near = nearer(near, stone * 0.6, THING);
        let card = v(q.x, q.y + HIGH / 2.0 - 0.045, q.z - 0.030);
        let lean = v(card.x, card.y - card.z * 0.2, card.z - card.y * 0.35);
        nearer(near, cuboid(lean, v(0.052, 0.026, 0.001)) * 0.9, PAPER)
    }
    fn skin(which: u32, p: V, _: V) -> Skin {
        let (q, i, j) = cell(p);
        match which {
            THING => {
                const STONES: [V; 8] = [
                    v(0.30, 0.28, 0.26),
                    v(0.44, 0.20, 0.11),
                    v(0.15, 0.22, 0.17),
                    v(0.58, 0.55, 0.50),
                    v(0.06, 0.06, 0.07),
                    v(0.50, 0.36, 0.20),
                    v(0.34, 0.16, 0.18),
                    v(0.24, 0.30, 0.36),
                ];
                let of = STONES[(hash(i, j, 7) * 7.99) as usize];
                let other = STONES[(hash(i, j, 8) * 7.99) as usize];
                let s = p + grey(i as f32 * 3.1 + j as f32 * 7.7);
                let band = ((s.y * 60.0 + cloud(s * 14.0, 3) * 9.0).sin() * 0.5 + 0.5)
                    * step(0.45, 0.7, hash(i, j, 9));
                let speck = step(0.66, 0.78, noise(s * 160.0));
                let mirror = if hash(i, j, 10) > 0.75 { 0.08 } else { 0.01 };
                Skin {
                    mirror,
                    ..(of.mix(other, band * 0.6) * (0.75 + cloud(s * 30.0, 3) * 0.5))
                        .mix(grey(0.6), speck * 0.3)
                        .into()
                }
            }
            PAPER => {
                let ink = ((q.y * 140.0).rem_euclid(1.0) < 0.4)
                    && q.x.abs() < 0.038
                    && hash((p.x * 500.0) as i32, (p.y * 140.0) as i32, 4) > 0.25;
                v(0.80, 0.75, 0.62).mix(v(0.08, 0.08, 0.12), if ink { 0.7 } else { 0.0 }).into()
            }
            WOOD => Skin {
                mirror: 0.03,
                ..(v(0.30, 0.165, 0.08) * grain(p, v(5.0, 40.0, 40.0))).into()
            },
            _ => (v(0.17, 0.10, 0.055) * grain(p, v(30.0, 3.0, 3.0))).into(),
        }
    }
    Scene {
        eye: v(-0.42, 0.22, -1.55),
        look: v(0.06, -0.02, 0.2),
        wide: 0.72,
        ambient: (v(0.20, 0.175, 0.15), v(0.15, 0.11, 0.08)),
        lamps: vec![
            (v(-0.9, 1.0, -0.9), v(2.3, 1.75, 1.1)),
            (v(1.5, 0.3, -1.1), v(0.45, 0.52, 0.62)),
        ],
        exposure: 1.05,
        far: 12.0,
        ..indoors(map, skin)
    }
}

/// The mender of books at the north window.
pub(crate) fn mending() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, FLOOR);
        let hole = (p.x - 0.35).abs().max((p.y - 1.75) * 0.96) - 0.85;
        let hole = hole.max(0.95 - p.y).max(p.y - 2.75);
        near = nearer(near, cuboid(p - v(0.0, 2.0, 2.2), v(5.0, 2.5, 0.16)).max(-hole), WALL);
        for i in -1..=1_i32 {
            near = nearer(
                near,
                cuboid(p - v(0.35 + i as f32 * 0.44, 1.8, 2.22), v(0.018, 0.95, 0.03)),
                WOOD,
            );
        }
        near = nearer(near, cuboid(p - v(0.35, 2.05, 2.22), v(0.87, 0.018, 0.03)), WOOD);
        near = nearer(near, cuboid(p - v(0.35, 0.94, 2.02), v(1.0, 0.03, 0.2)), WOOD);
        near = nearer(near, cuboid(p - v(0.3, 0.76, 1.35), v(1.35, 0.03, 0.5)), WOOD);
        near = nearer(near, 2.4 + p.x, WALL);
        let b = p - v(0.52, 0.80, 1.22);
        let bend = 0.035 * (1.0 - ((b.x.abs() - 0.16) / 0.18).powi(2));
        near = nearer(near, cuboid(v(b.x, b.y - bend, b.z), v(0.33, 0.016, 0.22)) * 0.8, PAPER);
        for (x, z, r, h) in
            [(1.15, 1.5, 0.06, 0.07), (1.3, 1.3, 0.045, 0.05), (-0.75, 1.6, 0.055, 0.09)]
        {
            near = nearer(near, post(p - v(x, 0.79 + h, z), r, h) - 0.008, THING);
        }
        near = nearer(near, rod(p, v(-0.77, 0.9, 1.6), v(-0.72, 1.22, 1.63), 0.006), WOOD);
        near = nearer(near, rod(p, v(-0.74, 0.9, 1.6), v(-0.82, 1.18, 1.58), 0.005), WOOD);
        for i in 0..5 {
            let y = 0.81 + i as f32 * 0.035;
            near = nearer(
                near,
                cuboid(p - v(-1.05 + (hash(i, 1, 2) - 0.5) * 0.06, y, 1.35), v(0.15, 0.014, 0.2)),
                THING + 5,
            );
        }
        let q = p - v(-0.12, 0.0, 0.78);
        let body = rod(q, v(0.0, 0.62, -0.06), v(0.07, 1.16, 0.08), 0.20);
        let shoulders = rod(q, v(-0.15, 1.17, 0.07), v(0.27, 1.17, 0.12), 0.095);
        let neck = rod(q, v(0.08, 1.2, 0.10), v(0.12, 1.36, 0.17), 0.055);
        let head = q - v(0.15, 1.46, 0.21);
        let head = v(head.x, head.y * 0.84, head.z * 0.92).len() - 0.112;
        let hair = v(q.x - 0.11, q.y - 1.475, q.z - 0.155).len() - 0.112;
        let bun = (q - v(0.02, 1.50, 0.06)).len() - 0.062;
        let smooth = |a: f32, b: f32, k: f32| {
            let h = (0.5 + 0.5 * (b - a) / k).clamp(0.0, 1.0);
            b + (a - b) * h - k * h * (1.0 - h)
        };
        near = nearer(near, smooth(body, shoulders, 0.16), CLOTH);
        near = nearer(near, smooth(head, neck, 0.05), SKIN);
        near = nearer(near, smooth(hair, bun, 0.04), LIGHT + 5);
        let arm = rod(q, v(0.29, 1.14, 0.13), v(0.42, 0.88, 0.26), 0.062).min(rod(
            q,
            v(0.42, 0.88, 0.26),
            v(0.55, 0.86, 0.46),
            0.05,
        ));
        near = nearer(near, smooth(arm, smooth(body, shoulders, 0.16), 0.06), CLOTH);
        near = nearer(near, rod(q, v(0.55, 0.86, 0.46), v(0.63, 0.87, 0.54), 0.034), SKIN);
        nearer(near, rod(q, v(0.62, 0.84, 0.56), v(0.68, 1.05, 0.44), 0.005), WOOD)
    }
    fn skin(which: u32, p: V, _: V) -> Skin {
        match which {
            WALL => (v(0.46, 0.43, 0.38) * (0.8 + cloud(p * 1.5, 3) * 0.25)).into(),
            WOOD => Skin {
                mirror: 0.05,
                ..(v(0.20, 0.105, 0.05) * grain(p, v(1.5, 14.0, 14.0))).into()
            },
            THING => Skin { mirror: 0.06, ..v(0.20, 0.30, 0.36).into() },
            PAPER => {
                let (x, _) = row(p.x - 0.52, 0.045, -20, 20);
                let ink = x.abs() < 0.010
                    && (p.z - 1.22).abs() < 0.17
                    && (p.x - 0.52).abs() > 0.03
                    && noise(p * 130.0) > 0.40;
                let hole = noise(p * 24.0) > 0.83;
                let paper = v(0.72, 0.62, 0.44) * (0.85 + cloud(p * 9.0, 3) * 0.2);
                paper
                    .mix(
                        v(0.06, 0.05, 0.04),
                        if ink {
                            0.75
                        } else if hole {
                            0.8
                        } else {
                            0.0
                        },
                    )
                    .into()
            }
            CLOTH => (v(0.13, 0.19, 0.27) * (0.75 + noise(p * 40.0) * 0.25)).into(),
            SKIN => v(0.48, 0.29, 0.20).into(),
            8 => (v(0.13, 0.20, 0.32) * (0.8 + noise(p * 20.0) * 0.3)).into(),
            10 => (v(0.020, 0.016, 0.014) * (0.6 + noise(v(p.x * 60.0, p.y * 20.0, p.z * 60.0))))
                .into(),
            _ => (v(0.17, 0.10, 0.06) * grain(p, v(1.0, 8.0, 12.0))).into(),
        }
    }
    fn sky(d: V) -> V {
        let tree = step(0.46, 0.56, cloud(v(d.x * 7.0, d.y * 7.0, 3.0), 5) + (0.16 - d.y) * 0.7);
        v(1.25, 1.35, 1.42).mix(v(0.34, 0.46, 0.30), tree * 0.85)
    }
    let pane = |x: f32, y: f32| (v(x, y, 1.95), v(0.62, 0.68, 0.74));
    Scene {
        size: (1120, 1424),
        eye: v(-0.62, 1.66, -1.75),
        look: v(0.20, 1.40, 1.2),
        wide: 0.62,
        sky,
        ambient: (v(0.13, 0.13, 0.14), v(0.09, 0.07, 0.055)),
        lamps: vec![
            pane(-0.1, 1.3),
            pane(0.8, 1.3),
            pane(-0.1, 2.2),
            pane(0.8, 2.2),
            (v(-1.6, 2.2, -1.4), v(0.35, 0.26, 0.18)),
        ],
        halo: 0.006,
        exposure: 0.98,
        far: 20.0,
        ..indoors(map, skin)
    }
}

/// Between the shelves.
pub(crate) fn stacks() -> Scene {
    fn book(p: V, side: f32) -> (i32, i32) {
        let shelf = (p.y / 0.36).floor() as i32;
        let along = p.z + hash(shelf, side as i32, 6) * 2.0;
        ((along / 0.042).floor() as i32, shelf * 3 + side as i32)
    }
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, FLOOR);
        let (z, _) = row(p.z - 6.0, 2.4, -4, 9);
        let side = p.x.signum();
        let y = p.y - (p.y / 0.36).floor() * 0.36;
        let (i, j) = book(p, side);
        let tall = 0.20 + hash(i, j, 1) * 0.10;
        let gone = hash(i / 9, j, 12) > 0.90 && hash(i, j, 2) > 0.3;
        let set_back = 0.80 + hash(i, j, 3) * 0.035 + if gone || y > tall { 0.18 } else { 0.0 };
        let books = (set_back - p.x.abs()).max(p.y - 2.86) * 0.45;
        near = nearer(near, books, THING);
        let (board, _) = row(p.y - 0.01, 0.36, 0, 8);
        near = nearer(near, cuboid(v(p.x.abs() - 0.97, board, 0.0), v(0.2, 0.012, 90.0)), WOOD);
        near =
            nearer(near, cuboid(v(p.x.abs() - 0.97, p.y - 1.45, z), v(0.215, 1.45, 0.022)), WOOD);
        near = nearer(near, cuboid(v(p.x.abs() - 1.2, p.y - 1.45, 0.0), v(0.02, 1.45, 90.0)), WOOD);
        near = nearer(near, 3.5 - p.y, WALL);
        near = nearer(near, 26.0 - p.z, LIGHT);
        let (lz, _) = row(p.z - 3.6, 4.8, 0, 4);
        near = nearer(near, cuboid(v(p.x, p.y - 3.44, lz), v(0.16, 0.03, 0.9)), SKIN);
        nearer(near, person(p - v(0.18, 0.0, 16.5), 1.68), CLOTH)
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            THING => {
                const CLOTHS: [V; 10] = [
                    v(0.30, 0.055, 0.045),
                    v(0.06, 0.12, 0.22),
                    v(0.055, 0.16, 0.11),
                    v(0.42, 0.31, 0.15),
                    v(0.50, 0.46, 0.38),
                    v(0.10, 0.09, 0.09),
                    v(0.24, 0.12, 0.06),
                    v(0.22, 0.24, 0.26),
                    v(0.36, 0.16, 0.07),
                    v(0.56, 0.54, 0.50),
                ];
                let (i, j) = book(p, p.x.signum());
                let set = if hash(i / 7, j, 14) > 0.6 { i / 7 } else { i };
                let of = CLOTHS[(hash(set, j, 5) * 9.99) as usize];
                let y = p.y - (p.y / 0.36).floor() * 0.36;
                let label = (0.05..0.09).contains(&y) && n.x.abs() > 0.6;
                let band = (y - 0.17).abs() < 0.012 && hash(set, j, 8) > 0.5;
                let skin = of * (0.75 + noise(p * 60.0) * 0.3);
                (if label {
                    v(0.66, 0.63, 0.55)
                } else if band {
                    v(0.50, 0.36, 0.14)
                } else {
                    skin
                })
                .into()
            }
            WOOD => {
                Skin { mirror: 0.02, ..(v(0.28, 0.16, 0.08) * grain(p, v(9.0, 2.0, 1.2))).into() }
            }
            LIGHT => {
                let (x, y) = (p.x.abs(), p.y);
                let pane = x < 0.75
                    && (0.9..3.0).contains(&y)
                    && (x - 0.0).abs() > 0.03
                    && (y - 1.9).abs() > 0.03;
                if pane { glowing(v(5.6, 4.8, 3.6)) } else { v(0.5, 0.47, 0.42).into() }
            }
            SKIN => glowing(v(2.6, 2.3, 1.8)),
            CLOTH => v(0.05, 0.06, 0.09).into(),
            WALL => v(0.55, 0.53, 0.48).into(),
            _ => {
                let (_, i) = row(p.x, 0.11, -20, 20);
                Skin {
                    mirror: 0.13,
                    ..(v(0.22, 0.13, 0.07)
                        * (grain(p, v(9.0, 9.0, 0.8)) * (0.8 + hash(i, 2, 2) * 0.35)))
                        .into()
                }
            }
        }
    }
    let mut lamps: Vec<(V, V)> =
        (0..5).map(|i| (v(0.0, 3.2, 3.6 + i as f32 * 4.8), v(3.6, 3.0, 2.2))).collect();
    lamps.push((v(0.0, 2.0, 24.6), v(9.0, 7.4, 5.0)));
    Scene {
        size: (1200, 1200),
        eye: v(-0.16, 1.42, -0.6),
        look: v(0.02, 1.52, 6.0),
        wide: 0.84,
        ambient: (v(0.30, 0.26, 0.21), v(0.20, 0.15, 0.10)),
        lamps,
        halo: 0.0012,
        exposure: 1.0,
        far: 40.0,
        ..indoors(map, skin)
    }
}

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
