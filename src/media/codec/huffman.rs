//! Huffman codes, read (ITU-T T.81, Annex F.2): the bits of a scan without the bytes
//! stuffed into them, and tables that tell most coefficients at one look.

/// How many bits are looked up at once.
const LOOK: u32 = 10;
/// How far the end of a block is from its beginning, and farther.
pub(super) const END: usize = 127;

/// A code that was looked up. From the lowest bit: 6 bits of length, in bits; 7 of how
/// many coefficients it goes on; 3 unused; 16 of value, or the size of the value where
/// bit 13 is set and it follows.
type Entry = u32;

const FOLLOWS: u32 = 1 << 13;

/// A table of codes, ready to be looked up in.
pub(super) struct Table {
    look: Box<[Entry; 1 << LOOK]>,
    /// One more than the last code of each length, as 16 bits; by length less one.
    past: [u32; 16],
    /// What is added to a code of each length to find its value.
    shift: [i32; 16],
    values: [u8; 256],
    differences: bool,
}

impl Table {
    /// The table of these counts and values, for differences of the first coefficient
    /// or for the others; `None` where they make no table.
    pub(super) fn new(counts: &[u8; 16], given: &[u8], differences: bool) -> Option<Self> {
        let mut values = [0; 256];
        values.get_mut(..given.len())?.copy_from_slice(given);
        let mut table = Self {
            look: Box::new([0; 1 << LOOK]),
            past: [0; 16],
            shift: [0; 16],
            values,
            differences,
        };
        let (mut code, mut index) = (0_u32, 0_usize);
        for length in 1..=16_u32 {
            let at = length as usize - 1;
            let count = usize::from(counts[at]);
            table.shift[at] = index as i32 - code as i32;
            for _ in 0..count {
                if code >= 1 << length {
                    return None;
                }
                if length <= LOOK {
                    let entry = table.entry(table.values[index], length);
                    let from = code << (LOOK - length);
                    for rest in 0..1_u32 << (LOOK - length) {
                        let entry = with_value(entry, length, rest, LOOK - length);
                        table.look[(from + rest) as usize] = entry;
                    }
                }
                (code, index) = (code + 1, index + 1);
            }
            table.past[at] = code << (16 - length);
            code <<= 1;
        }
        (index == given.len()).then_some(table)
    }

    /// What a symbol says, without its value.
    fn entry(&self, symbol: u8, length: u32) -> Entry {
        let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        let (step, size) = match (self.differences, run, size) {
            (true, _, _) => (1, size),
            (false, 15, 0) => (16, 0),
            (false, _, 0) => (END as u32, 0),
            (false, run, size) => (run + 1, size),
        };
        let follows = if size > 0 { FOLLOWS | size << 16 } else { 0 };
        length | step << 6 | follows
    }

    /// A code longer than those that are looked up.
    #[cold]
    fn long(&self, bits: u64) -> Option<Entry> {
        let code = (bits >> 48) as u32;
        let at = (LOOK as usize..16).find(|at| code < self.past[*at])?;
        let index = (code >> (15 - at)) as i32 + self.shift[at];
        let value = *self.values.get(usize::try_from(index).ok()?)?;
        Some(self.entry(value, at as u32 + 1))
    }
}

/// The entry with its value, where all of it lies in the bits that were looked at.
fn with_value(entry: Entry, length: u32, rest: u32, room: u32) -> Entry {
    let size = entry >> 16;
    if entry & FOLLOWS == 0 || size > room {
        return entry;
    }
    let value = extended(rest >> (room - size), size);
    let step = entry & (127 << 6);
    (length + size) | step | (value as u32) << 16
}

/// A value of so many bits, at least one (figure F.12).
#[inline(always)]
fn extended(bits: u32, size: u32) -> i32 {
    let negative = bits >> (size - 1) == 0;
    bits as i32 - if negative { (1 << size) - 1 } else { 0 }
}

/// The bits of a scan.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    buffer: u64,
    held: u32,
}

/// So many zeros follow the data that [`Bits`] reads, so that reading need not ask for
/// the end at every bit.
pub(super) const PADDING: usize = 16;

impl<'a> Bits<'a> {
    /// Reads from a byte of data that ends in [`PADDING`].
    pub(super) fn new(data: &'a [u8], at: usize) -> Self {
        Self { data, at, buffer: 0, held: 0 }
    }

    /// Whether more was read than there is up to this byte.
    pub(super) fn is_past(&self, end: usize) -> bool {
        // What is held was read, but not used.
        self.at - (self.held / 8) as usize > end
    }

    #[inline(always)]
    fn fill(&mut self) {
        let last = self.data.len() - 8;
        let at = self.at.min(last);
        let eight = self.data[at..at + 8].try_into().map_or(0, u64::from_be_bytes);
        self.buffer |= eight >> self.held;
        self.at += ((63 - self.held) >> 3) as usize;
        self.held |= 56;
    }

    /// The next code: how many coefficients it goes on, and its value. `None` where
    /// there is no such code.
    #[inline(always)]
    pub(super) fn next(&mut self, table: &Table) -> Option<(usize, i16)> {
        if self.held < 32 {
            self.fill();
        }
        let mut entry = table.look[(self.buffer >> (64 - LOOK)) as usize];
        if entry == 0 {
            entry = table.long(self.buffer)?;
        }
        let length = entry & 63;
        self.buffer <<= length;
        self.held -= length;
        let step = (entry >> 6 & 127) as usize;
        if entry & FOLLOWS == 0 {
            return Some((step, (entry >> 16) as i16));
        }
        let size = entry >> 16;
        let value = extended((self.buffer >> (64 - size)) as u32, size);
        self.buffer <<= size;
        self.held -= size;
        Some((step, value as i16))
    }
}
