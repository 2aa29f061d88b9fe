//! The camera: follows rays through a scene of distance fields, lights what they
//! meet, and develops the exposure into eight-bit pixels.

use std::thread;

use crate::vector::{V, cloud, grey, hash, step, v};

/// What the surface is like at a point.
#[derive(Clone, Copy)]
pub(crate) struct Skin {
    /// The share of light that it gives back, by colour.
    pub(crate) albedo: V,
    /// The light that it gives by itself.
    pub(crate) glow: V,
    /// How much it mirrors, seen from straight above.
    pub(crate) mirror: f32,
    /// What to add to the normal, as ripples do.
    pub(crate) bump: V,
}

impl From<V> for Skin {
    fn from(albedo: V) -> Self {
        Self { albedo, glow: V::default(), mirror: 0.0, bump: V::default() }
    }
}

/// One photograph to be taken.
pub(crate) struct Scene {
    pub(crate) size: (u32, u32),
    pub(crate) eye: V,
    pub(crate) look: V,
    /// The height of the picture at a distance of 1.
    pub(crate) wide: f32,
    /// Towards the sun.
    pub(crate) sun: V,
    pub(crate) sunlight: V,
    pub(crate) sky: fn(V) -> V,
    /// The light from above and that from below.
    pub(crate) ambient: (V, V),
    /// Haze: how much in each metre, and its colour.
    pub(crate) haze: (f32, V),
    /// Lamps: place and light at a distance of 1.
    pub(crate) lamps: Vec<(V, V)>,
    /// How much the air around a lamp shines.
    pub(crate) halo: f32,
    pub(crate) far: f32,
    pub(crate) exposure: f32,
    /// The distance to the nearest surface and which surface it is.
    pub(crate) map: fn(V) -> (f32, u32),
    pub(crate) skin: fn(u32, V, V) -> Skin,
}

/// A sky with the glow of a low sun and thin clouds.
pub(crate) fn heaven(d: V, sun: V, high: V, low: V, lit: V) -> V {
    let up = d.y.max(0.0);
    let base = low.mix(high, up.powf(0.55) * 1.15);
    let near = d.dot(sun).max(0.0);
    let veil = if up > 0.015 {
        let q = v(d.x / (up + 0.12), 0.0, d.z / (up + 0.12));
        step(0.46, 0.86, cloud(q * 0.9 + v(3.0, 0.0, 8.0), 6)) * step(0.015, 0.16, up)
    } else {
        0.0
    };
    let cloudy = base.mix(lit * (0.55 + near.powi(4) * 0.5), veil * 0.75);
    cloudy + lit * (near.powi(6) * 0.16 + near.powi(60) * 0.4)
}

impl Scene {
    fn march(&self, from: V, way: V) -> Option<(f32, u32)> {
        let mut t = 0.02;
        for _ in 0..260 {
            let (d, which) = (self.map)(from + way * t);
            if d < 0.0005 * t + 0.0003 {
                return Some((t, which));
            }
            t += d * 0.72;
            if t > self.far {
                return None;
            }
        }
        Some((t, (self.map)(from + way * t).1))
    }

    fn normal(&self, p: V, e: f32) -> V {
        let at = |k: V| k * (self.map)(p + k * e).0;
        (at(v(1.0, -1.0, -1.0)) + at(v(-1.0, -1.0, 1.0)) + at(v(-1.0, 1.0, -1.0)) + at(grey(1.0)))
            .unit()
    }

    /// How much of a light comes through, from 0 to 1, with a soft edge.
    fn shadow(&self, p: V, way: V, reach: f32, soft: f32) -> f32 {
        let (mut t, mut light) = (0.04, 1.0_f32);
        for _ in 0..70 {
            let d = (self.map)(p + way * t).0;
            light = light.min(d * soft / t);
            if light < 0.004 {
                return 0.0;
            }
            t += (d * 0.8).clamp(0.02, 4.0);
            if t > reach {
                break;
            }
        }
        light.clamp(0.0, 1.0)
    }

    /// How open the surroundings of a point are.
    fn open(&self, p: V, n: V) -> f32 {
        let mut shut = 0.0;
        for (i, far) in [0.08, 0.25, 0.6, 1.4, 3.0].into_iter().enumerate() {
            let d = (self.map)(p + n * far).0;
            shut += (far - d).max(0.0) / far * [0.34, 0.28, 0.22, 0.16, 0.10][i];
        }
        (1.0 - shut).clamp(0.06, 1.0)
    }

