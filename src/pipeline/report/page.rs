//! What the template of `report.html` is given. Words about the publication come
//! from its template, words about findings and rules from the message catalogue.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::article::{Part as Section, Place, Step};
use crate::diag::{Edit, Finding, Grade, Lang, Severity, Status, entry, grouped, size};
use crate::layout::{Look, Wording};
use crate::pipeline::{BuiltPublication, KeptIn, Read};
use crate::publication::{Entry, Publication, word_count};

use super::press::{PressFile, press_file};

/// The page's values.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    kind: &'static str,
    title: &'a str,
    subtitle: &'a str,
    press: &'a str,
    unit: &'a str,
    /// The first and the last date of its articles, in words; empty without dates.
    from: String,
    to: String,
    articles: usize,
    words: String,
    /// How many findings are errors, warnings and notes.
    counts: [usize; 3],
    /// `pdf`, `print`, `epub`, `wechat`: those that could not be made.
    not_made: Vec<&'static str>,
    /// Why, each reason once.
    reasons: Vec<Reason>,
    /// What earlier builds left in their places.
    old: Vec<&'a str>,
    kept: Vec<Kept<'a>>,
    press_files: Vec<PressFile<'a>>,
    findings: Vec<Grave<'a>>,
    edits: Edits<'a>,
    files: Vec<File<'a>>,
    contents: Vec<Part<'a>>,
}

/// Why a format could not be made, and what to do.
#[derive(Serialize, PartialEq, Eq)]
struct Reason {
    message: String,
    hint: String,
}

/// How much of the text the files of one kind hold.
#[derive(Serialize)]
struct Kept<'a> {
    /// `pdf`, `print`, `epub` or `wechat`.
    format: &'static str,
    files: usize,
    characters: usize,
    found: usize,
    /// Both as they are read, and how many are missing.
    of: String,
    lost: usize,
    missing: Vec<Missing<'a>>,
}

#[derive(Serialize)]
struct Missing<'a> {
    file: &'a str,
    article: &'a str,
    source: &'a str,
    place: Where,
    page: Option<usize>,
    characters: usize,
    expected: &'a str,
    found: &'a str,
}

/// The findings of one severity.
#[derive(Serialize)]
struct Grave<'a> {
    severity: &'static str,
    count: usize,
    articles: Vec<Group<'a, Found<'a>>>,
}

/// What concerns one article, or none.
#[derive(Serialize)]
struct Group<'a, T> {
    /// Its title; empty where it concerns the whole.
    title: String,
    file: &'a str,
    items: Vec<T>,
}

#[derive(Serialize)]
struct Found<'a> {
    code: &'static str,
    message: String,
    hint: String,
    place: Where,
    line: Option<usize>,
    excerpt: &'a str,
}

#[derive(Serialize)]
struct Edits<'a> {
    /// How many are applied, proposed and refused, and how many marks the reader
    /// consumed.
    applied: usize,
    proposed: usize,
    refused: usize,
    consumed: usize,
    rules: Vec<Rule>,
    articles: Vec<Group<'a, Change<'a>>>,
}

/// A rule that asked for edits.
#[derive(Serialize)]
struct Rule {
    code: &'static str,
    name: String,
    why: String,
    count: usize,
}

#[derive(Serialize)]
struct Change<'a> {
    rule: &'static str,
    name: String,
    why: String,
    status: &'static str,
    grade: &'static str,
    before: &'a str,
    old: &'a str,
    new: &'a str,
    after: &'a str,
    line: Option<usize>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    size: String,
    /// How many files it stands for: a folder's are one line.
    count: usize,
}

#[derive(Serialize)]
struct Part<'a> {
    title: &'a str,
    /// `front`, `part` or `back`.
    matter: &'static str,
    articles: Vec<Article<'a>>,
}

#[derive(Serialize)]
struct Article<'a> {
    number: usize,
    title: String,
    date: String,
    words: usize,
    file: &'a str,
}

/// A place, taken apart so that it can be told in words.
#[derive(Serialize)]
struct Where {
    /// `title`, `kicker`, `subtitle`, `summary`, `meta`, `body`; empty for none.
    part: &'static str,
    /// The block's number, from 1; 0 for none.
    block: usize,
    /// What is within it: `item`, `cell`, `caption`, `credit`, `note`; empty for none.
    within: &'static str,
}

