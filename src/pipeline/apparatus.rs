//! What a book brings along besides its articles, from what `kanyin.toml` and the
//! department's lists say; and what is to be told where nothing comes of it.

use crate::check::Lists;
use crate::diag::{Code, Finding};
use crate::export::view::View;
use crate::project::{Book, Chronicle, KindName, MANIFEST, PublicationConfig};
use crate::publication::{Apparatus, Heading, Index, Listed, Publication, Readings};

use super::read::Library;

const INDEX_EMPTY: Code = Code::new("book-index-empty");
const CHRONICLE_EMPTY: Code = Code::new("book-chronicle-empty");
const FIGURES_EMPTY: Code = Code::new("book-figures-empty");

/// What a publication brings along. A compilation has an index of the lists' names
/// unless somebody says otherwise; the rest is for a person to ask for.
pub(super) fn apparatus(config: &PublicationConfig, library: &Library) -> Apparatus {
    let lists = &library.lists;
    let Book { index, chronicle, figures, .. } = &config.book;
    let indexed = index.unwrap_or(config.kind == KindName::Compilation);
    let readings = || lists.readings.iter().map(|r| (r.word.as_str(), r.sound.as_str()));
    Apparatus {
        index: if indexed { Index::new(&headings(lists), readings()) } else { None },
        chronicle: match chronicle {
            Chronicle::All(true) => vec!["**".to_owned()],
            Chronicle::All(false) => Vec::new(),
            Chronicle::Files(patterns) => patterns.clone(),
        },
        figures: *figures,
        published: library.published.clone(),
        readings: Readings::new(readings()),
    }
}

fn headings(lists: &Lists) -> Vec<Heading> {
    let heading = |listed, name: &str, forms: &[String]| Heading {
        listed,
        name: name.to_owned(),
        forms: forms.to_vec(),
    };
    let people = lists.people.iter().map(|p| heading(Listed::People, &p.name, &[]));
    let units = lists.units.iter().map(|u| heading(Listed::Units, &u.name, &u.short));
    let topics = lists.topics.iter().map(|t| heading(Listed::Topics, &t.word, &t.forms));
    people.chain(units).chain(topics).collect()
}

/// What was asked for by name and has nothing to say.
pub(super) fn empty(
    config: &PublicationConfig,
    publication: &Publication,
    view: &View,
) -> Vec<Finding> {
    let book = &config.book;
    let told = publication.apparatus.chronicle.is_empty() || !view.chronicle.is_empty();
    [
        (INDEX_EMPTY, book.index == Some(true) && view.index.is_empty()),
        (CHRONICLE_EMPTY, !told),
        (FIGURES_EMPTY, book.figures && view.figures.is_empty()),
    ]
    .into_iter()
    .filter(|(_, empty)| *empty)
    .map(|(code, _)| Finding::warning(code).arg("id", &config.id).file(MANIFEST))
    .collect()
}
