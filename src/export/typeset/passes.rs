//! Typst's layout, a batch of pages at a time. A large publication is laid out in
//! batches that begin and end with a page of their own, so that what Typst remembers of
//! one is let go of before the next: else it is the better part of the memory that a
//! yearbook takes. Batches are laid out again only where what they asked of the other
//! pages has another answer by now, as numbers in the contents have.

use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use typst::comemo::{self, Constraint, Track};
use typst::diag::{SourceResult, Warned};
use typst::engine::{Sink, Traced};
use typst::foundations::{
    Content, NativeElement, SequenceElem, Style, StyleChain, StyledElem, Target, TargetElem,
};
use typst::introspection::{
    EmptyIntrospector, Introspector, Locator, MAX_ITERS, ManualPageCounter, analyze,
};
use typst::layout::{PageElem, PagebreakElem};
use typst::model::{Document, DocumentInfo};
use typst_layout::{Page, PagedDocument, PagedIntrospector, layout_document_for_bundle};

use super::calls::{Stand, wrong};
use super::desk::Desk;
use super::marginals;
use super::patience::STACK;
use super::unmeasured::Unmeasured;

/// How many calls a batch has at least: enough to keep all cores at work.
const BATCH: usize = 16;

/// Pages laid out.
pub(in crate::export) struct Laid {
    /// The pages, in order.
    pub(in crate::export) pages: Vec<Page>,
    /// What the look says of the whole: title, authors, language.
    pub(in crate::export) info: DocumentInfo,
}

impl Laid {
    /// The pages as Typst's exporters take them.
    pub(in crate::export) fn document(&self, pages: impl Iterator<Item = Page>) -> PagedDocument {
        PagedDocument::new(pages.collect(), self.info.clone())
    }
}

/// Lays out what lies on a desk.
pub(super) fn lay_out(desk: &Desk) -> Warned<SourceResult<Laid>> {
    if desk.calls().is_empty() {
        let Warned { output, warnings } = typst::compile::<PagedDocument>(desk);
        let laid = |document: PagedDocument| Laid {
            pages: document.pages().to_vec(),
            info: document.info().clone(),
        };
        return Warned { output: output.map(laid), warnings };
    }
    let mut sink = Sink::new();
    let traced = Traced::default();
    let output = Stand::new(desk, &traced, &mut sink).and_then(|stand| passes(&stand, &mut sink));
    Warned { output, warnings: sink.warnings() }
}

/// What a batch asks of the other pages, and was told.
type Asked = Constraint<<dyn Introspector as Track>::Call>;

/// Some calls that begin and end with a page of their own.
struct Batch {
    calls: Range<usize>,
    /// How many pages there were before it.
    before: usize,
    pages: Vec<Page>,
    info: DocumentInfo,
    asked: Asked,
    sink: Sink,
}

impl Batch {
    /// Whether it would be laid out the same again.
    fn holds(&self, before: usize, pages: &dyn Introspector) -> bool {
        self.before % 2 == before % 2 && self.asked.validate(pages)
    }
}

fn passes(stand: &Stand<'_>, sink: &mut Sink) -> SourceResult<Laid> {
    let mut batches = first_pass(stand, sink)?;
    let mut known = joined(stand, &mut batches)?;
    let mut history = Vec::new();
    while another_pass(stand, &mut batches, &Unmeasured(&*known), sink)? {
        let last = std::mem::replace(&mut known, joined(stand, &mut batches)?);
        history.push(last);
        if history.len() + 1 == MAX_ITERS {
            unstable(stand, &history, &*known, &batches, sink);
            break;
        }
    }
    // Pages that Typst remembers are not ours alone.
    comemo::evict(0);
    let info = batches.first().map(|batch| batch.info.clone()).unwrap_or_default();
    let mut pages = Vec::new();
    for batch in batches {
        pages.extend(batch.pages);
        sink.extend_from_sink(batch.sink);
    }
    let delayed = sink.delayed();
    if !delayed.is_empty() {
        return Err(delayed);
    }
    marginals::set(stand, &mut pages, &*known, sink)?;
    Ok(Laid { pages, info })
}

/// Lays out all calls, and finds the batches. While one is laid out, the functions of
/// the next are called.
fn first_pass(stand: &Stand<'_>, sink: &mut Sink) -> SourceResult<Vec<Batch>> {
    thread::scope(|scope| {
        let (mut batches, mut begun): (Vec<Batch>, usize) = (Vec::new(), 0);
        let mut at_work: Option<ScopedJoinHandle<'_, SourceResult<Batch>>> = None;
        loop {
            let next = (begun < stand.calls()).then(|| next(stand, begun, sink));
            if let Some(batch) = at_work.take() {
                batches.push(batch.join().unwrap_or_else(|panic| resume_unwind(panic))?);
                comemo::evict(1);
            }
            let Some(bodies) = next.transpose()? else { return Ok(batches) };
            let calls = begun..begun + bodies.len();
            begun = calls.end;
            let before = batches.iter().map(|batch| batch.pages.len()).sum();
            let lay = move || lay(stand, calls, bodies, before, &Unmeasured(&EmptyIntrospector));
            let thread = thread::Builder::new().name("layout".to_owned()).stack_size(STACK);
            at_work = Some(thread.spawn_scoped(scope, lay).map_err(|why| wrong(&why))?);
        }
    })
}

