//! The scenes of a campus that does not exist.

use crate::canvas::{Canvas, Colour, Noise, hash, mix, shade};

/// Every picture of the sample project, by its place below `sources/`.
pub(crate) fn all() -> Vec<(&'static str, Canvas)> {
    vec![
        ("书院建设/书院老楼.jpg", old_hall()),
        ("书院建设/庭院银杏.jpg", ginkgo_court()),
        ("书院建设/钟楼晨光.jpg", clock_tower()),
        ("书院建设/院徽.jpg", badge()),
        ("校园要闻/夜读.jpg", night_library()),
        ("校园要闻/澜江晨雾.jpg", river_mist()),
        ("校园要闻/开学典礼.jpg", opening_day()),
    ]
}

fn old_hall() -> Canvas {
    let mut c = Canvas::new(1600, 1067, 11);
    sky(&mut c, [0.36, 0.55, 0.79], [0.95, 0.86, 0.74], 0.62, 11);
    ridge(&mut c, 0.52, 0.10, [0.52, 0.60, 0.66], 3);
    ridge(&mut c, 0.57, 0.07, [0.38, 0.47, 0.48], 4);
    ground(&mut c, 0.74, [0.47, 0.52, 0.30], [0.25, 0.31, 0.17], 5);
    hall(&mut c, [0.20, 0.50, 0.80, 0.76], [0.80, 0.74, 0.66], 11);
    path(&mut c, 0.5, 0.76, 0.05, 0.42, [0.72, 0.67, 0.60]);
    for (x, size, seed) in [(0.07, 0.26, 21), (0.17, 0.20, 22), (0.87, 0.24, 23), (0.97, 0.30, 24)]
    {
        tree(&mut c, x, 0.80, size, [0.22, 0.36, 0.16], seed);
    }
    people(&mut c, &[(0.44, 0.90), (0.47, 0.91), (0.57, 0.86)], 0.075);
    c
}

fn ginkgo_court() -> Canvas {
    let mut c = Canvas::new(1600, 1067, 17);
    sky(&mut c, [0.45, 0.66, 0.88], [0.90, 0.93, 0.95], 0.7, 17);
    block(&mut c, [0.00, 0.34, 0.34, 0.78], [0.76, 0.55, 0.45], (9, 5), 0.0, 41);
    block(&mut c, [0.70, 0.28, 1.00, 0.78], [0.82, 0.78, 0.72], (8, 6), 0.0, 42);
    ground(&mut c, 0.76, [0.80, 0.66, 0.26], [0.55, 0.42, 0.16], 6);
    path(&mut c, 0.52, 0.76, 0.04, 0.5, [0.70, 0.66, 0.60]);
    for (x, y, size, seed) in [
        (0.42, 0.79, 0.26, 31),
        (0.62, 0.79, 0.25, 32),
        (0.28, 0.86, 0.42, 33),
        (0.78, 0.87, 0.45, 34),
        (0.05, 0.95, 0.62, 35),
    ] {
        tree(&mut c, x, y, size, [0.88, 0.66, 0.14], seed);
    }
    people(&mut c, &[(0.50, 0.88), (0.53, 0.885), (0.60, 0.95)], 0.085);
    c
}

fn clock_tower() -> Canvas {
    let mut c = Canvas::new(1067, 1600, 23);
    sky(&mut c, [0.50, 0.62, 0.80], [0.99, 0.84, 0.66], 0.72, 23);
    ridge(&mut c, 0.66, 0.06, [0.74, 0.68, 0.66], 8);
    ridge(&mut c, 0.70, 0.05, [0.56, 0.55, 0.56], 9);
    ground(&mut c, 0.80, [0.42, 0.47, 0.28], [0.20, 0.26, 0.14], 7);
    let brick = [0.66, 0.40, 0.32];
    block(&mut c, [0.40, 0.32, 0.62, 0.82], brick, (3, 9), 0.0, 51);
    c.rect([0.385, 0.305, 0.635, 0.325], shade(brick, 1.25));
    block(&mut c, [0.42, 0.17, 0.60, 0.305], shade(brick, 1.08), (1, 1), 0.0, 52);
    clock(&mut c, 0.51, 0.237, 0.066);
    let roof = |x: f32, y: f32| (x - 0.51).abs() < (y - 0.06) * 1.05;
    c.fill([0.36, 0.06, 0.66, 0.17], roof, |x, _| shade([0.30, 0.33, 0.38], 1.15 - x * 0.5));
    block(&mut c, [0.08, 0.66, 0.40, 0.82], [0.78, 0.70, 0.60], (8, 3), 0.0, 53);
    block(&mut c, [0.62, 0.69, 0.98, 0.82], [0.74, 0.66, 0.58], (9, 2), 0.0, 54);
    for (x, size, seed) in [(0.06, 0.20, 61), (0.26, 0.13, 62), (0.80, 0.16, 63), (0.97, 0.22, 64)]
    {
        tree(&mut c, x, 0.86, size, [0.26, 0.38, 0.16], seed);
    }
    path(&mut c, 0.5, 0.82, 0.06, 0.5, [0.74, 0.68, 0.60]);
    people(&mut c, &[(0.46, 0.92), (0.56, 0.89)], 0.045);
    c
}

