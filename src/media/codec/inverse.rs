//! The inverse cosine transform at N eighths of the size, N from 1 to 8: as many
//! samples a side as low frequencies are used (as libjpeg scales).

use super::tables::ZIGZAG;

/// The transform to so many samples a side.
pub(super) struct Inverse {
    side: usize,
    /// By sample and frequency.
    down: [[f32; 8]; 8],
    /// By frequency and sample.
    across: [[f32; 8]; 8],
    /// Where a coefficient is put, by its place in the file; the last place of the
    /// block for those that this size does not need.
    pub(super) places: [u8; 64],
    /// The row of the coefficient in the lower eight bits and its column in the upper, as
    /// bits; none where it is not needed.
    pub(super) marks: [u16; 64],
}

/// The coefficients of a block, row by row, and a place for those not needed.
pub(super) type Block = [i16; 72];

/// Added to a number, it moves its whole part to the lowest bits.
const TO_BITS: f32 = 12_582_912.0;

impl Inverse {
    /// The transform to N samples a side, 1 to 8.
    pub(super) fn new(side: usize) -> Self {
        let mut inverse = Self {
            side,
            down: [[0.0; 8]; 8],
            across: [[0.0; 8]; 8],
            places: [64; 64],
            marks: [0; 64],
        };
        for sample in 0..side {
            for frequency in 0..side {
                let turn = (2 * sample + 1) as f64 * frequency as f64 / (2 * side) as f64;
                let weight = if frequency == 0 { 0.125_f64.sqrt() } else { 0.5 };
                let value = (weight * (turn * std::f64::consts::PI).cos()) as f32;
                inverse.down[sample][frequency] = value;
                inverse.across[frequency][sample] = value;
            }
        }
        for (k, place) in ZIGZAG.iter().enumerate() {
            let (row, column) = (usize::from(place / 8), usize::from(place % 8));
            if row < side && column < side {
                inverse.places[k] = *place;
                inverse.marks[k] = 1 << row | 1 << (column + 8);
            }
        }
        inverse
    }

    /// How many samples a side.
    pub(super) fn side(&self) -> usize {
        self.side
    }

    /// Writes the samples of a block from the start of `out`, rows so many bytes apart.
    /// Eight bytes of each row are written, of which the first N count. `seen` are the
    /// marks of all coefficients that are not nought.
    #[inline(always)]
    pub(super) fn write(
        &self,
        block: &Block,
        steps: &[f32; 64],
        seen: u16,
        out: &mut [u8],
        stride: usize,
    ) {
        if seen & !0x0101 == 0 {
            let sample = samples(&[f32::from(block[0]) * steps[0] * 0.125 + 128.0; 8]);
            for y in 0..self.side {
                out[y * stride..][..8].copy_from_slice(&sample);
            }
            return;
        }
        let rows = 8 - (seen as u8).leading_zeros() as usize;
        let columns = 8 - ((seen >> 8) as u8).leading_zeros() as usize;
        let mut scaled = [[0_f32; 8]; 8];
        for v in 0..rows {
            for u in 0..8 {
                scaled[v][u] = f32::from(block[v * 8 + u]) * steps[v * 8 + u];
            }
        }
        for y in 0..self.side {
            let mut row = [0_f32; 8];
            for (line, weight) in scaled.iter().zip(self.down[y]).take(rows) {
                for u in 0..8 {
                    row[u] += weight * line[u];
                }
            }
            let mut sums = [128_f32; 8];
            for (weight, wave) in row.iter().zip(&self.across).take(columns) {
                for x in 0..8 {
                    sums[x] += weight * wave[x];
                }
            }
            out[y * stride..][..8].copy_from_slice(&samples(&sums));
        }
    }
}

/// Numbers as samples: rounded, none below 0 or above 255.
#[inline(always)]
fn samples(sums: &[f32; 8]) -> [u8; 8] {
    sums.map(|sum| (sum.clamp(0.0, 255.0) + TO_BITS).to_bits() as u8)
}
