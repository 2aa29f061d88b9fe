//! What a glyph draws, told apart from any other by a number: to hold a subset against
//! the font it was cut from.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// The drawing of a character: `None` where the font has no glyph for it or one that
/// draws nothing.
pub(super) fn drawing(font: &Face<'_>, character: char) -> Option<u64> {
    let glyph = font.glyph_index(character).filter(|glyph| *glyph != GlyphId(0))?;
    let mut pen = Pen { strokes: 0, hasher: DefaultHasher::new() };
    font.outline_glyph(glyph, &mut pen)?;
    (pen.strokes > 0).then(|| pen.hasher.finish())
}

/// Follows an outline.
struct Pen {
    strokes: usize,
    hasher: DefaultHasher,
}

impl Pen {
    fn to(&mut self, step: u8, places: &[f32]) {
        self.strokes += 1;
        step.hash(&mut self.hasher);
        places.iter().for_each(|place| place.to_bits().hash(&mut self.hasher));
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.to(0, &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to(1, &[x, y]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.to(2, &[x1, y1, x, y]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.to(3, &[x1, y1, x2, y2, x, y]);
    }

    fn close(&mut self) {
        self.to(4, &[]);
    }
}
