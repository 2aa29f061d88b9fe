//! Decoding a baseline JPEG (ITU-T T.81, processes 1 and the sequential ones of Annex F
//! with eight bits) at eighths of its size. Whatever is another process, or wrong, gives
//! nothing: the decoder that reads everything may then say what it makes of it.

use fearless_simd::{Level, dispatch};

use super::head::{Coded, Head, inside, profile, without_stuffing};
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
    planes(bytes, Some(stored), least, false)
}

/// The planes of a JPEG of four inks, each at half its size.
pub(in crate::media) fn decode_inks(bytes: &[u8]) -> Option<Planes> {
    planes(bytes, None, (0.5, 0.5), true).filter(|planes| planes.planes.len() == 4)
}

fn planes(
    bytes: &[u8],
    stored: Option<(u32, u32)>,
    least: (f64, f64),
    inks: bool,
) -> Option<Planes> {
    let mut head = Head::default();
    let (mut coded, mut rest) = head.up_to_scan(inside(bytes)?)?;
    let size = (head.width as f64, head.height as f64);
    // Where no size is stored elsewhere, the least is a share of the file's own.
    let least = match stored {
        Some((w, h)) if (head.width, head.height) != (w as usize, h as usize) => return None,
        Some(_) => least,
        None => (size.0 * least.0, size.1 * least.1),
    };
    let space = match (head.components.len(), head.adobe) {
        (1, _) => Space::Grey,
        // Adobe's 0 says RGB; names without Adobe's word may say so, too.
        (3, Some(1)) => Space::Ycc,
        (3, None) if head.components[0].name != b'R' => Space::Ycc,
        (4, Some(2)) if inks => Space::Ycck,
        (4, None | Some(0)) if inks => Space::Inks,
        _ => return None,
    };
    let frame = Frame::new(&head, least)?;
    let mut sheets: Vec<Sheet> = Vec::new();
    // Nearly always there is one scan of all components; else one after another.
    let mut seen = vec![false; frame.parts.len()];
    loop {
        let (data, restarts, after) = without_stuffing(rest);
        let scan = Scan::new(&frame, &head, &coded)?;
        // Each block takes two bits, so a short file cannot claim a large picture.
        if (data.len() - PADDING).saturating_mul(4) < scan.blocks() {
            return None;
        }
        if sheets.is_empty() {
            sheets = frame.parts.iter().map(|part| Sheet::new(part, frame.units)).collect();
        }
        let read = &mut sheets;
        dispatch!(Level::new(), _simd => scan.read(&data, &restarts, head.restart, read))?;
        for one in &coded {
            if std::mem::replace(&mut seen[one.component], true) {
                return None;
            }
        }
        if !seen.contains(&false) {
            break;
        }
        (coded, rest) = head.up_to_scan(after)?;
    }
    let planes = sheets.into_iter().zip(&frame.parts).map(|(sheet, part)| sheet.cut(part));
    Some(Planes { space, planes: planes.collect(), profile: profile(head.profile) })
}

/// Whether the colours of a baseline JPEG stand in scans of their own, one after another:
/// some decoders lose count of the restart markers there.
pub(in crate::media) fn has_separate_scans(bytes: &[u8]) -> bool {
    let mut head = Head::default();
    let scan = inside(bytes).and_then(|rest| head.up_to_scan(rest));
    scan.is_some_and(|(coded, _)| coded.len() < head.components.len())
}

/// What is decoded of a component.
struct Part {
    across: usize,
    down: usize,
    inverse: Inverse,
    extent: (f64, f64),
    /// Its samples in full size, padding left out.
    whole: (usize, usize),
}

/// All that is decoded.
struct Frame {
    parts: Vec<Part>,
    /// Units of a scan of all components, across and down.
    units: (usize, usize),
}

/// Within so much of what is wanted a plane is large enough.
const NEAR: f64 = 1.01;