    fn light(&self, from: V, way: V, bounces: u32) -> V {
        let hit = self.march(from, way);
        let far = hit.map_or(self.far, |(t, _)| t);
        let mut seen = match hit {
            None => (self.sky)(way),
            Some((t, which)) => self.surface(from + way * t, way, t, which, bounces),
        };
        let (dense, colour) = self.haze;
        if dense > 0.0 {
            let low = (-(from.y + way.y * far * 0.5).max(0.0) * 0.02).exp();
            let toward = way.dot(self.sun).max(0.0).powi(8);
            let share = 1.0 - (-dense * far * low).exp();
            seen = seen.mix(colour + self.sunlight * (toward * 0.10), share);
        }
        for &(place, lamp) in &self.lamps {
            let along = (place - from).dot(way);
            let miss = (place - from - way * along).len().max(0.06);
            let path = ((far - along) / miss).atan() + (along / miss).atan();
            seen = seen + lamp * (self.halo * path.max(0.0) / miss);
        }
        seen
    }

    fn surface(&self, p: V, way: V, t: f32, which: u32, bounces: u32) -> V {
        let e = (0.0006 * t).max(0.0008);
        let flat = self.normal(p, e);
        let skin = (self.skin)(which, p, flat);
        let n = (flat + skin.bump).unit();
        let off = p + flat * (e * 3.0);
        let open = self.open(off, flat);
        let (above, below) = self.ambient;
        let mut light = below.mix(above, n.y * 0.5 + 0.5) * open;
        let facing = n.dot(self.sun);
        if facing > 0.0 && self.sunlight.len() > 0.0 {
            light = light + self.sunlight * (facing * self.shadow(off, self.sun, 60.0, 22.0));
        }
        for &(place, lamp) in &self.lamps {
            let to = place - off;
            let d = to.len();
            let shine = n.dot(to.unit()).max(0.0) / (d * d + 0.05);
            if lamp.len() * shine > 0.012 {
                light = light + lamp * (shine * self.shadow(off, to.unit(), d - 0.3, 14.0));
            }
        }
        let mut seen = skin.albedo * light + skin.glow;
        if skin.mirror > 0.0 && bounces > 0 {
            let cos = (-way.dot(n)).clamp(0.0, 1.0);
            let share = skin.mirror
                + (1.0 - skin.mirror) * (1.0 - cos).powi(5) * (skin.mirror * 6.0).min(1.0);
            let mut back = way - n * (2.0 * way.dot(n));
            back.y = if flat.y > 0.9 { back.y.abs().max(0.01) } else { back.y };
            seen = seen.mix(self.light(off, back.unit(), bounces - 1), share);
        }
        seen
    }

    fn sample(&self, x: f32, y: f32) -> V {
        let (w, h) = (self.size.0 as f32, self.size.1 as f32);
        let ahead = (self.look - self.eye).unit();
        let right = v(ahead.z, 0.0, -ahead.x).unit();
        let up = ahead.cross(right);
        let (a, b) = ((x - w / 2.0) / h * self.wide, (h / 2.0 - y) / h * self.wide);
        let seen = self.light(self.eye, (ahead + right * a + up * b).unit(), 2);
        v(seen.x.clamp(0.0, 40.0), seen.y.clamp(0.0, 40.0), seen.z.clamp(0.0, 40.0))
    }

    /// Takes the photograph: width, height and pixels.
    pub(crate) fn photograph(&self) -> (u32, u32, Vec<u8>) {
        let (w, h) = (self.size.0 as usize, self.size.1 as usize);
        let tone = |c: V| {
            let bright = (c.x + c.y + c.z) * self.exposure;
            bright / (bright + 1.2)
        };
        let take = |x: usize, y: usize| self.sample(x as f32 + 0.5, y as f32 + 0.5);
        let (cw, ch) = (w.div_ceil(2) + 1, h.div_ceil(2) + 1);
        let coarse = rows(ch, |y| (0..cw).map(|x| take(x * 2, y * 2)).collect());
        let rough = rows(h, |y| {
            (0..w)
                .map(|x| {
                    let (i, j) = (x / 2, y / 2);
                    let (s, t) = (x % 2, y % 2);
                    if s + t == 0 {
                        return coarse[j][i];
                    }
                    let around =
                        [coarse[j][i], coarse[j][i + s], coarse[j + t][i], coarse[j + t][i + s]];
                    let tones = around.map(tone);
                    let spread = tones.iter().fold(0.0_f32, |m, t| m.max((t - tones[0]).abs()));
                    if spread < 0.045 {
                        return (around[0] + around[1] + around[2] + around[3]) * 0.25;
                    }
                    take(x, y)
                })
                .collect()
        });
        let fine = rows(h, |y| {
            (0..w)
                .map(|x| {
                    let own = tone(rough[y][x]);
                    let edge = [(1, 0), (0, 1), (2, 1), (1, 2)].into_iter().any(|(i, j)| {
                        let (i, j) = (
                            (x + i).saturating_sub(1).min(w - 1),
                            (y + j).saturating_sub(1).min(h - 1),
                        );
                        (tone(rough[j][i]) - own).abs() > 0.11
                    });
                    if !edge {
                        return rough[y][x];
                    }
                    let mut sum = rough[y][x];
                    for (dx, dy) in [(0.2, 0.1), (0.9, 0.35), (0.1, 0.8)] {
                        sum = sum + self.sample(x as f32 + dx, y as f32 + dy);
                    }
                    sum * 0.25
                })
                .collect()
        });
        develop(&fine, self.exposure, self.size)
    }
}

