//! Encoding planes as a baseline JPEG: one scan, the Huffman tables of Annex K.

use fearless_simd::{Level, dispatch};

use super::forward::Forward;
use super::tables::{self, ZIGZAG};
use super::{Plane, Planes, Space};

/// The file of these planes at a quality of 100, without any metadata but the colour
/// profile. Colour differences are half as wide and high as the rest, halves rounded up;
/// `None` where they are not, or where a side is longer than a JPEG can say.
pub(in crate::media) fn encode(picture: &Planes, quality: u8) -> Option<Vec<u8>> {
    let first = picture.planes.first()?;
    let (width, height) = (u16::try_from(first.width).ok()?, u16::try_from(first.height).ok()?);
    let half = (first.width.div_ceil(2), first.height.div_ceil(2));
    let sound = picture.planes.iter().enumerate().all(|(number, plane)| {
        let size = if kind(number) == 1 { half } else { (first.width, first.height) };
        (plane.width, plane.height) == size
    });
    let count = match picture.space {
        Space::Grey => 1,
        Space::Ycc => 3,
        Space::Ycck => 4,
        Space::Inks => return None,
    };
    if !sound || picture.planes.len() != count || width == 0 || height == 0 {
        return None;
    }
    let steps = [&tables::LUMINANCE, &tables::CHROMINANCE];
    let steps = steps.map(|table| tables::at_quality(table, quality));
    let mut out = Vec::with_capacity(first.data.len() / 3 + 4096);
    out.extend(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    if picture.space == Space::Ycck {
        segment(&mut out, 0xEE, b"Adobe\0\x64\0\0\0\0\x02");
    }
    profile(picture.profile.as_deref().unwrap_or_default(), &mut out)?;
    header(&mut out, (width, height), &steps[..count.min(2)], count);
    dispatch!(Level::new(), _simd => scan(&picture.planes, &steps, &mut out));
    out.extend([0xFF, 0xD9]);
    Some(out)
}

/// The tables of a component: 1 for differences of colours, 0 for all else.
fn kind(number: usize) -> usize {
    usize::from(matches!(number, 1 | 2))
}

/// The colour profile in as many segments as it needs (ICC.1, B.4).
fn profile(bytes: &[u8], out: &mut Vec<u8>) -> Option<()> {
    const MOST: usize = 65_519;
    let count = u8::try_from(bytes.len().div_ceil(MOST)).ok()?;
    for (number, part) in (1..=count).zip(bytes.chunks(MOST)) {
        segment(out, 0xE2, &[b"ICC_PROFILE\0", &[number, count][..], part].concat());
    }
    Some(())
}

fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    out.extend([0xFF, marker]);
    out.extend((body.len() as u16 + 2).to_be_bytes());
    out.extend(body);
}

fn header(out: &mut Vec<u8>, (width, height): (u16, u16), steps: &[[u8; 64]], count: usize) {
    for (number, steps) in steps.iter().enumerate() {
        let in_order = ZIGZAG.iter().map(|at| steps[usize::from(*at)]);
        let body: Vec<u8> = std::iter::once(number as u8).chain(in_order).collect();
        segment(out, 0xDB, &body);
    }
    let mut frame = vec![8];
    frame.extend(height.to_be_bytes());
    frame.extend(width.to_be_bytes());
    frame.push(count as u8);
    for number in 0..count {
        let sampling = if kind(number) == 0 && count > 1 { 0x22 } else { 0x11 };
        frame.extend([number as u8 + 1, sampling, kind(number) as u8]);
    }
    segment(out, 0xC0, &frame);
    let kinds = [
        (0x00, tables::DC_LUMINANCE),
        (0x10, tables::AC_LUMINANCE),
        (0x01, tables::DC_CHROMINANCE),
        (0x11, tables::AC_CHROMINANCE),
    ];
    for (class, (counts, values)) in &kinds[..2 * steps.len()] {
        segment(out, 0xC4, &[&[*class], &counts[..], values].concat());
    }
    let mut scan = vec![count as u8];
    scan.extend((0..count).flat_map(|number| [number as u8 + 1, kind(number) as u8 * 0x11]));
    scan.extend([0, 63, 0]);
    segment(out, 0xDA, &scan);
}

/// The codes of one kind of component: bits and their number, by symbol.
struct Codes {
    differences: [(u32, u32); 16],
    others: [(u32, u32); 256],
}

impl Codes {
    fn new(differences: tables::Codes, others: tables::Codes) -> Self {
        let mut codes = Self { differences: [(0, 0); 16], others: [(0, 0); 256] };
        numbered(differences, &mut codes.differences);
        numbered(others, &mut codes.others);
        codes
    }
}

/// Gives each symbol its code (ITU-T T.81, Annex C).
fn numbered((counts, values): tables::Codes, codes: &mut [(u32, u32)]) {
    let (mut code, mut values) = (0, values.iter());
    for (length, count) in (1..).zip(counts) {
        for value in values.by_ref().take(usize::from(count)) {
            codes[usize::from(*value)] = (code, length);
            code += 1;
        }
        code <<= 1;
    }
}

