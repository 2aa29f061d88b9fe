//! The pictures of one post: made ready for WeChat, named, and cut for the covers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::article::Focus;
use crate::diag::Finding;
use crate::export::view::Article;
use crate::media::{Album, Colours, Leave, Ready, Want};

/// The two cover cuts that WeChat shows, in pixels: 2.35 : 1 at the head of a
/// message, 1 : 1 in lists and when shared.
pub(super) const WIDE: (u32, u32) = (900, 383);
/// See [`WIDE`].
pub(super) const SQUARE: (u32, u32) = (500, 500);

/// Content pictures are uploaded one by one, each under 1 MB (uploadimg); wider
/// than 1280 pixels no phone shows them. What is half as wide again and well below the
/// limit is left as it is: WeChat encodes every picture anew for the phone, to 1080
/// pixels, so that scaling it here would only cost it a generation.
const CONTENT: Want = Want {
    leave: Some(Leave { width: 1920, bytes: 800_000 }),
    quality: None,
    max_pixels: None,
    max_width: Some(1280),
    max_bytes: Some(1_000_000),
    cover: None,
    focus: None,
    colours: Colours::Screen,
};

/// A picture cut to a size around its focus.
fn cut(size: (u32, u32), focus: Focus) -> Want {
    let (cover, focus) = (Some(size), Some(focus));
    Want { cover, focus, colours: Colours::Screen, ..Want::default() }
}

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
    /// The picture that stands for the post: the one the article names, else the first
    /// of the text that can be shown.
    pub standing: Option<Standing>,
}

/// The picture that stands for a post.
pub(super) struct Standing {
    /// What the article calls it.
    pub name: String,
    /// Its width and height in pixels.
    pub size: (u32, u32),
    /// The point of it that must be seen.
    pub focus: Focus,
    /// Itself, cut as [`WIDE`] and as [`SQUARE`].
    pub cuts: Vec<Ready>,
}

impl Pictures {
    /// Makes an article's pictures ready. One that cannot be decoded is told and
    /// left out, so that its frame says what is missing.
    pub(super) fn of(article: &Article, album: &Album) -> Self {
        let mut pictures = Self::default();
        let focus = article.focus.and_then(|[x, y]| Focus::new(x, y)).unwrap_or_default();
        for image in article.images().into_iter().filter(|image| !image.missing) {
            let id = image.picture.as_str();
            if pictures.sources.contains_key(id) {
                continue;
            }
            // The covers are cut from it while it is open.
            let stands = match article.cover.as_str() {
                "" => pictures.shown.is_empty(),
                named => named == id,
            };
            let wants = [CONTENT, cut(WIDE, focus), cut(SQUARE, focus)];
            let wants = if stands { &wants[..] } else { &wants[..1] };
            match album.ready_each(id, wants) {
                Ok(mut made) if !made.is_empty() => {
                    pictures.add(id, made.remove(0));
                    pictures.stand(id, made, focus, album);
                }
                Ok(_) => {}
                Err(finding) => pictures.findings.push(finding.file(&article.file)),
            }
        }
        // What the article names need be no picture of its text.
        if !article.cover.is_empty() && pictures.standing.is_none() {
            match album.ready_each(&article.cover, &[cut(WIDE, focus), cut(SQUARE, focus)]) {
                Ok(made) => pictures.stand(&article.cover, made, focus, album),
                Err(finding) => pictures.findings.push(finding.file(&article.file)),
            }
        }
        pictures
    }

    /// Notes the covers cut from a picture, if any were.
    fn stand(&mut self, id: &str, cuts: Vec<Ready>, focus: Focus, album: &Album) {
        let picture = album.get(id).and_then(|p| Some((p, p.file.as_ref()?)));
        if let Some((picture, (_, probe))) = picture.filter(|_| !cuts.is_empty()) {
            let (name, size) = (picture.name.clone(), probe.upright());
            self.standing = Some(Standing { name, size, focus, cuts });
        }
    }

    fn add(&mut self, id: &str, ready: Ready) {
        let src = format!("images/{:02}.{}", self.shown.len() + 1, ready.extension());
        self.sources.insert(id.to_owned(), src.clone());
        self.shown.push((Shown::new(src, &ready), ready));
    }
}
