//! One post: an article's folder and everything in it.

use std::collections::BTreeMap;

use blake3::Hash;

use crate::diag::{Fault, Finding, Severity};
use crate::export::view::Article;
use crate::export::{Artifact, Body, Job};

use super::again::MadePost;
use super::cover::{Covers, Showing};
use super::draft::{CONTENT_FILE, Draft};
use super::links::Links;
use super::lint::{self, Found, Subject};
use super::pictures::Pictures;
use super::preview::{self, Listed, Neighbour};
use super::split;
use super::theme::{Setting, Theme};

/// What the posts of a publication share.
pub(super) struct Shared<'a> {
    /// What the templates are told.
    pub setting: Setting<'a>,
    /// How many posts there are.
    pub count: usize,
    /// What the covers show.
    pub showing: Showing,
    /// The posts that articles have been published as, by the address where the
    /// article first appeared.
    pub posts: BTreeMap<&'a str, &'a str>,
}

/// A finished post.
pub(super) struct Post {
    /// The sum of all that it was made of, where that can be told.
    pub sum: Option<Hash>,
    /// Its files.
    pub artifacts: Vec<Artifact<'static>>,
    /// What is to be said about it.
    pub findings: Vec<Finding>,
    /// What the list of all posts says of it.
    pub listed: Listed,
}

impl Post {
    /// A post that was made before, and lies where it was put.
    pub(super) fn taken_over(made: MadePost) -> Self {
        let artifact = |path| Artifact { path, body: Body::Earlier };
        Self {
            sum: Some(Hash::from_bytes(made.sum)),
            artifacts: made.files.into_iter().map(artifact).collect(),
            findings: made.findings,
            listed: made.listed,
        }
    }

    /// Makes the post of one article in `wechat/` under the name `folder`.
    ///
    /// # Errors
    /// Where the theme is wrong.
    pub(super) fn new(
        job: Job<'_>,
        theme: &Theme<'_>,
        shared: &Shared<'_>,
        (article, folder): (&Article, &str),
        neighbours: [Option<Neighbour<'_>>; 2],
    ) -> Result<Self, Fault> {
        let setting = &shared.setting;
        let mut pictures = Pictures::of(article, job.album);
        let links = Links::of(article, &shared.posts);
        let fragment = theme.fragment(setting, article, &links, &pictures.sources)?;
        let covers = Covers::of(job, &theme.painter, article, (&mut pictures, shared.showing))?;
        let shown: Vec<_> = pictures.shown.iter().map(|(shown, _)| shown.clone()).collect();
        let wording = setting.wording;
        let draft = Draft::new(article, &job.view.press, wording, shown.clone(), covers.focus);
        let bytes = draft.bytes();
        let subject =
            Subject { fragment: &fragment, draft: &bytes, pictures: &shown, covers: &covers.shown };
        let mut found = lint::lint(&subject);
        parted(&mut found, &fragment, article);
        let preview = preview::page(
            theme,
            setting,
            article,
            (draft.entry(), &fragment),
            (&pictures.findings, &found),
            (neighbours, shared.count),
        )?;

        let mut findings = pictures.findings;
        findings.extend(found.into_iter().map(|found| found.finding.file(&article.file)));
        let mut files = vec![
            (CONTENT_FILE.to_owned(), Body::Bytes(fragment.into_bytes())),
            ("preview.html".to_owned(), Body::Bytes(preview.into_bytes())),
            ("draft.json".to_owned(), Body::Bytes(bytes)),
        ];
        files.extend(covers.files);
        let copies = pictures.shown.into_iter();
        files.extend(copies.map(|(shown, ready)| (shown.src, Body::Picture(ready))));
        let artifact = |(name, body)| Artifact { path: format!("wechat/{folder}/{name}"), body };
        Ok(Self {
            sum: None,
            artifacts: files.into_iter().map(artifact).collect(),
            listed: Listed::new(folder, article, draft.entry(), &findings),
            findings,
        })
    }
}

/// Says of a post that is too long where it may be parted.
fn parted(found: &mut [Found], fragment: &str, article: &Article) {
    let long =
        |f: &&mut Found| f.finding.code == lint::LENGTH && f.finding.severity == Severity::Error;
    if let Some(found) = found.iter_mut().find(long)
        && let Some(proposal) = split::proposal(fragment, article)
    {
        found.finding = proposal;
    }
}
