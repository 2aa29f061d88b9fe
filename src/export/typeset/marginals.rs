//! Running heads and folios, set by themselves once the pages stand: they ask for a
//! page's number, and every page would be laid out again to answer them. What they say
//! and how they look is the look's affair.

use typst::comemo::{self, Track};
use typst::diag::SourceResult;
use typst::engine::Sink;
use typst::foundations::{Args, Context, Dict, IntoValue, StyleChain, Target, TargetElem, Value};
use typst::introspection::{Introspector, Locator, MetadataElem};
use typst::layout::{Axes, Frame, Point, Region};
use typst_layout::{Page, layout_frame};

use super::calls::Stand;

/// The function of a look that sets the head and the folio of one page, if it has one.
const MARGINALS: &str = "marginals";

/// So many pages are set before what Typst remembers of them is let go of.
const AT_ONCE: usize = 256;

/// Sets in the margins of the pages what the look sets there. A page says what its margins
/// are to say by metadata in the place of its supplement.
pub(super) fn set(
    stand: &Stand<'_>,
    pages: &mut [Page],
    known: &dyn Introspector,
    sink: &mut Sink,
) -> SourceResult<()> {
    let Some(function) = stand.optional(MARGINALS) else { return Ok(()) };
    let facts: Vec<Option<Dict>> = (0..pages.len()).map(|at| facts(pages, at)).collect();
    let base = StyleChain::new(&stand.library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let styles = base.chain(&target);
    let mut locators = Locator::root().split();
    for (pages, facts) in pages.chunks_mut(AT_ONCE).zip(facts.chunks(AT_ONCE)) {
        let mut engine = stand.engine(known.track(), sink);
        let bare = pages.iter().zip(facts);
        let bare = bare.map(|(page, facts)| (page.frame.size(), facts, locators.next(&MARGINALS)));
        let set = engine.parallelize(bare, |engine, (size, facts, locator)| {
            let Some(facts) = facts else { return Ok(None) };
            let arguments = Args::new(function.span(), [Value::Dict(facts.clone())]);
            let body = function.call(engine, Context::none().track(), arguments)?.display();
            let region = Region::new(size, Axes::splat(true));
            layout_frame(engine, &body, locator, styles, region).map(Some)
        });
        let set: Vec<Option<Frame>> = set.collect::<SourceResult<_>>()?;
        for (page, frame) in pages.iter_mut().zip(set) {
            if let Some(frame) = frame {
                page.frame.push_frame(Point::zero(), frame);
            }
        }
        comemo::evict(1);
    }
    Ok(())
}

/// What the look is told of a page, where its margins are to say something.
fn facts(pages: &[Page], at: usize) -> Option<Dict> {
    let page = &pages[at];
    let about = said(page)?;
    let opens = at == 0 || said(&pages[at - 1]) != Some(about);
    let mut facts = Dict::new();
    facts.insert("about".into(), about.clone());
    facts.insert("number".into(), page.number.into_value());
    facts.insert("numbering".into(), page.numbering.clone().into_value());
    facts.insert("left".into(), Value::Bool(at % 2 == 1));
    facts.insert("opens".into(), Value::Bool(opens));
    Some(facts)
}

/// What a page says for its margins.
fn said(page: &Page) -> Option<&Value> {
    page.supplement.to_packed::<MetadataElem>().map(|metadata| &metadata.value)
}
