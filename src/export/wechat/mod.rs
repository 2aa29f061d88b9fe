//! WeChat posts: one folder an article, those before and after the parts too, the
//! theme's CSS inlined, and a lint over the final bytes. Looks and wording stand in `layouts/wechat/`; nothing here
//! talks to WeChat.

pub mod lint;
pub mod prune;

mod again;
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
use again::Nothing;
pub use again::{EarlierPosts, MadePost};
use cover::Showing;
use post::{Post, Shared};
use preview::Neighbour;
use theme::{Setting, Theme};

const STAGE: Code = Code::new("stage-wechat");

/// The posts of a publication.
pub struct Posts {
    /// Their files, and the list of them.
    pub artifacts: Vec<Artifact<'static>>,
    /// Those that a later build may take over.
    pub made: Vec<MadePost>,
}

/// Makes `wechat/…`: a folder for each article, front and back matter included, named
/// by its place in the order of reading and its slug; and a list of them.
///
/// # Errors
/// Where the theme is wrong (file and line).
pub fn export(job: Job<'_>) -> Result<Warned<Vec<Artifact<'_>>>, Fault> {
    let made = export_again(job, &Nothing)?;
    Ok(Warned { value: made.value.artifacts, findings: made.findings })
}

/// The same; posts that an earlier build made of the same are not made again.
///
/// # Errors
/// As [`export`].
pub fn export_again(job: Job<'_>, earlier: &dyn EarlierPosts) -> Result<Warned<Posts>, Fault> {
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
    let sum_of_shared = again::sum_of_shared(job.view, &shared);
    job.progress.begin(STAGE, articles.len());
    let posts: Result<Vec<Post>, Fault> = (0..articles.len())
        .into_par_iter()
        .map(|n| {
            let neighbours = [neighbour(n.checked_sub(1)), neighbour(Some(n + 1))];
            let own = (&articles[n], folders[n].as_str());
            let sum = sum_of_shared
                .and_then(|shared| again::sum(shared, own, neighbours, job.album, earlier));
            let post = match sum.and_then(|sum| earlier.post(&sum)) {
                Some(made) => Ok(Post::taken_over(made)),
                None => Post::new(job, &theme, &shared, own, neighbours)
                    .map(|post| Post { sum, ..post }),
            };
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
    let mut made = Vec::new();
    for post in posts {
        findings.extend(post.findings.iter().cloned());
        let files = post.artifacts.iter().map(|artifact| artifact.path.clone());
        made.extend(post.sum.map(|sum| MadePost {
            sum: *sum.as_bytes(),
            files: files.collect(),
            findings: post.findings,
            listed: post.listed,
        }));
        artifacts.extend(post.artifacts);
    }
    Ok(Warned { value: Posts { artifacts, made }, findings })
}
