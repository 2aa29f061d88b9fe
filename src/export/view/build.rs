//! From a publication to its view: articles in their places, with every label,
//! date and number already in words.

use crate::article::{self, Date, Focus};
use crate::layout::{Look, Wording};
use crate::publication::{Entry, Publication, numeral, says_day, word_count};

use super::apparatus::{Gather, chronicle};
use super::block::Blocks;
use super::catalogue::catalogue;
use super::{Article, Credit, Inline, Part, Press, Series, View, phrases};
use super::{document, imprint, published};

/// The view of a publication under a look.
pub fn build(publication: &Publication, look: &Look) -> View {
    let wording = &look.wording;
    let articles = || publication.parts.iter().flat_map(|p| &p.articles);
    let meta = || articles().map(|e| &e.source.article.meta);
    let latest = meta().filter_map(|m| m.date).max();
    let date = latest.map(|d| wording.date(d)).unwrap_or_default();
    let words = articles().map(|e| word_count(&e.source.article)).sum();
    // What stands before the contents and after the last part is not indexed.
    let nothing = Gather::nothing(look);
    let matter = |mark: char, entries: &[Entry]| {
        entries.iter().map(|e| article(e, mark, wording, &nothing)).collect()
    };
    // An official document is its first article; the others are attached to it.
    let approved = meta().next().and_then(|m| m.date).map(|d| wording.date(d)).unwrap_or_default();
    let attached = articles()
        .skip(1)
        .map(|entry| (id('a', entry.number), entry.source.article.title_text()))
        .collect();
    let gather = Gather::of(publication, look);
    let parts = publication.parts.iter().enumerate();
    let mut parts: Vec<Part> = parts.map(|(i, p)| part(i, p, wording, &gather)).collect();
    for (article, entry) in parts.iter_mut().flat_map(|p| &mut p.articles).zip(articles()) {
        published::tell(article, publication, entry, wording);
    }
    let (figures, index) = gather.finish(wording, &parts);
    let catalogue = catalogue(publication, wording, &parts, &index);
    View {
        id: publication.id.clone(),
        kind: publication.kind.name(),
        title: publication.title.clone(),
        subtitle: publication.subtitle.clone(),
        press: Press { name: publication.press.clone(), unit: publication.unit.clone() },
        issue: imprint::issue(publication, wording, &date),
        document: document::document(publication, wording, attached, &approved),
        colophon: publication.colophon.as_ref().map(|c| imprint::colophon(c, wording, words)),
        front: matter('f', &publication.front),
        back: matter('b', &publication.back),
        date,
        date_iso: latest.map(|d| d.to_string()).unwrap_or_default(),
        year: latest.map(|d| d.year().to_string()).unwrap_or_default(),
        uuid: uuid(&publication.press, &stable_name(publication)),
        series: one_series(meta().map(|m| m.series.as_ref())),
        parts,
        chronicle: chronicle(publication, look),
        figures,
        index,
        printed_pages: Vec::new(),
        printed_title: String::new(),
        catalogue,
        volume: None,
        article_count: articles().count(),
        word_count: words,
        page: look.settings.page,
        wording: wording.clone(),
        options: look.settings.options.clone(),
    }
}

/// What stays the same of a publication however its text is corrected. An issue of a
/// bulletin is another publication than the one before it.
fn stable_name(publication: &Publication) -> String {
    let mut name = publication.id.clone();
    if let Some(issue) = &publication.issue {
        let numbers = [issue.number, issue.total].into_iter().flatten();
        numbers.for_each(|number| name.push_str(&format!("/{number}")));
        name.extend(issue.date.map(|day| format!("/{day}")));
    }
    name
}

/// A name-based UUID (RFC 9562, version 5) from press and id.
pub(super) fn uuid(press: &str, id: &str) -> String {
    let name = format!("kanyin:{press}/{id}");
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, name.as_bytes()).to_string()
}

/// The series' name, where all articles belong to one and the same.
fn one_series<'a>(all: impl Iterator<Item = Option<&'a article::Series>>) -> Option<String> {
    let mut name: Option<&str> = None;
    for series in all {
        let series = series?;
        if name.is_some_and(|n| n != series.name) {
            return None;
        }
        name = Some(&series.name);
    }
    name.map(str::to_owned)
}

