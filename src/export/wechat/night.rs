//! The colours that hold on each element of a fragment, by day and in WeChat's
//! dark mode: for the lint, which measures them, and the preview, which shows them.

use super::colour::{NIGHT, Rgb, WHITE, ground_at_night, over, read, text_at_night};
use super::markup::{Content, Tag, Tree};

/// The colours that hold within an element.
#[derive(Clone, Copy)]
pub(super) struct Colours {
    /// The text's own colour and its opacity.
    pub text: (Rgb, f64),
    /// The ground it stands on by day.
    pub day: Rgb,
    /// The ground it stands on at night.
    pub night: Rgb,
    /// Whether the ground is a gradient.
    pub gradient: bool,
}

/// The page as it comes: WeChat's own text colour on white, or on #191919.
const PAGE: Colours = Colours { text: ([25.0; 3], 1.0), day: WHITE, night: NIGHT, gradient: false };

/// The colours that hold at each node of a tree, in the order of its nodes.
pub(super) fn colours(tree: &Tree<'_>) -> Vec<Colours> {
    let mut known: Vec<Colours> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        let around = node.parent.map_or(PAGE, |parent| known[parent]);
        known.push(match &node.content {
            Content::Element(tag, _) => within(tag, around),
            Content::Text(_) => around,
        });
    }
    known
}

/// What an element's `style` says of its ground, the first property that does.
pub(super) fn ground<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    let names = ["background-color", "background", "background-image"];
    names.iter().find_map(|name| tag.property(name))
}

fn within(tag: &Tag<'_>, around: Colours) -> Colours {
    let mut inner = around;
    if let Some(css) = ground(tag) {
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

/// What each element looks like at night: its number among the elements, and the
/// declarations that dark mode puts in place of its own.
pub(super) fn at_night(tree: &Tree<'_>) -> Vec<(usize, String)> {
    let colours = colours(tree);
    let mut out = Vec::new();
    for (node, inner) in tree.nodes.iter().zip(&colours) {
        let Content::Element(tag, number) = &node.content else { continue };
        let mut css = String::new();
        let mut say = |name: &str, rgb: Rgb| css.push_str(&format!("{name}:{};", hex(rgb)));
        let grounded = ground(tag).and_then(read).is_some();
        if grounded {
            say("background-color", inner.night);
        }
        // Who says only a ground is given the text's colour as well.
        if grounded || tag.property("color").and_then(read).is_some() {
            say("color", text_at_night(inner.text, inner.night));
        }
        for (name, value) in tag.style().filter(|(name, _)| name.starts_with("border")) {
            let opaque = value.split(' ').find_map(read).filter(|(_, alpha)| *alpha >= 1.0);
            if let Some(colour) = opaque {
                say(&format!("{name}-color"), text_at_night(colour, NIGHT));
            }
        }
        if !css.is_empty() {
            out.push((*number, css));
        }
    }
    out
}

fn hex(rgb: Rgb) -> String {
    let [r, g, b] = rgb.map(|v| v.round().clamp(0.0, 255.0) as u8);
    format!("#{r:02x}{g:02x}{b:02x}")
}
