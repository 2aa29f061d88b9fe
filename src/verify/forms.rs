//! The forms that a page of a PDF draws by name: found once, however often they are
//! drawn.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::{Dict, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;

use crate::print::preflight::content;

/// Where names are looked up, and where those that are not there.
pub(super) struct Scope<'p> {
    /// Tells it from every other of the same page.
    id: usize,
    pub(super) resources: Resources<'p>,
    outer: Vec<Dict<'p>>,
}

impl<'p> Scope<'p> {
    /// That of a page itself.
    pub(super) fn of_page(resources: Resources<'p>) -> Self {
        Self { id: 0, resources, outer: Vec::new() }
    }

    /// That inside a form.
    fn within(&self, form: &Stream<'p>, id: usize) -> Self {
        let own = form.dict().get::<Dict<'_>>("Resources").unwrap_or_default();
        let resources = Resources::from_parent(own, self.resources.clone());
        let outer = std::iter::once(&self.resources.x_objects).chain(&self.outer);
        Self { id, resources, outer: outer.cloned().collect() }
    }

    /// Which object a name draws, where it is one by itself.
    fn drawn(&self, name: &Name<'_>) -> Option<ObjectIdentifier> {
        let mut all = std::iter::once(&self.resources.x_objects).chain(&self.outer);
        all.find(|objects| objects.contains_key(&**name))?.get_ref(&**name).map(Into::into)
    }
}

/// The forms that a page draws. One that is drawn often is found once: a stream that
/// lies about its length is searched for its end, and resources may be many.
#[derive(Default)]
pub(super) struct Forms<'p> {
    known: HashMap<ObjectIdentifier, Option<Form<'p>>>,
    scopes: HashMap<(ObjectIdentifier, usize), Rc<Scope<'p>>>,
    /// How many scopes there have been, the page's left out.
    count: usize,
    /// How many bytes of content are kept.
    kept: usize,
}

/// A form.
#[derive(Clone)]
struct Form<'p> {
    stream: Stream<'p>,
    /// What it draws, where that is kept.
    content: Option<Rc<Vec<u8>>>,
}

impl<'p> Forms<'p> {
    /// So many bytes of content are kept of one page.
    const KEPT: usize = 1 << 20;
    /// So many scopes are kept of one page.
    const SCOPES: usize = 1000;

    /// What the form of a name draws, and where its own names are looked up; `None` for
    /// what is a picture, or not there.
    pub(super) fn get(
        &mut self,
        name: &Name<'_>,
        scope: &Scope<'p>,
    ) -> Option<(Rc<Vec<u8>>, Rc<Scope<'p>>)> {
        let id = scope.drawn(name);
        let known = id.and_then(|id| self.known.get(&id));
        let form = known.cloned().unwrap_or_else(|| self.find(name, scope, id))?;
        let content = form.content.or_else(|| content(&form.stream).map(Rc::new))?;
        if let Some(inner) = id.and_then(|id| self.scopes.get(&(id, scope.id))) {
            return Some((content, inner.clone()));
        }
        self.count += 1;
        let inner = Rc::new(scope.within(&form.stream, self.count));
        if let Some(id) = id.filter(|_| self.scopes.len() < Self::SCOPES) {
            self.scopes.insert((id, scope.id), inner.clone());
        }
        Some((content, inner))
    }

    fn find(
        &mut self,
        name: &Name<'_>,
        scope: &Scope<'p>,
        id: Option<ObjectIdentifier>,
    ) -> Option<Form<'p>> {
        let stream = scope.resources.get_x_object(name);
        let is_form = |stream: &Stream<'_>| {
            stream.dict().get::<Name<'_>>("Subtype").is_some_and(|s| s.as_str() == "Form")
        };
        let mut form = stream.filter(is_form).map(|stream| Form { stream, content: None });
        if let Some(form) = &mut form
            && let Some(content) = content(&form.stream)
            && self.kept + content.len() <= Self::KEPT
        {
            self.kept += content.len();
            form.content = Some(Rc::new(content));
        }
        if let Some(id) = id {
            self.known.insert(id, form.clone());
        }
        form
    }
}
