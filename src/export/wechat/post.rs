//! One post: an article's folder and everything in it.

use crate::diag::{Fault, Finding};
use crate::export::view::Article;
use crate::export::{Artifact, Body, Job};

use super::draft::{CONTENT_FILE, Draft};
use super::lint::{self, Found, Subject};
use super::pictures::Pictures;
use super::theme::{Setting, Theme};

/// A finished post.
pub(super) struct Post {
    /// Its files.
    pub artifacts: Vec<Artifact<'static>>,
    /// What is to be said about it.
    pub findings: Vec<Finding>,
}

impl Post {
    /// Makes the post of one article in `folder`.
    ///
    /// # Errors
    /// Where the theme is wrong.
    pub(super) fn new(
        job: Job<'_>,
        theme: &Theme<'_>,
        setting: &Setting<'_>,
        article: &Article,
        folder: String,
    ) -> Result<Self, Fault> {
        let pictures = Pictures::of(article, job.album);
        let fragment = theme.fragment(setting, article, &pictures.sources)?;
        let shown: Vec<_> = pictures.shown.iter().map(|(shown, _)| shown.clone()).collect();
        let draft = Draft::new(article, &job.view.press, setting.wording, shown.clone()).bytes();
        let subject = Subject { fragment: &fragment, draft: &draft, pictures: &shown, covers: &[] };
        let found = lint::lint(&subject);
        let mut files = vec![
            (CONTENT_FILE.to_owned(), Body::Bytes(fragment.into_bytes())),
            ("draft.json".to_owned(), Body::Bytes(draft)),
        ];
        let copies = pictures.shown.into_iter();
        files.extend(copies.map(|(shown, ready)| (shown.src, Body::Picture(ready))));
        let artifacts = files
            .into_iter()
            .map(|(name, body)| Artifact { path: format!("{folder}/{name}"), body })
            .collect();
        let mut findings = pictures.findings;
        let told = |Found { finding, .. }: Found| finding.file(&article.file);
        findings.extend(found.into_iter().map(told));
        Ok(Self { artifacts, findings })
    }
}
