//! Close work: a case of specimens, a desk by a window, the stacks of the library.

use crate::camera::{Scene, Skin};
use crate::materials::{glowing, grain};
use crate::rooms::indoors;
use crate::vector::{V, cloud, cuboid, grey, hash, nearer, noise, person, post, rod, row, step, v};

const FLOOR: u32 = 0;
const WALL: u32 = 1;
const WOOD: u32 = 2;
const THING: u32 = 3;
const CLOTH: u32 = 4;
const LIGHT: u32 = 5;
const SKIN: u32 = 6;
const PAPER: u32 = 7;

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
                if pane { glowing(grey(0.3), v(5.6, 4.8, 3.6)) } else { v(0.5, 0.47, 0.42).into() }
            }
            SKIN => glowing(grey(0.3), v(2.6, 2.3, 1.8)),
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
