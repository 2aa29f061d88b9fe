//! What the templates of the share folder are given; the catalogue in JSON is made of
//! the same. Words come from the look's wording.

use serde::Serialize;

use crate::article::Date;
use crate::diag::{grouped, size};
use crate::layout::{Look, Wording};

use super::qr::Qr;
use super::{ATOM, About, Catalogue, JSON, PAGE, Picture, SUMS, address};

/// A book that does not say when it changed is dated so: the clock is never asked.
const UNDATED: &str = "2000-01-01T00:00:00Z";

/// So many titles of chapters tell what a book is about that does not say so itself.
const NAMED: usize = 3;

/// The values.
#[derive(Serialize)]
pub(super) struct Values<'a> {
    /// The catalogue's identifier, a URI.
    pub(super) id: String,
    pub(super) title: String,
    /// Who publishes, institution and unit together; the title where nobody is named.
    pub(super) publisher: String,
    press: &'a str,
    unit: &'a str,
    /// When a book last changed, as RFC 3339 has it, and the day in words; those are
    /// empty where no book says so.
    pub(super) updated: String,
    updated_day: String,
    /// The files of the folder.
    page: &'static str,
    pub(super) atom: Feed,
    pub(super) json: Feed,
    sums: &'static str,
    pub(super) books: Vec<Book<'a>>,
    options: &'a toml::Table,
    wording: &'a Wording,
}

/// A catalogue.
#[derive(Serialize)]
pub(super) struct Feed {
    pub(super) href: &'static str,
    /// The address on the web; none where the folder has none.
    pub(super) url: Option<String>,
    qr: Option<Qr>,
}

/// A book.
#[derive(Serialize)]
pub(super) struct Book<'a> {
    /// Its identifier, a URI, unlike any other's.
    pub(super) id: String,
    pub(super) title: &'a str,
    pub(super) subtitle: &'a str,
    /// The creators, and all others with their roles.
    pub(super) creators: Vec<&'a str>,
    pub(super) contributors: Vec<Contributor<'a>>,
    pub(super) publisher: &'a str,
    pub(super) language: &'a str,
    /// The day it was published, `2024-12-25` or `2024`, and in words; empty where it
    /// does not say.
    pub(super) issued: &'a str,
    issued_day: String,
    pub(super) updated: &'a str,
    /// What it is about, in its own words or by its first chapters.
    pub(super) summary: String,
    pub(super) subjects: &'a [String],
    pub(super) series: Option<Series<'a>>,
    /// How many chapters it has, and words as people read them; 0 and empty where it
    /// does not say.
    chapters: usize,
    words: String,
    /// Its own entry in the catalogue, a file of the folder.
    #[serde(skip)]
    pub(super) manifest: String,
    pub(super) cover: Image,
    pub(super) thumbnail: Image,
    pub(super) files: Vec<File<'a>>,
}

#[derive(Serialize)]
pub(super) struct Contributor<'a> {
    pub(super) name: &'a str,
    pub(super) role: &'a str,
}

#[derive(Serialize)]
pub(super) struct Series<'a> {
    pub(super) name: &'a str,
    pub(super) position: Option<f64>,
}

#[derive(Serialize)]
pub(super) struct Image {
    pub(super) href: String,
    pub(super) media_type: &'static str,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// A file to be fetched.
#[derive(Serialize)]
pub(super) struct File<'a> {
    name: &'a str,
    pub(super) href: String,
    /// The address on the web; none where the folder has none.
    url: Option<String>,
    qr: Option<Qr>,
    pub(super) media_type: &'static str,
    /// `EPUB` or `PDF`.
    format: String,
    pub(super) bytes: u64,
    size: String,
    sha256: &'a str,
}

impl<'a> Values<'a> {
    pub(super) fn of(catalogue: &'a Catalogue, look: &'a Look) -> Self {
        let wording = &look.wording;
        let Catalogue { press, unit, books, .. } = catalogue;
        let name = format!("{press}{unit}");
        let title = match (catalogue.title.as_str(), name.as_str()) {
            ("", "") => wording.get("share-title-unnamed").to_owned(),
            ("", name) => wording.fill("share-title", &[("name", name)]),
            (title, _) => title.to_owned(),
        };
        let url = catalogue.url.as_deref();
        let mut ids = Vec::new();
        let books: Vec<Book<'a>> = books
            .iter()
            .map(|book| {
                let book = Book::of(book, &ids, url, wording);
                ids.push(book.id.clone());
                book
            })
            .collect();
        let updated = books.iter().map(|b| b.updated).max().unwrap_or(UNDATED).to_owned();
        Self {
            id: address::named(&format!("kanyin:{name}/share")),
            publisher: if name.is_empty() { title.clone() } else { name },
            title,
            press,
            unit,
            updated_day: in_words(
                Some(updated.as_str()).filter(|t| *t != UNDATED).unwrap_or_default(),
                wording,
            ),
            updated,
            page: PAGE,
            atom: Feed::of(ATOM, url),
            json: Feed::of(JSON, url),
            sums: SUMS,
            books,
            options: &look.settings.options,
            wording,
        }
    }
}

