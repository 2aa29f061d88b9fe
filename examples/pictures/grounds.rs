//! The grounds of the campus: a court, the field, the track, a road at night.

use crate::camera::{Scene, Skin, heaven};
use crate::materials::{glowing, grass, leaves, paving, tiles};
use crate::vector::{
    V, cloud, crown, cuboid, gable, grey, hash, nearer, noise, person, post, rod, row, step, v,
};

const GROUND: u32 = 0;
const WALL: u32 = 1;
const ROOF: u32 = 2;
const LEAF: u32 = 3;
const WOOD: u32 = 4;
const PEOPLE: u32 = 6;
const METAL: u32 = 7;
const CLOTH: u32 = 8;

const COAT: V = v(0.045, 0.05, 0.07);

const AUTUMN: V = v(-0.62, 0.52, 0.42);

/// The court behind the hall when the ginkgo has turned.
pub(crate) fn ginkgo_court() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, GROUND);
        let gate = v(p.x + 4.5, p.y - 1.75, p.z - 15.0);
        let wall =
            cuboid(p - v(0.0, 1.9, 15.0), v(40.0, 1.9, 0.25)).max(1.55 - gate.x.hypot(gate.y));
        near = nearer(near, wall, WALL);
        near = nearer(near, gable(p - v(0.0, 3.75, 15.0), 40.0, 0.7, 0.5), ROOF);
        for (x, z, high, size) in [
            (3.4, 3.0, 5.6, 3.9),
            (-7.5, 9.0, 5.6, 3.6),
            (11.5, 10.0, 6.4, 4.2),
            (-14.0, 20.0, 7.0, 5.0),
            (4.0, 24.0, 7.5, 5.2),
        ] {
            let q = p - v(x, 0.0, z);
            near = nearer(near, crown(v(q.x, (q.y - high) * 0.86, q.z), size, x * 1.7), LEAF);
            let lean = (noise(v(0.0, p.y * 0.8, x)) - 0.5) * 0.3;
            near = nearer(near, post(q - v(lean, 2.0, 0.0), 0.26 - p.y * 0.02, 2.4), WOOD);
        }
        let q = p - v(-1.5, 0.0, -2.2);
        near = nearer(near, post(q - v(0.0, 0.72, 0.0), 0.85, 0.04), METAL);
        near = nearer(near, post(q - v(0.0, 0.36, 0.0), 0.12, 0.36), METAL);
        let seat = v(q.x.abs() - 1.05, q.y - 0.21, q.z.abs() - 0.75);
        near = nearer(near, post(seat, 0.24, 0.21), METAL);
        for (x, z) in [(-4.6, 12.2), (-4.0, 12.6)] {
            near = nearer(near, person(p - v(x, 0.0, z), 1.66), PEOPLE);
        }
        near
    }
    fn skin(which: u32, p: V, _: V) -> Skin {
        match which {
            WALL => (v(0.66, 0.64, 0.60) * (0.72 + cloud(v(p.x * 0.7, p.y * 0.4, 0.0), 4) * 0.36))
                .into(),
            ROOF => tiles(p).into(),
            LEAF => {
                let leaf = leaves(p, v(0.42, 0.22, 0.02), v(0.95, 0.66, 0.07));
                glowing(leaf, leaf * 0.16)
            }
            WOOD => (v(0.13, 0.10, 0.075)
                * (0.6 + noise(v(p.x * 9.0, p.y * 2.0, p.z * 9.0)) * 0.8))
                .into(),
            PEOPLE => COAT.into(),
            METAL => (grey(0.32) * (0.7 + cloud(p * 8.0, 3) * 0.5)).into(),
            _ => {
                let fallen = cloud(v(p.x * 6.0, 0.0, p.z * 6.0), 3) * 0.75
                    + noise(v(p.x * 0.35, 2.0, p.z * 0.35)) * 0.42;
                let leaf = v(0.52, 0.30, 0.03).mix(v(0.92, 0.62, 0.08), noise(p * 13.0));
                paving(p).mix(leaf, step(0.50, 0.58, fallen)).into()
            }
        }
    }
    fn sky(d: V) -> V {
        heaven(d, AUTUMN.unit(), v(0.16, 0.36, 0.72), v(0.72, 0.78, 0.80), v(1.0, 0.95, 0.86))
    }
    Scene {
        size: (1680, 1120),
        eye: v(-2.0, 1.65, -9.5),
        look: v(-0.4, 3.0, 4.0),
        wide: 0.98,
        sun: AUTUMN.unit(),
        sunlight: v(2.5, 2.1, 1.55),
        sky,
        ambient: (v(0.42, 0.50, 0.62), v(0.26, 0.20, 0.11)),
        haze: (0.004, v(0.72, 0.70, 0.62)),
        lamps: Vec::new(),
        halo: 0.0,
        far: 300.0,
        exposure: 0.82,
        map,
        skin,
    }
}

