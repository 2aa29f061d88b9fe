//! The campus under snow.

use crate::camera::{Scene, Skin, heaven};
use crate::vector::{
    V, cloud, conifer, cuboid, gable, grey, hash, nearer, noise, person, post, rod, row, step, v,
};

const SNOW: u32 = 0;
const TREE: u32 = 1;
const WALL: u32 = 2;
const ROOF: u32 = 3;
const METAL: u32 = 4;
const PEOPLE: u32 = 5;
const LAMP: u32 = 6;

const WHITE: V = v(0.80, 0.83, 0.88);

/// What snow lies on: whatever looks up, unevenly.
fn snowed(p: V, n: V, under: V) -> V {
    under.mix(WHITE, step(0.25, 0.55, n.y + (noise(p * 5.0) - 0.5) * 0.5))
}

const SIDE: V = v(-0.75, 0.24, 0.52);

/// An avenue of firs with a swept path.
pub(crate) fn avenue() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let path = (p.x - 0.4 * (p.z * 0.12).sin()).abs();
        let drift = step(0.9, 1.5, path) * (0.20 + 0.20 * step(2.2, 1.4, path))
            + cloud(p * 0.9, 3) * 0.16 * step(0.9, 1.3, path);
        let mut near = ((p.y - drift) * 0.8, SNOW);
        let (z, j) = row(p.z - 5.0, 6.5, 0, 11);
        let side = if p.x < 0.0 { 40 } else { 0 };
        let tall = 8.0 + hash(j + side, 3, 1) * 5.0;
        let shift = hash(j + side, 5, 2) * 1.4;
        near = nearer(
            near,
            conifer(v(p.x.abs() - 5.0 - shift, p.y, z), tall, (j + side) as f32) * 0.8,
            TREE,
        );
        for (x, z) in [(0.1, 15.0), (-0.4, 15.8), (0.5, 29.0)] {
            near = nearer(near, person(p - v(x, 0.0, z), 1.7), PEOPLE);
        }
        near
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            TREE => snowed(p, n, v(0.035, 0.06, 0.045)).into(),
            PEOPLE if p.y > 1.47 => grey(0.03).into(),
            PEOPLE => v(0.30, 0.06, 0.05).mix(v(0.07, 0.08, 0.13), step(14.9, 15.5, p.z)).into(),
            _ => {
                let path = (p.x - 0.4 * (p.z * 0.12).sin()).abs();
                let swept = step(1.15, 0.9, path + (noise(p * 6.0) - 0.5) * 0.3);
                let brick = grey(0.22) * (0.6 + noise(v(p.x * 5.0, 0.0, p.z * 5.0)) * 0.6);
                let rest = step(0.40, 0.62, cloud(p * 2.0, 4));
                WHITE.mix(brick.mix(WHITE * 0.8, rest * 0.7), swept).into()
            }
        }
    }
    fn sky(d: V) -> V {
        heaven(d, SIDE.unit(), v(0.36, 0.50, 0.74), v(0.86, 0.80, 0.78), v(1.05, 0.92, 0.82))
    }
    Scene {
        size: (960, 1200),
        eye: v(0.5, 1.7, -3.0),
        look: v(0.0, 3.0, 14.0),
        wide: 1.0,
        sun: SIDE.unit(),
        sunlight: v(1.7, 1.25, 0.85),
        sky,
        ambient: (v(0.46, 0.54, 0.70), v(0.34, 0.36, 0.42)),
        haze: (0.008, v(0.72, 0.74, 0.80)),
        lamps: Vec::new(),
        halo: 0.0,
        far: 250.0,
        exposure: 0.78,
        map,
        skin,
    }
}

