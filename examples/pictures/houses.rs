//! Houses of a campus that does not exist: the old hall, the clock tower, the library.

use crate::camera::{Scene, Skin, heaven};
use crate::materials::{brick, glowing, grass, leaves, paving, tiles};
use crate::vector::{
    V, cloud, crown, cuboid, gable, grey, hash, nearer, person, post, rod, row, step, v,
};

const GROUND: u32 = 0;
const WALL: u32 = 1;
const ROOF: u32 = 2;
const LEAF: u32 = 3;
const WOOD: u32 = 4;
const WATER: u32 = 5;
const PEOPLE: u32 = 6;
const METAL: u32 = 7;

const COAT: V = v(0.045, 0.05, 0.07);

const DUSK: V = v(-0.55, 0.16, 0.82);

/// The old hall on the evening its lights came on again.
pub(crate) fn old_hall() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, GROUND);
        near = nearer(near, cuboid(p - v(0.0, 5.0, 0.0), v(17.0, 5.0, 6.0)), WALL);
        near = nearer(near, cuboid(p - v(0.0, 1.9, -7.0), v(2.6, 2.0, 1.2)), WALL);
        near = nearer(near, cuboid(p - v(0.0, 4.1, -7.1), v(3.2, 0.2, 1.8)), ROOF);
        near = nearer(near, gable(p - v(0.0, 9.9, 0.0), 18.0, 7.4, 4.4), ROOF);
        near = nearer(near, cuboid(p - v(0.0, 0.3, -6.6), v(17.3, 0.3, 1.0)), METAL);
        let lit = v(p.x.abs(), p.y, p.z);
        near = nearer(near, post(lit - v(4.2, 1.7, -10.0), 0.05, 1.7), METAL);
        for (x, z, high, size) in [
            (-22.0, -3.0, 6.5, 4.2),
            (21.0, -6.0, 6.0, 4.0),
            (27.0, 3.0, 8.5, 5.0),
            (-30.0, 9.0, 9.0, 5.5),
        ] {
            let q = p - v(x, 0.0, z);
            near = nearer(near, crown(q - v(0.0, high, 0.0), size, x), LEAF);
            near = nearer(near, post(q - v(0.0, 2.5, 0.0), 0.25, 2.6), WOOD);
        }
        for (x, z) in [(-1.4, -15.5), (-0.7, -15.2), (1.6, -19.0)] {
            near = nearer(near, person(p - v(x, 0.0, z), 1.7), PEOPLE);
        }
        near
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            WALL if n.z < -0.5 && p.y < 9.9 => {
                let (x, i) = row(p.x, 2.6, -6, 6);
                let (y, j) = row(p.y - 1.95, 3.25, 0, 2);
                let (a, b) = (x.abs() / 0.72, y.abs() / 1.05);
                let door = p.z < -8.0;
                if door
                    && p.x.abs() < 1.2
                    && p.y < 3.0
                    && p.x.abs() > 0.05
                    && (p.y - 2.2).abs() > 0.05
                {
                    return glowing(v(0.1, 0.05, 0.03), v(1.0, 0.56, 0.22) * (0.6 + p.y * 0.1));
                }
                if door || a.max(b) > 1.16 {
                    return brick(p).into();
                }
                if a.max(b) > 1.0 || x.abs() < 0.045 || (y - 0.35).abs() < 0.045 {
                    return v(0.34, 0.32, 0.28).into();
                }
                let lamp = hash(i, j, 4);
                let warm =
                    v(1.05, 0.58, 0.22) * (0.45 + lamp * 0.75) * (0.65 + step(-1.0, 0.6, y) * 0.5);
                let curtain = if lamp > 0.6 && x.abs() > 0.38 { 0.55 } else { 1.0 };
                let glow = if lamp < 0.12 { v(0.02, 0.03, 0.05) } else { warm * curtain };
                Skin { mirror: 0.03, ..glowing(grey(0.02), glow) }
            }
            WALL => brick(p).into(),
            ROOF => tiles(p).into(),
            LEAF => leaves(p, v(0.035, 0.06, 0.02), v(0.14, 0.15, 0.04)).into(),
            WOOD => v(0.06, 0.045, 0.03).into(),
            PEOPLE => COAT.into(),
            METAL => v(0.24, 0.23, 0.21).into(),
            _ if p.x.abs() < 2.4 => paving(p).into(),
            _ => grass(p).into(),
        }
    }
    fn sky(d: V) -> V {
        heaven(d, DUSK.unit(), v(0.07, 0.14, 0.34), v(0.62, 0.40, 0.33), v(0.95, 0.46, 0.30))
    }
    Scene {
        size: (1680, 1120),
        eye: v(-10.5, 1.9, -31.0),
        look: v(0.6, 5.4, 0.0),
        wide: 0.92,
        sun: DUSK.unit(),
        sunlight: v(0.25, 0.13, 0.07),
        sky,
        ambient: (v(0.24, 0.27, 0.40), v(0.09, 0.07, 0.06)),
        haze: (0.0022, v(0.40, 0.30, 0.30)),
        lamps: vec![
            (v(-4.2, 3.5, -10.0), v(7.0, 4.2, 1.9)),
            (v(4.2, 3.5, -10.0), v(7.0, 4.2, 1.9)),
        ],
        halo: 0.0012,
        far: 400.0,
        exposure: 1.25,
        map,
        skin,
    }
}

