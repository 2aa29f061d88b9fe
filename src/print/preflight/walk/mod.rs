//! Goes through what a page draws, once, and shows every mark to the checks. Knows
//! how drawing works; knows no check. Bounded: forms that draw themselves and pages
//! without end are told, not followed.

mod draw;
mod paint;
mod path;
mod state;
mod text;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::file::content;
use super::font::Fonts;
use super::geometry::{Area, Matrix};
use super::space::Space;

use path::Path;
use state::State;
use text::Cursor;

pub(super) use state::{Effects, Feature, Mark, Paint, PaintKind, Placed};

/// How deep states may be saved.
const SAVED: usize = 4_096;
/// How deep one form may draw another.
const DEPTH: usize = 28;

/// Walks through a page. `sheet` is what of it can be seen; at most `budget`
/// operations are followed.
pub(super) fn walk(
    page: &Page<'_>,
    sheet: Area,
    fonts: &Fonts,
    budget: usize,
    see: &mut dyn FnMut(&Mark<'_>),
) {
    let mut walker = Walker {
        fonts,
        see,
        state: State::new(sheet),
        saved: Vec::new(),
        path: Path::default(),
        cursor: Cursor::default(),
        left: budget,
        open: Vec::new(),
        spaces: HashMap::new(),
        frame: None,
        tiled: HashSet::new(),
    };
    walker.page_group(page);
    let raw = page.raw();
    let mut whole = Vec::new();
    let mut read = |stream: &Stream<'_>| match content(stream) {
        Some(bytes) => {
            whole.extend(bytes);
            // Streams end where a token may end.
            whole.push(b'\n');
            true
        }
        None => false,
    };
    let mut all = true;
    if let Some(stream) = raw.get::<Stream<'_>>("Contents") {
        all = read(&stream);
    } else if let Some(streams) = raw.get::<Array<'_>>("Contents") {
        for stream in streams.iter::<Stream<'_>>() {
            all &= read(&stream);
        }
    }
    if !all {
        (walker.see)(&Mark::Unread);
    }
    walker.run(&whole, page.resources());
}

struct Walker<'w> {
    fonts: &'w Fonts,
    see: &'w mut dyn FnMut(&Mark<'_>),
    state: State,
    saved: Vec<State>,
    path: Path,
    cursor: Cursor,
    /// How many operations may still follow.
    left: usize,
    /// The forms and patterns that are being drawn.
    open: Vec<ObjectIdentifier>,
    /// The colour spaces of the resources at hand.
    spaces: HashMap<Vec<u8>, Arc<Space>>,
    /// The area that a pattern fills, while its cell is drawn: the marks of the cell
    /// are anywhere in it.
    frame: Option<Area>,
    /// The patterns that have been drawn.
    tiled: HashSet<ObjectIdentifier>,
}

impl Walker<'_> {
    /// Follows a content stream.
    fn run(&mut self, bytes: &[u8], resources: &Resources<'_>) {
        let bottom = self.saved.len();
        if super::guard::guard(bytes).is_err() {
            (self.see)(&Mark::Unread);
            return;
        }
        let mut operations = TypedIter::new(bytes);
        while let Some(operation) = operations.next() {
            if self.left == 0 || self.saved.len() > SAVED {
                (self.see)(&Mark::Unread);
                return;
            }
            self.left -= 1;
            self.step(&operation, resources, bottom);
        }
    }

    fn step(&mut self, operation: &Op<'_, '_>, resources: &Resources<'_>, bottom: usize) {
        match operation {
            Op::SaveState(_) => self.saved.push(self.state.clone()),
            Op::RestoreState(_) if self.saved.len() > bottom => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Op::Transform(op) => {
                let by = Matrix([op.0, op.1, op.2, op.3, op.4, op.5].map(|n| n.as_f64()));
                self.state.ctm = by.then(self.state.ctm);
            }
            Op::LineWidth(op) => self.state.width = op.0.as_f64().abs(),
            Op::SetGraphicsState(op) => {
                if let Some(dictionary) = resources.get_ext_g_state(op.0) {
                    self.graphics_state(&dictionary, resources);
                }
            }
            Op::XObject(op) => self.x_object(op.0, resources),
            Op::InlineImage(op) => self.picture(op.0, resources),
            Op::Shading(op) => self.shading(op.0, resources),
            _ if self.path_step(operation, resources) => {}
            _ if self.colour_step(operation, resources) => {}
            _ => self.text_step(operation, resources),
        }
    }

    /// What of an area can be seen.
    fn visible(&self, area: Area) -> Area {
        self.frame.unwrap_or_else(|| area.both(self.state.clip))
    }

    /// The colour space of that name, read once.
    fn space(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Arc<Space> {
        if let Some(space) = self.spaces.get(&**name) {
            return space.clone();
        }
        let space = Arc::new(Space::named(name, resources));
        self.spaces.insert(name.to_vec(), space.clone());
        space
    }
}
