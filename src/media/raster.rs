//! Pixels in memory.

/// Why a picture could not be derived, as the decoder words it.
pub(super) struct Failed(pub(super) String);

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// What the channels of a pixel mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Grey,
    Rgb,
    /// Inks, 255 for full ink.
    Cmyk,
}

impl Kind {
    pub(super) fn channels(self) -> u8 {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }

    /// Whether a colour profile speaks of such pixels (ICC.1, 7.2.6).
    pub(super) fn fits(self, profile: &[u8]) -> bool {
        let space: &[u8] = match self {
            Self::Grey => b"GRAY",
            Self::Rgb => b"RGB ",
            Self::Cmyk => b"CMYK",
        };
        profile.get(16..20) == Some(space)
    }
}

/// Pixels, row by row from the top, without padding.
#[derive(Clone)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) kind: Kind,
    pub(super) data: Vec<u8>,
    pub(super) profile: Option<Vec<u8>>,
    /// Whether it is a drawing or a screenshot, whose edges JPEG would smear.
    pub(super) drawn: bool,
}

/// A picture with more colours than this is taken for a photograph.
const DRAWING_COLOURS: usize = 4096;

impl Raster {
    pub(super) fn new(width: u32, height: u32, kind: Kind, data: Vec<u8>) -> Self {
        Self { width, height, kind, data, profile: None, drawn: false }
    }

    /// Whether it has few enough colours to be a drawing.
    pub(super) fn few_colours(&self) -> bool {
        if self.kind != Kind::Rgb {
            return self.kind == Kind::Grey && self.few_greys();
        }
        let mut seen = vec![false; 1 << 24];
        let mut count = 0;
        for pixel in self.data.chunks_exact(3) {
            let colour =
                usize::from(pixel[0]) << 16 | usize::from(pixel[1]) << 8 | usize::from(pixel[2]);
            count += usize::from(!std::mem::replace(&mut seen[colour], true));
            if count > DRAWING_COLOURS {
                return false;
            }
        }
        true
    }

    /// A grey photograph uses all greys; a drawing, a few and mostly the ends.
    fn few_greys(&self) -> bool {
        let ends = self.data.iter().filter(|v| !(16..240).contains(*v)).count();
        ends * 10 >= self.data.len() * 9
    }

    /// One channel instead of three where all three are always the same, so that
    /// a grey picture stays off the colour plates.
    pub(super) fn grey_if_it_is(mut self) -> Self {
        let grey = |p: &[u8]| p[0] == p[1] && p[1] == p[2];
        if self.kind == Kind::Rgb && self.data.chunks_exact(3).all(grey) {
            self.data = self.data.iter().step_by(3).copied().collect();
            self.kind = Kind::Grey;
            self.profile = None;
        }
        self
    }
}
