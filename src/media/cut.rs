//! Which part of a picture is kept where it has to fill another shape.

use crate::article::Focus;

/// A part of a picture, in fractions of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// The left edge, from 0.
    pub left: f64,
    /// The upper edge, from 0.
    pub top: f64,
    /// The width, at most 1.
    pub width: f64,
    /// The height, at most 1.
    pub height: f64,
}

impl Cut {
    /// The largest part of a picture of this width and height that has the shape of
    /// `shape`, the focus in its middle as far as the picture reaches.
    pub fn of((width, height): (u32, u32), shape: (u32, u32), focus: Focus) -> Self {
        let [w, h, a, b] = [width, height, shape.0, shape.1].map(|side| f64::from(side.max(1)));
        let width = (h * a / b / w).min(1.0);
        let height = (w * b / a / h).min(1.0);
        let [x, y] = focus.parts();
        let edge = |at: f64, part: f64| (at - part / 2.0).clamp(0.0, 1.0 - part);
        Self { left: edge(x, width), top: edge(y, height), width, height }
    }

    /// Where a point of the whole picture lies in the part; the nearest point of it
    /// where it was cut off.
    pub fn place(&self, focus: Focus) -> Focus {
        let [x, y] = focus.parts();
        let within = |at: f64, edge: f64, part: f64| ((at - edge) / part).clamp(0.0, 1.0);
        let (x, y) = (within(x, self.left, self.width), within(y, self.top, self.height));
        Focus::new(x, y).unwrap_or(Focus::MIDDLE)
    }

    /// The room on the left and above, as shares of all the room beside it: 0.5 where
    /// the part is the middle.
    pub(super) fn centring(&self) -> (f64, f64) {
        let share = |edge: f64, part: f64| if part < 1.0 { edge / (1.0 - part) } else { 0.5 };
        (share(self.left, self.width).clamp(0.0, 1.0), share(self.top, self.height).clamp(0.0, 1.0))
    }
}
