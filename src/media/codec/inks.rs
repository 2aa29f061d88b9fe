//! Four inks as planes: cyan, magenta and yellow as luminance and colour differences,
//! black beside them, as Adobe's marker of transform 2 says.

use fearless_simd::{Level, dispatch};

use super::{Plane, Planes, Space};

/// The planes of pixels of four inks each, 255 for full ink.
pub(in crate::media) fn planes(inks: &[u8], width: usize, height: usize) -> Planes {
    let half = (width.div_ceil(2), height.div_ceil(2));
    let mut full = [vec![0; width * height], vec![0; width * height]];
    let mut halves = [vec![0; half.0 * half.1], vec![0; half.0 * half.1]];
    dispatch!(Level::new(), _simd => {
        luminance_and_black(inks, &mut full);
        differences(inks, (width, height), &mut halves);
    });
    let [y, k] = full.map(|data| Plane::new(width, height, data));
    let [cb, cr] = halves.map(|data| Plane::new(half.0, half.1, data));
    Planes { space: Space::Ycck, planes: vec![y, cb, cr, k], profile: None }
}

/// The factors of ITU-T T.871, clause 7, in parts of 65,536. Adobe writes inks inverted,
/// and red as what cyan lacks: both together leave the first three as they are.
#[inline(always)]
fn luminance_and_black(inks: &[u8], [y, k]: &mut [Vec<u8>; 2]) {
    for ((pixel, y), k) in inks.chunks_exact(4).zip(y).zip(k) {
        let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
        *y = ((19_595 * r + 38_470 * g + 7_471 * b + 0x8000) >> 16) as u8;
        *k = 255 - pixel[3];
    }
}

/// Of four pixels each; at the edges the last is repeated.
#[inline(always)]
fn differences(inks: &[u8], (width, height): (usize, usize), [cb, cr]: &mut [Vec<u8>; 2]) {
    let wide = width.div_ceil(2);
    for (row, (cb, cr)) in cb.chunks_exact_mut(wide).zip(cr.chunks_exact_mut(wide)).enumerate() {
        let line = |y: usize| &inks[y.min(height - 1) * width * 4..][..width * 4];
        let lines = [line(2 * row), line(2 * row + 1)];
        for (x, (cb, cr)) in cb.iter_mut().zip(cr.iter_mut()).enumerate() {
            let (left, right) = (8 * x, (8 * x + 4).min(4 * (width - 1)));
            let sum = |ink: usize| {
                let of = |line: &[u8]| i32::from(line[left + ink]) + i32::from(line[right + ink]);
                of(lines[0]) + of(lines[1])
            };
            let (r, g, b) = (sum(0), sum(1), sum(2));
            // A quarter for the four, half a step up to round.
            let difference = |parts: i32| ((parts + (128 << 18) + (1 << 17)) >> 18).min(255) as u8;
            *cb = difference(-11_059 * r - 21_709 * g + 32_768 * b);
            *cr = difference(32_768 * r - 27_439 * g - 5_329 * b);
        }
    }
}
