//! The point of a picture that must be seen wherever the picture is cut.

use serde::{Deserialize, Serialize};

/// A point of a picture in ten-thousandths of its width and height, from its upper
/// left corner. It always lies in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Focus {
    x: u16,
    y: u16,
}

impl Default for Focus {
    fn default() -> Self {
        Self::MIDDLE
    }
}

/// The parts that a side has.
const PARTS: f64 = 10_000.0;

impl Focus {
    /// The middle of a picture.
    pub const MIDDLE: Self = Self { x: 5_000, y: 5_000 };

    /// The point at these fractions of width and height, rounded to ten-thousandths;
    /// `None` where it lies outside the picture.
    pub fn new(x: f64, y: f64) -> Option<Self> {
        let inside = |part: f64| (0.0..=1.0).contains(&part);
        let parts = |part: f64| (part * PARTS).round() as u16;
        (inside(x) && inside(y)).then(|| Self { x: parts(x), y: parts(y) })
    }

    /// The fractions of width and height, 0 to 1.
    pub fn parts(self) -> [f64; 2] {
        [f64::from(self.x) / PARTS, f64::from(self.y) / PARTS]
    }
}
