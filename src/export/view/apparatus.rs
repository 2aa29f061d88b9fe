//! What a book brings along besides its articles: the chronicle, the list of figures
//! and the index. Which of them there are the publication says; what stands in them
//! is gathered on the walk over the articles. Pages are the look's affair.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::layout::{Look, Medium, Wording};
use crate::publication::{Index, Listed, Publication};

use super::build::id;
use super::{
    Captioned, Event, IndexLetter, IndexList, IndexName, IndexPlace, Mark, Month, Part, phrases,
};

/// What the walk over the articles gathers for index and list of figures.
#[derive(Default)]
pub(super) struct Gather<'a> {
    index: Option<&'a Index>,
    figures: bool,
    /// Whether a name leads to articles: an edition without pages has no other places.
    by_article: bool,
    /// Whether sentences in another language are to be told apart.
    languages: bool,
    met: RefCell<BTreeSet<usize>>,
    /// The articles in which a name was met, in order, by the number of its line.
    articles: RefCell<BTreeMap<usize, Vec<String>>>,
    captions: RefCell<Vec<Captioned>>,
}

impl<'a> Gather<'a> {
    /// For texts that neither an index nor a list of figures wants to know of.
    pub(super) fn nothing(look: &Look) -> Self {
        Self { languages: look.medium == Medium::Epub, ..Self::default() }
    }

    /// What a look of this medium can show: single posts need neither.
    pub(super) fn of(publication: &'a Publication, look: &Look) -> Self {
        if !is_book(look) {
            return Self::nothing(look);
        }
        let apparatus = &publication.apparatus;
        Self {
            index: apparatus.index.as_ref(),
            figures: apparatus.figures,
            by_article: look.medium == Medium::Epub,
            ..Self::nothing(look)
        }
    }

    /// Whether sentences in another language are to be told apart: reading aloud needs
    /// to know, print has its own ways.
    pub(super) fn languages(&self) -> bool {
        self.languages
    }

    /// The names in a text of this article that the index lists; where it leads to
    /// articles, each name once an article.
    pub(super) fn marks(&self, article: &str, text: &str) -> Vec<Mark> {
        let Some(index) = self.index else { return Vec::new() };
        let (mut met, mut articles) = (self.met.borrow_mut(), self.articles.borrow_mut());
        let found = index.find(text).filter_map(|found| {
            met.insert(found.line);
            let line = index.lines()[found.line].leads_to;
            if self.by_article {
                let known = articles.entry(line).or_default();
                if known.last().is_some_and(|last| last == article) {
                    return None;
                }
                known.push(article.to_owned());
            }
            let chars = text[..found.at].chars().count();
            Some(Mark { at: found.at, chars, name: name_id(line) })
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

    /// The list of figures and the lists of the index over these parts.
    pub(super) fn finish(
        self,
        wording: &Wording,
        parts: &[Part],
    ) -> (Vec<Captioned>, Vec<IndexList>) {
        let met = self.met.into_inner();
        let places = places(self.articles.into_inner(), parts);
        let lists = self.index.map(|index| lists(index, &met, places, wording));
        (self.captions.into_inner(), lists.unwrap_or_default())
    }
}

/// Whether a look makes a book of a publication.
fn is_book(look: &Look) -> bool {
    matches!(look.medium, Medium::Print | Medium::Epub)
}

/// Where each name leads: to the title that has it, else to its first mark in the text.
fn places(
    articles: BTreeMap<usize, Vec<String>>,
    parts: &[Part],
) -> BTreeMap<usize, Vec<IndexPlace>> {
    let all = parts.iter().flat_map(|part| &part.articles);
    let by_id: BTreeMap<&str, &super::Article> = all.map(|a| (a.id.as_str(), a)).collect();
    let place = |line: usize, id: &String| {
        let article = by_id.get(id.as_str())?;
        let name = name_id(line);
        let above = article.names.contains(&name);
        Some(IndexPlace {
            article: id.clone(),
            place: if above { TITLE.to_owned() } else { name },
            title_phrases: article.title_phrases.clone(),
        })
    };
    let places = articles.iter().map(|(line, ids)| {
        let places = ids.iter().filter_map(|id| place(*line, id)).collect();
        (*line, places)
    });
    places.collect()
}

/// The place of a name that stands in the title.
const TITLE: &str = "title";

/// The id of a name by the number of its line.
fn name_id(line: usize) -> String {
    format!("n{:04}", line + 1)
}

/// The lists of those names that were met. A form that was met leads to its name,
/// unless it would stand right beside it.
fn lists(
    index: &Index,
    met: &BTreeSet<usize>,
    mut places: BTreeMap<usize, Vec<IndexPlace>>,
    wording: &Wording,
) -> Vec<IndexList> {
    let lines = index.lines();
    let names: BTreeSet<usize> = met.iter().map(|line| lines[*line].leads_to).collect();
    let mut lists: Vec<IndexList> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let full = &lines[line.leads_to];
        let (id, see, see_id) = if names.contains(&n) {
            (name_id(n), String::new(), String::new())
        } else if met.contains(&n) && !full.name.starts_with(&line.name) {
            (String::new(), full.name.clone(), name_id(line.leads_to))
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
            let places = places.remove(&n).filter(|_| see.is_empty()).unwrap_or_default();
            last.names.push(IndexName { name: line.name.clone(), id, see, see_id, places });
        }
    }
    lists
}

fn title(listed: Listed, wording: &Wording) -> String {
    wording.get(&format!("index-{}", listed.name())).to_owned()
}

/// The chronicle: dated articles by day, month by month.
pub(super) fn chronicle(publication: &Publication, look: &Look) -> Vec<Month> {
    if !is_book(look) {
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
