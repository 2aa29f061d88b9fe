//! The forms that a page of a PDF draws by name: found once, however often they are
//! drawn.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_syntax::object::{Dict, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;

use crate::print::preflight::content;

/// Where names are looked up, and where those that are not there.
pub(super) struct Scope<'p> {
    pub(super) resources: Resources<'p>,
    pub(super) outer: Vec<Dict<'p>>,
}

impl<'p> Scope<'p> {
    /// The same inside a form with resources of its own.
    pub(super) fn within(&self, own: Dict<'p>) -> Self {
        let resources = Resources::from_parent(own, self.resources.clone());
        let outer = std::iter::once(&self.resources.x_objects).chain(&self.outer);
        Self { resources, outer: outer.cloned().collect() }
    }

    /// Which object a name draws, where it is one by itself.
    fn drawn(&self, name: &Name<'_>) -> Option<ObjectIdentifier> {
        let mut all = std::iter::once(&self.resources.x_objects).chain(&self.outer);
        all.find(|objects| objects.contains_key(&**name))?.get_ref(&**name).map(Into::into)
    }
}

/// The forms that a page draws. One that is drawn often is found once: a stream that
/// lies about its length is searched for its end.
#[derive(Default)]
pub(super) struct Forms<'p> {
    known: HashMap<ObjectIdentifier, Option<Form<'p>>>,
    /// How many bytes of content are kept.
    kept: usize,
}

/// A form.
#[derive(Clone)]
pub(super) struct Form<'p> {
    pub(super) stream: Stream<'p>,
    /// What it draws, where that was kept.
    pub(super) content: Option<Arc<Vec<u8>>>,
}

impl<'p> Forms<'p> {
    /// So many bytes of content are kept of one page.
    const KEPT: usize = 1 << 20;

    /// The form of a name; `None` for what is a picture, or not there.
    pub(super) fn get(&mut self, name: &Name<'_>, scope: &Scope<'p>) -> Option<Form<'p>> {
        let find = || {
            let stream = scope.resources.get_x_object(name)?;
            let subtype = stream.dict().get::<Name<'_>>("Subtype")?;
            let is_form = subtype.as_str() == "Form";
            is_form.then_some(Form { stream, content: None })
        };
        let Some(id) = scope.drawn(name) else { return find() };
        if !self.known.contains_key(&id) {
            let mut form = find();
            if let Some(form) = &mut form
                && let Some(content) = content(&form.stream)
                && self.kept + content.len() <= Self::KEPT
            {
                self.kept += content.len();
                form.content = Some(Arc::new(content));
            }
            self.known.insert(id, form);
        }
        self.known.get(&id).cloned().flatten()
    }
}
