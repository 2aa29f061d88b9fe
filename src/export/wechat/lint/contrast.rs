//! W27: text that can be read by day and by night.

use crate::diag::{Code, Severity};
use crate::export::wechat::markup::{Content, Tag};

use super::Page;
use super::colour::{
    NIGHT, Rgb, WHITE, contrast as between, ground_at_night, luminance, over, read, text_at_night,
};
use super::report::Report;

const CONTRAST: Code = Code::new("wechat-w27");
const PALE: Code = Code::new("wechat-w27-pale");
const GRADIENT: Code = Code::new("wechat-w27-gradient");

/// The least contrast of text (WCAG 2.2, 1.4.3, level AA).
const LEAST: f64 = 4.5;
/// A ground of this luminance or more is pale.
const PALE_FROM: f64 = 0.7;

/// The colours that hold within an element.
#[derive(Clone, Copy)]
struct Colours {
    text: (Rgb, f64),
    day: Rgb,
    night: Rgb,
    gradient: bool,
}

/// The page as it comes: WeChat's own text colour on white, or on #191919.
const PAGE: Colours = Colours { text: ([25.0; 3], 1.0), day: WHITE, night: NIGHT, gradient: false };

/// W27: contrast, pale opaque grounds, text on gradients.
pub(super) fn contrast(page: &Page<'_>, report: &mut Report) {
    let mut known: Vec<Colours> = Vec::with_capacity(page.tree.nodes.len());
    for (node, content) in page.tree.nodes.iter().enumerate() {
        let around = content.parent.map_or(PAGE, |parent| known[parent]);
        match &content.content {
            Content::Element(tag, _) => {
                if let Some(css) = pale(tag) {
                    report.node(Severity::Warning, PALE, css, &page.tree, node);
                }
                known.push(within(tag, around));
            }
            Content::Text(text) => {
                known.push(around);
                if text.trim().is_empty() {
                    continue;
                }
                if around.gradient {
                    report.node(Severity::Warning, GRADIENT, "gradient", &page.tree, node);
                } else if let Some(what) = faint(around) {
                    report.node(Severity::Warning, CONTRAST, what, &page.tree, node);
                }
            }
        }
    }
}

fn background<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    let grounds = ["background-color", "background", "background-image"];
    grounds.iter().find_map(|name| tag.property(name))
}

fn within(tag: &Tag<'_>, around: Colours) -> Colours {
    let mut inner = around;
    if let Some(css) = background(tag) {
        inner.gradient = css.contains("gradient(") || (inner.gradient && read(css).is_none());
        if let Some(colour) = read(css) {
            inner.day = over(colour, around.day);
            inner.night = ground_at_night(colour, around.night);
        }
    }
    if let Some(colour) = tag.property("color").and_then(read) {
        inner.text = colour;
    }
    inner
}

/// A pale ground that lets nothing through: a bright block at night.
fn pale<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    let css = background(tag)?;
    let (rgb, alpha) = read(css)?;
    (alpha >= 1.0 && rgb != WHITE && luminance(rgb) >= PALE_FROM).then_some(css)
}

fn faint(colours: Colours) -> Option<String> {
    let day = between(over(colours.text, colours.day), colours.day);
    let night = between(text_at_night(colours.text, colours.night), colours.night);
    let shown = |name: &str, value: f64| format!("{name} {:.2}", (value * 100.0).floor() / 100.0);
    match (day < LEAST, night < LEAST) {
        (true, _) => Some(shown("light", day)),
        (_, true) => Some(shown("dark", night)),
        _ => None,
    }
}
