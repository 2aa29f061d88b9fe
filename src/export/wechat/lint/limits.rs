//! W19, W20, W21, W25, W26: how much and in which form the draft API takes.

use serde_json::Value;

use crate::diag::{Code, Severity};

use super::Page;
use super::report::Report;

/// Too long.
pub(in crate::export::wechat) const LENGTH: Code = Code::new("wechat-w19");
const TITLE: Code = Code::new("wechat-w20");
const FIELD: Code = Code::new("wechat-w21");
const ARTICLES: Code = Code::new("wechat-w25");
const ENCODING: Code = Code::new("wechat-w26");

/// What a post may hold, its mark-up counted, in characters.
pub(in crate::export::wechat) const MARKUP: usize = 20_000;
/// From here on a post is said to be near the limit.
pub(in crate::export::wechat) const MARKUP_NEAR: usize = 15_000;
/// What a post may weigh, in bytes.
const WEIGHT: usize = 1_000_000;

/// W19: characters with mark-up, and bytes.
pub(super) fn length(page: &Page<'_>, report: &mut Report) {
    let characters = page.subject.fragment.chars().count();
    if characters >= MARKUP || page.subject.fragment.len() >= WEIGHT {
        report.post(Severity::Error, LENGTH, characters);
    } else if characters >= MARKUP_NEAR {
        report.post(Severity::Warning, LENGTH, characters);
    }
}

/// W20: a title of 1 to 32 characters; the editor, not the API, takes 64.
pub(super) fn titles(page: &Page<'_>, report: &mut Report) {
    for article in articles_of(page) {
        match field(&article, "title").chars().count() {
            1..=32 => {}
            count @ 33..=64 => report.post(Severity::Warning, TITLE, count),
            count => report.post(Severity::Error, TITLE, count),
        }
    }
}

/// W21: author, digest and source address.
pub(super) fn fields(page: &Page<'_>, report: &mut Report) {
    let articles = articles_of(page);
    for article in &articles {
        let count = |name| field(article, name).chars().count();
        let mut check = |wrong: bool, severity, what: String| {
            if wrong {
                report.post(severity, FIELD, what);
            }
        };
        let (author, digest) = (count("author"), count("digest"));
        check(author > 16, Severity::Error, format!("author {author} > 16"));
        check(digest > 128, Severity::Error, format!("digest {digest} > 128"));
        let near = (121..=128).contains(&digest);
        check(near, Severity::Warning, format!("digest {digest} > 120"));
        let address = field(article, "content_source_url").len();
        check(address > 1024, Severity::Error, format!("content_source_url {address} > 1024"));
        let unread = articles.len() > 1 && digest > 0;
        check(unread, Severity::Warning, format!("digest, articles {}", articles.len()));
    }
}

/// W25: one to eight articles make a draft.
pub(super) fn articles(page: &Page<'_>, report: &mut Report) {
    let count = articles_of(page).len();
    if !(1..=8).contains(&count) {
        report.post(Severity::Error, ARTICLES, count);
    }
}

/// W26: UTF-8 as it is; the API stores an escape as six characters.
pub(super) fn encoding(page: &Page<'_>, report: &mut Report) {
    let Ok(text) = std::str::from_utf8(page.subject.draft) else {
        report.post(Severity::Error, ENCODING, "UTF-8");
        return;
    };
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let escape: String = rest[at..].chars().take(6).collect();
        if escape.starts_with("\\u") {
            report.post(Severity::Error, ENCODING, escape);
            return;
        }
        rest = rest.get(at + 2..).unwrap_or_default();
    }
}

/// The articles of the draft; none where it is not the API's form.
pub(super) fn articles_of(page: &Page<'_>) -> Vec<Value> {
    let draft: Option<Value> = serde_json::from_slice(page.subject.draft).ok();
    match draft.map(|mut draft| draft["articles"].take()) {
        Some(Value::Array(articles)) => articles,
        _ => Vec::new(),
    }
}

/// A field's text; empty where the article has none.
pub(super) fn field<'a>(article: &'a Value, name: &str) -> &'a str {
    article[name].as_str().unwrap_or_default()
}
