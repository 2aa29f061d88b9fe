//! What a book brings along besides its articles, as looks see it: chronicle, list of
//! figures, index. Plain data, a part of the contract.

use serde::Serialize;

/// A month of the chronicle.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// The month in words, with the year where the chronicle has several.
    pub title: String,
    /// What happened, by date.
    pub events: Vec<Event>,
}

/// An entry of the chronicle.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// The day in words, such as 22日.
    pub day: String,
    /// The id of the article that tells of it.
    pub article: String,
    /// That article's title in its phrases.
    pub title_phrases: Vec<String>,
}

/// An entry of the list of figures.
#[derive(Debug, Clone, Serialize)]
pub struct Captioned {
    /// The figure's `place`.
    pub place: String,
    /// The caption as plain text.
    pub text: String,
}

/// One list of the index: of people, of units, of topics.
#[derive(Debug, Clone, Serialize)]
pub struct IndexList {
    /// `people`, `units` or `topics`.
    pub listed: &'static str,
    /// What it is called.
    pub title: String,
    /// Its letters, in order; none of them empty.
    pub letters: Vec<IndexLetter>,
}

/// The names of the index that begin with one letter of pinyin.
#[derive(Debug, Clone, Serialize)]
pub struct IndexLetter {
    /// The letter, or a word for what has none.
    pub letter: String,
    /// The names, in the order of pinyin.
    pub names: Vec<IndexName>,
}

/// A name in the index.
#[derive(Debug, Clone, Serialize)]
pub struct IndexName {
    /// The name.
    pub name: String,
    /// Its id, which the marks in the texts bear; empty where it leads to another.
    pub id: String,
    /// The name that it leads to; empty where it has marks of its own.
    pub see: String,
    /// The id of the name that it leads to; empty where it has marks of its own.
    pub see_id: String,
    /// In an e-book, the articles that have the name, in order; in print the pages of
    /// its marks say where it stands.
    pub places: Vec<IndexPlace>,
}

/// An article that the index leads to.
#[derive(Debug, Clone, Serialize)]
pub struct IndexPlace {
    /// The article's id.
    pub article: String,
    /// Where in it: `title` where what stands above its text has the name, else the
    /// name's id, at its first mark.
    pub place: String,
    /// The article's title in its phrases.
    pub title_phrases: Vec<String>,
}

/// A place in a text that the index names; in an e-book the first of each name in
/// an article.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// How many bytes of the text (UTF-8) stand before it.
    pub at: usize,
    /// How many characters of the text stand before it.
    pub chars: usize,
    /// The id of the index's name.
    pub name: String,
}
