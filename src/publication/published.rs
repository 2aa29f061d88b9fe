//! Where articles have been published as posts: `lists/published.toml`, kept by hand.
//! The file is opened elsewhere; here its entries are understood and each is joined
//! to the article it speaks of.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::article::{Date, Series};
use crate::diag::{Code, Finding, Warned, toml_error, words};

use super::Source;

const UNKNOWN: Code = Code::new("published-unknown");
const ADDRESS: Code = Code::new("published-address");
const TWICE: Code = Code::new("published-twice");
const NO_SUCH_DATE: Code = Code::new("published-no-such-date");

/// What an address of a post begins with.
const POSTS: &str = "https://mp.weixin.qq.com/";

/// The posts that have been published, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Published {
    /// The posts.
    pub posts: Vec<PublishedPost>,
}

/// A post that has been published.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedPost {
    /// Its title, as the article's where there is one.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The day it was published; the article's where nobody said.
    pub date: Option<Date>,
    /// The series it is a part of.
    pub series: Option<Series>,
    /// The project's file and which of its articles it is; `None` where the post is
    /// older than the project.
    pub article: Option<(String, usize)>,
    /// The address where the article first appeared.
    pub source_url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    post: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    title: Spanned<String>,
    url: Spanned<String>,
    date: Option<Spanned<Datetime>>,
    series: Option<String>,
    ordinal: Option<u32>,
}

impl Published {
    /// Understands the text of the file `name`. An article is known by its title,
    /// marks and spaces left out; of several that are called the same, by its date.
    /// A file that is no TOML of this form is told with its line and counts as empty;
    /// an entry that cannot be right is told and left out, and the others are used.
    pub fn read(name: &str, text: &str, sources: &[Source]) -> Warned<Self> {
        let Warned { value: entries, findings } = entries(name, text);
        let titles: Vec<String> = sources.iter().map(|s| s.article.title_text()).collect();
        let bare: Vec<String> = titles.iter().map(|title| words(title)).collect();
        let mut read = Warned { value: Self::default(), findings };
        for entry in entries {
            let line = |at: usize| toml_error::line_of(text, at);
            let mut tell = |code, at, what: &str| {
                let finding = Finding::warning(code).arg("what", what);
                read.findings.push(finding.file(name).line(line(at)));
            };
            let (title, title_at) = (entry.title.get_ref().trim(), entry.title.span().start);
            let (url, url_at) = (entry.url.get_ref().trim(), entry.url.span().start);
            if !url.starts_with(POSTS)
                || url.len() == POSTS.len()
                || url.contains(char::is_whitespace)
            {
                tell(ADDRESS, url_at, url);
                continue;
            }
            if read.value.posts.iter().any(|post| post.url == url) {
                tell(TWICE, url_at, url);
                continue;
            }
            let date = entry.date.as_ref().and_then(|date| day(date.get_ref()));
            if let Some(written) = entry.date.as_ref().filter(|_| date.is_none()) {
                tell(NO_SUCH_DATE, written.span().start, &written.get_ref().to_string());
            }
            let called = words(title);
            let same = || (0..sources.len()).filter(|n| !called.is_empty() && bare[*n] == called);
            let dated = |n: &usize| date.is_some() && sources[*n].article.meta.date == date;
            let Some(n) = same().find(dated).or_else(|| same().next()) else {
                // What is older than the project stands for itself, as part of a series.
                match entry.series.clone().zip(entry.ordinal) {
                    Some((name, ordinal)) => read.value.posts.push(PublishedPost {
                        title: title.to_owned(),
                        url: url.to_owned(),
                        date,
                        series: Some(Series { name, ordinal, raw: ordinal.to_string() }),
                        article: None,
                        source_url: None,
                    }),
                    None => {
                        let nearest = toml_error::nearest(title, &titles);
                        let finding = Finding::warning(UNKNOWN).arg("what", title);
                        let finding = finding.arg("nearest", nearest).file(name);
                        read.findings.push(finding.line(line(title_at)));
                    }
                }
                continue;
            };
            let meta = &sources[n].article.meta;
            read.value.posts.push(PublishedPost {
                title: titles[n].clone(),
                url: url.to_owned(),
                date: date.or(meta.date),
                series: meta.series.clone(),
                article: Some((sources[n].file.clone(), sources[n].part)),
                source_url: meta.source_url.clone(),
            });
        }
        read
    }

    /// The post that an article was published as; the last where there are several.
    pub fn of(&self, source: &Source) -> Option<&PublishedPost> {
        let is_it = |post: &&PublishedPost| {
            post.article
                .as_ref()
                .is_some_and(|(file, part)| *file == source.file && *part == source.part)
        };
        self.posts.iter().rev().find(is_it)
    }

    /// The instalments of a series before this one, the latest first, each once.
    pub fn before(&self, series: &Series) -> Vec<&PublishedPost> {
        let place = |post: &PublishedPost| {
            let its = post.series.as_ref()?;
            (its.name == series.name && its.ordinal < series.ordinal).then_some(its.ordinal)
        };
        let mut before: Vec<_> =
            self.posts.iter().rev().filter_map(|post| Some((place(post)?, post))).collect();
        before.sort_by_key(|(ordinal, _)| std::cmp::Reverse(*ordinal));
        before.dedup_by_key(|(ordinal, _)| *ordinal);
        before.into_iter().map(|(_, post)| post).collect()
    }
}

/// So many entries are told that are none. A file with more is no list of posts.
const MOST_WRONG: usize = 60;

/// The entries of the file that have the form of one. One that has not is told and
/// blanked, so that places within the others stay what they are.
fn entries(name: &str, text: &str) -> Warned<Vec<Entry>> {
    let mut rest = text.to_owned();
    let mut findings = Vec::new();
    // Each round but the last takes one entry away and reads all the others again.
    while findings.len() < MOST_WRONG {
        match toml::from_str::<File>(&rest) {
            Ok(file) => return Warned { value: file.post, findings },
            Err(e) => {
                findings.push(toml_error::explain(name, &rest, &e));
                // A file that is no TOML at all has no entries to keep.
                let is_toml = rest.parse::<toml::Table>().is_ok();
                let at = e.span().filter(|_| is_toml).map(|span| span.start);
                let Some(without) = at.and_then(|at| without_entry(&rest, at)) else {
                    return Warned { value: Vec::new(), findings };
                };
                rest = without;
            }
        }
    }
    Warned { value: Vec::new(), findings }
}

/// The text, the entry that holds this place blanked; `None` where none holds it.
fn without_entry(text: &str, at: usize) -> Option<String> {
    let mut lines = Vec::new();
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        lines.push((begin, line));
        begin += line.len();
    }
    let heads = lines.iter().filter(|(_, line)| line.trim_start().starts_with("[["));
    let first = heads.clone().map(|(begin, _)| *begin).rfind(|begin| *begin <= at)?;
    let next = heads.map(|(begin, _)| *begin).find(|begin| *begin > at);
    let entry = first..next.unwrap_or(text.len());
    let blank: String = text
        .get(entry.clone())?
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    let mut without = text.to_owned();
    without.replace_range(entry, &blank);
    Some(without)
}

fn day(written: &Datetime) -> Option<Date> {
    let date = written.date.filter(|_| written.time.is_none())?;
    Date::new(date.year, date.month, date.day)
}
