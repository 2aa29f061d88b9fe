//! WeChat posts: one folder an article, the theme's CSS inlined, and a lint over
//! the final bytes. Looks and wording stand in `layouts/wechat/`; nothing here
//! talks to WeChat.

pub mod lint;

mod draft;
mod links;
mod markup;
mod pictures;
mod plain;
mod post;
mod theme;

use rayon::prelude::*;

use crate::diag::{Code, Fault, Warned};

use super::{Artifact, Job};
use post::Post;
use theme::{Setting, Theme};

const STAGE: Code = Code::new("stage-wechat");

/// Makes `wechat/…`: a folder for each article, named by its number and slug.
///
/// # Errors
/// Where the theme is wrong (file and line).
pub fn export(job: Job<'_>) -> Result<Warned<Vec<Artifact<'_>>>, Fault> {
    let theme = Theme::new(job.look)?;
    let setting =
        Setting { title: &job.view.title, wording: &job.view.wording, options: &job.view.options };
    let articles: Vec<_> = job.view.articles().collect();
    let digits = articles.len().to_string().len().max(2);
    job.progress.begin(STAGE, articles.len());
    let posts: Result<Vec<Post>, Fault> = articles
        .par_iter()
        .map(|article| {
            let folder = format!("wechat/{:0digits$}-{}", article.number, article.slug);
            let post = Post::new(job, &theme, &setting, article, folder);
            job.progress.step();
            post
        })
        .collect();
    job.progress.end();
    let mut artifacts = Vec::new();
    let mut findings = Vec::new();
    for post in posts? {
        artifacts.extend(post.artifacts);
        findings.extend(post.findings);
    }
    Ok(Warned { value: artifacts, findings })
}