fn night_library() -> Canvas {
    let mut c = Canvas::new(1600, 1067, 29);
    sky(&mut c, [0.03, 0.05, 0.14], [0.20, 0.20, 0.36], 0.6, 29);
    stars(&mut c, 0.4);
    ridge(&mut c, 0.54, 0.08, [0.08, 0.09, 0.17], 12);
    block(&mut c, [0.06, 0.46, 0.28, 0.66], [0.13, 0.13, 0.19], (10, 5), 0.42, 71);
    block(&mut c, [0.74, 0.43, 0.95, 0.66], [0.12, 0.12, 0.18], (9, 6), 0.5, 72);
    block(&mut c, [0.26, 0.30, 0.76, 0.66], [0.17, 0.16, 0.21], (22, 8), 0.86, 73);
    c.rect([0.245, 0.285, 0.775, 0.305], [0.24, 0.22, 0.26]);
    for (x, size, seed) in [(0.03, 0.20, 81), (0.23, 0.13, 82), (0.79, 0.14, 83), (0.98, 0.19, 84)]
    {
        tree(&mut c, x, 0.665, size, [0.06, 0.09, 0.08], seed);
    }
    c.water(0.66, [0.05, 0.07, 0.14]);
    c
}

fn river_mist() -> Canvas {
    let mut c = Canvas::new(1600, 1067, 37);
    sky(&mut c, [0.56, 0.68, 0.78], [0.97, 0.90, 0.82], 0.56, 37);
    let layers = [(0.36, 0.20, 0.80), (0.43, 0.16, 0.66), (0.49, 0.12, 0.52), (0.54, 0.07, 0.38)];
    for (i, (base, height, light)) in layers.into_iter().enumerate() {
        let colour = [light * 0.86, light * 0.97, light * 1.02];
        ridge(&mut c, base, height, colour, 90 + i as u32);
    }
    c.water(0.60, [0.50, 0.58, 0.62]);
    let bank = Noise(97);
    let shore = move |x: f32, y: f32| y > 0.90 - bank.cloud(x * 3.0, 2.0) * 0.12 + x * 0.12;
    c.fill([0.0, 0.7, 1.0, 1.0], shore, move |x, y| {
        shade([0.30, 0.34, 0.20], 0.6 + bank.cloud(x * 60.0, y * 160.0) * 0.8)
    });
    boat(&mut c, 0.66, 0.72, 0.10);
    people(&mut c, &[(0.17, 0.92), (0.22, 0.925), (0.26, 0.92)], 0.11);
    c
}

fn opening_day() -> Canvas {
    let mut c = Canvas::new(1600, 1067, 43);
    sky(&mut c, [0.24, 0.50, 0.84], [0.86, 0.92, 0.97], 0.6, 43);
    block(&mut c, [0.04, 0.30, 0.96, 0.62], [0.86, 0.82, 0.76], (26, 6), 0.0, 101);
    c.rect([0.02, 0.285, 0.98, 0.31], [0.70, 0.66, 0.60]);
    c.rect([0.22, 0.44, 0.78, 0.53], [0.72, 0.10, 0.11]);
    ground(&mut c, 0.62, [0.70, 0.30, 0.22], [0.52, 0.20, 0.16], 15);
    for i in 0..9 {
        flag(&mut c, 0.06 + i as f32 * 0.11, 0.12, i);
    }
    for row in 0..11 {
        let depth = row as f32 / 10.0;
        let y = 0.665 + depth * depth * 0.33;
        let size = 0.035 + depth * 0.085;
        let step = size * 0.36;
        let crowd: Vec<(f32, f32)> = (0..(1.1 / step) as u32)
            .map(|i| (i as f32 * step + hash(i, row, 5) * step * 0.4 - 0.03, y))
            .collect();
        people(&mut c, &crowd, size);
    }
    c
}

