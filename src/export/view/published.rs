//! Which articles have been published as posts, and what of their series was before.

use crate::layout::Wording;
use crate::publication::{Entry, Publication};

use super::build::place_in_series;
use super::{Article, Earlier};

/// Tells an article in its place the address it was published at, and the published
/// instalments of its series before it, the latest first.
pub(super) fn tell(
    article: &mut Article,
    publication: &Publication,
    entry: &Entry,
    wording: &Wording,
) {
    let published = &publication.apparatus.published;
    article.published =
        published.of(&entry.source).map(|post| post.url.clone()).unwrap_or_default();
    let series = entry.source.article.meta.series.as_ref();
    let before = series.map(|series| published.before(series)).unwrap_or_default();
    let earlier = before.into_iter().map(|post| Earlier {
        title: post.title.clone(),
        number: post.series.as_ref().map(|s| place_in_series(s, wording)).unwrap_or_default(),
        url: post.url.clone(),
        date: post.date.map(|date| wording.date(date)).unwrap_or_default(),
    });
    article.earlier = earlier.collect();
}
