//! A series instalment by instalment: the view of each as a book of its own, made from
//! the view of the whole.

use serde::Serialize;

use super::build::uuid;
use super::{Article, Part, Person, View};

/// What a colophon says of the printed book, or of how much the whole holds.
const OF_THE_WHOLE: [&str; 10] = [
    "printer", "format", "sheets", "words", "edition", "printing", "printed", "copies", "isbn",
    "price",
];

/// A volume of a series.
#[derive(Debug, Clone, Serialize)]
pub struct Volume {
    /// The name of its file without the ending, such as `series-03`.
    pub file: String,
    /// The series; the title of the whole where the article belongs to none.
    pub series: String,
    /// The place in that series, from 1.
    pub ordinal: usize,
    /// All volumes, in order.
    pub all: Vec<Instalment>,
}

/// A volume in the list of all volumes.
#[derive(Debug, Clone, Serialize)]
pub struct Instalment {
    /// The series; empty where the article belongs to none.
    pub series: String,
    /// The place in it in words, such as 之五; empty where the article belongs to none.
    pub number: String,
    /// The title as plain text.
    pub title: String,
    /// The date in words; empty where there is none.
    pub date: String,
    /// Whether it is this volume.
    pub here: bool,
}

/// The volumes of a publication, an article each, in order.
pub(crate) fn volumes(whole: &View) -> Vec<View> {
    let articles: Vec<&Article> = whole.articles().collect();
    let digits = articles.len().to_string().len().max(2);
    let all: Vec<Instalment> = articles.iter().map(|article| instalment(article)).collect();
    let volume = |(i, article): (usize, &&Article)| {
        let mut all = all.clone();
        all[i].here = true;
        let file = format!("{}-{:0digits$}", whole.id, i + 1);
        let series = article.series.as_ref();
        let volume = Volume {
            series: series.map_or(&whole.title, |series| &series.name).clone(),
            ordinal: series.map_or(i + 1, |series| series.ordinal as usize),
            file,
            all,
        };
        of(whole, article, volume)
    };
    articles.iter().enumerate().map(volume).collect()
}

fn instalment(article: &Article) -> Instalment {
    let series = article.series.as_ref();
    Instalment {
        series: series.map(|series| series.name.clone()).unwrap_or_default(),
        number: series.map(|series| series.number.clone()).unwrap_or_default(),
        title: article.title_text.clone(),
        date: article.date.clone(),
        here: false,
    }
}

/// The book of one article. What belongs to the whole alone is left to it.
fn of(whole: &View, article: &Article, volume: Volume) -> View {
    let mut view = View {
        front: Vec::new(),
        back: Vec::new(),
        chronicle: Vec::new(),
        figures: Vec::new(),
        index: Vec::new(),
        parts: vec![Part {
            page: None,
            id: "part1".to_owned(),
            number: String::new(),
            title: String::new(),
            articles: vec![article.clone()],
        }],
        ..whole.clone()
    };
    view.printed_pages.retain(|page| page.within == article.id);
    view.title.clone_from(&article.title_text);
    view.subtitle = match &article.series {
        Some(series) => format!("{}{}", series.name, series.number),
        None => whole.title.clone(),
    };
    view.date.clone_from(&article.date);
    view.date_iso.clone_from(&article.date_iso);
    view.year = article.date_iso.get(..4).unwrap_or_default().to_owned();
    // The same whatever else is added to the series.
    let stable = match &article.series {
        Some(series) => format!("{}/{}/{}", whole.id, series.name, series.ordinal),
        None => format!("{}/{}", whole.id, article.file),
    };
    view.uuid = uuid(&whole.press.name, &stable);
    if let Some(colophon) = &mut view.colophon {
        colophon.cip.clear();
        colophon.facts.retain(|fact| !OF_THE_WHOLE.contains(&fact.key));
    }
    view.series = Some(volume.series.clone());
    (view.article_count, view.word_count) = (1, article.word_count);
    let catalogue = &mut view.catalogue;
    // The numbers of a book are those of the whole, and so is what was said of it.
    (catalogue.isbn, catalogue.printed_isbn) = (String::new(), String::new());
    catalogue.description.clone_from(&article.summary);
    catalogue.sorted_title = String::new();
    catalogue.subjects.retain(|subject| *subject == volume.series || *subject == article.column);
    let credited = article.credits.iter().flat_map(|credit| {
        credit.names.iter().map(|name| Person {
            label: credit.label.clone(),
            name: name.clone(),
            sorted: String::new(),
        })
    });
    catalogue.people = credited.collect();
    view.volume = Some(volume);
    view
}
