//! Selecting, ordering and parting: from all articles of a project to those of
//! one publication.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::article::Date;
use crate::media::Picture;

use super::{Apparatus, Colophon, Document, Entry, Issue, Kind, Part, Publication, Source};

/// Which articles a publication takes. Whatever is empty does not restrict.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// Names of series.
    pub series: Vec<String>,
    /// Names of columns.
    pub columns: Vec<String>,
    /// Patterns of files, relative to the project: `*` within a folder, `**`
    /// across folders.
    pub sources: Vec<String>,
}

/// The order of the articles within a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By date, then place in the series, then file name; undated ones last.
    #[default]
    Date,
    /// By series, then place in it; articles outside any series last, by date.
    Series,
    /// By file name.
    File,
}

/// What makes a part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PartsBy {
    /// No parts.
    #[default]
    None,
    /// A part a series; the rest in a last part without a name of its own.
    Series,
    /// A part a month.
    Month,
    /// A part a column.
    Column,
    /// Parts by hand: a title and the patterns of their files.
    Named(Vec<(String, Vec<String>)>),
}

/// How a publication is arranged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrangement {
    /// What makes a part.
    pub parts: PartsBy,
    /// The order within a part.
    pub order: Order,
    /// The title of the part that takes what fits no other.
    pub rest: String,
    /// A part's title for a month, with `{year}` and `{month}`.
    pub month: String,
    /// Patterns of the files before the contents, in their order there.
    pub front: Vec<String>,
    /// Patterns of the files that are picture sections; they stand last before the
    /// contents.
    pub album: Vec<String>,
    /// Patterns of the files after the last part, in their order there.
    pub back: Vec<String>,
}

/// The matter of a publication that does not come from its articles.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its subtitle.
    pub subtitle: String,
    /// The institution.
    pub press: String,
    /// The unit within it.
    pub unit: String,
    /// The issue, where it is a bulletin.
    pub issue: Option<Issue>,
    /// What stands at its head and end, where it is an official document.
    pub document: Option<Document>,
    /// Its colophon.
    pub colophon: Option<Colophon>,
    /// What it brings along besides its articles.
    pub apparatus: Apparatus,
}

/// Selects, orders, parts and numbers. What stands before or after the parts is
/// chosen by its file alone, whatever the selection says, and stands nowhere else.
pub fn assemble(
    frame: Frame,
    sources: &[Source],
    selection: &Selection,
    arrangement: &Arrangement,
) -> Publication {
    let set_apart = |s: &&Source| {
        let (front, album, back) = (&arrangement.front, &arrangement.album, &arrangement.back);
        front.iter().chain(album).chain(back).any(|p| matches(p, &s.file))
    };
    let mut chosen: Vec<&Source> =
        sources.iter().filter(|s| !set_apart(s) && selection.takes(s)).collect();
    chosen.sort_by(|a, b| arrangement.order.compare(a, b));
    let mut pictures = PictureIds::default();
    let album = by_pattern(&arrangement.album, sources);
    let in_album = |source: &Source| album.iter().any(|s| std::ptr::eq(*s, source));
    let mut entry = |number: usize, source: &Source| {
        let album = in_album(source);
        let mut source = source.clone();
        for picture in &mut source.pictures {
            picture.id = pictures.of(&source.file, picture);
        }
        Entry { number, album, source }
    };
    let mut front = by_pattern(&arrangement.front, sources);
    front.retain(|s| !in_album(s));
    front.extend(&album);
    let mut back = by_pattern(&arrangement.back, sources);
    back.retain(|s| !front.iter().any(|f| f.file == s.file));
    let mut matter =
        |list: Vec<&Source>| list.into_iter().zip(1..).map(|(s, n)| entry(n, s)).collect();
    let (front, back): (Vec<Entry>, Vec<Entry>) = (matter(front), matter(back));
    let mut count = 0;
    let single = matches!(arrangement.parts, PartsBy::None);
    let parts = arrangement
        .split(chosen)
        .into_iter()
        .enumerate()
        .map(|(i, (title, sources))| Part {
            number: (!single).then_some(i + 1),
            title: (!single).then_some(title),
            articles: sources
                .into_iter()
                .map(|source| {
                    count += 1;
                    entry(count, source)
                })
                .collect(),
        })
        .collect();
    let Frame { id, kind, title, subtitle, press, unit, issue, document, colophon, apparatus } =
        frame;
    Publication {
        id,
        kind,
        title,
        subtitle,
        press,
        unit,
        issue,
        document,
        colophon,
        front,
        parts,
        back,
        apparatus,
    }
}

/// The sources that match some pattern, each once: by the first pattern that
/// takes it, then by file name.
fn by_pattern<'a>(patterns: &[String], sources: &'a [Source]) -> Vec<&'a Source> {
    let place = |s: &&Source| patterns.iter().position(|p| matches(p, &s.file));
    let mut chosen: Vec<(usize, &Source)> =
        sources.iter().filter_map(|s| Some((place(&s)?, s))).collect();
    chosen.sort_by(|a, b| (a.0, &a.1.file, a.1.part).cmp(&(b.0, &b.1.file, b.1.part)));
    chosen.into_iter().map(|(_, source)| source).collect()
}

