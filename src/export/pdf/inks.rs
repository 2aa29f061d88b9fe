//! The press's inks. A look names its colours once, in `shared/colours.toml`,
//! for the screen and for the press; a grey is that much black.

use std::collections::{BTreeMap, BTreeSet};

use typst::visualize::{Cmyk, Color, Paint, ProcessColor};

use crate::diag::{Code, Finding};
use crate::layout::Look;

const WITHOUT_INK: Code = Code::new("pdf-colour-without-ink");
const NOT_FLAT: Code = Code::new("pdf-gradient-without-ink");

/// Colours and the inks that stand for them.
pub(super) struct Inks {
    named: BTreeMap<[u8; 3], Cmyk>,
    without: BTreeSet<[u8; 3]>,
    gradient: bool,
}

impl Inks {
    /// The inks of the look's colours.
    pub(super) fn of(look: &Look) -> Self {
        let named = look.colours.values().map(|colour| {
            let [c, m, y, k] = colour.press.map(|percent| percent / 100.0);
            (colour.screen, Cmyk { c, m, y, k })
        });
        Self { named: named.collect(), without: BTreeSet::new(), gradient: false }
    }

    /// The ink for a paint.
    pub(super) fn paint(&mut self, paint: &Paint) -> Paint {
        match paint {
            Paint::Solid(Color::Process(color)) => {
                Paint::Solid(Color::Process(ProcessColor::Cmyk(self.ink(*color))))
            }
            Paint::Solid(Color::Spot(_)) => paint.clone(),
            Paint::Gradient(_) | Paint::Tiling(_) => {
                self.gradient = true;
                paint.clone()
            }
        }
    }

    fn ink(&mut self, color: ProcessColor) -> Cmyk {
        if let ProcessColor::Cmyk(ink) = color {
            return ink;
        }
        let [r, g, b, _] = ProcessColor::Rgb(color.to_rgb()).to_vec4_u8();
        if let Some(ink) = self.named.get(&[r, g, b]) {
            *ink
        } else if r == g && g == b {
            Cmyk { c: 0.0, m: 0.0, y: 0.0, k: 1.0 - f32::from(r) / 255.0 }
        } else {
            self.without.insert([r, g, b]);
            color.to_cmyk()
        }
    }

    /// Colours that had no ink of their own and were reckoned.
    pub(super) fn complaints(&self) -> Vec<Finding> {
        let without = self.without.iter().map(|[r, g, b]| {
            Finding::warning(WITHOUT_INK).arg("colour", format!("#{r:02x}{g:02x}{b:02x}"))
        });
        without.chain(self.gradient.then(|| Finding::warning(NOT_FLAT))).collect()
    }
}
