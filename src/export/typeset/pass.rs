//! Typst's layout, pass by pass. A publication is laid out until the numbers in it
//! stand still; what only an earlier step remembered is let go of before each pass,
//! since it is the better part of the memory a large one takes.

use typst::diag::{SourceResult, Warned};
use typst::engine::Engine;
use typst::foundations::{Content, Output, StyleChain, Target};
use typst::introspection::Introspector;
use typst_layout::PagedDocument;

use super::desk::Desk;

/// Lays out what lies on a desk.
pub(super) fn lay_out(desk: &Desk) -> Warned<SourceResult<PagedDocument>> {
    let Warned { output, warnings } = typst::compile::<Pass>(desk);
    Warned { output: output.map(|pass| pass.0), warnings }
}

/// The pages after one pass.
struct Pass(PagedDocument);

impl Output for Pass {
    fn target() -> Target {
        Target::Paged
    }

    fn create(
        engine: &mut Engine<'_>,
        content: &Content,
        styles: StyleChain<'_>,
    ) -> SourceResult<Self> {
        // The look's functions are done before the first pass; of what a pass lays
        // out, the next one uses most again.
        typst::comemo::evict(1);
        typst_layout::layout_document(engine, content, styles).map(Self)
    }

    fn introspector(&self) -> &dyn Introspector {
        Output::introspector(&self.0)
    }
}