impl Feed {
    fn of(href: &'static str, url: Option<&str>) -> Self {
        let url = address::absolute(url, href);
        Self { href, qr: url.as_deref().and_then(Qr::of), url }
    }
}

impl<'a> Book<'a> {
    fn of(book: &'a super::Book, ids: &[String], url: Option<&str>, wording: &Wording) -> Self {
        let about = &book.about;
        let name = book.files.first().map_or("", |file| file.name.as_str());
        let made = || address::named(&format!("kanyin:share/{name}#{}", about.identifier));
        let issued = Some(about.issued.as_str());
        let issued = issued.filter(|day| TIMES.iter().any(|p| fits(day, p))).unwrap_or_default();
        let people = |creator: bool| about.people.iter().filter(move |p| p.creator == creator);
        Self {
            id: address::identifier(&about.identifier, ids).unwrap_or_else(made),
            title: &about.title,
            subtitle: &about.subtitle,
            creators: people(true).map(|p| p.name.as_str()).collect(),
            contributors: people(false)
                .map(|p| Contributor { name: &p.name, role: &p.role })
                .collect(),
            publisher: &about.publisher,
            language: Some(about.language.as_str()).filter(|tag| is_tag(tag)).unwrap_or_default(),
            issued,
            issued_day: in_words(issued, wording),
            updated: if fits(&about.modified, TIME) { &about.modified } else { UNDATED },
            summary: summary(about, wording),
            subjects: &about.subjects,
            series: about.series.as_ref().map(|s| Series { name: &s.name, position: s.position }),
            chapters: about.chapters.len(),
            words: about.words.map(grouped).unwrap_or_default(),
            manifest: format!("{name}.json"),
            cover: Image::of(&book.cover),
            thumbnail: Image::of(&book.thumbnail),
            files: book.files.iter().map(|file| File::of(file, url)).collect(),
        }
    }

    /// The address of its own entry, relative to the folder.
    pub(super) fn manifest_href(&self) -> String {
        address::relative(&self.manifest)
    }
}

impl Image {
    fn of(picture: &Picture) -> Self {
        let Picture { media_type, width, height, .. } = *picture;
        Self { href: address::relative(&picture.path), media_type, width, height }
    }
}

impl<'a> File<'a> {
    fn of(file: &'a super::File, url: Option<&str>) -> Self {
        let url = address::absolute(url, &file.name);
        Self {
            href: address::relative(&file.name),
            qr: url.as_deref().and_then(Qr::of),
            url,
            media_type: file.media_type,
            format: file.name.rsplit('.').next().unwrap_or_default().to_uppercase(),
            bytes: file.bytes,
            size: size(file.bytes),
            sha256: &file.sha256,
            name: &file.name,
        }
    }
}

/// What a book is about: its own words, else its first chapters.
fn summary(about: &About, wording: &Wording) -> String {
    if !about.description.is_empty() {
        return about.description.clone();
    }
    let between = wording.get("share-between-titles");
    // A title that has such marks itself would want others inside.
    let plain = |title: &&String| !title.is_empty() && !title.contains(|c| between.contains(c));
    let titles: Vec<&str> =
        about.chapters.iter().filter(plain).take(NAMED).map(String::as_str).collect();
    if titles.is_empty() {
        return about.subtitle.clone();
    }
    let key = if titles.len() < about.chapters.len() { "share-holds" } else { "share-holds-all" };
    let count = about.chapters.len().to_string();
    wording.fill(key, &[("articles", &count), ("titles", &titles.join(between))])
}

/// A day in words; a year or anything else as it is written.
fn in_words(written: &str, wording: &Wording) -> String {
    let mut numbers = written.get(..10).unwrap_or_default().splitn(3, '-');
    let mut next = || numbers.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    let date = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day),
        _ => None,
    };
    date.map_or_else(|| written.to_owned(), |date| wording.date(date))
}

/// The ways of EPUB 3.3 (5.5.5) to write when a book last changed, and of ISO 8601 to
/// write a year, a month, a day and a time.
const TIME: &str = "0000-00-00T00:00:00Z";
const TIMES: [&str; 4] = ["0000", "0000-00", "0000-00-00", TIME];

/// Whether something is written as a pattern has it, where `0` stands for any digit.
fn fits(written: &str, pattern: &str) -> bool {
    written.len() == pattern.len()
        && written.chars().zip(pattern.chars()).all(|(c, p)| match p {
            '0' => c.is_ascii_digit(),
            mark => c == mark,
        })
}

/// Whether this is a tag of a language, as far as its shape shows (BCP 47, 2.1).
fn is_tag(written: &str) -> bool {
    let mut parts = written.split('-');
    let language = parts.next().unwrap_or_default();
    let alphanumeric = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric());
    matches!(language.len(), 2 | 3)
        && language.chars().all(|c| c.is_ascii_alphabetic())
        && parts.all(|part| (2..=8).contains(&part.len()) && alphanumeric(part))
}
