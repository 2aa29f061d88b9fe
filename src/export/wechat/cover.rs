//! The two covers of a post: cut from its first picture, else typeset.

use crate::diag::{Code, Fault, Finding};
use crate::export::cover::{Facts, Painter};
use crate::export::view::Article;
use crate::export::{Body, Job};
use crate::media::{Encoding, Ready};

use super::draft::{SQUARE_FILE, WIDE_FILE};
use super::pictures::{Pictures, SQUARE, Shown, WIDE};

const UNREADABLE: Code = Code::new("wechat-cover-unreadable");

/// What draws a cover without a picture.
const DRAWING: &str = "cover.typ";
/// JPEG quality of a cut that is encoded here, of 100.
const QUALITY: u8 = 90;

/// The covers of one post.
#[derive(Default)]
pub(super) struct Covers {
    /// What the lint is told of them.
    pub shown: Vec<Shown>,
    /// Their files.
    pub files: Vec<(String, Body<'static>)>,
}

impl Covers {
    /// Makes the covers of an article.
    ///
    /// # Errors
    /// Where the look's cover is wrong, or a face it needs is missing.
    pub(super) fn of(
        job: Job<'_>,
        painter: &Painter<'_>,
        article: &Article,
        pictures: &mut Pictures,
    ) -> Result<Self, Fault> {
        let mut covers = Self::default();
        let mut cuts = std::mem::take(&mut pictures.cuts).into_iter();
        for (name, size) in [(WIDE_FILE, WIDE), (SQUARE_FILE, SQUARE)] {
            let cut = cuts.next().map(photograph).transpose();
            let cut = cut.unwrap_or_else(|finding| {
                pictures.findings.push(finding.file(&article.file));
                None
            });
            let (body, bytes) = match cut {
                Some(cut) => cut,
                None => {
                    let facts = Facts::of_article(job.view, article);
                    let drawn = painter.paint(DRAWING, &facts, size)?;
                    // Both covers lack the same characters: said once.
                    if covers.files.is_empty() {
                        let told = drawn.findings.into_iter();
                        pictures.findings.extend(told.map(|f| f.file(&article.file)));
                    }
                    whole(drawn.value)
                }
            };
            let (width, height) = size;
            covers.shown.push(Shown { src: name.to_owned(), bytes, width, height });
            covers.files.push((name.to_owned(), body));
        }
        Ok(covers)
    }
}

/// A cut picture as JPEG, which covers always are, and its size in bytes.
fn photograph(ready: Ready) -> Result<(Body<'static>, u64), Finding> {
    if matches!(ready.encoding, Encoding::Jpeg { .. }) {
        let bytes = ready.len();
        return Ok((Body::Picture(ready), bytes));
    }
    let bytes = encoded(&ready).map_err(|why| Finding::warning(UNREADABLE).arg("why", why))?;
    Ok(whole(bytes))
}

fn whole(bytes: Vec<u8>) -> (Body<'static>, u64) {
    let count = bytes.len() as u64;
    (Body::Bytes(bytes), count)
}

fn encoded(ready: &Ready) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut file = Vec::new();
    ready.copy_to(&mut file)?;
    let picture = image::load_from_memory(&file)?.into_rgb8();
    let (width, height) = (u16::try_from(picture.width())?, u16::try_from(picture.height())?);
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, QUALITY);
    encoder.encode(&picture, width, height, jpeg_encoder::ColorType::Rgb)?;
    Ok(out)
}