/// One row after another, shared among the processors; the rows do not depend on
/// how many there are.
fn rows(count: usize, draw: impl Fn(usize) -> Vec<V> + Sync) -> Vec<Vec<V>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut out: Vec<Vec<V>> = vec![Vec::new(); count];
    thread::scope(|scope| {
        let draw = &draw;
        let workers: Vec<_> = (0..threads)
            .map(|i| {
                scope.spawn(move || {
                    (i..count).step_by(threads).map(|y| (y, draw(y))).collect::<Vec<_>>()
                })
            })
            .collect();
        for worker in workers {
            for (y, row) in worker.join().into_iter().flatten() {
                out[y] = row;
            }
        }
    });
    out
}

/// Bloom around what is bright, the curve of film, darker corners, and grain.
fn develop(light: &[Vec<V>], exposure: f32, (width, height): (u32, u32)) -> (u32, u32, Vec<u8>) {
    let (w, h) = (width as usize, height as usize);
    let cell = (h / 160).max(2);
    let (cw, ch) = (w.div_ceil(cell), h.div_ceil(cell));
    let mut small: Vec<V> = (0..cw * ch)
        .map(|i| {
            let (x, y) = ((i % cw) * cell, (i / cw) * cell);
            let c = light[(y + cell / 2).min(h - 1)][(x + cell / 2).min(w - 1)] * exposure;
            c * step(0.7, 2.2, c.x.max(c.y).max(c.z))
        })
        .collect();
    for _ in 0..3 {
        small = blurred(&blurred(&small, cw, ch, 1), cw, ch, cw);
    }
    let mut out = Vec::with_capacity(w * h * 3);
    for (y, line) in light.iter().enumerate() {
        for (x, &seen) in line.iter().enumerate() {
            let (gx, gy) =
                ((x as f32 / cell as f32 - 0.5).max(0.0), (y as f32 / cell as f32 - 0.5).max(0.0));
            let at = |i: usize, j: usize| small[(j.min(ch - 1)) * cw + i.min(cw - 1)];
            let (i, j) = (gx as usize, gy as usize);
            let (s, t) = (gx.fract(), gy.fract());
            let bloom = at(i, j).mix(at(i + 1, j), s).mix(at(i, j + 1).mix(at(i + 1, j + 1), s), t);
            let (a, b) = (x as f32 / w as f32 - 0.5, y as f32 / h as f32 - 0.5);
            let c = (seen * exposure + bloom * 0.22) * (1.0 - (a * a + b * b) * 0.55);
            let grain = (hash(x as i32, y as i32, 5) + hash(x as i32, y as i32, 6) - 1.0) * 0.010;
            for c in [c.x, c.y, c.z] {
                let film = (c * (2.51 * c + 0.03)) / (c * (2.43 * c + 0.59) + 0.14);
                out.push(
                    ((film.clamp(0.0, 1.0).powf(1.0 / 2.2) + grain).clamp(0.0, 1.0) * 255.0 + 0.5)
                        as u8,
                );
            }
        }
    }
    (width, height, out)
}

fn blurred(from: &[V], w: usize, h: usize, stride: usize) -> Vec<V> {
    let along = |i: usize| if stride == 1 { (i % w, w) } else { (i / w, h) };
    (0..w * h)
        .map(|i| {
            let (at, count) = along(i);
            let mut sum = V::default();
            for k in -3_i32..=3 {
                let to = (at as i32 + k).clamp(0, count as i32 - 1);
                let place = (i as i32 + (to - at as i32) * stride as i32) as usize;
                sum = sum + from[place] * [0.20, 0.17, 0.13, 0.10][k.unsigned_abs() as usize];
            }
            sum
        })
        .collect()
}
