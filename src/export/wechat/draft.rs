//! `draft.json`: what the draft API is told of one post, in its own field names
//! (POST /cgi-bin/draft/add). Content and cover stand there as file names; they
//! are replaced by the uploaded ones when the draft is made.

use serde::Serialize;

use crate::article::Focus;
use crate::export::view::{Article, Press};
use crate::layout::Wording;
use crate::media::Cut;

use super::pictures::{SQUARE, Shown, WIDE};
use super::plain;

/// The API's limit on the author's name, in characters.
const AUTHOR: usize = 16;
/// The editor's limit on the digest, in characters; the API takes 128.
const DIGEST: usize = 120;

/// The request, less what only an upload can know.
#[derive(Debug, Serialize)]
pub(super) struct Draft {
    /// One article; an issue's articles are joined when the draft is made.
    pub articles: [Entry; 1],
}

/// One article of a draft.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    /// Always `news`.
    pub article_type: &'static str,
    /// The title.
    pub title: String,
    /// At most 16 characters.
    pub author: String,
    /// At most 120 characters.
    pub digest: String,
    /// Where the article first appeared, behind 阅读原文.
    pub content_source_url: String,
    /// The file whose text becomes `content`.
    pub content_file: &'static str,
    /// The file whose upload becomes `thumb_media_id`.
    pub thumb_file: &'static str,
    /// The square cover, for those who set it by hand.
    pub square_file: &'static str,
    /// The part of the cover shown at 2.35 : 1.
    pub pic_crop_235_1: String,
    /// The part of the cover shown at 1 : 1.
    pub pic_crop_1_1: String,
    /// Comments stay closed.
    pub need_open_comment: u8,
    /// See `need_open_comment`.
    pub only_fans_can_comment: u8,
    /// The pictures to upload, in the order of the text.
    pub images: Vec<Shown>,
}

/// The names of a post's files.
pub(super) const CONTENT_FILE: &str = "article.html";
/// The cover at 2.35 : 1.
pub(super) const WIDE_FILE: &str = "cover-235.jpg";
/// The cover at 1 : 1.
pub(super) const SQUARE_FILE: &str = "cover-11.jpg";

impl Draft {
    /// The draft of one article, whose wide cover must show this point.
    pub(super) fn new(
        article: &Article,
        press: &Press,
        wording: &Wording,
        images: Vec<Shown>,
        focus: Focus,
    ) -> Self {
        let separator = wording.get("name-separator");
        let signed = plain::author(article, [&press.unit, &press.name], separator, AUTHOR);
        Self {
            articles: [Entry {
                article_type: "news",
                title: article.title_text.clone(),
                author: signed,
                digest: plain::digest(article, DIGEST),
                content_source_url: article.source_url.clone(),
                content_file: CONTENT_FILE,
                thumb_file: WIDE_FILE,
                square_file: SQUARE_FILE,
                pic_crop_235_1: crop(WIDE, WIDE, focus),
                pic_crop_1_1: crop(WIDE, SQUARE, focus),
                need_open_comment: 0,
                only_fans_can_comment: 0,
                images,
            }],
        }
    }

    /// The one article.
    pub(super) fn entry(&self) -> &Entry {
        &self.articles[0]
    }

    /// The file: UTF-8 as it is, because the API stores `\u` escapes literally.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// The largest part of a picture that has the shape of `shape`, around this point, as
/// `x1_y1_x2_y2` in fractions of the picture with at most six decimals.
fn crop(picture: (u32, u32), shape: (u32, u32), focus: Focus) -> String {
    let cut = Cut::of(picture, shape, focus);
    let edges = [cut.left, cut.top, cut.left + cut.width, cut.top + cut.height];
    edges.map(decimal).join("_")
}

fn decimal(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() { "0".to_owned() } else { text.to_owned() }
}