impl Frame {
    fn new(head: &Head, least: (f64, f64)) -> Option<Self> {
        let across = head.components.iter().map(|component| component.across).max()?;
        let down = head.components.iter().map(|component| component.down).max()?;
        // What has fewer samples of luminance than of colour is left to others.
        let first = head.components.first()?;
        if (first.across, first.down) != (across, down) {
            return None;
        }
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
            Part {
                across: component.across,
                down: component.down,
                inverse: Inverse::new(side),
                extent: (width * eighths, height * eighths),
                whole: (
                    (head.width * component.across).div_ceil(across),
                    (head.height * component.down).div_ceil(down),
                ),
            }
        });
        Some(Self { parts: parts.collect(), units })
    }
}

/// What a scan reads of a component.
struct Read<'a> {
    part: &'a Part,
    /// Which of the frame's it is.
    component: usize,
    /// Its blocks in a unit, across and down.
    across: usize,
    down: usize,
    steps: &'a [f32; 64],
    differences: &'a Table,
    others: &'a Table,
}

/// A scan of some components.
struct Scan<'a> {
    reads: Vec<Read<'a>>,
    /// Its units, across and down.
    units: (usize, usize),
}

impl<'a> Scan<'a> {
    fn new(frame: &'a Frame, head: &'a Head, coded: &[Coded]) -> Option<Self> {
        let mut reads = Vec::with_capacity(coded.len());
        for one in coded {
            let part = frame.parts.get(one.component)?;
            let steps = head.components.get(one.component)?.steps;
            reads.push(Read {
                part,
                component: one.component,
                across: part.across,
                down: part.down,
                steps: head.steps.get(steps)?.as_ref()?,
                differences: head.differences.get(one.differences)?.as_ref()?,
                others: head.others.get(one.others)?.as_ref()?,
            });
        }
        let mut units = frame.units;
        if let [only] = &mut reads[..] {
            // A scan of one component goes block by block (A.2.2).
            (only.across, only.down) = (1, 1);
            units = (only.part.whole.0.div_ceil(8), only.part.whole.1.div_ceil(8));
        }
        Some(Self { reads, units })
    }

    /// How many blocks it has.
    fn blocks(&self) -> usize {
        let unit: usize = self.reads.iter().map(|read| read.across * read.down).sum();
        unit * self.units.0 * self.units.1
    }

    #[inline(always)]
    fn read(
        &self,
        data: &[u8],
        restarts: &[usize],
        restart: usize,
        sheets: &mut [Sheet],
    ) -> Option<()> {
        let end = data.len() - PADDING;
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
                for (read, before) in self.reads.iter().zip(&mut before) {
                    let sheet = &mut sheets[read.component];
                    let side = read.part.inverse.side();
                    for v in 0..read.down {
                        let row = (y * read.down + v) * side * sheet.stride;
                        for u in 0..read.across {
                            let out = &mut sheet.data[row + (x * read.across + u) * side..];
                            read.block(&mut bits, before, out, sheet.stride)?;
                        }
                    }
                }
            }
            if bits.is_past(end) {
                return None;
            }
        }
        Some(())
    }
}

impl Read<'_> {
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
            block[usize::from(self.part.inverse.places[k])] = value;
            seen |= self.part.inverse.marks[k];
        }
        self.part.inverse.write(&block, self.steps, seen, out, stride);
        Some(())
    }
}

/// A plane while it is written: whole blocks, and a little room behind each row.
struct Sheet {
    stride: usize,
    data: Vec<u8>,
}

impl Sheet {
    fn new(part: &Part, units: (usize, usize)) -> Self {
        let side = part.inverse.side();
        let stride = units.0 * part.across * side + 8;
        Self { stride, data: vec![0; stride * units.1 * part.down * side] }
    }

    /// The plane without what is more than the picture.
    fn cut(mut self, part: &Part) -> Plane {
        let (width, height) = (part.extent.0.ceil() as usize, part.extent.1.ceil() as usize);
        for y in 0..height {
            self.data.copy_within(y * self.stride..y * self.stride + width, y * width);
        }
        self.data.truncate(width * height);
        Plane { width, height, extent: part.extent, data: self.data }
    }
}
