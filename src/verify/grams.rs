//! Which short runs of characters a text holds at all. What stands nowhere need not be
//! searched for: held against the file of another book, nearly every search is one of
//! those. A run may be said to be there that is not, never the reverse (B. H. Bloom,
//! Space/time trade-offs in hash coding with allowable errors, 1970).

/// The lengths of the runs that are known, in characters, the longest first.
const LENGTHS: [usize; 4] = [8, 4, 2, 1];
/// So many bits a character: about one run in thirty is said to be there by mistake.
const BITS: usize = 24;
/// The table is at most so large, in bits.
const MOST: usize = 1 << 28;
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// The runs of one text.
#[derive(Debug, Clone)]
pub(super) struct Grams {
    table: Vec<u64>,
    /// The number of bits less one; they are a power of two.
    mask: u64,
}

impl Grams {
    /// The runs of these characters.
    pub(super) fn of(chars: &[char]) -> Self {
        let bits = (chars.len() * BITS).next_power_of_two().clamp(64, MOST);
        let mut grams = Self { table: vec![0; bits / 64], mask: bits as u64 - 1 };
        for length in LENGTHS {
            for (_, hash) in rolling(chars, length) {
                for bit in grams.bits(hash) {
                    grams.table[(bit / 64) as usize] |= 1 << (bit % 64);
                }
            }
        }
        grams
    }

    /// Whether `wanted` may stand somewhere; its first and its last run are asked for.
    pub(super) fn may_hold(&self, wanted: &[char]) -> bool {
        let Some(length) = LENGTHS.into_iter().find(|length| *length <= wanted.len()) else {
            return true;
        };
        let last = wanted.len() - length;
        self.knows(&wanted[..length]) && (last == 0 || self.knows(&wanted[last..]))
    }

    fn knows(&self, run: &[char]) -> bool {
        let set = |bit: u64| self.table[(bit / 64) as usize] >> (bit % 64) & 1 == 1;
        self.bits(hash(run)).into_iter().all(set)
    }

    fn bits(&self, hash: u64) -> [u64; 2] {
        let mixed = (hash ^ hash >> 31).wrapping_mul(BASE);
        [mixed & self.mask, mixed.rotate_left(32) & self.mask]
    }
}

/// The hash of a run of characters.
pub(super) fn hash(chars: &[char]) -> u64 {
    chars.iter().fold(0, |h, c| h.wrapping_mul(BASE).wrapping_add(u64::from(*c)))
}

/// The hash of each run of so many characters, with its place.
pub(super) fn rolling(chars: &[char], length: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
    let first = (1..length).fold(1_u64, |p, _| p.wrapping_mul(BASE));
    let mut now = hash(chars.get(..length).unwrap_or_default());
    (0..(chars.len() + 1).saturating_sub(length)).map(move |at| {
        let here = now;
        if let Some(next) = chars.get(at + length) {
            let gone = u64::from(chars[at]).wrapping_mul(first);
            now = now.wrapping_sub(gone).wrapping_mul(BASE).wrapping_add(u64::from(*next));
        }
        (at, here)
    })
}
