//! The press's inks. A look names its colours once, in `shared/colours.toml`,
//! for the screen and for the press; a grey is that much black.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use typst::visualize::{Cmyk, Color, Paint, ProcessColor};

use crate::diag::{Code, Fault, Finding};
use crate::layout::Look;

const COLOURS_WRONG: Code = Code::new("pdf-colours-wrong");
const WITHOUT_INK: Code = Code::new("pdf-colour-without-ink");
const NOT_FLAT: Code = Code::new("pdf-gradient-without-ink");

const COLOURS: &str = "shared/colours.toml";

/// A colour of `shared/colours.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    /// On screens: `#rrggbb`.
    screen: String,
    /// In print: cyan, magenta, yellow and black in per cent.
    press: [f32; 4],
}

/// Colours and the inks that stand for them.
pub(super) struct Inks {
    named: BTreeMap<[u8; 3], Cmyk>,
    without: BTreeSet<[u8; 3]>,
    gradient: bool,
}

impl Inks {
    /// Reads the look's colours.
    pub(super) fn read(look: &Look) -> Result<Self, Fault> {
        let text = look.text(COLOURS)?;
        let origin = look.get(COLOURS).map_or(COLOURS, |file| file.origin.as_str());
        let wrong = |why: String, at: Option<usize>| {
            let line = at.map(|at| text[..at].matches('\n').count() + 1);
            let finding = Finding::error(COLOURS_WRONG).arg("why", why);
            Fault::configuration(finding.file(origin).line(line))
        };
        let colours: BTreeMap<String, Named> = toml::from_str(text)
            .map_err(|e| wrong(e.message().to_owned(), e.span().map(|s| s.start)))?;
        let mut named = BTreeMap::new();
        for (name, Named { screen, press: [c, m, y, k] }) in colours {
            let hex = screen.strip_prefix('#').filter(|hex| hex.len() == 6);
            let value = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok());
            let [_, rgb @ ..] =
                value.ok_or_else(|| wrong(format!("{name}: {screen}"), None))?.to_be_bytes();
            let [c, m, y, k] = [c, m, y, k].map(|percent| percent / 100.0);
            named.insert(rgb, Cmyk { c, m, y, k });
        }
        Ok(Self { named, without: BTreeSet::new(), gradient: false })
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
