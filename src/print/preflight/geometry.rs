//! Matrices and areas in the coordinates of a page: points, upwards. Boxes around
//! what is drawn are enough for preflight; no outline is followed.

/// Points in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// An affine map (ISO 32000-1, 8.3.3): x' = ax + cy + e, y' = bx + dy + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this map, then `next`.
    pub(super) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [na, nb, nc, nd, ne, nf]) = (self.0, next.0);
        Self([
            a * na + b * nc,
            a * nb + b * nd,
            c * na + d * nc,
            c * nb + d * nd,
            e * na + f * nc + ne,
            e * nb + f * nd + nf,
        ])
    }

    pub(super) fn apply(self, x: f64, y: f64) -> [f64; 2] {
        let [a, b, c, d, e, f] = self.0;
        [a * x + c * y + e, b * x + d * y + f]
    }

    /// How long the unit vectors across and upwards become.
    pub(super) fn stretch(self) -> [f64; 2] {
        let [a, b, c, d, ..] = self.0;
        [a.hypot(b), c.hypot(d)]
    }

    /// The least factor by which a length grows: the smaller singular value.
    pub(super) fn least_scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        let (sum, det) = (a * a + b * b + c * c + d * d, (a * d - b * c).abs());
        let root = (sum * sum - 4.0 * det * det).max(0.0).sqrt();
        ((sum - root) / 2.0).max(0.0).sqrt()
    }
}

/// A box in points; empty where its left is not left of its right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

impl Area {
    /// The box that holds nothing.
    pub(super) const NONE: Self = Self {
        left: f64::INFINITY,
        bottom: f64::INFINITY,
        right: f64::NEG_INFINITY,
        top: f64::NEG_INFINITY,
    };

    /// The box around a rectangle as a map shows it.
    pub(super) fn mapped(by: Matrix, [x0, y0, x1, y1]: [f64; 4]) -> Self {
        let mut area = Self::NONE;
        for (x, y) in [(x0, y0), (x1, y0), (x0, y1), (x1, y1)] {
            area.add(by.apply(x, y));
        }
        area
    }

    /// Grows to hold a point.
    pub(super) fn add(&mut self, [x, y]: [f64; 2]) {
        self.left = self.left.min(x);
        self.right = self.right.max(x);
        self.bottom = self.bottom.min(y);
        self.top = self.top.max(y);
    }

    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.top - self.bottom
    }

    /// Whether there is anything of it; a line without breadth counts.
    pub(super) fn is_some(self) -> bool {
        self.left <= self.right && self.bottom <= self.top
    }

    pub(super) fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            bottom: self.bottom - by,
            right: self.right + by,
            top: self.top + by,
        }
    }

    /// What is in both.
    pub(super) fn both(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    /// Whether the two share more than an edge.
    pub(super) fn overlaps(self, other: Self) -> bool {
        let both = self.both(other);
        both.left < both.right && both.bottom < both.top
            || both.is_some() && (self.width() == 0.0 || self.height() == 0.0)
    }

    /// Whether it holds the other one, to within `slack` points.
    pub(super) fn holds(self, other: Self, slack: f64) -> bool {
        let own = self.grown(slack);
        own.left <= other.left
            && own.bottom <= other.bottom
            && own.right >= other.right
            && own.top >= other.top
    }
}
