//! The state that drawing depends on (ISO 32000-1, 8.4), and the marks that drawing
//! makes: what the checks look at.

use std::sync::Arc;

use hayro_syntax::object::{ObjectIdentifier, Stream};

use crate::print::preflight::font::Font;
use crate::print::preflight::geometry::{Area, Matrix};
use crate::print::preflight::space::{Inks, Space};

/// So many components may a colour have; content streams give no more operands.
const COMPONENTS: usize = 10;

/// A colour to paint with.
#[derive(Debug, Clone)]
pub(in crate::print::preflight) struct Paint {
    pub(in crate::print::preflight) space: Arc<Space>,
    colour: [f32; COMPONENTS],
    length: usize,
    pub(in crate::print::preflight) kind: PaintKind,
}

/// How a colour covers an area.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::print::preflight) enum PaintKind {
    /// Evenly.
    Flat,
    /// From one colour to another; with the most ink on the way, in plates, where
    /// that can be told.
    Shading(Option<f64>),
    /// With the pattern of that name, which draws marks of its own.
    Tiles(Arc<[u8]>),
}

impl Paint {
    pub(super) fn new(space: Arc<Space>, components: impl IntoIterator<Item = f32>) -> Self {
        let (mut colour, mut length) = ([0.0; COMPONENTS], 0);
        for (place, component) in colour.iter_mut().zip(components) {
            *place = component;
            length += 1;
        }
        Self { space, colour, length, kind: PaintKind::Flat }
    }

    /// The components of the colour.
    pub(in crate::print::preflight) fn colour(&self) -> &[f32] {
        &self.colour[..self.length]
    }

    /// The ink it lays down; `None` where that depends on a conversion.
    pub(in crate::print::preflight) fn inks(&self) -> Option<Inks> {
        match &self.kind {
            PaintKind::Flat => self.space.inks(self.colour()),
            PaintKind::Shading(_) | PaintKind::Tiles(_) => None,
        }
    }

    pub(in crate::print::preflight) fn is_white(&self) -> bool {
        self.kind == PaintKind::Flat && self.space.is_white(self.colour())
    }
}

/// What painting does beside laying ink.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::print::preflight) struct Effects {
    /// Whether fills leave what lies below on other plates.
    pub(in crate::print::preflight) fill_overprint: bool,
    /// Whether strokes do.
    pub(in crate::print::preflight) stroke_overprint: bool,
    /// Whether what is painted lets through what lies below.
    pub(in crate::print::preflight) transparent: bool,
}

/// How text is set.
#[derive(Clone)]
pub(super) struct TextState {
    pub(super) font: Option<Arc<Font>>,
    pub(super) size: f64,
    pub(super) character: f64,
    pub(super) word: f64,
    pub(super) scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: u8,
}

/// The graphics state.
#[derive(Clone)]
pub(super) struct State {
    pub(super) ctm: Matrix,
    pub(super) clip: Area,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    pub(super) width: f64,
    pub(super) alpha: bool,
    pub(super) blend: bool,
    pub(super) mask: bool,
    pub(super) effects: Effects,
    pub(super) text: TextState,
}

impl State {
    /// The state at the top of a page.
    pub(super) fn new(clip: Area) -> Self {
        let black = Paint::new(Arc::new(Space::Gray), [0.0]);
        Self {
            ctm: Matrix::IDENTITY,
            clip,
            fill: black.clone(),
            stroke: black,
            width: 1.0,
            alpha: false,
            blend: false,
            mask: false,
            effects: Effects::default(),
            text: TextState {
                font: None,
                size: 0.0,
                character: 0.0,
                word: 0.0,
                scale: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
        }
    }

    pub(super) fn effects(&self) -> Effects {
        Effects { transparent: self.alpha || self.blend || self.mask, ..self.effects }
    }
}

/// Something a page draws, where it can be seen.
pub(in crate::print::preflight) enum Mark<'m> {
    /// A string of text.
    Text {
        area: Area,
        /// The size in points as it is seen.
        size: f64,
        font: &'m Font,
        /// How many of its characters have no glyph.
        missing: usize,
        fill: Option<&'m Paint>,
        stroke: Option<&'m Paint>,
        effects: Effects,
    },
    /// A filled area.
    Fill {
        area: Area,
        /// The shorter side, where it is a plain rectangle.
        thin: Option<f64>,
        paint: &'m Paint,
        effects: Effects,
    },
    /// A stroked line.
    Stroke {
        area: Area,
        /// Its width in points as it is seen.
        width: f64,
        paint: &'m Paint,
        effects: Effects,
    },
    /// A picture.
    Picture(&'m Placed<'m>),
    /// A group of things that are painted as one, with its colour space.
    Group { space: Option<Space>, mask: bool },
    /// A feature that a press does not want.
    Feature(Feature),
    /// What comes after this could not be looked at.
    Unread,
}

/// A feature met while drawing that a file for the press must not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::print::preflight) enum Feature {
    /// A transfer function or a halftone's.
    Transfer,
    /// A PostScript XObject.
    PostScript,
    /// A reference to a picture on another's server.
    Opi,
    /// A form that draws itself.
    Loop,
}

/// A picture on a page.
pub(in crate::print::preflight) struct Placed<'m> {
    /// What of it can be seen.
    pub(in crate::print::preflight) area: Area,
    /// Pixels an inch across and upwards.
    pub(in crate::print::preflight) ppi: [f64; 2],
    /// Pixels across and upwards.
    pub(in crate::print::preflight) pixels: [u32; 2],
    /// Bits of a component.
    pub(in crate::print::preflight) bits: u32,
    /// Its colour space; `None` for a mask, which is painted with a colour.
    pub(in crate::print::preflight) space: Option<Arc<Space>>,
    /// That colour.
    pub(in crate::print::preflight) paint: Option<&'m Paint>,
    /// Whether it lets through what lies below.
    pub(in crate::print::preflight) transparent: bool,
    /// Its object; `None` for one in the midst of a content stream.
    pub(in crate::print::preflight) id: Option<ObjectIdentifier>,
    /// Itself.
    pub(in crate::print::preflight) stream: &'m Stream<'m>,
    pub(in crate::print::preflight) effects: Effects,
}
