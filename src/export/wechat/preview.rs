//! The pages a person looks at: the preview of a post, and the list of them all.

use serde::{Deserialize, Serialize};

use crate::diag::{Fault, Finding, Lang, Severity};
use crate::export::view::{Article, Credit};

use super::draft::Entry;
use super::lint::{Found, MARKUP, MARKUP_NEAR};
use super::markup::Tree;
use super::night;
use super::theme::{Setting, Theme};

/// A neighbour of a post in the publication.
#[derive(Clone, Copy, Serialize)]
pub(super) struct Neighbour<'a> {
    /// Its folder beside this post's.
    pub folder: &'a str,
    /// Its title.
    pub title: &'a str,
}

/// What `preview.html.j2` is given.
#[derive(Serialize)]
struct Values<'a> {
    view: &'a Setting<'a>,
    article: Facts<'a>,
    draft: &'a Entry,
    fragment: &'a str,
    markup: usize,
    markup_limit: usize,
    markup_near: usize,
    night: Vec<(usize, String)>,
    findings: Vec<Told>,
    previous: Option<Neighbour<'a>>,
    next: Option<Neighbour<'a>>,
}

#[derive(Serialize)]
struct Facts<'a> {
    number: usize,
    count: usize,
    date: &'a str,
    words: usize,
    missing: usize,
    credits: &'a [Credit],
    published: &'a str,
}

/// A finding in words.
#[derive(Serialize)]
struct Told {
    severity: &'static str,
    code: &'static str,
    message: String,
    hint: String,
    excerpt: String,
    elements: Vec<usize>,
}

impl Told {
    fn new(finding: &Finding, elements: &[usize]) -> Self {
        Self {
            severity: finding.severity.name(),
            code: finding.code.name(),
            message: finding.message(Lang::Zh),
            hint: finding.hint(Lang::Zh).unwrap_or_default(),
            excerpt: finding.excerpt.clone().unwrap_or_default(),
            elements: elements.to_vec(),
        }
    }
}

/// Makes `preview.html`. What was found on the pictures comes before the lint's.
///
/// # Errors
/// Where the look's template is wrong.
pub(super) fn page(
    theme: &Theme<'_>,
    setting: &Setting<'_>,
    article: &Article,
    (draft, fragment): (&Entry, &str),
    (findings, found): (&[Finding], &[Found]),
    ([previous, next], count): ([Option<Neighbour<'_>>; 2], usize),
) -> Result<String, Fault> {
    let values = Values {
        view: setting,
        article: Facts {
            number: article.number,
            count,
            date: &article.date,
            words: article.word_count,
            missing: missing(article),
            credits: &article.credits,
            published: &article.published,
        },
        draft,
        fragment,
        markup: fragment.chars().count(),
        markup_limit: MARKUP,
        markup_near: MARKUP_NEAR,
        night: night::at_night(&Tree::new(fragment)),
        findings: findings
            .iter()
            .map(|finding| Told::new(finding, &[]))
            .chain(found.iter().map(|found| Told::new(&found.finding, &found.elements)))
            .collect(),
        previous,
        next,
    };
    theme.templates.render("preview.html.j2", &values)
}

/// What the list of all posts says of one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Listed {
    /// Its folder beside the list.
    pub folder: String,
    /// Its number within the publication.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// The series or column; empty where there is none.
    pub column: String,
    /// The date in words; empty where there is none.
    pub date: String,
    /// The date as `2022-01-14`; empty where there is none.
    pub date_iso: String,
    /// The address of the post it was published as; empty where it was not.
    pub published: String,
    /// The digest.
    pub digest: String,
    /// Han characters and words.
    pub words: usize,
    /// How many errors were found.
    pub errors: usize,
    /// How many warnings were found.
    pub warnings: usize,
    /// How many of its pictures are missing.
    pub missing: usize,
}

/// How many pictures of an article are missing.
fn missing(article: &Article) -> usize {
    article.images().into_iter().filter(|image| image.missing).count()
}

impl Listed {
    /// What is said of a post about which this was found.
    pub(super) fn new(
        folder: &str,
        article: &Article,
        draft: &Entry,
        findings: &[Finding],
    ) -> Self {
        let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
        let column = match &article.series {
            Some(series) => format!("{}　{}", series.name, series.number),
            None => article.column.clone(),
        };
        Self {
            folder: folder.to_owned(),
            number: article.number,
            title: draft.title.clone(),
            column,
            date: article.date.clone(),
            date_iso: article.date_iso.clone(),
            published: article.published.clone(),
            digest: draft.digest.clone(),
            words: article.word_count,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            missing: missing(article),
        }
    }
}

/// Makes `index.html`.
///
/// # Errors
/// Where the look's template is wrong.
pub(super) fn index(
    theme: &Theme<'_>,
    setting: &Setting<'_>,
    posts: &[&Listed],
) -> Result<String, Fault> {
    #[derive(Serialize)]
    struct Values<'a> {
        view: &'a Setting<'a>,
        posts: &'a [&'a Listed],
    }
    theme.templates.render("index.html.j2", &Values { view: setting, posts })
}