#[inline(always)]
fn scan(planes: &[Plane], steps: &[[u8; 64]; 2], out: &mut Vec<u8>) {
    let forwards = [Forward::new(&steps[0]), Forward::new(&steps[1])];
    let codes = [
        Codes::new(tables::DC_LUMINANCE, tables::AC_LUMINANCE),
        Codes::new(tables::DC_CHROMINANCE, tables::AC_CHROMINANCE),
    ];
    let mut bits = Bits { out, buffer: 0, free: 64 };
    let mut before = [0_i16; 4];
    let side = if planes.len() > 1 { 16 } else { 8 };
    let units = (planes[0].width.div_ceil(side), planes[0].height.div_ceil(side));
    for y in 0..units.1 {
        for x in 0..units.0 {
            for (number, plane) in planes.iter().enumerate() {
                let kind = kind(number);
                let blocks = if kind == 0 { side / 8 } else { 1 };
                for v in 0..blocks {
                    for u in 0..blocks {
                        let at = ((x * blocks + u) * 8, (y * blocks + v) * 8);
                        let block = forwards[kind].block(&samples(plane, at));
                        bits.block(&block, &mut before[number], &codes[kind]);
                    }
                }
            }
        }
    }
    bits.finish();
}

/// A block of a plane; beyond its edges they are repeated.
#[inline(always)]
fn samples(plane: &Plane, (x, y): (usize, usize)) -> [[f32; 8]; 8] {
    let mut block = [[0.0; 8]; 8];
    let inside = x + 8 <= plane.width;
    for (v, row) in block.iter_mut().enumerate() {
        let start = (y + v).min(plane.height - 1) * plane.width;
        if inside {
            let eight = &plane.data[start + x..][..8];
            for u in 0..8 {
                row[u] = f32::from(eight[u]) - 128.0;
            }
        } else {
            for (u, sample) in row.iter_mut().enumerate() {
                let at = start + (x + u).min(plane.width - 1);
                *sample = f32::from(plane.data[at]) - 128.0;
            }
        }
    }
    block
}

/// The bits of the scan on their way out.
struct Bits<'a> {
    out: &'a mut Vec<u8>,
    buffer: u64,
    free: u32,
}

impl Bits<'_> {
    #[inline(always)]
    fn put(&mut self, bits: u32, count: u32) {
        if count > self.free {
            let rest = count - self.free;
            let full = (self.buffer << self.free) | u64::from(bits) >> rest;
            self.write(full);
            self.buffer = u64::from(bits);
            self.free = 64 - rest;
        } else {
            // All 64 are never free at once but at the beginning, when nothing is held.
            self.buffer = self.buffer.wrapping_shl(count) | u64::from(bits);
            self.free -= count;
        }
    }

    #[inline(always)]
    fn write(&mut self, full: u64) {
        // A byte of all ones has its highest bit set and loses it when one is added.
        let ones = full & 0x8080_8080_8080_8080 & !full.wrapping_add(0x0101_0101_0101_0101);
        if ones == 0 {
            self.out.extend_from_slice(&full.to_be_bytes());
        } else {
            for byte in full.to_be_bytes() {
                self.byte(byte);
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        self.out.push(byte);
        if byte == 0xFF {
            self.out.push(0);
        }
    }

    /// Writes what is held, the last byte filled with ones.
    fn finish(mut self) {
        self.put(0x7F, 7);
        let held = 64 - self.free;
        for byte in 1..=held / 8 {
            self.byte((self.buffer >> (held - byte * 8)) as u8);
        }
    }

    #[inline(always)]
    fn block(&mut self, block: &[i16; 64], before: &mut i16, codes: &Codes) {
        let (size, bits) = value(block[0].wrapping_sub(*before));
        *before = block[0];
        let (code, length) = codes.differences[size as usize & 15];
        self.put(code << size | bits, length + size);
        let mut ordered = [0_i16; 64];
        for k in 1..64 {
            ordered[k] = block[usize::from(ZIGZAG[k])];
        }
        let mut left: u64 = 0;
        for (k, value) in ordered.iter().enumerate() {
            left |= u64::from(*value != 0) << k;
        }
        let mut last = 0;
        while left != 0 {
            let k = left.trailing_zeros();
            left &= left - 1;
            let mut run = k - last - 1;
            while run > 15 {
                let (code, length) = codes.others[0xF0];
                self.put(code, length);
                run -= 16;
            }
            let (size, bits) = value(ordered[k as usize & 63]);
            let (code, length) = codes.others[(run << 4 | size) as usize & 255];
            self.put(code << size | bits, length + size);
            last = k;
        }
        if last < 63 {
            let (code, length) = codes.others[0];
            self.put(code, length);
        }
    }
}

/// How many bits a value takes, and these bits (ITU-T T.81, F.1.2.1).
#[inline(always)]
fn value(value: i16) -> (u32, u32) {
    let value = i32::from(value);
    let size = 32 - value.unsigned_abs().leading_zeros();
    let bits = (value + (value >> 31)) as u32 & ((1 << size) - 1);
    (size, bits)
}