const MORNING: V = v(0.50, 0.17, 0.85);

/// The clock tower against the morning.
pub(crate) fn clock_tower() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, GROUND);
        near = nearer(near, cuboid(p - v(0.0, 12.0, 0.0), v(3.1, 12.0, 3.1)), WALL);
        near = nearer(near, cuboid(p - v(0.0, 24.2, 0.0), v(3.5, 0.35, 3.5)), METAL);
        near = nearer(near, cuboid(p - v(0.0, 27.0, 0.0), v(2.8, 2.7, 2.8)), WALL);
        near = nearer(near, cuboid(p - v(0.0, 29.8, 0.0), v(3.3, 0.25, 3.3)), METAL);
        let top = p - v(0.0, 30.0, 0.0);
        near = nearer(
            near,
            gable(top, 9.0, 3.3, 5.6).max(gable(v(top.z, top.y, top.x), 9.0, 3.3, 5.6)),
            ROOF,
        );
        near = nearer(near, rod(p, v(0.0, 35.0, 0.0), v(0.0, 37.6, 0.0), 0.06), METAL);
        near = nearer(near, cuboid(p - v(-13.0, 3.4, 6.0), v(10.0, 3.4, 4.0)), WALL);
        near = nearer(near, gable(p - v(-13.0, 6.8, 6.0), 10.6, 4.8, 2.6), ROOF);
        for (x, z, high, size) in [
            (10.0, -4.0, 5.5, 4.0),
            (17.0, 6.0, 8.0, 5.4),
            (-9.5, -9.0, 4.6, 3.3),
            (25.0, 22.0, 9.0, 6.0),
        ] {
            let q = p - v(x, 0.0, z);
            near = nearer(near, crown(q - v(0.0, high, 0.0), size, x), LEAF);
            near = nearer(near, post(q - v(0.0, 2.0, 0.0), 0.24, 2.2), WOOD);
        }
        for (x, z) in [(1.5, -16.0), (2.2, -16.2), (-1.8, -9.0)] {
            near = nearer(near, person(p - v(x, 0.0, z), 1.7), PEOPLE);
        }
        near
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            WALL if n.z < -0.5 && p.y > 24.0 => {
                let (x, y) = (p.x, p.y - 27.1);
                let r = x.hypot(y);
                if r > 2.0 {
                    return brick(p).into();
                }
                let hand = |to: (f32, f32), long: f32, thick: f32| {
                    let along = x * to.0 + y * to.1;
                    along > -0.2 && along < long && (x * to.1 - y * to.0).abs() < thick
                };
                let turn = y.atan2(x) / std::f32::consts::TAU * 12.0;
                let mark = (turn - turn.round()).abs() < 0.06 && (1.45..1.75).contains(&r);
                if r > 1.84
                    || hand((-0.10, -0.995), 1.15, 0.075)
                    || hand((0.03, 1.0), 1.6, 0.05)
                    || mark
                {
                    return v(0.05, 0.04, 0.04).into();
                }
                glowing(v(0.78, 0.74, 0.64), v(0.10, 0.09, 0.06))
            }
            WALL => {
                let (x, _) = row(p.x, 2.0, -12, 1);
                let (y, _) = row(p.y - 2.2, 3.2, 0, 6);
                let pane = n.z < -0.5 && x.abs() < 0.42 && y.abs() < 0.85 && p.y < 23.0;
                if pane && x.abs() > 0.04 {
                    return Skin { mirror: 0.10, ..v(0.03, 0.04, 0.05).into() };
                }
                brick(p).into()
            }
            ROOF => tiles(p).into(),
            LEAF => leaves(p, v(0.05, 0.085, 0.025), v(0.20, 0.24, 0.06)).into(),
            WOOD => v(0.06, 0.045, 0.03).into(),
            PEOPLE => COAT.into(),
            METAL => v(0.42, 0.38, 0.32).into(),
            _ if (p.x - 0.3 * (p.z * 0.2).sin()).abs() < 2.6 => paving(p).into(),
            _ => grass(p).into(),
        }
    }
    fn sky(d: V) -> V {
        heaven(d, MORNING.unit(), v(0.22, 0.38, 0.66), v(0.98, 0.70, 0.46), v(1.25, 0.82, 0.50))
    }
    Scene {
        size: (1120, 1680),
        eye: v(-3.0, 1.7, -32.0),
        look: v(0.7, 15.0, 0.0),
        wide: 1.34,
        sun: MORNING.unit(),
        sunlight: v(2.2, 1.4, 0.8),
        sky,
        ambient: (v(0.50, 0.52, 0.60), v(0.24, 0.18, 0.13)),
        haze: (0.0045, v(0.74, 0.54, 0.40)),
        lamps: Vec::new(),
        halo: 0.0,
        far: 400.0,
        exposure: 0.86,
        map,
        skin,
    }
}

