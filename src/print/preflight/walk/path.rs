//! Paths: their outer boxes, clipping, filling and stroking (ISO 32000-1, 8.5).

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Number;
use hayro_syntax::page::Resources;

use crate::print::preflight::geometry::Area;

use super::Walker;
use super::state::Mark;

/// A path under construction.
pub(super) struct Path {
    /// The box around it on the page.
    area: Area,
    /// Where the pen is, before the page's map.
    pen: [f64; 2],
    /// How many rectangles, and how many other pieces.
    rectangles: usize,
    others: usize,
    /// Whether it will cut off what is drawn next.
    clips: bool,
}

impl Default for Path {
    fn default() -> Self {
        Self { area: Area::NONE, pen: [0.0; 2], rectangles: 0, others: 0, clips: false }
    }
}

impl Walker<'_> {
    /// Takes an operation on paths; `false` where it is another one.
    pub(super) fn path_step(&mut self, operation: &Op<'_, '_>, resources: &Resources<'_>) -> bool {
        match operation {
            Op::MoveTo(op) => self.path_to(&[op.0, op.1]),
            Op::LineTo(op) => self.path_to(&[op.0, op.1]),
            // The box around the handles holds the curve, and a little more.
            Op::CubicTo(op) => self.path_to(&[op.0, op.1, op.2, op.3, op.4, op.5]),
            Op::CubicStartTo(op) => self.path_to(&[op.0, op.1, op.2, op.3]),
            Op::CubicEndTo(op) => self.path_to(&[op.0, op.1, op.2, op.3]),
            Op::ClosePath(_) => {}
            Op::RectPath(op) => {
                let [x, y, w, h] = [op.0, op.1, op.2, op.3].map(|n| n.as_f64());
                for (x, y) in [(x, y), (x + w, y), (x + w, y + h), (x, y + h)] {
                    self.path.area.add(self.state.ctm.apply(x, y));
                }
                self.path.rectangles += 1;
            }
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.path.clips = true,
            Op::StrokePath(_) | Op::CloseAndStrokePath(_) => self.end_path(false, true, resources),
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_) => self.end_path(true, false, resources),
            Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.end_path(true, true, resources),
            Op::EndPath(_) => self.end_path(false, false, resources),
            _ => return false,
        }
        true
    }

    fn path_to(&mut self, coordinates: &[Number]) {
        for point in coordinates.chunks_exact(2) {
            self.path.pen = [point[0].as_f64(), point[1].as_f64()];
            self.path.area.add(self.state.ctm.apply(self.path.pen[0], self.path.pen[1]));
        }
        self.path.others += 1;
    }

    fn end_path(&mut self, fill: bool, stroke: bool, resources: &Resources<'_>) {
        let path = std::mem::take(&mut self.path);
        if fill {
            self.fill(path.area, (path.rectangles, path.others) == (1, 0), resources);
        }
        if stroke {
            self.stroke(path.area, resources);
        }
        if path.clips {
            self.state.clip = self.state.clip.both(path.area);
        }
    }

    fn fill(&mut self, path: Area, plain: bool, resources: &Resources<'_>) {
        let area = self.visible(path);
        if !path.is_some() || !area.is_some() {
            return;
        }
        self.tiles(false, area, resources);
        let thin = plain.then(|| path.width().min(path.height()));
        let (paint, effects) = (&self.state.fill, self.state.effects());
        (self.see)(&Mark::Fill { area, thin, paint, effects });
    }

    fn stroke(&mut self, path: Area, resources: &Resources<'_>) {
        let [across, upwards] = self.state.ctm.stretch();
        let half = self.state.width * across.max(upwards) / 2.0;
        let area = self.visible(path.grown(half));
        if !path.is_some() || !area.is_some() {
            return;
        }
        self.tiles(true, area, resources);
        let width = self.state.width * self.state.ctm.least_scale();
        let (paint, effects) = (&self.state.stroke, self.state.effects());
        (self.see)(&Mark::Stroke { area, width, paint, effects });
    }
}
