//! The cosine transform and the quantisation (ITU-T T.81, A.3.3 and A.3.4).

/// A block of samples less 128, row by row.
pub(super) type Samples = [[f32; 8]; 8];

/// The transform and the steps of one kind of component.
pub(super) struct Forward {
    /// By sample and frequency.
    across: [[f32; 8]; 8],
    /// One over the step of each coefficient, row by row.
    shares: [[f32; 8]; 8],
}

/// Added to a number, it leaves its rounded whole part in the lowest bits.
const TO_BITS: f32 = 12_582_912.0;

impl Forward {
    /// The transform with these steps, row by row.
    pub(super) fn new(steps: &[u8; 64]) -> Self {
        let mut forward = Self { across: [[0.0; 8]; 8], shares: [[0.0; 8]; 8] };
        for sample in 0..8 {
            for frequency in 0..8 {
                let turn = (2 * sample + 1) as f64 * frequency as f64 / 16.0;
                let weight = if frequency == 0 { 0.125_f64.sqrt() } else { 0.5 };
                let value = weight * (turn * std::f64::consts::PI).cos();
                forward.across[sample][frequency] = value as f32;
                let step = f32::from(steps[sample * 8 + frequency]);
                forward.shares[sample][frequency] = 1.0 / step;
            }
        }
        forward
    }

    /// The quantised coefficients of a block, row by row.
    #[inline(always)]
    pub(super) fn block(&self, samples: &Samples) -> [i16; 64] {
        let mut rows = [[0_f32; 8]; 8];
        for (row, samples) in rows.iter_mut().zip(samples) {
            for (sample, weights) in samples.iter().zip(&self.across) {
                for u in 0..8 {
                    row[u] += sample * weights[u];
                }
            }
        }
        let columns = down(&rows);
        let mut block = [0; 64];
        for v in 0..8 {
            for u in 0..8 {
                let value = columns[v][u] * self.shares[v][u];
                block[v * 8 + u] = (value + TO_BITS).to_bits() as i16;
            }
        }
        block
    }
}

/// The transform down the columns: sums and differences first, so that each frequency
/// takes four products.
#[inline(always)]
fn down(rows: &Samples) -> Samples {
    const fn half(weight: f32) -> f32 {
        weight * 0.5
    }
    const C1: f32 = half(0.980_785_25);
    const C2: f32 = half(0.923_879_5);
    const C3: f32 = half(0.831_469_6);
    const C4: f32 = half(std::f32::consts::FRAC_1_SQRT_2);
    const C5: f32 = half(0.555_570_25);
    const C6: f32 = half(0.382_683_43);
    const C7: f32 = half(0.195_090_32);
    let mut out = [[0_f32; 8]; 8];
    for u in 0..8 {
        let at = |y: usize| rows[y][u];
        let sum = |y: usize| at(y) + at(7 - y);
        let difference = |y: usize| at(y) - at(7 - y);
        let (a, b) = (sum(0) + sum(3), sum(1) + sum(2));
        let (c, d) = (sum(0) - sum(3), sum(1) - sum(2));
        out[0][u] = (a + b) * C4;
        out[4][u] = (a - b) * C4;
        out[2][u] = c * C2 + d * C6;
        out[6][u] = c * C6 - d * C2;
        let [e, f, g, h] = [difference(0), difference(1), difference(2), difference(3)];
        out[1][u] = e * C1 + f * C3 + g * C5 + h * C7;
        out[3][u] = e * C3 - f * C7 - g * C1 - h * C5;
        out[5][u] = e * C5 - f * C1 + g * C7 + h * C3;
        out[7][u] = e * C7 - f * C5 + g * C3 - h * C1;
    }
    out
}
