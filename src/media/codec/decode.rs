//! Decoding a baseline JPEG (ITU-T T.81, processes 1 and the sequential ones of Annex F
//! with eight bits) at eighths of its size. Whatever is another process, or wrong, gives
//! nothing: the decoder that reads everything may then say what it makes of it.

use fearless_simd::{Level, dispatch};

use super::head::{Head, head, profile, without_stuffing};
use super::huffman::{Bits, END, PADDING, Table};
use super::inverse::{Block, Inverse};
use super::{Plane, Planes, Space};

/// The planes of a JPEG, each in the smallest eighths of its size at which the whole
/// picture, as it is stored, is still as wide and high as `least` in pixels, or the full
/// size where it never is. Colours need half as many samples a side as luminance.
/// Nothing where it is no baseline JPEG of grey or YCbCr, where it is not of the size
/// `stored`, or where its data are wrong or end too early.
///
/// Memory: the planes and the file once more.
pub(in crate::media) fn decode(
    bytes: &[u8],
    stored: (u32, u32),
    least: (f64, f64),
) -> Option<Planes> {
    let (head, scan) = head(bytes)?;
    if (head.width, head.height) != (stored.0 as usize, stored.1 as usize) {
        return None;
    }
    let space = match (head.components.len(), head.adobe) {
        (1, _) => Space::Grey,
        // Adobe's 0 says RGB; names without Adobe's word may say so, too.
        (3, Some(1)) => Space::Ycc,
        (3, None) if head.components[0].name != b'R' => Space::Ycc,
        _ => return None,
    };
    let (data, restarts) = without_stuffing(scan);
    let frame = Frame::new(&head, least)?;
    // Each block takes two bits, so a short file cannot claim a large picture.
    let blocks: usize = frame.parts.iter().map(|part| part.across * part.down).sum();
    if (data.len() - PADDING).saturating_mul(4) < blocks * frame.units.0 * frame.units.1 {
        return None;
    }
    let planes = dispatch!(Level::new(), _simd => frame.planes(&data, &restarts, head.restart))?;
    Some(Planes { space, planes, profile: profile(head.profile) })
}

/// What is decoded of a component.
struct Part<'a> {
    across: usize,
    down: usize,
    steps: &'a [f32; 64],
    differences: &'a Table,
    others: &'a Table,
    inverse: Inverse,
    extent: (f64, f64),
}

/// All that is decoded.
struct Frame<'a> {
    parts: Vec<Part<'a>>,
    /// Units of the scan, across and down.
    units: (usize, usize),
}

/// Within so much of what is wanted a plane is large enough.
const NEAR: f64 = 1.01;

impl<'a> Frame<'a> {
    fn new(head: &'a Head, least: (f64, f64)) -> Option<Self> {
        let across = head.components.iter().map(|component| component.across).max()?;
        let down = head.components.iter().map(|component| component.down).max()?;
        let units = (head.width.div_ceil(8 * across), head.height.div_ceil(8 * down));
        let parts = head.components.iter().enumerate().map(|(index, component)| {
            let share = |full: usize, own: usize, most: usize| (full * own) as f64 / most as f64;
            let (width, height) = (
                share(head.width, component.across, across),
                share(head.height, component.down, down),
            );
            let needed = if index == 0 { 1.0 } else { 0.5 };
            let enough = |side: &usize| {
                let eighths = *side as f64 / 8.0 * NEAR;
                width * eighths >= least.0 * needed && height * eighths >= least.1 * needed
            };
            let side = (1..8).find(enough).unwrap_or(8);
            let eighths = side as f64 / 8.0;
            Some(Part {
                across: component.across,
                down: component.down,
                steps: head.steps[component.steps].as_ref()?,
                differences: head.differences.get(component.tables.0)?.as_ref()?,
                others: head.others.get(component.tables.1)?.as_ref()?,
                inverse: Inverse::new(side),
                extent: (width * eighths, height * eighths),
            })
        });
        Some(Self { parts: parts.collect::<Option<_>>()?, units })
    }

    #[inline(always)]
    fn planes(&self, data: &[u8], restarts: &[usize], restart: usize) -> Option<Vec<Plane>> {
        let end = data.len() - PADDING;
        let mut sheets: Vec<Sheet> =
            self.parts.iter().map(|part| Sheet::new(part, self.units)).collect();
        let mut bits = Bits::new(data, 0);
        let mut restarts = restarts.iter();
        let mut left = restart;
        let mut before = [0_i16; 4];
        for y in 0..self.units.1 {
            for x in 0..self.units.0 {
                if restart > 0 {
                    if left == 0 {
                        if bits.is_past(end) {
                            return None;
                        }
                        bits = Bits::new(data, *restarts.next()?);
                        (left, before) = (restart, [0; 4]);
                    }
                    left -= 1;
                }
                for ((part, sheet), before) in self.parts.iter().zip(&mut sheets).zip(&mut before) {
                    let side = part.inverse.side();
                    for v in 0..part.down {
                        let row = (y * part.down + v) * side * sheet.stride;
                        for u in 0..part.across {
                            let out = &mut sheet.data[row + (x * part.across + u) * side..];
                            part.block(&mut bits, before, out, sheet.stride)?;
                        }
                    }
                }
            }
            if bits.is_past(end) {
                return None;
            }
        }
        Some(sheets.into_iter().zip(&self.parts).map(|(sheet, part)| sheet.cut(part)).collect())
    }
}

impl Part<'_> {
    /// Reads one block and writes its samples.
    #[inline(always)]
    fn block(
        &self,
        bits: &mut Bits<'_>,
        before: &mut i16,
        out: &mut [u8],
        stride: usize,
    ) -> Option<()> {
        let mut block: Block = [0; 72];
        let (_, difference) = bits.next(self.differences)?;
        *before = before.wrapping_add(difference);
        block[0] = *before;
        let mut seen = 0x0101;
        let mut k = 0;
        while k < 63 {
            let (step, value) = bits.next(self.others)?;
            k += step;
            if k > 63 {
                if step == END {
                    break;
                }
                return None;
            }
            block[usize::from(self.inverse.places[k])] = value;
            seen |= self.inverse.marks[k];
        }
        self.inverse.write(&block, self.steps, seen, out, stride);
        Some(())
    }
}

/// A plane while it is written: whole blocks, and a little room behind each row.
struct Sheet {
    stride: usize,
    data: Vec<u8>,
}

impl Sheet {
    fn new(part: &Part<'_>, units: (usize, usize)) -> Self {
        let side = part.inverse.side();
        let stride = units.0 * part.across * side + 8;
        Self { stride, data: vec![0; stride * units.1 * part.down * side] }
    }

    /// The plane without what is more than the picture.
    fn cut(mut self, part: &Part<'_>) -> Plane {
        let (width, height) = (part.extent.0.ceil() as usize, part.extent.1.ceil() as usize);
        for y in 0..height {
            self.data.copy_within(y * self.stride..y * self.stride + width, y * width);
        }
        self.data.truncate(width * height);
        Plane { width, height, extent: part.extent, data: self.data }
    }
}