impl<'a> Page<'a> {
    /// The values for one publication.
    pub(super) fn of(
        built: &'a BuiltPublication,
        publication: &'a Publication,
        reads: &[&'a Read],
        look: &Look,
    ) -> Self {
        let wording = &look.wording;
        let dates = || publication.entries().filter_map(|e| e.source.article.meta.date);
        let word = |date: Option<_>| date.map(|d| wording.date(d)).unwrap_or_default();
        let count = |severity| built.findings.iter().filter(|f| f.severity == severity).count();
        Self {
            kind: publication.kind.name(),
            title: &publication.title,
            subtitle: &publication.subtitle,
            press: &publication.press,
            unit: &publication.unit,
            from: word(dates().min()),
            to: word(dates().max()),
            articles: publication.entries().count(),
            words: grouped(publication.entries().map(|e| word_count(&e.source.article)).sum()),
            counts: [Severity::Error, Severity::Warning, Severity::Note].map(count),
            not_made: built.not_made.iter().map(|n| n.format.name()).collect(),
            reasons: reasons(built),
            old: built.not_made.iter().flat_map(|n| &n.old).map(String::as_str).collect(),
            kept: kept(&built.kept),
            press_files: built.preflights.iter().map(press_file).collect(),
            findings: [Severity::Error, Severity::Warning, Severity::Note]
                .map(|severity| grave(severity, built, reads))
                .into(),
            edits: edits(reads),
            files: files(&built.files),
            contents: contents(publication, wording),
        }
    }
}

fn reasons(built: &BuiltPublication) -> Vec<Reason> {
    let mut out: Vec<Reason> = Vec::new();
    for finding in built.not_made.iter().flat_map(|n| &n.reasons) {
        let message = finding.message(Lang::Zh);
        let reason = Reason { message, hint: finding.hint(Lang::Zh).unwrap_or_default() };
        if !out.contains(&reason) {
            out.push(reason);
        }
    }
    out
}

fn kept(all: &[KeptIn]) -> Vec<Kept<'_>> {
    let mut out: Vec<Kept<'_>> = Vec::new();
    for KeptIn { file, kept } in all {
        let format = match file.as_str() {
            post if post.contains('/') => "wechat",
            book if book.ends_with(".epub") => "epub",
            press if press.ends_with("-print.pdf") => "print",
            _ => "pdf",
        };
        if out.last().is_none_or(|last| last.format != format) {
            let missing = Vec::new();
            let of = String::new();
            out.push(Kept { format, files: 0, characters: 0, found: 0, of, lost: 0, missing });
        }
        let Some(last) = out.last_mut() else { continue };
        last.files += 1;
        last.characters += kept.characters;
        last.found += kept.found;
        last.lost += kept.lost();
        last.missing.extend(kept.missing.iter().map(|m| Missing {
            file,
            article: &m.article,
            source: &m.file,
            place: Where::of(Some(&m.place)),
            page: m.page,
            characters: m.characters,
            expected: &m.expected,
            found: &m.found,
        }));
    }
    for kept in &mut out {
        kept.of = format!("{} / {}", grouped(kept.found), grouped(kept.characters));
    }
    out
}

fn grave<'a>(severity: Severity, built: &'a BuiltPublication, reads: &[&'a Read]) -> Grave<'a> {
    let mut articles: Vec<Group<'a, Found<'a>>> = Vec::new();
    let of_this = built.findings.iter().filter(|f| f.severity == severity);
    let mut count = 0;
    for finding in of_this {
        count += 1;
        let file = finding.file.as_deref().unwrap_or_default();
        let known = articles.iter().position(|group| group.file == file);
        let at = known.unwrap_or_else(|| {
            let read = reads.iter().find(|read| read.file == file);
            let title = read.map(|read| read.article().title_text()).unwrap_or_default();
            articles.push(Group { title, file, items: Vec::new() });
            articles.len() - 1
        });
        articles[at].items.push(found(finding));
    }
    Grave { severity: severity.name(), count, articles }
}

fn found(finding: &Finding) -> Found<'_> {
    Found {
        code: finding.code.name(),
        message: finding.message(Lang::Zh),
        hint: finding.hint(Lang::Zh).unwrap_or_default(),
        place: Where::of(finding.place.as_ref()),
        line: finding.line,
        excerpt: finding.excerpt.as_deref().unwrap_or_default(),
    }
}

