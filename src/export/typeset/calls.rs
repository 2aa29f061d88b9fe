//! What the program calls of a look's functions, one call after the other: the parts
//! of a publication. What they give is not laid out here.

use typst::comemo::{Track, Tracked};
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::{EcoString, EcoVec, eco_format, eco_vec};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{
    Args, Bytes, Content, Context, Func, IntoValue, Module, NativeElement, SequenceElem, Str,
    StyledElem, Value,
};
use typst::introspection::{EmptyIntrospector, Introspector, MetadataElem};
use typst::syntax::Span;
use typst::utils::{LazyHash, Protected};
use typst::{Library, World};

use super::desk::Desk;

/// One call of a look's function.
pub(in crate::export) struct Call {
    /// The function's name, which the first file knows.
    pub(in crate::export) function: &'static str,
    /// What it is called with.
    pub(in crate::export) arguments: Vec<Argument>,
}

/// What a look's function is called with.
pub(in crate::export) enum Argument {
    /// A place in a list, from 0.
    Place(usize),
    /// A value as JSON.
    Json(Bytes),
}

/// The function that dresses the whole publication.
const DRESS: &str = "dress";

/// The name under which the first file knows the look's own first file as a whole.
const DOOR: &str = "door";

/// A look at work: its functions, and all that Typst wants to know beside them.
pub(super) struct Stand<'a> {
    /// The desk.
    pub(super) world: Tracked<'a, dyn World + 'a>,
    /// Typst's own functions.
    pub(super) library: &'a LazyHash<Library>,
    /// Nothing is traced.
    pub(super) traced: Tracked<'a, Traced>,
    calls: &'a [Call],
    module: Module,
    /// The publication's dress with a hole in it, where it has one that can be filled.
    dress: Option<Content>,
}

impl<'a> Stand<'a> {
    /// Reads the first file on the desk.
    pub(super) fn new(desk: &'a Desk, traced: &'a Traced, sink: &mut Sink) -> SourceResult<Self> {
        let world: &dyn World = desk;
        let library = world.library();
        let (world, traced) = (world.track(), traced.track());
        let source = world.source(world.main()).map_err(|why| {
            eco_vec![SourceDiagnostic::error(Span::detached(), EcoString::from(why))]
        })?;
        let route = Route::default();
        let module =
            typst_eval::eval(world, library, traced, sink.track_mut(), route.track(), &source)?;
        let mut stand = Self { world, library, traced, calls: desk.calls(), module, dress: None };
        let dress = stand.value(DRESS, [hole()], sink)?;
        stand.dress = filled(&dress, &Content::empty()).map(|_| dress);
        Ok(stand)
    }

    /// How many calls there are.
    pub(super) fn calls(&self) -> usize {
        self.calls.len()
    }

    /// What one call gives.
    pub(super) fn called(&self, at: usize, sink: &mut Sink) -> SourceResult<Content> {
        let call = &self.calls[at];
        let mut values = Vec::new();
        for argument in &call.arguments {
            values.push(match argument {
                Argument::Place(place) => place.into_value(),
                Argument::Json(bytes) => {
                    serde_json::from_slice(bytes).map_err(|why| wrong(&why))?
                }
            });
        }
        self.value(call.function, values, sink)
    }

    /// What these calls give, in the publication's dress.
    pub(super) fn dressed(&self, body: Content, sink: &mut Sink) -> SourceResult<Content> {
        match self.dress.as_ref().and_then(|dress| filled(dress, &body)) {
            Some(dressed) => Ok(dressed),
            None => self.value(DRESS, [body.into_value()], sink),
        }
    }

    /// A function that the look's first file may have, or not.
    pub(super) fn optional(&self, name: &str) -> Option<Func> {
        let Value::Module(door) = self.module.scope().get(DOOR)?.read() else { return None };
        match door.scope().get(name)?.read() {
            Value::Func(function) => Some(function.clone()),
            _ => None,
        }
    }

    /// What Typst works with while it knows nothing of the pages.
    pub(super) fn engine<'s>(
        &'s self,
        introspector: Tracked<'s, dyn Introspector + 's>,
        sink: &'s mut Sink,
    ) -> Engine<'s> {
        Engine {
            library: self.library,
            world: self.world,
            introspector: Protected::new(introspector),
            traced: self.traced,
            sink: sink.track_mut(),
            route: Route::default(),
        }
    }

    fn value(
        &self,
        name: &str,
        arguments: impl IntoIterator<Item = Value>,
        sink: &mut Sink,
    ) -> SourceResult<Content> {
        let function = match self.module.scope().get(name).map(|binding| binding.read()) {
            Some(Value::Func(function)) => function,
            _ => return Err(wrong(&format_args!("{name} is no function"))),
        };
        let nowhere = EmptyIntrospector;
        let mut engine = self.engine(nowhere.track(), sink);
        let arguments = Args::new(function.span(), arguments);
        let value = function.call(&mut engine, Context::none().track(), arguments)?;
        Ok(value.display())
    }
}

/// The complaint that something outside the look's files went wrong.
pub(super) fn wrong(why: &dyn std::fmt::Display) -> EcoVec<SourceDiagnostic> {
    eco_vec![SourceDiagnostic::error(Span::detached(), eco_format!("{why}"))]
}

/// What stands for the publication while its dress is made.
fn hole() -> Value {
    MetadataElem::new(Value::Str(Str::from(DRESS))).pack().into_value()
}

/// A dress with what is to stand in it, where its hole lies open.
fn filled(dress: &Content, body: &Content) -> Option<Content> {
    if let Some(styled) = dress.to_packed::<StyledElem>() {
        let child = filled(&styled.child, body)?;
        Some(StyledElem::new(child, styled.styles.clone()).pack().spanned(dress.span()))
    } else if let Some(sequence) = dress.to_packed::<SequenceElem>() {
        let mut children = sequence.children.clone();
        let place = children.iter().position(|child| filled(child, body).is_some())?;
        children[place] = filled(&children[place], body)?;
        Some(SequenceElem::new(children).pack().spanned(dress.span()))
    } else {
        let metadata = dress.to_packed::<MetadataElem>()?;
        let is_hole = metadata.value == Value::Str(Str::from(DRESS)) && dress.label().is_none();
        is_hole.then(|| body.clone())
    }
}
