//! How a source shows a picture: what it cuts off and which way it is turned.

/// How a source shows a picture: cut first, then mirrored, then turned.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Framing {
    /// How much is cut off at the left, top, right and bottom, each as a share of
    /// the whole width or height, from 0 to 1.
    pub cut: [f32; 4],
    /// Whether left and right change places.
    pub mirrored: bool,
    /// Whether top and bottom change places.
    pub flipped: bool,
    /// By how many degrees it is turned clockwise, from 0 up to 360.
    pub turn: f32,
}

impl Framing {
    /// Whether the picture is shown as it is.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}
