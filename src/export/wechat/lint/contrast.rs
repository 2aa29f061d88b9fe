//! W27: text that can be read by day and by night.

use crate::diag::{Code, Severity};
use crate::export::wechat::colour::{
    WHITE, contrast as between, luminance, over, read, text_at_night,
};
use crate::export::wechat::markup::{Content, Tag};
use crate::export::wechat::night::{Colours, colours, ground};

use super::Page;
use super::report::Report;

const CONTRAST: Code = Code::new("wechat-w27");
const PALE: Code = Code::new("wechat-w27-pale");
const GRADIENT: Code = Code::new("wechat-w27-gradient");

/// The least contrast of text (WCAG 2.2, 1.4.3, level AA).
const LEAST: f64 = 4.5;
/// A ground of this luminance or more is pale.
const PALE_FROM: f64 = 0.7;

/// W27: contrast, pale opaque grounds, text on gradients.
pub(super) fn contrast(page: &Page<'_>, report: &mut Report) {
    let tree = &page.tree;
    for ((number, node), here) in tree.nodes.iter().enumerate().zip(colours(tree)) {
        let fault = match &node.content {
            Content::Element(tag, _) => pale(tag).map(|css| (PALE, css.to_owned())),
            Content::Text(text) if text.trim().is_empty() => None,
            Content::Text(_) if here.gradient => Some((GRADIENT, String::new())),
            Content::Text(_) => faint(here).map(|what| (CONTRAST, what)),
        };
        if let Some((code, what)) = fault {
            report.node(Severity::Warning, code, what, tree, number);
        }
    }
}

/// A pale ground that lets nothing through: a bright block at night.
fn pale<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    let css = ground(tag)?;
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