/// Gives every picture file one id, however often it is used.
#[derive(Default)]
struct PictureIds(BTreeMap<PathBuf, String>);

impl PictureIds {
    fn of(&mut self, article: &str, picture: &Picture) -> String {
        let key = match &picture.file {
            Some((path, _)) => path.clone(),
            None => Path::new(article).join(&picture.name),
        };
        let next = self.0.len() + 1;
        self.0.entry(key).or_insert_with(|| format!("p{next:04}")).clone()
    }
}

impl Selection {
    fn takes(&self, source: &Source) -> bool {
        let meta = &source.article.meta;
        let dated = |keep: &dyn Fn(Date) -> bool| meta.date.is_some_and(keep);
        let series = meta.series.as_ref().map(|s| s.name.as_str());
        let listed = |list: &[String], name: Option<&str>| {
            list.is_empty() || name.is_some_and(|n| list.iter().any(|l| l == n))
        };
        self.from.is_none_or(|from| dated(&|d| d >= from))
            && self.to.is_none_or(|to| dated(&|d| d <= to))
            && listed(&self.series, series)
            && listed(&self.columns, meta.column.as_deref())
            && (self.sources.is_empty() || self.sources.iter().any(|p| matches(p, &source.file)))
    }
}

impl Order {
    fn compare(self, a: &Source, b: &Source) -> std::cmp::Ordering {
        let date = |s: &Source| (s.article.meta.date.is_none(), s.article.meta.date);
        let ordinal = |s: &Source| s.article.meta.series.as_ref().map(|s| s.ordinal);
        let series = |s: &Source| {
            let name = s.article.meta.series.as_ref().map(|s| s.name.clone());
            (name.is_none(), name)
        };
        let file = || (&a.file, a.part).cmp(&(&b.file, b.part));
        match self {
            Self::Date => (date(a), ordinal(a)).cmp(&(date(b), ordinal(b))).then_with(file),
            Self::Series => (series(a), ordinal(a), date(a))
                .cmp(&(series(b), ordinal(b), date(b)))
                .then_with(file),
            Self::File => file(),
        }
    }
}

impl Arrangement {
    /// The parts in order, each with its title. Parts stand in the order in
    /// which their first article does; what fits no part comes last.
    fn split<'a>(&self, sources: Vec<&'a Source>) -> Vec<(String, Vec<&'a Source>)> {
        let mut parts: Vec<(String, Vec<&Source>)> = Vec::new();
        if let PartsBy::Named(named) = &self.parts {
            parts.extend(named.iter().map(|(title, _)| (title.clone(), Vec::new())));
        }
        let mut rest = Vec::new();
        for source in sources {
            let meta = &source.article.meta;
            let title = match &self.parts {
                PartsBy::None => Some(String::new()),
                PartsBy::Series => meta.series.as_ref().map(|s| s.name.clone()),
                PartsBy::Column => meta.column.clone(),
                PartsBy::Month => meta.date.map(|d| {
                    self.month
                        .replace("{year}", &d.year().to_string())
                        .replace("{month}", &d.month().to_string())
                }),
                PartsBy::Named(named) => named
                    .iter()
                    .find(|(_, patterns)| patterns.iter().any(|p| matches(p, &source.file)))
                    .map(|(title, _)| title.clone()),
            };
            match title {
                None => rest.push(source),
                Some(title) => match parts.iter_mut().find(|(t, _)| *t == title) {
                    Some((_, list)) => list.push(source),
                    None => parts.push((title, vec![source])),
                },
            }
        }
        if !rest.is_empty() {
            parts.push((self.rest.clone(), rest));
        }
        parts.retain(|(_, list)| !list.is_empty());
        parts
    }
}

/// Whether a file matches a pattern: `*` stands for anything within a folder,
/// `**` for anything across folders.
pub fn matches(pattern: &str, file: &str) -> bool {
    fn go(p: &[u8], f: &[u8]) -> bool {
        match p {
            [b'*', b'*', b'/', rest @ ..] => {
                go(rest, f) || (0..f.len()).any(|i| f[i] == b'/' && go(rest, &f[i + 1..]))
            }
            [b'*', b'*', rest @ ..] => (0..=f.len()).any(|i| go(rest, &f[i..])),
            [b'*', rest @ ..] => {
                let end = f.iter().position(|b| *b == b'/').unwrap_or(f.len());
                (0..=end).any(|i| go(rest, &f[i..]))
            }
            [c, rest @ ..] => f.first() == Some(c) && go(rest, &f[1..]),
            [] => f.is_empty(),
        }
    }
    go(pattern.as_bytes(), file.as_bytes())
}