fn badge() -> Canvas {
    let mut c = Canvas::new(240, 240, 53);
    c.paint(|_, _, _| [0.96, 0.95, 0.93]);
    let ring = |inner: f32, outer: f32| {
        move |x: f32, y: f32| {
            let r = ((x - 0.5).powi(2) + (y - 0.5).powi(2)).sqrt();
            (inner..outer).contains(&r)
        }
    };
    let red = [0.70, 0.08, 0.10];
    c.fill([0.0, 0.0, 1.0, 1.0], ring(0.42, 0.46), move |_, _| red);
    c.fill([0.0, 0.0, 1.0, 1.0], ring(0.0, 0.38), move |_, y| shade(red, 1.15 - y * 0.3));
    let hill = |x: f32, y: f32| {
        y > 0.62
            - 0.16 * (1.0 - ((x - 0.42) * 5.0).abs()).max(0.0)
            - 0.10 * (1.0 - ((x - 0.62) * 6.0).abs()).max(0.0)
            && y < 0.62
    };
    c.fill([0.2, 0.3, 0.8, 0.64], hill, |_, _| [0.97, 0.95, 0.90]);
    for i in 0..3 {
        let y = 0.67 + i as f32 * 0.05;
        c.rect([0.28 + i as f32 * 0.05, y, 0.72 - i as f32 * 0.05, y + 0.02], [0.97, 0.95, 0.90]);
    }
    c
}

/// A sky with clouds and the glow of a low sun over the horizon.
fn sky(c: &mut Canvas, high: Colour, low: Colour, horizon: f32, seed: u32) {
    let noise = Noise(seed);
    c.paint(|x, y, _| {
        let base = mix(high, low, (y / horizon).powi(2));
        let cloud = noise.cloud(x * 3.2, y * 9.0) * (1.2 - y);
        let lit = mix(low, [1.0, 0.99, 0.97], 0.5);
        mix(base, lit, ((cloud - 0.52) * 2.4).max(0.0))
    });
}

fn stars(c: &mut Canvas, below: f32) {
    for i in 0..130 {
        let (x, y) = (hash(i, 1, 7), hash(i, 2, 7) * below);
        let size = 0.0006 + hash(i, 3, 7) * 0.0008;
        c.rect(
            [x, y, x + size, y + size * 1.5],
            shade([0.9, 0.92, 1.0], 0.4 + hash(i, 4, 7) * 0.6),
        );
    }
}

/// A chain of hills that pales towards its foot, as in haze.
fn ridge(c: &mut Canvas, base: f32, height: f32, colour: Colour, seed: u32) {
    let noise = Noise(seed * 131);
    let top = move |x: f32| base - (noise.cloud(x * 3.4, 0.5) - 0.35) * height * 2.0;
    let haze = mix(colour, [0.93, 0.91, 0.88], 0.35);
    c.fill(
        [0.0, 0.0, 1.0, 0.85],
        move |x, y| y > top(x),
        move |x, y| {
            let texture = 0.94 + noise.cloud(x * 50.0, y * 70.0) * 0.12;
            shade(mix(colour, haze, (y - top(x)) * 6.0), texture)
        },
    );
}

/// Ground that darkens towards the viewer.
fn ground(c: &mut Canvas, from: f32, far: Colour, near: Colour, seed: u32) {
    let noise = Noise(seed);
    c.fill(
        [0.0, from, 1.0, 1.0],
        |_, _| true,
        move |x, y| {
            let depth = (y - from) / (1.0 - from);
            let fine = noise.cloud(x * 90.0, y * y * 260.0);
            shade(mix(far, near, depth), 0.80 + fine * 0.42)
        },
    );
}

/// A path that runs to its vanishing point.
fn path(c: &mut Canvas, x: f32, from: f32, narrow: f32, wide: f32, colour: Colour) {
    let noise = Noise(311);
    let half = move |y: f32| (narrow + (wide - narrow) * ((y - from) / (1.0 - from))) / 2.0;
    c.fill(
        [0.0, from, 1.0, 1.0],
        move |u, v| (u - x).abs() < half(v),
        move |u, v| {
            shade(colour, 0.82 + noise.cloud(u * 50.0, v * v * 170.0) * 0.3 - (1.0 - v) * 0.1)
        },
    );
}

