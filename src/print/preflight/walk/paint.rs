//! Colours, and the parameters that decide how paint lies on what is below
//! (ISO 32000-1, 8.4.5, 8.6.8 and 11.6).

use std::sync::Arc;

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use crate::print::preflight::file::{has, name};
use crate::print::preflight::space::{Space, shading_ink};

use super::Walker;
use super::state::{Feature, Mark, Paint, PaintKind};

impl Walker<'_> {
    /// Takes an operation on colours; `false` where it is another one.
    pub(super) fn colour_step(
        &mut self,
        operation: &Op<'_, '_>,
        resources: &Resources<'_>,
    ) -> bool {
        match operation {
            Op::NonStrokeColorCmyk(op) => {
                let colour = [op.0, op.1, op.2, op.3].map(|n| n.as_f32());
                self.state.fill = self.device(b"DeviceCMYK", colour, resources);
            }
            Op::StrokeColorCmyk(op) => {
                let colour = [op.0, op.1, op.2, op.3].map(|n| n.as_f32());
                self.state.stroke = self.device(b"DeviceCMYK", colour, resources);
            }
            Op::NonStrokeColorDeviceGray(op) => {
                self.state.fill = self.device(b"DeviceGray", [op.0.as_f32()], resources);
            }
            Op::StrokeColorDeviceGray(op) => {
                self.state.stroke = self.device(b"DeviceGray", [op.0.as_f32()], resources);
            }
            Op::NonStrokeColorDeviceRgb(op) => {
                let colour = [op.0, op.1, op.2].map(|n| n.as_f32());
                self.state.fill = self.device(b"DeviceRGB", colour, resources);
            }
            Op::StrokeColorDeviceRgb(op) => {
                let colour = [op.0, op.1, op.2].map(|n| n.as_f32());
                self.state.stroke = self.device(b"DeviceRGB", colour, resources);
            }
            Op::ColorSpaceNonStroke(op) => {
                let space = self.space(op.0, resources);
                self.state.fill = Paint::new(space.clone(), space.first_colour());
            }
            Op::ColorSpaceStroke(op) => {
                let space = self.space(op.0, resources);
                self.state.stroke = Paint::new(space.clone(), space.first_colour());
            }
            Op::NonStrokeColor(op) => {
                let colour = op.0.iter().map(|n| n.as_f32());
                self.state.fill = Paint::new(self.state.fill.space.clone(), colour);
            }
            Op::StrokeColor(op) => {
                let colour = op.0.iter().map(|n| n.as_f32());
                self.state.stroke = Paint::new(self.state.stroke.space.clone(), colour);
            }
            Op::NonStrokeColorNamed(op) => {
                let colour: Vec<f32> = op.0.iter().map(|n| n.as_f32()).collect();
                self.state.fill = named(&self.state.fill, &colour, op.1, resources);
            }
            Op::StrokeColorNamed(op) => {
                let colour: Vec<f32> = op.0.iter().map(|n| n.as_f32()).collect();
                self.state.stroke = named(&self.state.stroke, &colour, op.1, resources);
            }
            _ => return false,
        }
        true
    }

    fn device<const N: usize>(
        &mut self,
        space: &'static [u8],
        colour: [f32; N],
        resources: &Resources<'_>,
    ) -> Paint {
        Paint::new(self.space(&Name::new_unescaped(space), resources), colour)
    }

    /// Sets the parameters that a dictionary names.
    pub(super) fn graphics_state(&mut self, set: &Dict<'_>, resources: &Resources<'_>) {
        let state = &mut self.state;
        if let Some(width) = set.get::<f32>("LW") {
            state.width = f64::from(width).abs();
        }
        if let Some(both) = set.get::<bool>("OP") {
            state.effects.stroke_overprint = both;
            // Without a word of its own the fill follows (8.6.7).
            state.effects.fill_overprint = set.get::<bool>("op").unwrap_or(both);
        } else if let Some(fill) = set.get::<bool>("op") {
            state.effects.fill_overprint = fill;
        }
        let below_one = |key: &str| set.get::<f32>(key).map(|alpha| alpha < 0.999);
        let alphas = [below_one("ca"), below_one("CA")];
        if alphas.iter().any(Option::is_some) {
            state.alpha = alphas.contains(&Some(true));
        }
        match set.get::<Object<'_>>("BM") {
            Some(Object::Name(mode)) => state.blend = !is_normal(&mode),
            Some(Object::Array(modes)) => {
                state.blend = modes.iter::<Name<'_>>().next().is_some_and(|mode| !is_normal(&mode));
            }
            _ => {}
        }
        match set.get::<Object<'_>>("SMask") {
            Some(Object::Name(_)) => state.mask = false,
            Some(Object::Dict(mask)) => {
                state.mask = true;
                let group = mask.get::<Stream<'_>>("G");
                if let Some(group) = group.and_then(|form| form.dict().get::<Dict<'_>>("Group")) {
                    self.group(&group, true, resources);
                }
            }
            _ => {}
        }
        // Identity and Default change nothing (10.4).
        let transfers = ["TR", "TR2"].into_iter().any(|key| {
            has(set, key) && !matches!(name(set, key).as_deref(), Some("Identity" | "Default"))
        });
        let halftone = set
            .get::<Dict<'_>>("HT")
            .or_else(|| set.get::<Stream<'_>>("HT").map(|stream| stream.dict().clone()));
        if transfers || halftone.is_some_and(|halftone| has(&halftone, "TransferFunction")) {
            (self.see)(&Mark::Feature(Feature::Transfer));
        }
    }

    /// Shows the group that a page is painted as.
    pub(super) fn page_group(&mut self, page: &Page<'_>) {
        if let Some(group) = page.raw().get::<Dict<'_>>("Group") {
            self.group(&group, false, page.resources());
        }
    }

    /// Shows a group of things painted as one.
    pub(super) fn group(&mut self, group: &Dict<'_>, mask: bool, resources: &Resources<'_>) {
        if name(group, "S").as_deref() == Some("Transparency") {
            let space = group.get::<Object<'_>>("CS").map(|cs| Space::read(&cs, resources));
            (self.see)(&Mark::Group { space, mask });
        }
    }
}

fn is_normal(mode: &[u8]) -> bool {
    matches!(mode, b"Normal" | b"Compatible")
}

/// A colour by components, by the name of a pattern, or by both.
fn named(
    before: &Paint,
    colour: &[f32],
    pattern: Option<&Name<'_>>,
    resources: &Resources<'_>,
) -> Paint {
    let mut paint = Paint::new(before.space.clone(), colour.iter().copied());
    let Some(pattern) = pattern else { return paint };
    match resources.get_pattern(pattern) {
        Some(Object::Dict(pattern)) => {
            let shading = pattern.get::<Dict<'_>>("Shading").or_else(|| {
                pattern.get::<Stream<'_>>("Shading").map(|stream| stream.dict().clone())
            });
            shading.map_or(paint, |shading| shaded(&shading, resources))
        }
        _ => {
            paint.kind = PaintKind::Tiles(pattern.to_vec().into());
            paint
        }
    }
}

/// A shading as a paint.
pub(super) fn shaded(shading: &Dict<'_>, resources: &Resources<'_>) -> Paint {
    let space = shading.get::<Object<'_>>("ColorSpace").map(|cs| Space::read(&cs, resources));
    let space = space.unwrap_or(Space::Pattern(None));
    let most = shading_ink(shading, &space);
    let mut paint = Paint::new(Arc::new(space), []);
    paint.kind = PaintKind::Shading(most);
    paint
}
