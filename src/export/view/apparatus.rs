//! What a book brings along besides its articles: the chronicle, the list of figures
//! and the index. Which of them there are the publication says; what stands in them
//! is gathered on the walk over the articles. Pages are the look's affair.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::layout::{Look, Medium, Wording};
use crate::publication::{Index, Listed, Publication};

use super::build::id;
use super::{Captioned, Event, IndexLetter, IndexList, IndexName, Mark, Month, phrases};

/// What the walk over the articles gathers for index and list of figures.
#[derive(Default)]
pub(super) struct Gather<'a> {
    index: Option<&'a Index>,
    figures: bool,
    met: RefCell<BTreeSet<usize>>,
    captions: RefCell<Vec<Captioned>>,
}

impl<'a> Gather<'a> {
    /// What a look of this medium can show: an edition without pages needs neither.
    pub(super) fn of(publication: &'a Publication, look: &Look) -> Self {
        if look.medium != Medium::Print {
            return Self::default();
        }
        let apparatus = &publication.apparatus;
        Self { index: apparatus.index.as_ref(), figures: apparatus.figures, ..Self::default() }
    }

    /// The names in a text that the index lists.
    pub(super) fn marks(&self, text: &str) -> Vec<Mark> {
        let Some(index) = self.index else { return Vec::new() };
        let mut met = self.met.borrow_mut();
        let found = index.find(text).map(|found| {
            met.insert(found.line);
            Mark { at: found.at, name: name_id(index.lines()[found.line].leads_to) }
        });
        found.collect()
    }

    /// The place of a figure in the list of figures; empty where it has none.
    pub(super) fn figure(&self, article: &str, figure: &str, caption: &str) -> String {
        if !self.figures || caption.trim().is_empty() {
            return String::new();
        }
        let place = format!("{article}-{figure}");
        let text = caption.trim().to_owned();
        self.captions.borrow_mut().push(Captioned { place: place.clone(), text });
        place
    }

    /// The list of figures and the lists of the index.
    pub(super) fn finish(self, wording: &Wording) -> (Vec<Captioned>, Vec<IndexList>) {
        let met = self.met.into_inner();
        let lists = self.index.map(|index| lists(index, &met, wording)).unwrap_or_default();
        (self.captions.into_inner(), lists)
    }
}

/// The id of a name by the number of its line.
fn name_id(line: usize) -> String {
    format!("n{:04}", line + 1)
}

/// The lists of those names that were met. A form that was met leads to its name,
/// unless it would stand right beside it.
fn lists(index: &Index, met: &BTreeSet<usize>, wording: &Wording) -> Vec<IndexList> {
    let lines = index.lines();
    let names: BTreeSet<usize> = met.iter().map(|line| lines[*line].leads_to).collect();
    let mut lists: Vec<IndexList> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let full = &lines[line.leads_to];
        let (id, see) = if names.contains(&n) {
            (name_id(n), String::new())
        } else if met.contains(&n) && !full.name.starts_with(&line.name) {
            (String::new(), full.name.clone())
        } else {
            continue;
        };
        let listed = line.listed.name();
        if lists.last().is_none_or(|list| list.listed != listed) {
            lists.push(IndexList {
                listed,
                title: title(line.listed, wording),
                letters: Vec::new(),
            });
        }
        let letter = line.letter.map_or(wording.get("index-other").to_owned(), String::from);
        let Some(list) = lists.last_mut() else { continue };
        if list.letters.last().is_none_or(|last| last.letter != letter) {
            list.letters.push(IndexLetter { letter, names: Vec::new() });
        }
        if let Some(last) = list.letters.last_mut() {
            last.names.push(IndexName { name: line.name.clone(), id, see });
        }
    }
    lists
}

fn title(listed: Listed, wording: &Wording) -> String {
    wording.get(&format!("index-{}", listed.name())).to_owned()
}

/// The chronicle: dated articles by day, month by month; for print alone.
pub(super) fn chronicle(publication: &Publication, look: &Look) -> Vec<Month> {
    if look.medium != Medium::Print {
        return Vec::new();
    }
    let entries = publication.parts.iter().flat_map(|part| &part.articles);
    let told = entries.filter(|entry| publication.apparatus.tells_of(&entry.source));
    let dated = told.filter_map(|e| Some((e.source.article.meta.date?, e)));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by_key(|(date, entry)| (*date, entry.number));
    let years: BTreeSet<u16> = dated.iter().map(|(date, _)| date.year()).collect();
    let mut months: Vec<Month> = Vec::new();
    for (date, entry) in dated {
        let (year, month) = (date.year().to_string(), date.month().to_string());
        let key = if years.len() > 1 { "chronicle-year-month" } else { "chronicle-month" };
        let title = look.wording.fill(key, &[("year", &year), ("month", &month)]);
        let event = Event {
            day: look.wording.fill("chronicle-day", &[("day", &date.day().to_string())]),
            article: id('a', entry.number),
            title_phrases: phrases(&entry.source.article.title_text()),
        };
        match months.last_mut().filter(|last| last.title == title) {
            Some(last) => last.events.push(event),
            None => months.push(Month { title, events: vec![event] }),
        }
    }
    months
}
