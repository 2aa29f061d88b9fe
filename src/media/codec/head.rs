//! What stands between the coded data of a baseline JPEG (ITU-T T.81, Annex B), and the
//! data without what is stuffed into them. Nothing is said of what is wrong.

use super::huffman::{PADDING, Table};
use super::tables::ZIGZAG;

/// A component of the frame.
#[derive(Clone, Copy)]
pub(super) struct Component {
    pub(super) name: u8,
    /// Blocks in a unit of the scan, across and down.
    pub(super) across: usize,
    pub(super) down: usize,
    pub(super) steps: usize,
}

/// A component of a scan: which of the frame's it is, and its tables there, for the
/// differences and for the rest.
#[derive(Clone, Copy)]
pub(super) struct Coded {
    pub(super) component: usize,
    pub(super) differences: usize,
    pub(super) others: usize,
}

/// What the segments say, up to a scan.
#[derive(Default)]
pub(super) struct Head {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) components: Vec<Component>,
    pub(super) steps: [Option<[f32; 64]>; 4],
    pub(super) differences: [Option<Table>; 4],
    pub(super) others: [Option<Table>; 4],
    pub(super) restart: usize,
    pub(super) adobe: Option<u8>,
    pub(super) profile: Vec<(u8, Vec<u8>)>,
}

/// What follows the mark that a JPEG begins with.
pub(super) fn inside(bytes: &[u8]) -> Option<&[u8]> {
    bytes.strip_prefix(&[0xFF, 0xD8])
}

impl Head {
    /// Reads the segments up to the next scan: its components, and what follows.
    pub(super) fn up_to_scan<'b>(&mut self, mut rest: &'b [u8]) -> Option<(Vec<Coded>, &'b [u8])> {
        loop {
            while let [0xFF, 0xFF, ..] = rest {
                rest = &rest[1..];
            }
            let [0xFF, marker, high, low, after @ ..] = rest else { return None };
            let length = usize::from(u16::from_be_bytes([*high, *low])).checked_sub(2)?;
            let (body, next) = after.split_at_checked(length)?;
            match marker {
                0xC0 | 0xC1 => self.frame(body)?,
                0xC4 => self.codes(body)?,
                0xDB => self.quantisation(body)?,
                0xDD => self.restart = usize::from(u16::from_be_bytes(body.try_into().ok()?)),
                0xE2 if body.starts_with(b"ICC_PROFILE\0") && body.len() > 14 => {
                    self.profile.push((body[12], body[14..].to_vec()));
                }
                0xEE if body.starts_with(b"Adobe") => self.adobe = body.get(11).copied(),
                0xDA => return Some((self.scan(body)?, next)),
                0xC2..=0xCF | 0x01 | 0xD0..=0xD9 => return None,
                _ => {}
            }
            rest = next;
        }
    }

    fn frame(&mut self, body: &[u8]) -> Option<()> {
        let [8, h1, h0, w1, w0, count, rest @ ..] = body else { return None };
        if !self.components.is_empty() || rest.len() != usize::from(*count) * 3 {
            return None;
        }
        self.height = usize::from(u16::from_be_bytes([*h1, *h0]));
        self.width = usize::from(u16::from_be_bytes([*w1, *w0]));
        for part in rest.chunks_exact(3) {
            let (across, down) = (usize::from(part[1] >> 4), usize::from(part[1] & 15));
            let sound = (1..=4).contains(&across) && (1..=4).contains(&down) && part[2] < 4;
            let steps = usize::from(part[2]);
            let component = Component { name: part[0], across, down, steps };
            self.components.push(sound.then_some(component)?);
        }
        if let [only] = &mut self.components[..] {
            // A scan of one component goes block by block, whatever it says (A.2.2).
            (only.across, only.down) = (1, 1);
        }
        (self.width > 0 && self.height > 0).then_some(())
    }

    fn codes(&mut self, mut body: &[u8]) -> Option<()> {
        while let [class, rest @ ..] = body {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let count = counts.iter().map(|count| usize::from(*count)).sum();
            let (values, rest) = rest.split_at_checked(count)?;
            let tables = match class >> 4 {
                0 => &mut self.differences,
                1 => &mut self.others,
                _ => return None,
            };
            let place = tables.get_mut(usize::from(class & 15))?;
            *place = Some(Table::new(counts, values, class >> 4 == 0)?);
            body = rest;
        }
        Some(())
    }

    fn quantisation(&mut self, mut body: &[u8]) -> Option<()> {
        while let [class, rest @ ..] = body {
            let (wide, table) = (class >> 4, usize::from(class & 15));
            let (steps, rest) = rest.split_at_checked(if wide == 0 { 64 } else { 128 })?;
            let place = self.steps.get_mut(table)?.insert([0.0; 64]);
            for (k, at) in ZIGZAG.iter().enumerate() {
                place[usize::from(*at)] = match wide {
                    0 => f32::from(steps[k]),
                    1 => f32::from(u16::from_be_bytes([steps[2 * k], steps[2 * k + 1]])),
                    _ => return None,
                };
            }
            body = rest;
        }
        Some(())
    }

    /// A scan of some components in their order, from the first coefficient to the last.
    fn scan(&self, body: &[u8]) -> Option<Vec<Coded>> {
        let (count, rest) = body.split_first()?;
        let parts = rest.get(..usize::from(*count) * 2)?;
        if parts.is_empty() || rest.get(parts.len()..)? != [0, 63, 0] {
            return None;
        }
        let mut coded: Vec<Coded> = Vec::with_capacity(usize::from(*count));
        for part in parts.chunks_exact(2) {
            let component = self.components.iter().position(|c| c.name == part[0])?;
            if coded.last().is_some_and(|before| before.component >= component) {
                return None;
            }
            let (differences, others) = (usize::from(part[1] >> 4), usize::from(part[1] & 15));
            coded.push(Coded { component, differences, others });
        }
        Some(coded)
    }
}

/// The data of a scan without stuffed bytes, [`PADDING`] after them; where the data
/// begin again after each restart; what follows them in the file.
pub(super) fn without_stuffing(scan: &[u8]) -> (Vec<u8>, Vec<usize>, &[u8]) {
    let mut data = Vec::with_capacity(scan.len() + PADDING);
    let mut restarts = Vec::new();
    let mut rest = scan;
    while let Some(at) = memchr::memchr(0xFF, rest) {
        data.extend_from_slice(&rest[..at]);
        match rest.get(at + 1) {
            Some(0) => data.push(0xFF),
            Some(0xD0..=0xD7) => restarts.push(data.len()),
            Some(0xFF) => {
                rest = &rest[at + 1..];
                continue;
            }
            _ => {
                data.extend_from_slice(&[0; PADDING]);
                return (data, restarts, &rest[at..]);
            }
        }
        rest = &rest[at + 2..];
    }
    data.extend_from_slice(rest);
    data.extend_from_slice(&[0; PADDING]);
    (data, restarts, &[])
}

/// A profile from its parts, which may stand in any order (ICC.1, B.4).
pub(super) fn profile(mut parts: Vec<(u8, Vec<u8>)>) -> Option<Vec<u8>> {
    parts.sort_by_key(|(number, _)| *number);
    let whole: Vec<u8> = parts.into_iter().flat_map(|(_, part)| part).collect();
    (!whole.is_empty()).then_some(whole)
}