const NINE: V = v(0.72, 0.42, 0.24);

/// The opening ceremony on the east field.
pub(crate) fn opening_day() -> Scene {
    fn crowd(p: V) -> (f32, i32, i32) {
        let (block, b) = row(p.x, 13.0, -3, 3);
        let (x, i) = row(block, 1.05, -5, 5);
        let (z, j) = row(p.z, 1.25, 0, 34);
        let (i, lean) = (i + b * 40, hash(i + b * 40, j, 2));
        let q = v(x + (lean - 0.5) * 0.24, p.y, z + (hash(i, j, 4) - 0.5) * 0.3);
        (person(q, 1.6 + lean * 0.2), i, j)
    }
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, GROUND);
        if p.y < 2.6 {
            near = nearer(near, crowd(p).0 * 0.8, PEOPLE);
        } else {
            near.0 = near.0.min(p.y - 1.9);
        }
        near = nearer(near, cuboid(p - v(0.0, 0.7, 56.0), v(17.0, 0.7, 5.0)), METAL);
        near = nearer(near, cuboid(p - v(0.0, 5.4, 61.0), v(16.0, 4.2, 0.3)), CLOTH);
        near = nearer(near, cuboid(p - v(0.0, 8.0, 92.0), v(52.0, 8.0, 6.0)), WALL);
        for i in -5..=5_i32 {
            let x = i as f32 * 7.0;
            near = nearer(near, post(p - v(x, 6.0, 68.0), 0.07, 6.0), METAL);
            let q = p - v(x + 1.5, 10.9, 68.0);
            let wave = ((q.x + 1.5) * 2.6 + x).sin() * 0.12 * (q.x + 1.5);
            near = nearer(near, cuboid(q - v(0.0, 0.0, wave), v(1.45, 0.95, 0.03)) * 0.7, CLOTH);
        }
        let (x, k) = row(p.x, 9.0, -7, 7);
        near = nearer(near, crown(v(x, p.y - 5.0, p.z - 79.0), 3.6, k as f32), LEAF);
        near
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            PEOPLE => {
                let (_, i, j) = crowd(p);
                let high = p.y / (1.6 + hash(i, j, 2) * 0.2);
                if high > 0.9 {
                    return v(0.03, 0.025, 0.02).into();
                }
                let shirt = [v(0.72, 0.72, 0.70), v(0.10, 0.20, 0.42), v(0.62, 0.60, 0.52)]
                    [(i.rem_euclid(40 * 3) / 40) as usize % 3];
                let of = if high < 0.46 {
                    v(0.05, 0.06, 0.09)
                } else {
                    shirt * (0.75 + hash(i, j, 7) * 0.35)
                };
                of.into()
            }
            CLOTH if p.z < 62.0 => {
                let word = (p.y - 5.6).abs() < 0.9 && p.x.abs() < 11.0 && {
                    let (x, k) = row(p.x, 1.9, -5, 5);
                    let (gx, gy) = ((x * 5.0) as i32, ((p.y - 5.6) * 5.0).floor() as i32);
                    x.abs() < 0.72 && hash(gx + k * 9, gy, 77) > 0.52
                };
                if word {
                    v(0.78, 0.62, 0.30).into()
                } else {
                    (v(0.40, 0.03, 0.03) * (0.85 + noise(p * 0.3) * 0.3)).into()
                }
            }
            CLOTH => v(0.55, 0.05, 0.04).into(),
            WALL => {
                let (x, i) = row(p.x, 3.2, -16, 16);
                let (y, j) = row(p.y - 2.0, 3.2, 0, 4);
                if n.z < -0.5 && x.abs() < 1.0 && y.abs() < 0.95 {
                    return Skin {
                        mirror: 0.08,
                        ..(v(0.10, 0.13, 0.17) * (0.6 + hash(i, j, 3) * 0.7)).into()
                    };
                }
                v(0.52, 0.47, 0.40).into()
            }
            LEAF => leaves(p, v(0.05, 0.09, 0.03), v(0.15, 0.21, 0.06)).into(),
            METAL => grey(0.45).into(),
            _ => (grass(p) * (0.9 + 0.25 * ((p.z / 6.0).floor() as i32 % 2) as f32)).into(),
        }
    }
    fn sky(d: V) -> V {
        heaven(d, NINE.unit(), v(0.13, 0.32, 0.72), v(0.66, 0.76, 0.85), v(1.0, 0.98, 0.95))
    }
    Scene {
        size: (1680, 1120),
        eye: v(-11.0, 5.6, -11.0),
        look: v(-1.0, 4.4, 40.0),
        wide: 0.74,
        sun: NINE.unit(),
        sunlight: v(2.3, 2.05, 1.65),
        sky,
        ambient: (v(0.38, 0.47, 0.62), v(0.16, 0.17, 0.10)),
        haze: (0.0013, v(0.56, 0.66, 0.78)),
        lamps: Vec::new(),
        halo: 0.0,
        far: 400.0,
        exposure: 0.85,
        map,
        skin,
    }
}

