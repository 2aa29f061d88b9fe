//! An article as the API is told of it, and the last look at it before it goes out.

use serde_json::{Value, json};

use crate::diag::{Code, Finding};

use super::content;
use super::post::{MARKUP, Post};

const LENGTH: Code = Code::new("wechat-w19");
const ADDRESS: Code = Code::new("wechat-w10");
const ENCODING: Code = Code::new("wechat-w26");

/// What an article may weigh, in bytes.
const WEIGHT: usize = 1_000_000;
/// Where WeChat's own pictures lie, besides those just uploaded.
const OWN_PICTURES: &str = ".qpic.cn";

/// The article with its uploaded pictures and cover. In a draft of several articles
/// no digest is shown, so none is sent.
pub(super) fn article<'a>(
    post: &Post,
    cover: &str,
    alone: bool,
    address: impl Fn(&str) -> Option<&'a str>,
) -> Value {
    let entry = &post.entry;
    let mut article = json!({
        "article_type": "news",
        "title": entry.title,
        "author": entry.author,
        "digest": if alone { entry.digest.as_str() } else { "" },
        "content": content::rewrite(&post.content, address),
        "content_source_url": entry.content_source_url,
        "thumb_media_id": cover,
        "need_open_comment": entry.need_open_comment,
        "only_fans_can_comment": entry.only_fans_can_comment,
    });
    for (name, crop) in
        [("pic_crop_235_1", &entry.pic_crop_235_1), ("pic_crop_1_1", &entry.pic_crop_1_1)]
    {
        // Nothing said means that WeChat cuts; an empty text is answered with 53402.
        if !crop.is_empty() {
            article[name] = crop.as_str().into();
        }
    }
    article
}

/// What only the finished article shows: its length with the addresses of its
/// uploaded pictures (W19), a picture that was not uploaded (W10), an escape (W26).
pub(super) fn wrong(article: &Value, uploaded: &[&str]) -> Vec<Finding> {
    let content = article["content"].as_str().unwrap_or_default();
    let mut findings = Vec::new();
    let count = content.chars().count();
    if count >= MARKUP || content.len() >= WEIGHT {
        findings.push(Finding::error(LENGTH).arg("what", count));
    }
    for (_, src) in content::sources(content) {
        let host = src.strip_prefix("https://").and_then(|rest| rest.split(['/', ':']).next());
        let own = host.is_some_and(|host| host.ends_with(OWN_PICTURES));
        if !own && !uploaded.contains(&src.as_str()) {
            let what: String = src.chars().take(40).collect();
            findings.push(Finding::error(ADDRESS).arg("what", what).arg("count", 1));
        }
    }
    if let Some(escape) = escape(&article.to_string()) {
        findings.push(Finding::error(ENCODING).arg("what", escape));
    }
    findings
}

/// The first `\u` escape of a JSON text.
fn escape(json: &str) -> Option<String> {
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        if rest[at..].starts_with("\\u") {
            return Some(rest[at..].chars().take(6).collect());
        }
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    None
}
