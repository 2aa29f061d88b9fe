//! The river and the hills around the campus.

use crate::camera::{Scene, Skin, heaven};
use crate::vector::{
    V, cloud, crown, cuboid, grey, hash, nearer, noise, person, post, rod, row, step, v,
};

const GROUND: u32 = 0;
const WATER: u32 = 1;
const STONE: u32 = 2;
const LEAF: u32 = 3;
const BOAT: u32 = 4;
const PEOPLE: u32 = 5;
const LAMP: u32 = 6;

/// Land that begins at a distance and is nowhere higher than `top`.
fn beyond(near: (f32, u32), p: V, from: f32, top: f32, land: impl Fn(V) -> f32) -> (f32, u32) {
    let bound = (from - p.z).max((p.y - top) * 0.8);
    if bound > 3.0 {
        return if bound < near.0 { (bound, LEAF) } else { near };
    }
    nearer(near, (p.y - land(p)) * 0.5, LEAF)
}

fn ripples(p: V, size: f32, much: f32) -> V {
    let q = v(p.x * 0.6, 0.0, p.z) * size;
    v(cloud(q, 3) - 0.5, 0.0, cloud(q + grey(40.0), 3) - 0.5) * much
}

const MIST: V = v(0.42, 0.20, 0.88);

/// The bend of the river where the water is sampled.
pub(crate) fn river() -> Scene {
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, WATER);
        let bank = (cloud(v(p.x * 0.14, 0.0, p.z * 0.14), 4) - 0.40) * 3.2
            + step(-1.0, -14.0, p.x + p.z * 0.32) * 1.5
            - step(-9.0, 2.0, p.x + p.z * 0.32) * 3.4;
        if p.z < 30.0 {
            let tuft = (noise(v(p.x * 7.0, 0.0, p.z * 7.0)) - 0.4) * 0.24;
            near = nearer(near, (p.y - bank - tuft) * 0.55, GROUND);
        }
        let land = |p: V| {
            let far = v(p.x * 0.0062, 0.0, p.z * 0.0062) + v(1.7, 0.0, 4.2);
            let hill = step(150.0, 420.0, p.z) * (cloud(far, 6) - 0.22) * 190.0;
            let shore =
                step(70.0, 110.0, p.z) * (cloud(v(p.x * 0.045, 0.0, p.z * 0.03), 5) - 0.34) * 26.0;
            hill.max(shore) - step(110.0, 70.0, p.z) * 8.0
        };
        near = beyond(near, p, 70.0, 150.0, land);
        let b = p - v(7.5, 0.0, 24.0);
        let hull =
            v(b.x / 3.2, (b.y - 0.42 - (b.x / 3.2).powi(2) * 0.35) / 0.42, b.z / 0.62).len() - 1.0;
        near = nearer(near, (hull * 0.42).max(b.y - 0.42 - (b.x / 3.2).powi(2) * 0.4), BOAT);
        let awning = v((b.x + 0.3) / 1.2, (b.y - 0.4) / 0.85, b.z / 0.6).len() - 1.0;
        near = nearer(near, (awning * 0.55).max((b.x + 0.3).abs() - 1.0), BOAT);
        near = nearer(near, person(b - v(-2.2, 0.42, 0.0), 1.65), PEOPLE);
        near = nearer(near, rod(b, v(-2.4, 1.2, -0.2), v(-3.6, -0.3, -0.6), 0.03), BOAT);
        near = nearer(near, cuboid(p - v(-9.0, 0.5, 13.5), v(6.6, 0.06, 0.9)), BOAT);
        let pile = v((p.x + 9.0).abs() - 6.4, p.y, (p.z - 13.5).abs() - 0.8);
        near = nearer(near, post(pile, 0.09, 0.85), BOAT);
        for (x, y, z, h) in
            [(-5.4, 0.55, 13.5, 1.72), (-4.6, 0.55, 13.9, 1.62), (-2.9, 0.55, 13.3, 1.66)]
        {
            near = nearer(near, person(p - v(x, y, z), h), PEOPLE);
        }
        near
    }
    fn skin(which: u32, p: V, _: V) -> Skin {
        match which {
            WATER => {
                Skin { mirror: 0.22, bump: ripples(p, 1.1, 0.05), ..v(0.05, 0.07, 0.075).into() }
            }
            LEAF => (v(0.075, 0.10, 0.075) * (0.5 + cloud(p * 0.16, 4))).into(),
            BOAT => (v(0.11, 0.085, 0.06) * (0.7 + noise(p * 4.0) * 0.5)).into(),
            PEOPLE => v(0.09, 0.10, 0.14)
                .mix(v(0.34, 0.10, 0.07), if p.x > -4.9 && p.x < -3.8 { 1.0 } else { 0.0 })
                .into(),
            _ => v(0.11, 0.12, 0.05)
                .mix(v(0.26, 0.23, 0.11), cloud(v(p.x * 5.0, 0.0, p.z * 5.0), 4))
                .into(),
        }
    }
    fn sky(d: V) -> V {
        heaven(d, MIST.unit(), v(0.36, 0.50, 0.68), v(0.93, 0.82, 0.70), v(1.2, 0.98, 0.78))
    }
    Scene {
        size: (1680, 1120),
        eye: v(-1.0, 3.6, -4.0),
        look: v(0.8, 4.6, 30.0),
        wide: 0.78,
        sun: MIST.unit(),
        sunlight: v(1.6, 1.15, 0.75),
        sky,
        ambient: (v(0.50, 0.52, 0.56), v(0.24, 0.22, 0.18)),
        haze: (0.0052, v(0.78, 0.71, 0.64)),
        lamps: Vec::new(),
        halo: 0.0,
        far: 900.0,
        exposure: 0.80,
        map,
        skin,
    }
}