fn edits<'a>(reads: &[&'a Read]) -> Edits<'a> {
    let mut rules: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut articles = Vec::new();
    let mut counts = [0; 4];
    for read in reads {
        let all = || read.edits.iter().chain(&read.imported.edits);
        for edit in all() {
            *rules.entry(edit.rule.name()).or_default() += 1;
            counts[match (edit.grade, edit.status) {
                (Grade::Consumed, _) => 3,
                (_, Status::Applied) => 0,
                (_, Status::Proposed) => 1,
                (_, Status::Refused) => 2,
            }] += 1;
        }
        let items: Vec<Change<'a>> = all().map(change).collect();
        if !items.is_empty() {
            let title = read.article().title_text();
            articles.push(Group { title, file: &read.file, items });
        }
    }
    let mut rules: Vec<Rule> = rules
        .into_iter()
        .map(|(code, count)| Rule { code, name: name(code), why: why(code), count })
        .collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.count));
    let [applied, proposed, refused, consumed] = counts;
    Edits { applied, proposed, refused, consumed, rules, articles }
}

fn change(edit: &Edit) -> Change<'_> {
    let rule = edit.rule.name();
    Change {
        rule,
        name: name(rule),
        why: why(rule),
        status: edit.status.name(),
        grade: edit.grade.name(),
        before: &edit.before,
        old: &edit.old,
        new: &edit.new,
        after: &edit.after,
        line: edit.line,
    }
}

fn name(rule: &str) -> String {
    entry(rule).map_or_else(|| rule.to_owned(), |entry| entry.message(Lang::Zh).to_owned())
}

fn why(rule: &str) -> String {
    let why = entry(rule).and_then(|entry| entry.why.as_ref());
    why.map(|why| why.get(Lang::Zh).trim().to_owned()).unwrap_or_default()
}

/// The files; those of a folder in one line.
fn files(all: &[(String, u64)]) -> Vec<File<'_>> {
    let mut lines: Vec<(&str, u64, usize)> = Vec::new();
    for (path, bytes) in all {
        let shown = path.find('/').map_or(path.as_str(), |at| &path[..=at]);
        match lines.iter_mut().find(|(path, ..)| *path == shown) {
            Some((_, sum, count)) => {
                *sum += bytes;
                *count += 1;
            }
            None => lines.push((shown, *bytes, 1)),
        }
    }
    lines.into_iter().map(|(path, bytes, count)| File { path, size: size(bytes), count }).collect()
}

fn contents<'a>(publication: &'a Publication, wording: &Wording) -> Vec<Part<'a>> {
    let article = |entry: &'a Entry| {
        let article = &entry.source.article;
        let meta = &article.meta;
        let date = meta.date.map(|d| wording.date(d)).or_else(|| meta.date_raw.clone());
        Article {
            number: entry.number,
            title: article.title_text(),
            date: date.unwrap_or_default(),
            words: word_count(article),
            file: &entry.source.file,
        }
    };
    let part = |matter, title, entries: &'a [Entry]| Part {
        title,
        matter,
        articles: entries.iter().map(article).collect(),
    };
    let body = publication.parts.iter();
    let body = body.map(|p| part("part", p.title.as_deref().unwrap_or_default(), &p.articles));
    let mut out = vec![part("front", "", &publication.front)];
    out.extend(body);
    out.push(part("back", "", &publication.back));
    out.retain(|part| !part.articles.is_empty());
    out
}

impl Where {
    fn of(place: Option<&Place>) -> Self {
        let Some(place) = place else { return Self { part: "", block: 0, within: "" } };
        let block = match place.steps.first() {
            Some(Step::Block(n)) => n + 1,
            _ => 0,
        };
        let within = place.steps.iter().rev().find_map(|step| match step {
            Step::Item(_) => Some("item"),
            Step::Cell(..) => Some("cell"),
            Step::Caption => Some("caption"),
            Step::Credit => Some("credit"),
            Step::Note(_) => Some("note"),
            Step::Block(_) => None,
        });
        Self {
            part: match place.part {
                Section::Title => "title",
                Section::Kicker => "kicker",
                Section::Subtitle => "subtitle",
                Section::Summary => "summary",
                Section::Meta => "meta",
                Section::Body => "body",
            },
            block,
            within: within.unwrap_or_default(),
        }
    }
}
