//! The geometry of a sheet in millimetres: where each half's page lands, what of it
//! shows, and whether there is room. The origin is the lower left corner.

/// A width and a height in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From bottom to top.
    pub height: f64,
}

impl Size {
    /// The same lying on its other side.
    pub(super) fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// Whether both measures agree to half a millimetre.
    pub fn is_like(self, other: Self) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= 0.5;
        near(self.width, other.width) && near(self.height, other.height)
    }
}

/// A rectangle in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub left: f64,
    /// The lower edge.
    pub bottom: f64,
    /// The right edge.
    pub right: f64,
    /// The upper edge.
    pub top: f64,
}

/// A sheet of paper by a name that people know, or its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// As in `A3` or `450x320`.
    pub name: String,
    /// Its measures, whichever way it lies.
    pub size: Size,
}

/// The sides that a sheet may have, in millimetres.
pub const SIDES: std::ops::RangeInclusive<f64> = 50.0..=2000.0;

impl Sheet {
    /// The sheet that a person names: one of `known`, whatever its case, or width and
    /// height in millimetres as `450x320`. `None` where it is neither.
    pub fn named(text: &str, known: &[Self]) -> Option<Self> {
        let text = text.trim();
        let same = |sheet: &&Self| sheet.name.to_lowercase() == text.to_lowercase();
        if let Some(sheet) = known.iter().find(same) {
            return Some(sheet.clone());
        }
        let (width, height) = text.split_once(['x', 'X', '*', '\u{d7}'])?;
        let side = |text: &str| text.trim().parse().ok().filter(|side| SIDES.contains(side));
        let size = Size { width: side(width)?, height: side(height)? };
        Some(Self { name: text.to_owned(), size })
    }
}

/// The halves of a sheet's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Left of the middle.
    Left,
    /// Right of it.
    Right,
}

/// Where a page lands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The lower left corner of the trimmed page.
    pub corner: [f64; 2],
    /// What of the page and its bleed is shown: it ends at the middle of the sheet.
    pub shown: Rect,
}

/// What all sheets of a job have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ground {
    /// The sheet as it lies.
    pub sheet: Size,
    /// The trimmed page.
    pub page: Size,
    /// How much bleed is kept at the edges that are trimmed.
    pub bleed: f64,
    /// How far the two trimmed pages are apart.
    pub gutter: f64,
}

/// How much room marks take beyond the bleed, in millimetres.
const MARGIN: f64 = 4.0;

/// Points are rounded in files: a tenth of a millimetre is no lack of room.
const ROUNDING: f64 = 0.1;

impl Ground {
    /// The ground of a job on this sheet, lying broad if it can; `None` where there
    /// is no room either way.
    pub fn on(sheet: Size, page: Size, bleed: f64, gutter: f64) -> Option<Self> {
        let broad = if sheet.width >= sheet.height { sheet } else { sheet.turned() };
        let needed = Self::needed(page, bleed, gutter);
        let has_room = |sheet: &Size| {
            needed.width <= sheet.width + ROUNDING && needed.height <= sheet.height + ROUNDING
        };
        let sheet = [broad, broad.turned()].into_iter().find(has_room)?;
        Some(Self { sheet, page, bleed, gutter })
    }

    /// How large a sheet must be at least.
    pub fn needed(page: Size, bleed: f64, gutter: f64) -> Size {
        Size { width: 2.0 * page.width + gutter + 2.0 * bleed, height: page.height + 2.0 * bleed }
    }

    /// Whether marks find room on all sides.
    pub(super) fn has_margins(&self) -> bool {
        let needed = Self::needed(self.page, self.bleed, self.gutter);
        let margins = [self.sheet.width - needed.width, self.sheet.height - needed.height];
        margins.iter().all(|margin| *margin >= 2.0 * MARGIN)
    }

    /// The middle of the sheet, where it is folded or cut.
    pub fn middle(&self) -> f64 {
        self.sheet.width / 2.0
    }

    /// Where the page of a half lands that is drawn towards the fold by `creep`.
    pub fn place(&self, half: Half, creep: f64) -> Place {
        let (trim, bleed) = (self.trim(creep), self.bleed_box(creep));
        match half {
            Half::Left => Place {
                corner: [trim.left, trim.bottom],
                shown: Rect { right: self.middle(), ..bleed },
            },
            Half::Right => Place {
                corner: [trim.right - self.page.width, trim.bottom],
                shown: Rect { left: self.middle(), ..bleed },
            },
        }
    }

    /// The trimmed pages of a side together. Sheets inside a fold are cut with those
    /// around them, so that what is drawn towards the fold is narrower, too.
    pub fn trim(&self, creep: f64) -> Rect {
        let half = self.page.width + self.gutter / 2.0 - creep;
        let bottom = (self.sheet.height - self.page.height) / 2.0;
        Rect {
            left: self.middle() - half,
            bottom,
            right: self.middle() + half,
            top: bottom + self.page.height,
        }
    }

    /// The trimmed pages with the bleed that is kept, as far as the sheet goes.
    pub fn bleed_box(&self, creep: f64) -> Rect {
        let trim = self.trim(creep);
        Rect {
            left: (trim.left - self.bleed).max(0.0),
            bottom: (trim.bottom - self.bleed).max(0.0),
            right: (trim.right + self.bleed).min(self.sheet.width),
            top: (trim.top + self.bleed).min(self.sheet.height),
        }
    }
}