const EARLY: V = v(0.20, 0.13, 0.95);

/// The running track before the first race.
pub(crate) fn track() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, GROUND);
        for i in 0..6 {
            let y = i as f32;
            near = nearer(
                near,
                cuboid(p - v(-17.0 - y * 0.9, 0.4 + y * 0.45, 34.0), v(0.45, 0.4 + y * 0.45, 26.0)),
                WALL,
            );
        }
        near = nearer(near, cuboid(p - v(-21.0, 6.6, 34.0), v(4.2, 0.14, 27.0)), ROOF);
        let (z, _) = row(p.z - 34.0, 8.0, -3, 3);
        near = nearer(near, post(v(p.x + 22.0, p.y - 3.3, z), 0.12, 3.3), METAL);
        for (x, z) in [(-14.5, 66.0), (17.0, 58.0)] {
            near = nearer(near, post(p - v(x, 9.0, z), 0.2, 9.0), METAL);
            near = nearer(near, cuboid(p - v(x, 18.4, z), v(1.8, 1.1, 0.2)), METAL);
        }
        let (x, k) = row(p.x, 8.0, -9, 12);
        near =
            nearer(near, crown(v(x, p.y - 4.0, p.z - 84.0), 3.4 + hash(k, 1, 1), k as f32), LEAF);
        let (lane, k) = row(p.x + 0.61, 1.22, -2, 3);
        if k % 2 == 0 {
            let q = v(lane.abs() - 0.42, p.y, p.z - 11.0);
            near = nearer(near, rod(q, v(0.0, 0.0, 0.0), v(0.0, 0.76, 0.0), 0.02), METAL);
            near =
                nearer(near, cuboid(v(lane, p.y - 0.76, p.z - 11.0), v(0.5, 0.04, 0.015)), CLOTH);
        }
        for (x, z) in [(-3.2, 30.0), (0.6, 37.0), (3.0, 33.0)] {
            near = nearer(near, person(p - v(x, 0.0, z), 1.7), PEOPLE);
        }
        near
    }
    fn skin(which: u32, p: V, _: V) -> Skin {
        match which {
            WALL => grey(0.30 + 0.1 * noise(p * 2.0)).into(),
            ROOF => v(0.16, 0.17, 0.18).into(),
            METAL => grey(0.20).into(),
            CLOTH => v(0.66, 0.64, 0.60).into(),
            PEOPLE => COAT.into(),
            LEAF => leaves(p, v(0.04, 0.07, 0.03), v(0.16, 0.20, 0.06)).into(),
            _ if p.x.abs() < 4.95 => {
                let (x, _) = row(p.x, 1.22, -4, 4);
                let grain = 0.72 + noise(p * 70.0) * 0.30 + noise(p * 240.0) * 0.26;
                let wear = 0.85 + cloud(p * 0.9, 3) * 0.3;
                let start = (p.z - 4.6).abs() < 0.04;
                let paint = step(0.036, 0.024, x.abs()).max(if start { 1.0 } else { 0.0 });
                let red = v(0.36, 0.085, 0.05) * (grain * wear);
                red.mix(v(0.70, 0.68, 0.64), paint * 0.92).into()
            }
            _ => grass(p).into(),
        }
    }
    fn sky(d: V) -> V {
        heaven(d, EARLY.unit(), v(0.24, 0.42, 0.72), v(1.0, 0.76, 0.50), v(1.35, 0.95, 0.60))
    }
    Scene {
        size: (1680, 945),
        eye: v(-1.55, 0.62, 0.0),
        look: v(-0.55, 1.55, 12.0),
        wide: 0.86,
        sun: EARLY.unit(),
        sunlight: v(2.7, 1.75, 1.0),
        sky,
        ambient: (v(0.42, 0.48, 0.58), v(0.20, 0.13, 0.08)),
        haze: (0.0036, v(0.80, 0.62, 0.46)),
        lamps: Vec::new(),
        halo: 0.0,
        far: 400.0,
        exposure: 0.82,
        map,
        skin,
    }
}