/// The library by night, over the lake.
pub(crate) fn night_library() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = if p.z < -9.5 { (p.y, WATER) } else { (p.y - 0.5, GROUND) };
        near = nearer(near, cuboid(p - v(2.0, 6.6, 0.0), v(20.0, 6.1, 7.0)), WALL);
        near = nearer(near, cuboid(p - v(2.0, 13.0, -0.4), v(21.5, 0.35, 8.2)), ROOF);
        for i in 0..3 {
            near = nearer(
                near,
                cuboid(p - v(2.0, 4.4 + i as f32 * 4.1, -0.2), v(20.2, 0.16, 7.4)),
                ROOF,
            );
        }
        let (x, _) = row(p.x - 2.0, 3.33, -6, 6);
        near = nearer(near, post(v(x, p.y - 6.6, p.z + 7.6), 0.13, 6.1), ROOF);
        near = nearer(near, cuboid(p - v(0.0, 0.3, -9.0), v(60.0, 0.4, 0.6)), METAL);
        for (x, z, high, size) in [
            (-24.0, -3.0, 6.0, 4.6),
            (-31.0, 4.0, 8.0, 6.0),
            (29.0, -4.0, 6.5, 5.0),
            (38.0, 6.0, 9.0, 7.0),
        ] {
            near = nearer(near, crown(p - v(x, high, z), size, x), LEAF);
        }
        near
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            WALL if n.z < -0.5 => {
                let floor = ((p.y - 0.5) / 4.1).floor();
                let y = p.y - 0.5 - floor * 4.1;
                let bay = ((p.x - 2.0) / 3.33).floor();
                let lamp = hash(bay as i32, floor as i32, 8);
                let level = if floor < 1.0 {
                    1.25
                } else if lamp < 0.34 {
                    0.05
                } else {
                    0.30 + lamp * 0.45
                };
                let shelf = (p.x / 0.9).floor();
                let books = y < 2.1 && hash(shelf as i32, floor as i32, 3) > 0.45;
                let spine = 0.25 + hash((p.x * 16.0) as i32, (y * 3.2) as i32, 6) * 0.5;
                let reader = floor < 1.0 && {
                    let (x, k) = row(p.x, 1.15, -60, 60);
                    hash(k, 5, 5) > 0.45
                        && (x.hypot(y - 1.25) < 0.16 || (x.abs() < 0.26 && y < 1.05))
                };
                let ceiling = step(0.6, 3.6, y);
                let shade = if reader {
                    0.07
                } else if books {
                    spine
                } else {
                    0.75 + ceiling * 0.6
                };
                let frame = ((p.x - 2.0) / 1.665).rem_euclid(1.0);
                let bar = if frame < 0.03 || y > 3.9 { 0.15 } else { 1.0 };
                Skin {
                    mirror: 0.02,
                    ..glowing(grey(0.02), v(0.52, 0.31, 0.13) * (level * shade * bar))
                }
            }
            WALL => grey(0.12).into(),
            ROOF => v(0.20, 0.19, 0.19).into(),
            LEAF => leaves(p, v(0.03, 0.05, 0.02), v(0.09, 0.11, 0.04)).into(),
            WATER => {
                let ripple = v(p.x * 0.9, 0.0, p.z * 2.6);
                let bump =
                    v(cloud(ripple, 3) - 0.5, 0.0, cloud(ripple + grey(40.0), 3) - 0.5) * 0.075;
                Skin { mirror: 0.35, bump, ..v(0.004, 0.007, 0.012).into() }
            }
            METAL => v(0.16, 0.15, 0.14).into(),
            _ => grass(p).into(),
        }
    }
    fn sky(d: V) -> V {
        let star = d * 190.0;
        let (i, j, k) = (star.x.floor() as i32, star.y.floor() as i32, star.z.floor() as i32);
        let near = (v(
            star.x.rem_euclid(1.0).abs(),
            star.y.rem_euclid(1.0).abs(),
            star.z.rem_euclid(1.0).abs(),
        ) - grey(0.5))
        .len();
        let point = if hash(i, j, k) > 0.994 { step(0.35, 0.05, near) * 0.5 } else { 0.0 };
        let up = d.y.max(0.0);
        v(0.045, 0.050, 0.085).mix(v(0.006, 0.010, 0.030), up.powf(0.5) * 1.3)
            + v(0.10, 0.06, 0.04) * (-up * 9.0).exp() * 0.6
            + grey(point * step(0.05, 0.3, up))
    }
    Scene {
        size: (1680, 1120),
        eye: v(-9.0, 2.6, -38.0),
        look: v(0.5, 4.6, 0.0),
        wide: 0.86,
        sun: v(0.0, 1.0, 0.0),
        sunlight: V::default(),
        sky,
        ambient: (v(0.016, 0.022, 0.045), v(0.02, 0.014, 0.008)),
        haze: (0.0, V::default()),
        lamps: vec![
            (v(-12.0, 2.4, -8.6), v(3.0, 1.8, 0.8)),
            (v(2.0, 2.4, -8.6), v(3.0, 1.8, 0.8)),
            (v(16.0, 2.4, -8.6), v(3.0, 1.8, 0.8)),
            (v(-25.0, 2.0, -9.0), v(2.2, 1.4, 0.7)),
        ],
        halo: 0.0005,
        far: 260.0,
        exposure: 1.35,
        map,
        skin,
    }
}
