//! WeChat posts: one folder an article, those before and after the parts too, the
//! theme's CSS inlined, and a lint over the final bytes. Looks and wording stand in `layouts/wechat/`; nothing here
//! talks to WeChat.

pub mod lint;
pub mod prune;

mod colour;
mod cover;
mod draft;
mod links;
mod markup;
mod night;
mod pictures;
mod plain;
mod post;
mod preview;
mod sheet;
mod split;
mod theme;

use rayon::prelude::*;

use crate::diag::{Code, Fault, Warned};

use super::view::Article;
use super::{Artifact, Body, Job};
use cover::Showing;
use post::{Post, Shared};
use preview::Neighbour;
use theme::{Setting, Theme};

const STAGE: Code = Code::new("stage-wechat");

/// Makes `wechat/…`: a folder for each article, front and back matter included, named
/// by its place in the order of reading and its slug; and a list of them.
///
/// # Errors
/// Where the theme is wrong (file and line).
pub fn export(job: Job<'_>) -> Result<Warned<Vec<Artifact<'_>>>, Fault> {
    let theme = Theme::new(job.look, job.fonts, &job.view.options)?;
    let showing = Showing::of(job.view);
    let first = |a: &&Article| !a.published.is_empty() && !a.source_url.is_empty();
    let posts = job.view.matter().filter(first);
    let shared = Shared {
        setting: Setting {
            title: &job.view.title,
            press: &job.view.press,
            wording: &job.view.wording,
            options: &job.view.options,
        },
        count: job.view.matter().count(),
        showing: showing.value,
        posts: posts.map(|a| (a.source_url.as_str(), a.published.as_str())).collect(),
    };
    // What stands before and after the parts has posts of its own, or its text would be
    // in none; they are numbered through, as a reader meets them.
    let numbered = |(n, article): (usize, &Article)| Article { number: n + 1, ..article.clone() };
    let articles: Vec<Article> = job.view.matter().enumerate().map(numbered).collect();
    let digits = articles.len().to_string().len().max(2);
    let folders: Vec<_> =
        articles.iter().map(|a| format!("{:0digits$}-{}", a.number, a.slug)).collect();
    let neighbour = |n: Option<usize>| {
        let n = n.filter(|n| *n < articles.len())?;
        Some(Neighbour { folder: &folders[n], title: &articles[n].title_text })
    };
    job.progress.begin(STAGE, articles.len());
    let posts: Result<Vec<Post>, Fault> = (0..articles.len())
        .into_par_iter()
        .map(|n| {
            let neighbours = [neighbour(n.checked_sub(1)), neighbour(Some(n + 1))];
            let post = Post::new(job, &theme, &shared, (&articles[n], &folders[n]), neighbours);
            job.progress.step();
            post
        })
        .collect();
    job.progress.end();
    let posts = posts?;
    let listed: Vec<_> = posts.iter().map(|post| &post.listed).collect();
    let index = preview::index(&theme, &shared.setting, &listed)?;
    let mut artifacts =
        vec![Artifact { path: "wechat/index.html".into(), body: Body::Bytes(index.into_bytes()) }];
    let mut findings = showing.findings;
    findings.extend(sheet::doubt(&job.view.options));
    for post in posts {
        artifacts.extend(post.artifacts);
        findings.extend(post.findings);
    }
    Ok(Warned { value: artifacts, findings })
}
