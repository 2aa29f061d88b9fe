//! The planes of a picture: one a component, each in a size of its own.

/// What the planes of a picture mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::media) enum Space {
    /// Luminance alone.
    Grey,
    /// Luminance and two colour differences (ITU-T T.871).
    Ycc,
    /// Cyan, magenta and yellow as luminance and two colour differences, and black,
    /// inverted, as Adobe writes them.
    Ycck,
    /// Four inks as they are coded.
    Inks,
}

/// One component of a picture: samples row by row, without padding.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::media) struct Plane {
    /// Samples in a row.
    pub(in crate::media) width: usize,
    /// Rows.
    pub(in crate::media) height: usize,
    /// How many samples, and parts of one, the whole picture is wide and high: the last
    /// sample of a row may stand for less than a whole one.
    pub(in crate::media) extent: (f64, f64),
    /// The samples.
    pub(in crate::media) data: Vec<u8>,
}

/// The planes of one picture.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::media) struct Planes {
    /// What they mean.
    pub(in crate::media) space: Space,
    /// One for grey, three, or four with black.
    pub(in crate::media) planes: Vec<Plane>,
    /// The colour profile that the file carries.
    pub(in crate::media) profile: Option<Vec<u8>>,
}

impl Plane {
    /// A plane whose samples all stand for the same.
    pub(in crate::media) fn new(width: usize, height: usize, data: Vec<u8>) -> Self {
        Self { width, height, extent: (width as f64, height as f64), data }
    }

    /// The plane as a person sees it, whose orientation (EXIF 2.32, 4.6.4) is 1 to 8.
    pub(in crate::media) fn upright(self, orientation: u8) -> Self {
        let (w, h) = (self.width, self.height);
        // Where the first sample, the next of a row and the next row are taken from.
        let (first, step, row): (usize, isize, isize) = match orientation {
            2 => (w - 1, -1, w as isize),
            3 => (w * h - 1, -1, -(w as isize)),
            4 => (w * (h - 1), 1, -(w as isize)),
            5 => (0, w as isize, 1),
            6 => (w * (h - 1), -(w as isize), 1),
            7 => (w * h - 1, -(w as isize), -1),
            8 => (w - 1, w as isize, -1),
            _ => return self,
        };
        let ((width, height), extent) = match orientation {
            5.. => ((h, w), (self.extent.1, self.extent.0)),
            _ => ((w, h), self.extent),
        };
        let mut data = Vec::with_capacity(w * h);
        for y in 0..height {
            let start = first as isize + y as isize * row;
            data.extend((0..width).map(|x| self.data[(start + x as isize * step) as usize]));
        }
        Self { width, height, extent, data }
    }
}

impl Planes {
    /// Luminance alone where the colours say nothing, so that a grey picture stays off
    /// the colour plates.
    pub(in crate::media) fn grey_if_it_is(mut self) -> Self {
        if self.planes.iter().skip(1).all(|plane| plane.data.iter().all(|sample| *sample == 128)) {
            if self.space == Space::Ycc {
                self.profile = None;
            }
            self.space = Space::Grey;
            self.planes.truncate(1);
        }
        self
    }
}
