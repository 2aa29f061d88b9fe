//! The pictures of one post: made ready for WeChat, named, and cut for the covers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::Finding;
use crate::export::view::Article;
use crate::media::{Album, Colours, Ready, Want};

/// The two cover cuts that WeChat shows, in pixels: 2.35 : 1 at the head of a
/// message, 1 : 1 in lists and when shared.
pub(super) const WIDE: (u32, u32) = (900, 383);
/// See [`WIDE`].
pub(super) const SQUARE: (u32, u32) = (500, 500);

/// Content pictures are uploaded one by one, each under 1 MB (uploadimg); wider
/// than 1280 pixels no phone shows them.
const CONTENT: Want = Want {
    quality: None,
    max_pixels: None,
    max_width: Some(1280),
    max_bytes: Some(1_000_000),
    cover: None,
    colours: Colours::Screen,
};

/// One picture of a post as it lies in the post's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Its address below the post's folder, such as `images/01.jpg`.
    pub src: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

impl Shown {
    /// A ready picture under this address.
    pub(super) fn new(src: String, ready: &Ready) -> Self {
        Self { src, bytes: ready.len(), width: ready.width, height: ready.height }
    }
}

/// The pictures of one post.
#[derive(Default)]
pub(super) struct Pictures {
    /// Each with what is to be copied, in the order of the text.
    pub shown: Vec<(Shown, Ready)>,
    /// Their addresses by the view's picture id.
    pub sources: BTreeMap<String, String>,
    /// Pictures that could not be decoded.
    pub findings: Vec<Finding>,
    /// The first picture of the text that can be shown, cut as [`WIDE`] and as
    /// [`SQUARE`]; empty where there is none.
    pub cuts: Vec<Ready>,
}

impl Pictures {
    /// Makes an article's pictures ready. One that cannot be decoded is told and
    /// left out, so that its frame says what is missing.
    pub(super) fn of(article: &Article, album: &Album) -> Self {
        let mut pictures = Self::default();
        for image in article.images().into_iter().filter(|image| !image.missing) {
            let id = image.picture.as_str();
            if pictures.sources.contains_key(id) {
                continue;
            }
            // The covers are cut from the first one, while it is open.
            let cut =
                |size| Want { cover: Some(size), colours: Colours::Screen, ..Want::default() };
            let wants = [CONTENT, cut(WIDE), cut(SQUARE)];
            let wants = if pictures.shown.is_empty() { &wants[..] } else { &wants[..1] };
            match album.ready_each(id, wants) {
                Ok(mut made) if !made.is_empty() => {
                    pictures.add(id, made.remove(0));
                    pictures.cuts.extend(made);
                }
                Ok(_) => {}
                Err(finding) => pictures.findings.push(finding.file(&article.file)),
            }
        }
        pictures
    }

    fn add(&mut self, id: &str, ready: Ready) {
        let src = format!("images/{:02}.{}", self.shown.len() + 1, ready.extension());
        self.sources.insert(id.to_owned(), src.clone());
        self.shown.push((Shown::new(src, &ready), ready));
    }
}
