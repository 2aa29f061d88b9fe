//! What catalogues and the shelves of reading systems ask of a publication: names in
//! their order, subjects, a description, numbers. How it is written down is the look's.

use serde::Serialize;

use crate::layout::Wording;
use crate::publication::{self, Listed, Publication, isbn, word_count};

use super::{IndexList, Part};

/// With more topics than this, none of them says what the book is about.
const FEW_TOPICS: usize = 12;

/// What catalogues ask of a publication. What does not apply is empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Catalogue {
    /// The ISBN of the e-book, thirteen digits: its own where the project says one,
    /// else that of the colophon.
    pub isbn: String,
    /// The ISBN of the printed book, thirteen digits.
    pub printed_isbn: String,
    /// A few sentences on it: the project's own, else who made it and what is in it.
    pub description: String,
    /// What it is about: its series, its columns, and the index's topics where they
    /// are few.
    pub subjects: Vec<String>,
    /// Its title as catalogues in Latin letters file it: `Yun lan da xue`.
    pub sorted_title: String,
    /// Institution and unit, filed like that.
    pub sorted_press: String,
    /// Who made it, name by name, from the colophon.
    pub people: Vec<Person>,
}

/// Someone who worked on a publication.
#[derive(Debug, Clone, Serialize)]
pub struct Person {
    /// The work, in the colophon's word, such as 主编.
    pub label: String,
    /// The name.
    pub name: String,
    /// The name as catalogues in Latin letters file it: `Su Yanqiu`.
    pub sorted: String,
}

/// What is to be said of the publication, whose parts and index these are.
pub(super) fn catalogue(
    publication: &Publication,
    wording: &Wording,
    parts: &[Part],
    index: &[IndexList],
) -> Catalogue {
    let readings = &publication.apparatus.readings;
    let press = format!("{}{}", publication.press, publication.unit);
    let colophon = publication.colophon.as_ref();
    let printed_isbn = colophon.and_then(publication::Colophon::isbn).and_then(isbn);
    let printed_isbn = printed_isbn.unwrap_or_default();
    let people = colophon.into_iter().flat_map(|colophon| &colophon.people);
    let people = people.flat_map(|(label, names)| {
        let names = names.split(|c: char| wording.get("name-separators").contains(c));
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| Person {
            label: label.clone(),
            name: name.to_owned(),
            sorted: readings.person(name),
        })
    });
    Catalogue {
        isbn: printed_isbn.clone(),
        printed_isbn,
        description: description(publication, wording, parts, &press),
        subjects: subjects(parts, index),
        sorted_title: readings.filed(&publication.title),
        sorted_press: readings.filed(&press),
        people: people.collect(),
    }
}

/// Who made the book, how large it is and what its parts are.
fn description(
    publication: &Publication,
    wording: &Wording,
    parts: &[Part],
    press: &str,
) -> String {
    let entries = || publication.parts.iter().flat_map(|part| &part.articles);
    let articles = entries().count().to_string();
    let words: usize = entries().map(|entry| word_count(&entry.source.article)).sum();
    let titles: Vec<&str> =
        parts.iter().map(|part| part.title.as_str()).filter(|title| !title.is_empty()).collect();
    let mut said = String::new();
    if !press.is_empty() {
        said.push_str(&wording.fill("description-press", &[("press", press)]));
    }
    let extent = [("articles", articles.as_str()), ("words", &words.to_string())];
    said.push_str(&wording.fill("description-extent", &extent));
    if titles.len() > 1 {
        let (count, titles) =
            (titles.len().to_string(), titles.join(wording.get("name-separator")));
        let parts = [("count", count.as_str()), ("parts", &titles)];
        said.push_str(&wording.fill("description-parts", &parts));
    }
    said
}

fn subjects(parts: &[Part], index: &[IndexList]) -> Vec<String> {
    let articles = || parts.iter().flat_map(|part| &part.articles);
    let series = articles().filter_map(|a| a.series.as_ref()).map(|series| &series.name);
    let columns = articles().map(|a| &a.column);
    let topics = index.iter().filter(|list| list.listed == Listed::Topics.name());
    let topics = topics.flat_map(|list| &list.letters).flat_map(|letter| &letter.names);
    let topics: Vec<&String> = topics.filter(|n| n.see.is_empty()).map(|n| &n.name).collect();
    let topics = Some(topics).filter(|topics| topics.len() <= FEW_TOPICS).unwrap_or_default();
    let mut subjects: Vec<String> = Vec::new();
    for subject in series.chain(columns).chain(topics) {
        if !subject.is_empty() && !subjects.contains(subject) {
            subjects.push(subject.clone());
        }
    }
    subjects
}