const SPRING: V = v(-0.30, 0.20, 0.90);

/// The terraces with the first water in them.
pub(crate) fn terraces() -> Scene {
    fn hills(p: V) -> f32 {
        let far = v(p.x * 0.008, 0.0, p.z * 0.008) + v(5.0, 0.0, 1.0);
        step(130.0, 300.0, p.z) * (cloud(far, 6) - 0.10) * 105.0 - 46.0
    }
    fn slope(p: V) -> f32 {
        14.0 - p.z * 0.20
            + (cloud(v(p.x * 0.022, 0.0, p.z * 0.022), 3) - 0.5) * 15.0
            + (p.x * 0.05).sin() * 2.0
    }
    fn map(p: V) -> (f32, u32) {
        if p.y > 32.0 {
            return beyond((p.y - 30.0, GROUND), p, 130.0, 70.0, hills);
        }
        let s = slope(p);
        let level = (s / 1.25).floor() * 1.25;
        let within = (s - level) / 1.25;
        let dam = step(0.16, 0.08, within) * 0.20 + step(0.86, 1.0, within) * 0.75;
        let grass = (noise(v(p.x * 5.0, 0.0, p.z * 5.0)) - 0.5)
            * 0.10
            * step(0.3, 0.1, within.min(1.0 - within));
        let mut near = ((p.y - level - dam - grass) * 0.34, GROUND);
        near = beyond(near, p, 130.0, 70.0, hills);
        let q = p - v(9.0, 12.2, 20.0);
        if q.len() < 40.0 {
            for (x, z, h) in [(0.0, 0.0, 4.6), (4.6, 3.5, 5.6)] {
                let foot = v(q.x - x, p.y - slope(p - q + v(x, 0.0, z)), q.z - z);
                near = nearer(near, crown(foot - v(0.0, h, 0.0), 2.7, x), LEAF);
                near = nearer(near, post(foot - v(0.0, 1.6, 0.0), 0.16, 2.0), BOAT);
            }
        }
        near
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            LEAF => (v(0.06, 0.10, 0.045) * (0.5 + cloud(p * 0.3, 4))).into(),
            BOAT => v(0.06, 0.05, 0.04).into(),
            _ => {
                let s = slope(p);
                let within = (s / 1.25).rem_euclid(1.0);
                if n.y > 0.985 && (0.16..0.87).contains(&within) {
                    let sown = hash((s / 1.25).floor() as i32, 3, 3) > 0.60;
                    let (x, _) = row(p.x, 0.42, -999, 999);
                    let (z, _) = row(p.z, 0.42, -999, 999);
                    let tuft = x.hypot(z) < 0.10 + noise(p * 6.0) * 0.05;
                    if sown && tuft {
                        return v(0.12, 0.22, 0.04).into();
                    }
                    return Skin {
                        mirror: 0.42,
                        bump: ripples(p, 1.6, 0.012),
                        ..v(0.06, 0.055, 0.04).into()
                    };
                }
                let turf = v(0.07, 0.12, 0.03).mix(v(0.20, 0.24, 0.06), cloud(p * 2.2, 4));
                turf.mix(v(0.16, 0.11, 0.06), step(0.5, 0.7, noise(p * 0.9)) * step(0.9, 0.4, n.y))
                    .into()
            }
        }
    }
    fn sky(d: V) -> V {
        heaven(d, SPRING.unit(), v(0.26, 0.44, 0.74), v(0.96, 0.78, 0.60), v(1.3, 0.98, 0.72))
    }
    Scene {
        size: (1680, 1120),
        eye: v(2.0, 27.0, -22.0),
        look: v(-2.0, 5.5, 38.0),
        wide: 0.86,
        sun: SPRING.unit(),
        sunlight: v(1.8, 1.35, 0.9),
        sky,
        ambient: (v(0.42, 0.48, 0.58), v(0.18, 0.17, 0.10)),
        haze: (0.0055, v(0.84, 0.74, 0.64)),
        lamps: Vec::new(),
        halo: 0.0,
        far: 700.0,
        exposure: 0.85,
        map,
        skin,
    }
}

