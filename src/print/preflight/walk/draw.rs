//! What is drawn by name: forms, pictures, shadings and the cells of patterns
//! (ISO 32000-1, 8.7, 8.9 and 8.10).

use std::sync::Arc;

use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream};
use hayro_syntax::page::Resources;

use crate::print::preflight::file::{content, has, name};
use crate::print::preflight::geometry::{Area, Matrix};
use crate::print::preflight::space;

use super::paint::shaded;
use super::state::{Feature, Mark, Paint, PaintKind, Placed, State};
use super::{DEPTH, Walker};

impl Walker<'_> {
    /// Draws what a name stands for.
    pub(super) fn x_object(&mut self, called: &Name<'_>, resources: &Resources<'_>) {
        let Some(object) = resources.get_x_object(called) else { return };
        let dictionary = object.dict();
        if has(dictionary, "OPI") {
            (self.see)(&Mark::Feature(Feature::Opi));
        }
        match name(dictionary, "Subtype").as_deref() {
            Some("Image") => self.picture(&object, resources),
            Some("PS") => (self.see)(&Mark::Feature(Feature::PostScript)),
            Some("Form") if name(dictionary, "Subtype2").as_deref() == Some("PS") => {
                (self.see)(&Mark::Feature(Feature::PostScript));
            }
            Some("Form") => self.form(&object, resources),
            _ => {}
        }
    }

    fn form(&mut self, form: &Stream<'_>, resources: &Resources<'_>) {
        let dictionary = form.dict();
        let own = dictionary.get::<Dict<'_>>("Resources").unwrap_or_default();
        let inner = Resources::from_parent(own, resources.clone());
        if let Some(group) = dictionary.get::<Dict<'_>>("Group") {
            self.group(&group, false, &inner);
        }
        let before = self.state.clone();
        self.state.ctm = matrix(dictionary).then(self.state.ctm);
        if let Some(frame) = dictionary.get::<Rect>("BBox") {
            let frame = [frame.x0, frame.y0, frame.x1, frame.y1];
            self.state.clip = self.state.clip.both(Area::mapped(self.state.ctm, frame));
        }
        self.inside(form, &inner);
        self.state = before;
    }

    /// Follows the content of a form or of a pattern's cell.
    fn inside(&mut self, stream: &Stream<'_>, resources: &Resources<'_>) {
        let id = stream.obj_id();
        if self.open.contains(&id) {
            (self.see)(&Mark::Feature(Feature::Loop));
            return;
        }
        let bytes = if self.open.len() < DEPTH { content(stream) } else { None };
        let Some(bytes) = bytes else {
            (self.see)(&Mark::Unread);
            return;
        };
        // To read a form is work, too.
        self.left = self.left.saturating_sub(64 + bytes.len() / 64);
        self.open.push(id);
        let spaces = std::mem::take(&mut self.spaces);
        let path = std::mem::take(&mut self.path);
        let cursor = std::mem::take(&mut self.cursor);
        let saved = self.saved.len();
        self.run(&bytes, resources);
        self.saved.truncate(saved);
        (self.spaces, self.path, self.cursor) = (spaces, path, cursor);
        self.open.pop();
    }

    /// Draws the cell of the pattern that an area is painted with, once a page.
    pub(super) fn tiles(&mut self, stroke: bool, area: Area, resources: &Resources<'_>) {
        let paint = if stroke { &self.state.stroke } else { &self.state.fill };
        let PaintKind::Tiles(called) = &paint.kind else { return };
        let pattern = resources.get_pattern(&Name::new_unescaped(called));
        let Some(Object::Stream(cell)) = pattern else { return };
        if !self.tiled.insert(cell.obj_id()) {
            return;
        }
        let own = cell.dict().get::<Dict<'_>>("Resources").unwrap_or_default();
        let inner = Resources::from_parent(own, resources.clone());
        let mut state = State::new(area);
        state.ctm = matrix(cell.dict());
        if cell.dict().get::<u8>("PaintType") == Some(2) {
            // The cell has no colours of its own.
            let flat = Paint::new(Arc::new(paint.space.base().clone()), paint.colour().to_vec());
            (state.fill, state.stroke) = (flat.clone(), flat);
        }
        let before = std::mem::replace(&mut self.state, state);
        let frame = self.frame.replace(area);
        self.inside(&cell, &inner);
        self.frame = frame;
        self.state = before;
    }

    /// Paints everything that can be seen with a shading.
    pub(super) fn shading(&mut self, called: &Name<'_>, resources: &Resources<'_>) {
        let shading = match resources.get_shading(called) {
            Some(Object::Dict(shading)) => shading,
            Some(Object::Stream(shading)) => shading.dict().clone(),
            _ => return,
        };
        let area = self.visible(self.state.clip);
        if area.is_some() {
            let paint = shaded(&shading, resources);
            let effects = self.state.effects();
            (self.see)(&Mark::Fill { area, thin: None, paint: &paint, effects });
        }
    }

    /// Places a picture: an image XObject, or one in the midst of the content.
    pub(super) fn picture(&mut self, image: &Stream<'_>, resources: &Resources<'_>) {
        let area = self.visible(Area::mapped(self.state.ctm, [0.0, 0.0, 1.0, 1.0]));
        if !area.is_some() {
            return;
        }
        let dictionary = image.dict();
        let number = |long: &str, short: &str| {
            dictionary.get::<u32>(long).or_else(|| dictionary.get::<u32>(short)).unwrap_or(0)
        };
        let flag = |long: &str, short: &str| {
            dictionary.get::<bool>(long).or_else(|| dictionary.get::<bool>(short)).unwrap_or(false)
        };
        let is_mask = flag("ImageMask", "IM");
        let space = if is_mask { None } else { space::of_image(image, resources).map(Arc::new) };
        if is_mask {
            self.tiles(false, area, resources);
        }
        let pixels = [number("Width", "W"), number("Height", "H")];
        let [across, upwards] = self.state.ctm.stretch();
        let ppi = |pixels: u32, points: f64| f64::from(pixels) * 72.0 / points.max(1e-6);
        let effects = self.state.effects();
        (self.see)(&Mark::Picture(&Placed {
            area,
            ppi: [ppi(pixels[0], across), ppi(pixels[1], upwards)],
            pixels,
            bits: if is_mask { 1 } else { number("BitsPerComponent", "BPC") },
            space,
            paint: is_mask.then_some(&self.state.fill),
            transparent: effects.transparent || has(dictionary, "SMask"),
            id: dictionary.obj_id(),
            stream: image,
            effects,
        }));
    }
}

fn matrix(dictionary: &Dict<'_>) -> Matrix {
    let mut matrix = Matrix::IDENTITY;
    if let Some(numbers) = dictionary.get::<Array<'_>>("Matrix") {
        for (place, number) in matrix.0.iter_mut().zip(numbers.iter::<f32>()) {
            *place = f64::from(number);
        }
    }
    matrix
}