/// What the calls of one batch give, from this call on.
fn next(stand: &Stand<'_>, begin: usize, sink: &mut Sink) -> SourceResult<Vec<Content>> {
    let mut bodies = Vec::new();
    for at in begin..stand.calls() {
        bodies.push(stand.called(at, sink)?);
        if bodies.len() >= BATCH && bodies.last().is_some_and(closed) {
            break;
        }
    }
    Ok(bodies)
}

/// Lays out again what is no longer as it was; says whether anything was.
fn another_pass(
    stand: &Stand<'_>,
    batches: &mut [Batch],
    pages: &dyn Introspector,
    sink: &mut Sink,
) -> SourceResult<bool> {
    let (mut changed, mut before, many) = (false, 0, batches.len() > 1);
    for batch in batches {
        if !batch.holds(before, pages) {
            let bodies = batch.calls.clone().map(|at| stand.called(at, sink));
            let bodies = bodies.collect::<SourceResult<_>>()?;
            *batch = lay(stand, batch.calls.clone(), bodies, before, pages)?;
            changed = true;
            if many {
                comemo::evict(1);
            }
        }
        batch.before = before;
        before += batch.pages.len();
    }
    Ok(changed)
}

/// Lays out one batch.
fn lay(
    stand: &Stand<'_>,
    calls: Range<usize>,
    mut bodies: Vec<Content>,
    before: usize,
    pages: &dyn Introspector,
) -> SourceResult<Batch> {
    let mut sink = Sink::new();
    let asked = Asked::new();
    // Which side a page is on hangs on the pages before it: an empty one stands for
    // them, and is taken away again.
    let stand_in = before % 2;
    if stand_in > 0 {
        bodies.insert(0, PagebreakElem::new().pack());
    }
    let body = stand.dressed(Content::sequence(bodies), &mut sink)?;
    let base = StyleChain::new(&stand.library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let styles = base.chain(&target);
    let locator = Locator::root().split().next(&calls.start);
    let mut engine = stand.engine(pages.track_with(&asked), &mut sink);
    let laid = layout_document_for_bundle(&mut engine, &body, locator, styles)?;
    let info = laid.info().clone();
    let pages = laid.pages()[stand_in..].to_vec();
    Ok(Batch { calls, before, pages, info, asked, sink })
}

/// Numbers all pages; gives what can be asked of them together.
fn joined(stand: &Stand<'_>, batches: &mut [Batch]) -> SourceResult<Arc<PagedIntrospector>> {
    let mut sink = Sink::new();
    let nothing = EmptyIntrospector;
    let mut engine = stand.engine(nothing.track(), &mut sink);
    let mut counter = ManualPageCounter::new();
    for page in batches.iter_mut().flat_map(|batch| &mut batch.pages) {
        counter.visit(&mut engine, &page.frame)?;
        page.number = counter.logical();
        counter.step();
    }
    let pages = batches.iter().flat_map(|batch| &batch.pages).cloned();
    let document = PagedDocument::new(pages.collect(), DocumentInfo::default());
    Ok(Arc::clone(document.introspector()))
}

/// Whether what follows on this begins a page in any case.
fn closed(content: &Content) -> bool {
    if let Some(styled) = content.to_packed::<StyledElem>() {
        let of_page = |style: &Style| style.element() == Some(PageElem::ELEM);
        styled.styles.iter().any(of_page) || closed(&styled.child)
    } else if let Some(sequence) = content.to_packed::<SequenceElem>() {
        sequence.children.last().is_some_and(closed)
    } else {
        content.is::<PagebreakElem>()
    }
}

/// Warns of what never stands still, as Typst itself does.
fn unstable(
    stand: &Stand<'_>,
    history: &[Arc<PagedIntrospector>],
    last: &dyn Introspector,
    batches: &[Batch],
    sink: &mut Sink,
) {
    let mut seen = [&EmptyIntrospector as &dyn Introspector; MAX_ITERS + 1];
    for (place, pages) in seen[1..].iter_mut().zip(history) {
        *place = &**pages;
    }
    seen[MAX_ITERS] = last;
    for batch in batches {
        for warning in analyze(stand.world, seen, batch.sink.introspections()) {
            sink.warn(warning);
        }
    }
}
