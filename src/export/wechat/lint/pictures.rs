//! W10, W11, W13, W22, W23, W24: pictures in the text and covers.

use crate::diag::{Code, Severity};
use crate::export::wechat::markup::Tag;
use crate::export::wechat::pictures::{SQUARE, WIDE};

use super::Page;
use super::limits::{articles_of, field};
use super::report::Report;

const ADDRESS: Code = Code::new("wechat-w10");
const SIZE_OR_ALT: Code = Code::new("wechat-w11");
const VECTOR: Code = Code::new("wechat-w13");
const CONTENT: Code = Code::new("wechat-w22");
const COVER: Code = Code::new("wechat-w23");
const CUT: Code = Code::new("wechat-w24");

/// What a picture of the text may weigh, in bytes.
const CONTENT_WEIGHT: u64 = 1_000_000;
/// What a cover may weigh, in bytes.
const COVER_WEIGHT: u64 = 10_000_000;
/// The widest that a post is shown, in pixels.
const COLUMN: f64 = 677.0;

/// W10: a picture is one of the post's own, or one already uploaded.
pub(super) fn addresses(page: &Page<'_>, report: &mut Report) {
    for (node, tag) in page.tree.elements().filter(|(_, tag)| tag.is(&["img"])) {
        let src = tag.get("src").unwrap_or_default();
        let own = page.subject.pictures.iter().any(|picture| picture.src == src);
        let kind = [".svg", ".webp"].iter().any(|end| src.ends_with(end));
        if kind || !(own || src.starts_with("https://")) {
            report.node(Severity::Error, ADDRESS, short(src), &page.tree, node);
        }
    }
}

/// An address that may be a whole picture in letters.
fn short(src: &str) -> String {
    src.chars().take(40).collect()
}

/// W11: sizes in `style`, and a description.
pub(super) fn sizes_and_alt(page: &Page<'_>, report: &mut Report) {
    for (node, tag) in page.tree.elements().filter(|(_, tag)| tag.is(&["img"])) {
        let sized = ["width", "height"].into_iter().find(|name| tag.get(name).is_some());
        let fault = sized.or_else(|| tag.get("alt").is_none().then_some("alt"));
        if let Some(fault) = fault {
            report.node(Severity::Warning, SIZE_OR_ALT, fault, &page.tree, node);
        }
    }
}

/// W13: a drawing that points nowhere and says its own size.
pub(super) fn vector(page: &Page<'_>, report: &mut Report) {
    for (node, tag) in page.tree.elements() {
        let outer = tag.is(&["svg"]);
        let inside = page.tree.ancestors(node).any(|(_, t)| t.is(&["svg"]));
        let fault = if (outer || inside) && tag.is(&["defs", "use"]) {
            Some(tag.name)
        } else if outer || inside {
            pointing(tag).or_else(|| (outer && !inside).then(|| unsized_svg(tag)).flatten())
        } else {
            None
        };
        if let Some(fault) = fault {
            report.node(Severity::Error, VECTOR, fault, &page.tree, node);
        }
    }
}

fn pointing<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    let names = ["id", "class", "href", "xlink:href"];
    let points = |(name, value): &&(&str, &str)| names.contains(name) || value.contains("url(#");
    tag.attributes.iter().find(points).map(|(name, _)| *name)
}

fn unsized_svg(tag: &Tag<'_>) -> Option<&'static str> {
    let pixels = |name| {
        let value = tag.property(name).or_else(|| tag.get(name))?;
        value.strip_suffix("px").unwrap_or(value).trim().parse::<f64>().ok()
    };
    if pixels("width").is_none_or(|width| width > COLUMN) {
        Some("width")
    } else if pixels("height").is_none() {
        Some("height")
    } else {
        tag.get("viewBox").is_none().then_some("viewBox")
    }
}

/// W22: jpg or png under 1 MB.
pub(super) fn content_size(page: &Page<'_>, report: &mut Report) {
    for picture in page.subject.pictures {
        let known = [".jpg", ".jpeg", ".png"].iter().any(|end| picture.src.ends_with(end));
        if !known || picture.bytes > CONTENT_WEIGHT {
            let what = format!("{} {} KB", picture.src, picture.bytes / 1000);
            report.post(Severity::Error, CONTENT, what);
        }
    }
}

/// W23: a cover of at most 10 MB.
pub(super) fn cover_size(page: &Page<'_>, report: &mut Report) {
    for cover in page.subject.covers.iter().filter(|c| c.bytes > COVER_WEIGHT) {
        report.post(Severity::Error, COVER, format!("{} {} KB", cover.src, cover.bytes / 1000));
    }
}

/// W24: the covers' sizes, and the parts of the wide one that are shown.
pub(super) fn cover_cuts(page: &Page<'_>, report: &mut Report) {
    for cover in page.subject.covers {
        if ![WIDE, SQUARE].contains(&(cover.width, cover.height)) {
            let what = format!("{} {}×{}", cover.src, cover.width, cover.height);
            report.post(Severity::Error, CUT, what);
        }
    }
    for article in articles_of(page) {
        for (name, shape) in [("pic_crop_235_1", WIDE), ("pic_crop_1_1", SQUARE)] {
            let crop = field(&article, name);
            let ratio = f64::from(shape.0) / f64::from(shape.1);
            if !crop.is_empty() && !right_crop(crop, ratio) {
                report.post(Severity::Error, CUT, format!("{name} {crop}"));
            }
        }
    }
}

/// Whether `x1_y1_x2_y2` lies within the wide cover and has this shape.
fn right_crop(crop: &str, ratio: f64) -> bool {
    let edges: Option<Vec<f64>> = crop.split('_').map(edge).collect();
    let Some([x1, y1, x2, y2]) = edges.as_deref() else { return false };
    let width = (x2 - x1) * f64::from(WIDE.0);
    let height = (y2 - y1) * f64::from(WIDE.1);
    width > 0.0 && height > 0.0 && (width / height / ratio - 1.0).abs() < 0.01
}

/// A number from 0 to 1 with at most six decimals.
fn edge(text: &str) -> Option<f64> {
    let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
    let value: f64 = text.parse().ok()?;
    (decimals <= 6 && (0.0..=1.0).contains(&value)).then_some(value)
}