/// Roofs below the hill, seen from above.
pub(crate) fn roofs() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, SNOW);
        let (z, j) = row(p.z, 21.0, 0, 5);
        let (x, i) = row(p.x + if j % 2 == 0 { 0.0 } else { 13.0 }, 30.0, -4, 4);
        let h = 4.0 + hash(i, j, 1) * 3.5;
        near = nearer(near, cuboid(v(x, p.y - h, z), v(10.0, h, 4.6)), WALL);
        let top = v(x, p.y - h * 2.0, z);
        near = nearer(near, gable(top, 11.0, 5.6, 3.0), ROOF);
        near = nearer(near, cuboid(top - v(6.0, 2.6, 1.6), v(0.5, 1.2, 0.5)), WALL);
        let (tx, k) = row(p.x + 7.0, 15.0, -9, 9);
        let (tz, m) = row(p.z - 10.5, 21.0, 0, 5);
        near = nearer(
            near,
            conifer(
                v(tx + (hash(k, m, 4) - 0.5) * 5.0, p.y, tz),
                7.0 + hash(k, m, 6) * 5.0,
                (k * 7 + m) as f32,
            ) * 0.7,
            TREE,
        );
        let far = v(p.x * 0.011, 0.0, p.z * 0.011);
        let hill = step(120.0, 330.0, p.z) * (cloud(far, 5) - 0.18) * 135.0;
        nearer(near, (p.y - hill) * 0.55, 7)
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            ROOF => {
                let groove = (p.x * 1.6).rem_euclid(1.0);
                let bare = step(0.60, 0.74, cloud(p * 0.35, 4) + (groove - 0.5) * 0.05);
                WHITE.mix(v(0.10, 0.11, 0.12), bare * step(0.2, 0.5, n.y)).into()
            }
            WALL if n.y < 0.5 => {
                let (x, i) = row(p.x, 2.4, -90, 90);
                let (y, j) = row(p.y - 1.6, 3.0, 0, 9);
                let pane = x.abs() < 0.6 && y.abs() < 0.8 && n.z < -0.5;
                let lit = hash(i, j, 12) > 0.72;
                let glow = if pane && lit { v(1.2, 0.66, 0.26) } else { V::default() };
                Skin { glow, ..(if pane { grey(0.05) } else { v(0.36, 0.26, 0.21) }).into() }
            }
            TREE => snowed(p, n, v(0.035, 0.055, 0.045)).into(),
            7 => {
                v(0.10, 0.12, 0.14).mix(WHITE, step(0.42, 0.72, n.y + noise(p * 0.2) * 0.3)).into()
            }
            _ => WHITE.into(),
        }
    }
    fn sky(d: V) -> V {
        heaven(d, SIDE.unit(), v(0.34, 0.46, 0.70), v(0.84, 0.76, 0.76), v(1.05, 0.88, 0.80))
    }
    Scene {
        size: (960, 1200),
        eye: v(6.0, 30.0, -40.0),
        look: v(2.0, 14.0, 30.0),
        wide: 0.92,
        sun: SIDE.unit(),
        sunlight: v(2.2, 1.45, 0.95),
        sky,
        ambient: (v(0.42, 0.50, 0.68), v(0.30, 0.31, 0.36)),
        haze: (0.0022, v(0.60, 0.62, 0.72)),
        lamps: Vec::new(),
        halo: 0.0,
        far: 700.0,
        exposure: 0.82,
        map,
        skin,
    }
}

/// A bench and a lamp before daybreak.
pub(crate) fn bench() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let drift = cloud(v(p.x * 0.5, 0.0, p.z * 0.5), 3) * 0.35;
        let mut near = ((p.y - drift) * 0.8, SNOW);
        let q = p - v(-0.5, 0.2, 4.6);
        for i in 0..4 {
            near = nearer(
                near,
                cuboid(q - v(0.0, 0.45, i as f32 * 0.13 - 0.2), v(0.9, 0.025, 0.05)),
                WALL,
            );
        }
        for i in 0..3 {
            near = nearer(
                near,
                cuboid(q - v(0.0, 0.62 + i as f32 * 0.14, 0.30), v(0.9, 0.05, 0.02)),
                WALL,
            );
        }
        let leg = v(q.x.abs() - 0.75, q.y, q.z);
        near = nearer(near, cuboid(leg - v(0.0, 0.22, 0.0), v(0.03, 0.25, 0.24)), METAL);
        near = nearer(near, cuboid(leg - v(0.0, 0.6, 0.33), v(0.03, 0.42, 0.03)), METAL);
        let cap = cuboid(q - v(0.0, 0.53, 0.0), v(0.86, 0.04, 0.22)) - 0.05
            + (noise(p * 4.0) - 0.5) * 0.05;
        near = nearer(near, cap * 0.8, SNOW);
        let l = p - v(1.5, 0.0, 5.4);
        near = nearer(near, rod(l, v(0.0, 0.0, 0.0), v(0.0, 3.1, 0.0), 0.045), METAL);
        near = nearer(near, (l - v(0.0, 3.3, 0.0)).len() - 0.19, LAMP);
        near = nearer(near, post(l - v(0.0, 3.52, 0.0), 0.27, 0.03), METAL);
        let (x, k) = row(p.x, 4.2, -8, 8);
        let z = p.z - 14.0 - hash(k, 1, 1) * 8.0;
        near = nearer(near, conifer(v(x, p.y, z), 8.0 + hash(k, 2, 2) * 5.0, k as f32) * 0.7, TREE);
        near
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            WALL => snowed(p, n, v(0.16, 0.09, 0.05)).into(),
            METAL => snowed(p, n, grey(0.04)).into(),
            TREE => snowed(p, n, v(0.03, 0.05, 0.04)).into(),
            LAMP => Skin { glow: v(8.0, 5.4, 2.8), ..grey(0.5).into() },
            _ => WHITE.into(),
        }
    }
    fn sky(d: V) -> V {
        v(0.20, 0.25, 0.40).mix(v(0.05, 0.09, 0.22), d.y.max(0.0).powf(0.6) * 1.2)
    }
    Scene {
        size: (960, 1200),
        eye: v(0.2, 1.45, -0.6),
        look: v(0.35, 1.65, 5.0),
        wide: 0.86,
        sun: v(0.0, 1.0, 0.0),
        sunlight: V::default(),
        sky,
        ambient: (v(0.11, 0.15, 0.27), v(0.06, 0.07, 0.11)),
        haze: (0.018, v(0.13, 0.17, 0.27)),
        lamps: vec![(v(1.5, 3.05, 5.2), v(6.5, 4.1, 1.9))],
        halo: 0.010,
        far: 120.0,
        exposure: 1.15,
        map,
        skin,
    }
}

