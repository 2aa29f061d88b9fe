//! One post: an article's folder and everything in it.

use crate::diag::{Fault, Finding};
use crate::export::view::Article;
use crate::export::{Artifact, Body, Job};

use super::cover::Covers;
use super::draft::{CONTENT_FILE, Draft};
use super::lint::{self, Subject};
use super::pictures::Pictures;
use super::preview::{self, Listed, Neighbour};
use super::theme::{Setting, Theme};

/// A finished post.
pub(super) struct Post {
    /// Its files.
    pub artifacts: Vec<Artifact<'static>>,
    /// What is to be said about it.
    pub findings: Vec<Finding>,
    /// What the list of all posts says of it.
    pub listed: Listed,
}

impl Post {
    /// Makes the post of one article in `wechat/` under the name `folder`.
    ///
    /// # Errors
    /// Where the theme is wrong.
    pub(super) fn new(
        job: Job<'_>,
        theme: &Theme<'_>,
        setting: &Setting<'_>,
        (article, folder): (&Article, &str),
        neighbours: [Option<Neighbour<'_>>; 2],
    ) -> Result<Self, Fault> {
        let mut pictures = Pictures::of(article, job.album);
        let fragment = theme.fragment(setting, article, &pictures.sources)?;
        let covers = Covers::of(job, &theme.painter, article, &mut pictures)?;
        let shown: Vec<_> = pictures.shown.iter().map(|(shown, _)| shown.clone()).collect();
        let draft = Draft::new(article, &job.view.press, setting.wording, shown.clone());
        let bytes = draft.bytes();
        let subject =
            Subject { fragment: &fragment, draft: &bytes, pictures: &shown, covers: &covers.shown };
        let found = lint::lint(&subject);
        let preview = preview::page(
            theme,
            setting,
            article,
            (draft.entry(), &fragment),
            (&pictures.findings, &found),
            neighbours,
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
            artifacts: files.into_iter().map(artifact).collect(),
            listed: Listed::new(folder, article, draft.entry(), &findings),
            findings,
        })
    }
}