/// A house with a grid of windows, `lit` of them bright; 0 means by day.
fn block(
    c: &mut Canvas,
    [left, top, right, bottom]: [f32; 4],
    wall: Colour,
    (columns, rows): (u32, u32),
    lit: f32,
    seed: u32,
) {
    let noise = Noise(seed);
    c.fill(
        [left, top, right, bottom],
        |_, _| true,
        move |x, y| {
            let side = (x - left) / (right - left);
            shade(wall, 1.06 - side * 0.22 - (noise.cloud(x * 70.0, y * 70.0) - 0.5) * 0.10)
        },
    );
    let (w, h) = ((right - left) / columns as f32, (bottom - top) / rows as f32);
    for row in 0..rows {
        for column in 0..columns {
            let (x, y) = (left + column as f32 * w, top + row as f32 * h);
            let chance = hash(column, row, seed);
            let glass = match (lit > 0.0, chance < lit) {
                (true, true) => shade([1.0, 0.82, 0.50], 0.72 + chance * 0.32),
                (true, false) => shade(wall, 0.62),
                (false, _) => shade([0.36, 0.44, 0.52], 0.75 + chance * 0.5),
            };
            c.rect([x + w * 0.20, y + h * 0.22, x + w * 0.80, y + h * 0.80], glass);
            c.rect([x + w * 0.48, y + h * 0.22, x + w * 0.52, y + h * 0.80], shade(wall, 0.8));
        }
    }
}

/// An old hall: columns, a door and a tiled roof with rising eaves.
fn hall(c: &mut Canvas, [left, top, right, bottom]: [f32; 4], wall: Colour, seed: u32) {
    block(c, [left, top, right, bottom], wall, (13, 2), 0.0, seed);
    let middle = (left + right) / 2.0;
    c.rect([middle - 0.03, bottom - 0.12, middle + 0.03, bottom], [0.34, 0.16, 0.12]);
    for i in 0..=8 {
        let x = left + (right - left) * i as f32 / 8.0;
        c.rect([x - 0.006, top, x + 0.006, bottom], [0.56, 0.20, 0.15]);
    }
    c.rect([left - 0.03, bottom - 0.015, right + 0.03, bottom + 0.012], [0.66, 0.64, 0.60]);
    let half = (right - left) / 2.0;
    let roof = move |x: f32, y: f32| {
        let t = ((x - middle) / (half + 0.06)).abs();
        let eaves = top + 0.035 - t.powi(4) * 0.055;
        let fall = ((t - 0.5) / 0.5).max(0.0);
        let crest = top - 0.21 * (1.0 - fall).powi(2) - fall * 0.03;
        t < 1.0 && y < eaves && y > crest
    };
    let tiles = move |x: f32, y: f32| {
        let groove = ((x - middle) * 150.0 / (0.4 + (y - top + 0.2))).rem_euclid(1.0);
        shade([0.29, 0.33, 0.36], 0.72 + groove * 0.42 + (y - top) * 0.8)
    };
    c.fill([left - 0.08, top - 0.22, right + 0.08, top + 0.06], roof, tiles);
    let ridge = (half + 0.06) * 0.5 + 0.01;
    c.rect([middle - ridge, top - 0.225, middle + ridge, top - 0.205], [0.22, 0.25, 0.28]);
}

/// A tree whose crown is a cloud of leaves, lit from the upper left.
fn tree(c: &mut Canvas, x: f32, foot: f32, size: f32, leaf: Colour, seed: u32) {
    let wide = 1.0 / c.aspect();
    let trunk = size * 0.035 * wide;
    c.rect([x - trunk, foot - size * 0.5, x + trunk, foot], [0.24, 0.18, 0.14]);
    for i in 0..260 {
        let chance = |n: u32| hash(i, n, seed);
        let (dx, dy) = (chance(1) * 2.0 - 1.0, chance(2) * 2.0 - 1.0);
        if dx * dx + dy * dy > 1.0 {
            continue;
        }
        let (cx, cy) = (x + dx * size * 0.36 * wide, foot - size * 0.66 + dy * size * 0.34);
        let r = size * (0.03 + chance(3) * 0.045);
        let light = 0.72 - dx * 0.18 - dy * 0.34 + (chance(4) - 0.5) * 0.35;
        let noise = Noise(seed + i);
        let within = move |u: f32, v: f32| {
            let (a, b) = ((u - cx) / wide, v - cy);
            let rough = 0.6 + noise.at(u * 160.0, v * 160.0) * 0.7;
            a * a + b * b < r * r * rough
        };
        let area = [cx - r * 1.2 * wide, cy - r * 1.2, cx + r * 1.2 * wide, cy + r * 1.2];
        c.fill(area, within, move |u, v| {
            shade(leaf, light * (0.82 + noise.at(u * 300.0, v * 300.0) * 0.36))
        });
    }
}