const SUNSET: V = v(0.72, 0.045, 0.69);

/// The old bridge with its first lamps, wide enough for two pages.
pub(crate) fn bridge() -> Scene {
    const SPAN: f32 = 44.0;
    fn deck(x: f32) -> f32 {
        13.2 - (x / 150.0).powi(2) * 3.6
    }
    fn map(p: V) -> (f32, u32) {
        let mut near = (p.y, WATER);
        let (x, i) = row(p.x, SPAN, -2, 2);
        let tall = deck(i as f32 * SPAN) - 2.6;
        let arch = (1.0 - v(x / 19.0, (p.y + 0.2) / tall, 0.0).len()) * tall.min(19.0) * 0.9;
        let (sx, _) = row(p.x + SPAN / 2.0, SPAN, -2, 3);
        let spandrel = (2.0 - sx.abs().hypot((p.y - 8.2) * 0.8)).max(p.x.abs() - 115.0);
        let wall = cuboid(p - v(0.0, 4.0, 0.0), v(156.0, 9.2, 4.4)).max(p.y - deck(p.x));
        near = nearer(near, wall.max(arch).max(spandrel) * 0.85, STONE);
        let rail = cuboid(v(p.x, p.y - deck(p.x) - 0.45, p.z.abs() - 4.2), v(156.0, 0.5, 0.22));
        let (px, _) = row(p.x, 2.4, -64, 64);
        near = nearer(
            near,
            rail.max(-(cuboid(v(px, p.y - deck(p.x) - 0.42, 0.0), v(0.8, 0.26, 9.0)))) * 0.85,
            STONE,
        );
        near = nearer(near, cuboid(v(sx, p.y - 1.0, p.z), v(2.6, 2.2, 5.4)) - 0.3, STONE);
        let (lx, _) = row(p.x, 22.0, -6, 6);
        let lamp = v(lx, p.y - deck(p.x), p.z + 4.2);
        near = nearer(near, rod(lamp, v(0.0, 0.0, 0.0), v(0.0, 4.0, 0.0), 0.09), BOAT);
        near = nearer(near, (lamp - v(0.0, 4.3, 0.0)).len() - 0.34, LAMP);
        near = beyond(near, p, 110.0, 150.0, |p| {
            let far = v(p.x * 0.0045, 0.0, p.z * 0.0045) + v(9.0, 0.0, 2.0);
            let hill = step(220.0, 620.0, p.z) * (cloud(far, 6) - 0.16) * 175.0;
            let shore =
                step(110.0, 150.0, p.z) * (3.0 + cloud(v(p.x * 0.05, 0.0, p.z * 0.05), 5) * 12.0);
            hill.max(shore) - step(150.0, 105.0, p.z) * 9.0
        });
        let (wx, k) = row(p.x, 17.0, -22, 22);
        let high = 6.0 + hash(k, 1, 5) * 22.0 * hash(k, 2, 5);
        near = nearer(
            near,
            cuboid(
                v(wx, p.y - high, p.z - 190.0 - hash(k, 3, 5) * 22.0),
                v(4.0 + hash(k, 4, 5) * 3.4, high, 6.0),
            ),
            GROUND,
        );
        nearer(near, person(v(p.x + 31.0, p.y - deck(p.x), p.z + 3.2), 1.75), PEOPLE)
    }
    fn skin(which: u32, p: V, n: V) -> Skin {
        match which {
            WATER => Skin {
                mirror: 0.30,
                bump: ripples(p, 0.5, 0.075) + ripples(p, 2.4, 0.02),
                ..v(0.022, 0.028, 0.040).into()
            },
            STONE => {
                let (_, j) = row(p.y, 0.55, -9, 99);
                let (_, i) = row(p.x + 0.6 * (j % 2) as f32, 1.2, -999, 999);
                let damp = step(3.2, 0.4, p.y);
                (v(0.34, 0.27, 0.21)
                    * (0.72 + hash(i, j, 4) * 0.42)
                    * (0.75 + cloud(p * 0.3, 3) * 0.4)
                    * (1.0 - damp * 0.55))
                    .into()
            }
            GROUND => {
                let (x, i) = row(p.x, 1.7, -999, 999);
                let (y, j) = row(p.y, 2.6, 0, 99);
                let lit = n.z < -0.5 && hash(i, j, 33) > 0.60 && x.abs() < 0.55 && y.abs() < 0.75;
                Skin {
                    glow: if lit {
                        v(1.3, 0.85, 0.42) * (0.5 + hash(j, i, 2))
                    } else {
                        V::default()
                    },
                    ..v(0.14, 0.13, 0.14).into()
                }
            }
            LAMP => Skin { glow: v(12.0, 7.6, 3.6), ..grey(0.5).into() },
            LEAF => (v(0.06, 0.075, 0.055) * (0.5 + cloud(p * 0.12, 4))).into(),
            _ => grey(0.05).into(),
        }
    }
    fn sky(d: V) -> V {
        heaven(d, SUNSET.unit(), v(0.10, 0.17, 0.40), v(0.98, 0.50, 0.27), v(1.25, 0.52, 0.30))
    }
    let lamps = (-6..=6).map(|i| {
        let x = i as f32 * 22.0;
        (v(x, deck(x) + 4.3, -4.2), v(16.0, 9.8, 4.4))
    });
    Scene {
        size: (4032, 1440),
        eye: v(-26.0, 6.0, -118.0),
        look: v(0.0, 15.5, 0.0),
        wide: 0.72,
        sun: SUNSET.unit(),
        sunlight: v(1.0, 0.46, 0.22),
        sky,
        ambient: (v(0.34, 0.33, 0.42), v(0.16, 0.11, 0.09)),
        haze: (0.0007, v(0.60, 0.38, 0.32)),
        lamps: lamps.collect(),
        halo: 0.0016,
        far: 1200.0,
        exposure: 1.0,
        map,
        skin,
    }
}