/// The gate in the evening.
pub(crate) fn gate() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let drift = cloud(v(p.x * 0.4, 0.0, p.z * 0.4), 3) * 0.28 * step(1.6, 3.4, p.x.abs());
        let mut near = ((p.y - drift) * 0.8, SNOW);
        let arch = |x: f32, half: f32, spring: f32| {
            let q = v(p.x - x, p.y - spring, 0.0);
            if q.y > 0.0 { q.x.hypot(q.y) - half } else { q.x.abs() - half }
        };
        let holes = arch(0.0, 2.3, 3.4).min(arch(-6.0, 1.3, 2.6)).min(arch(6.0, 1.3, 2.6));
        let tower = cuboid(p - v(0.0, 4.2, 0.0), v(9.0, 4.2, 1.9)).max(-holes);
        near = nearer(near, tower, WALL);
        near = nearer(near, cuboid(p - v(0.0, 8.55, 0.0), v(9.3, 0.2, 2.2)), METAL);
        near = nearer(near, cuboid(p - v(0.0, 9.6, 0.0), v(5.4, 1.0, 1.4)), WALL);
        let curl = |x: f32, w: f32| (x.abs() / w).powi(4) * 0.7;
        near =
            nearer(near, gable(p - v(0.0, 10.5 + curl(p.x, 7.4), 0.0), 7.4, 3.0, 2.3) * 0.8, ROOF);
        near = nearer(
            near,
            cuboid(p - v(0.0, 1.6, 0.6), v(60.0, 1.6, 0.3)).max(9.0 - p.x.abs()),
            WALL,
        );
        let l = v(p.x.abs() - 3.6, p.y - 2.9, p.z + 2.3);
        near = nearer(near, cuboid(l, v(0.2, 0.32, 0.2)), LAMP);
        near = nearer(near, cuboid(l - v(0.0, 0.4, 0.1), v(0.28, 0.05, 0.28)), METAL);
        for (x, z) in [(0.7, -1.0), (-0.6, -6.5)] {
            near = nearer(near, person(p - v(x, 0.0, z), 1.7), PEOPLE);
        }
        let q = v(p.x.abs() - 14.5, p.y, p.z - 5.0);
        near = nearer(near, conifer(q, 12.0, p.x.signum()) * 0.7, TREE);
        nearer(
            near,
            conifer(v(p.x.abs() - 20.0, p.y, p.z + 1.0), 9.0, p.x.signum() * 3.0) * 0.7,
            TREE,
        )
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            WALL => {
                let (_, j) = row(p.y, 0.4, 0, 90);
                let (_, i) = row(p.x + 0.4 * (j % 2) as f32, 0.8, -99, 99);
                let joint = step(0.0, 0.08, (p.y / 0.4 + 0.5).rem_euclid(1.0));
                let stone =
                    v(0.24, 0.20, 0.18) * (0.75 + hash(i, j, 2) * 0.4) * (0.6 + joint * 0.4);
                let plate = p.z < -1.3 && p.x.abs() < 2.4 && (p.y - 9.55).abs() < 0.55;
                snowed(p, n, if plate { v(0.03, 0.035, 0.06) } else { stone }).into()
            }
            ROOF => snowed(p, n, v(0.07, 0.08, 0.09)).into(),
            METAL => snowed(p, n, grey(0.12)).into(),
            TREE => snowed(p, n, v(0.03, 0.05, 0.04)).into(),
            PEOPLE => v(0.04, 0.04, 0.06).into(),
            LAMP => Skin { glow: v(6.0, 3.4, 1.4), ..grey(0.4).into() },
            _ => {
                let trod = step(1.9, 1.0, p.x.abs() + (noise(p * 2.0) - 0.5))
                    * step(0.42, 0.6, cloud(p * 2.6, 3));
                WHITE.mix(v(0.30, 0.31, 0.34), trod * 0.75).into()
            }
        }
    }
    fn sky(d: V) -> V {
        v(0.30, 0.26, 0.36).mix(v(0.045, 0.07, 0.17), d.y.max(0.0).powf(0.6) * 1.4)
    }
    Scene {
        size: (1200, 1200),
        eye: v(-2.6, 1.65, -21.0),
        look: v(0.0, 5.6, 0.0),
        wide: 0.92,
        sun: v(0.0, 1.0, 0.0),
        sunlight: V::default(),
        sky,
        ambient: (v(0.13, 0.16, 0.27), v(0.08, 0.08, 0.11)),
        haze: (0.006, v(0.16, 0.16, 0.24)),
        lamps: vec![
            (v(-3.6, 2.9, -2.8), v(6.0, 3.5, 1.5)),
            (v(3.6, 2.9, -2.8), v(6.0, 3.5, 1.5)),
            (v(0.0, 4.6, 0.4), v(9.0, 5.4, 2.4)),
            (v(0.5, 4.5, 6.0), v(12.0, 7.0, 3.0)),
        ],
        halo: 0.0022,
        far: 160.0,
        exposure: 1.15,
        map,
        skin,
    }
}