/// People as a passer-by sees them from afar: `height` tall, standing at `places`.
fn people(c: &mut Canvas, places: &[(f32, f32)], height: f32) {
    let wide = 1.0 / c.aspect();
    for (i, &(x, y)) in places.iter().enumerate() {
        let chance = |n: u32| hash(i as u32, n, (y * 9000.0) as u32);
        let coat = mix(
            shade([0.85, 0.84, 0.82], 0.4 + chance(1) * 0.6),
            [chance(2) * 0.7, chance(3) * 0.45, chance(4) * 0.6],
            0.55,
        );
        let body = height * 0.11 * wide;
        c.rect([x - body * 0.8, y - height * 0.45, x - body * 0.1, y], shade(coat, 0.35));
        c.rect([x + body * 0.1, y - height * 0.45, x + body * 0.8, y], shade(coat, 0.32));
        let shoulders = move |u: f32, v: f32| {
            (u - x).abs() < body * (0.72 + ((v - y + height * 0.82) / height).clamp(0.0, 0.3) * 1.6)
        };
        let jacket = [x - body * 2.0, y - height * 0.82, x + body * 2.0, y - height * 0.40];
        c.fill(jacket, shoulders, move |u, _| shade(coat, 1.0 - (u - x) / body * 0.15));
        let (cy, r) = (y - height * 0.91, height * 0.085);
        let head = move |u: f32, v: f32| ((u - x) / wide).powi(2) + (v - cy).powi(2) < r * r;
        let area = [x - r * wide, cy - r, x + r * wide, cy + r];
        c.fill(
            area,
            head,
            move |_, v| if v < cy - r * 0.1 { [0.10, 0.08, 0.08] } else { [0.80, 0.62, 0.52] },
        );
    }
}

fn flag(c: &mut Canvas, x: f32, top: f32, i: u32) {
    c.rect([x, top, x + 0.003, 0.62], [0.85, 0.85, 0.86]);
    let lift = hash(i, 1, 3) * 0.02;
    let wave = move |u: f32| ((u - x) * 60.0 + lift * 200.0).sin() * 0.008 + (u - x) * lift * 6.0;
    let cloth = move |u: f32, v: f32| (top + wave(u)..top + 0.085 + wave(u)).contains(&v);
    let colour = if i % 3 == 1 { [0.93, 0.72, 0.16] } else { [0.78, 0.10, 0.10] };
    c.fill([x + 0.003, top - 0.05, x + 0.066, top + 0.16], cloth, move |u, _| {
        shade(colour, 0.9 + wave(u) * 14.0)
    });
}

fn boat(c: &mut Canvas, x: f32, y: f32, size: f32) {
    let hull = move |u: f32, v: f32| {
        let t = (u - x) / size;
        t.abs() < 1.0 && v > y + t * t * -0.012 && v < y + 0.022 * (1.0 - t * t)
    };
    c.fill([x - size, y - 0.02, x + size, y + 0.03], hull, |_, _| [0.20, 0.16, 0.13]);
    let cabin = move |u: f32, v: f32| {
        let t = (u - x) / (size * 0.42);
        t.abs() < 1.0 && v > y - 0.045 * (1.0 - t * t).sqrt() && v < y
    };
    c.fill([x - size, y - 0.06, x + size, y], cabin, |_, _| [0.34, 0.29, 0.22]);
    people(c, &[(x - size * 0.7, y)], 0.07);
}

/// A clock face that says a quarter to eight.
fn clock(c: &mut Canvas, x: f32, y: f32, r: f32) {
    let tall = c.aspect();
    let polar = move |u: f32, v: f32| (u - x, (v - y) / tall);
    let area = [x - r, y - r * tall, x + r, y + r * tall];
    let within = move |size: f32| {
        move |u: f32, v: f32| {
            let (a, b) = polar(u, v);
            a * a + b * b < size * size
        }
    };
    c.fill(area, within(r), |_, _| [0.24, 0.17, 0.15]);
    c.fill(area, within(r * 0.88), |u, _| shade([0.97, 0.95, 0.88], 1.06 - u * 0.12));
    for ((dx, dy), length) in [((-0.62, 0.78), 0.5), ((-1.0, 0.0), 0.74)] {
        let hand = move |u: f32, v: f32| {
            let (a, b) = polar(u, v);
            let along = (a * dx + b * dy) / r;
            (0.0..length).contains(&along) && (a * dy - b * dx).abs() < r * 0.05
        };
        c.fill(area, hand, |_, _| [0.13, 0.12, 0.13]);
    }
}