fn part(
    index: usize,
    part: &crate::publication::Part,
    wording: &Wording,
    gather: &Gather<'_>,
) -> Part {
    let number = part.number.map(numeral).unwrap_or_default();
    Part {
        id: format!("part{}", index + 1),
        number: if number.is_empty() {
            String::new()
        } else {
            wording.fill("part", &[("number", &number)])
        },
        title: part.title.clone().unwrap_or_default(),
        page: None,
        articles: part.articles.iter().map(|e| article(e, 'a', wording, gather)).collect(),
    }
}

/// A place in a series, in words.
pub(super) fn place_in_series(series: &article::Series, wording: &Wording) -> String {
    let number = numeral(usize::try_from(series.ordinal).unwrap_or(usize::MAX));
    wording.fill("series-number", &[("number", &number)])
}

/// An article's id: where it stands, and its number there.
pub(super) fn id(mark: char, number: usize) -> String {
    format!("{mark}{number:04}")
}

fn article(entry: &Entry, mark: char, wording: &Wording, gather: &Gather<'_>) -> Article {
    let source = &entry.source;
    let article = &*source.article;
    let meta = &article.meta;
    let id = id(mark, entry.number);
    let mut blocks = Blocks::new(wording, &source.pictures, &id, gather);
    let title = blocks.inlines(&meta.title);
    let kicker = blocks.inlines(&meta.kicker);
    let subtitle = blocks.inlines(&meta.subtitle);
    let mut names: Vec<String> =
        [&title, &kicker, &subtitle].into_iter().flat_map(|line| names(line)).collect();
    names.sort();
    names.dedup();
    let body = blocks.text_of(&article.body);
    let notes = blocks.finish();
    let title_text = article.title_text();
    let named = source.pictures.iter().filter(|p| p.file.is_some());
    let cover = named.filter(|p| meta.cover.as_ref() == Some(&p.name)).map(|p| p.id.clone()).next();
    Article {
        id,
        number: entry.number,
        slug: slug(&title_text),
        file: source.file.clone(),
        album: entry.album,
        page: None,
        names,
        title,
        title_phrases: phrases(&title_text),
        title_text,
        kicker,
        subtitle,
        series: meta.series.as_ref().map(|s| Series {
            name: s.name.clone(),
            ordinal: s.ordinal,
            number: place_in_series(s, wording),
        }),
        column: meta.column.clone().unwrap_or_default(),
        date: meta
            .date
            .map(|d| wording.date(d))
            .or_else(|| meta.date_raw.clone())
            .unwrap_or_default(),
        date_iso: meta.date.as_ref().map(Date::to_string).unwrap_or_default(),
        day_said: meta.date.is_some_and(|day| says_day(&article.body, day)),
        source: meta.source.clone().unwrap_or_default(),
        source_url: meta.source_url.clone().unwrap_or_default(),
        summary: meta.summary.clone().unwrap_or_default(),
        credits: meta
            .credits
            .iter()
            .map(|c| Credit { role: c.role.name(), label: c.label.clone(), names: c.names.clone() })
            .collect(),
        cover: cover.unwrap_or_default(),
        focus: meta.focus.map(Focus::parts),
        published: String::new(),
        earlier: Vec::new(),
        blocks: body,
        notes,
        word_count: word_count(article),
    }
}

/// The ids of the index's names that are marked in a line.
fn names(line: &[Inline]) -> Vec<String> {
    let within = |inline: &Inline| match inline {
        Inline::Text { marks, .. } => marks.iter().map(|mark| mark.name.clone()).collect(),
        Inline::Strong { inlines }
        | Inline::Emphasis { inlines }
        | Inline::Dots { inlines }
        | Inline::Sup { inlines }
        | Inline::Sub { inlines }
        | Inline::Link { inlines, .. } => names(inlines),
        Inline::Break
        | Inline::Ruby { .. }
        | Inline::Note { .. }
        | Inline::Half { .. }
        | Inline::Foreign { .. }
        | Inline::PageBreak { .. }
        | Inline::Tie => Vec::new(),
    };
    line.iter().flat_map(within).collect()
}

/// At most 24 characters of the title, letters and digits only, hyphens between
/// the phrases: a folder name that every file system takes.
fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars().take(24) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "article".to_owned() } else { out.to_owned() }
}
