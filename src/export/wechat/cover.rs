//! The two covers of a post: cut from the picture that stands for it, else typeset;
//! or its title over that picture, where the project wants it so.

use crate::article::Focus;
use crate::diag::{Code, Fault, Finding, Warned};
use crate::export::cover::{Facts, Painter, Sheet};
use crate::export::view::{Article, View};
use crate::export::{Body, Job};
use crate::media::{Cut, Encoding, Ready};

use super::draft::{SQUARE_FILE, WIDE_FILE};
use super::pictures::{Pictures, SQUARE, Shown, WIDE};

const UNREADABLE: Code = Code::new("wechat-cover-unreadable");
const SMALL: Code = Code::new("wechat-cover-small");
const UNKNOWN: Code = Code::new("wechat-covers-unknown");

/// What draws a cover without a picture, and one over a picture.
const DRAWING: &str = "cover.typ";
const OVER_PICTURE: &str = "cover-picture.typ";
/// JPEG quality of a cut that is encoded here, of 100.
const QUALITY: u8 = 90;

/// What the project wants to see on covers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Showing {
    /// The picture alone; the title where there is none.
    #[default]
    Picture,
    /// The title alone.
    Title,
    /// The title over the picture; the title alone where there is none.
    Both,
}

impl Showing {
    /// The word of the option `covers`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Title => "title",
            Self::Both => "both",
        }
    }

    /// What the option `covers` says.
    pub(super) fn of(view: &View) -> Warned<Self> {
        let Some(said) = view.options.get("covers") else { return Warned::clean(Self::default()) };
        match said.as_str() {
            Some("picture") => Warned::clean(Self::Picture),
            Some("title") => Warned::clean(Self::Title),
            Some("both") => Warned::clean(Self::Both),
            _ => {
                let finding = Finding::warning(UNKNOWN).arg("value", said).arg("id", &view.id);
                Warned { value: Self::default(), findings: vec![finding] }
            }
        }
    }
}

/// The covers of one post.
#[derive(Default)]
pub(super) struct Covers {
    /// What the lint is told of them.
    pub shown: Vec<Shown>,
    /// Their files.
    pub files: Vec<(String, Body<'static>)>,
    /// The point of the wide one that must be seen where it is cut square.
    pub focus: Focus,
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
        (pictures, showing): (&mut Pictures, Showing),
    ) -> Result<Self, Fault> {
        let mut covers = Self::default();
        let standing = pictures.standing.take().filter(|_| showing != Showing::Title);
        let mut cuts = Vec::new();
        if let Some(standing) = standing {
            let cut = Cut::of(standing.size, WIDE, standing.focus);
            let across = |part: f64, side: u32| (part * f64::from(side)).round() as u32;
            let (width, height) =
                (across(cut.width, standing.size.0), across(cut.height, standing.size.1));
            if width < WIDE.0 || height < WIDE.1 {
                let finding = Finding::warning(SMALL).arg("name", &standing.name);
                let finding = finding.arg("width", width).arg("height", height);
                pictures.findings.push(finding.file(&article.file));
            }
            if showing == Showing::Picture {
                covers.focus = cut.place(standing.focus);
            }
            cuts = standing.cuts;
        }
        let mut cuts = cuts.into_iter();
        for (name, size) in [(WIDE_FILE, WIDE), (SQUARE_FILE, SQUARE)] {
            let cut = cuts.next().map(photograph).transpose().unwrap_or_else(|finding| {
                pictures.findings.push(finding.file(&article.file));
                None
            });
            let (body, bytes) = match (cut, showing) {
                (Some(cut), Showing::Picture) => cut,
                (cut, _) => {
                    let picture = cut.and_then(|(body, _)| in_memory(body));
                    let drawn = drawn(job, painter, article, size, picture)?;
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

/// A typeset cover: from the store, where the same was drawn before.
fn drawn(
    job: Job<'_>,
    painter: &Painter<'_>,
    article: &Article,
    size: (u32, u32),
    picture: Option<Vec<u8>>,
) -> Result<Warned<Vec<u8>>, Fault> {
    let file = if picture.is_some() { OVER_PICTURE } else { DRAWING };
    let sheet = Sheet { file, facts: Facts::of_article(job.view, article), size, picture };
    painter.paint_once(sheet, job.album.store())
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

/// The bytes of a cut; `None` where its file has gone.
fn in_memory(body: Body<'static>) -> Option<Vec<u8>> {
    match body {
        Body::Bytes(bytes) => Some(bytes),
        Body::Picture(ready) => {
            let mut bytes = Vec::new();
            ready.copy_to(&mut bytes).ok()?;
            Some(bytes)
        }
        Body::Press(_) | Body::Stream(_) | Body::Earlier => None,
    }
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