/// The ring road late at night, after rain.
pub(crate) fn night_road() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, GROUND);
        let (z, _) = row(p.z - 6.0, 28.0, 0, 5);
        let side = v(p.x - 4.6, p.y, z);
        near = nearer(near, rod(side, v(0.0, 0.0, 0.0), v(0.0, 5.6, 0.0), 0.07), METAL);
        near = nearer(near, rod(side, v(0.0, 5.6, 0.0), v(-1.5, 5.9, 0.0), 0.05), METAL);
        near = nearer(near, cuboid(side - v(-1.6, 5.85, 0.0), v(0.35, 0.05, 0.12)), CLOTH);
        let (z, j) = row(p.z - 12.0, 11.0, 0, 13);
        near = nearer(
            near,
            crown(v(p.x.abs() - 8.6, p.y - 5.4, z), 3.3, j as f32 + p.x.signum() * 3.0),
            LEAF,
        );
        near = nearer(near, post(v(p.x.abs() - 8.6, p.y - 1.8, z), 0.2, 1.9), WOOD);
        let bus = p - v(-1.7, 1.75, 30.0);
        near = nearer(near, cuboid(bus, v(1.2, 1.35, 4.5)) - 0.1, WALL);
        near = nearer(
            near,
            cuboid(v(p.x.abs() - 4.2, p.y - 0.06, p.z - 60.0), v(0.12, 0.08, 90.0)),
            ROOF,
        );
        near
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            WALL => {
                let (x, y) = (p.x + 1.7, p.y - 1.75);
                if n.z < -0.5 {
                    if x.abs() < 1.02 && (0.1..1.1).contains(&y) {
                        return glowing(
                            grey(0.02),
                            v(1.6, 1.15, 0.62) * (0.55 + 0.25 * noise(p * 4.0)),
                        );
                    }
                    if (x.abs() - 0.98).abs() < 0.16 && (y + 0.75).abs() < 0.13 {
                        return glowing(grey(0.02), v(4.5, 0.16, 0.08));
                    }
                }
                if n.x.abs() > 0.5 && (0.1..1.0).contains(&y) && (p.z / 1.4).rem_euclid(1.0) > 0.12
                {
                    return glowing(grey(0.02), v(1.3, 0.9, 0.46));
                }
                v(0.34, 0.36, 0.36).into()
            }
            CLOTH => glowing(grey(0.5), v(9.0, 6.2, 3.2)),
            METAL | ROOF => grey(0.16).into(),
            LEAF => leaves(p, v(0.04, 0.06, 0.02), v(0.13, 0.15, 0.05)).into(),
            WOOD => v(0.07, 0.05, 0.04).into(),
            _ if p.x.abs() < 4.1 => {
                let wet = step(0.42, 0.62, cloud(v(p.x * 0.7, 0.0, p.z * 0.35), 3));
                let line = p.x.abs() < 0.07 && (p.z / 4.0).rem_euclid(1.0) < 0.5;
                let tar = grey(if line { 0.40 } else { 0.035 }) * (0.7 + noise(p * 30.0) * 0.6);
                let bump = v(noise(p * 9.0) - 0.5, 0.0, noise(p * 9.0 + grey(9.0)) - 0.5)
                    * (0.03 + 0.07 * (1.0 - wet));
                Skin { mirror: 0.05 + wet * 0.22, bump, ..tar.into() }
            }
            _ => grass(p).into(),
        }
    }
    fn sky(d: V) -> V {
        v(0.05, 0.055, 0.085).mix(v(0.010, 0.014, 0.034), d.y.max(0.0).powf(0.5) * 1.2)
    }
    let lamps = (0..6).map(|i| (v(3.0, 5.75, 6.0 + i as f32 * 28.0), v(17.0, 10.5, 5.0))).collect();
    Scene {
        size: (1680, 1120),
        eye: v(1.0, 1.5, -4.0),
        look: v(-0.2, 2.3, 14.0),
        wide: 0.86,
        sun: v(0.0, 1.0, 0.0),
        sunlight: V::default(),
        sky,
        ambient: (v(0.020, 0.026, 0.05), v(0.012, 0.010, 0.008)),
        haze: (0.006, v(0.05, 0.05, 0.07)),
        lamps,
        halo: 0.0016,
        far: 240.0,
        exposure: 1.8,
        map,
        skin,
    }
}
