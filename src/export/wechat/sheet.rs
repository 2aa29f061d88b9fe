//! The style sheet of a theme, put together: what all themes share, the theme's own
//! rules, and the colour that a project chose, which is held to be seen by day and
//! at night.

use crate::diag::{Code, Fault, Finding};
use crate::layout::Look;
use crate::layout::style_sheet::{self, Reader};

use super::colour::{NIGHT, Rgb, WHITE, contrast, over, read, text_at_night};

/// The theme's own rules.
pub(super) const THEME: &str = "theme.css";
/// The rules that come before them, where the look has any.
const BASE: &str = "base.css";
/// The switch that puts another colour in place of the theme's.
const COLOUR: &str = "colour";

const FAINT: Code = Code::new("wechat-colour-faint");

/// The contrast that text needs (WCAG 2.2, 1.4.3).
const ENOUGH: f64 = 4.5;
/// How opaque the tints of a theme are that text in its colour stands on.
const TINT: f64 = 0.08;

/// The whole style sheet of a look, with the options that hold for a publication.
///
/// # Errors
/// Where the look has no sheet of its own, or one of its sheets is wrong.
pub(super) fn css(look: &Look, options: &toml::Table) -> Result<String, Fault> {
    let mut css = String::new();
    if look.get(BASE).is_some() {
        css.push_str(checked(look, BASE)?);
    }
    css.push_str(checked(look, THEME)?);
    if let Some((name, [r, g, b])) = chosen(options) {
        css.push_str(&format!(".post{{--rgb:{r},{g},{b};--accent:{name}}}"));
    }
    Ok(css)
}

fn checked<'a>(look: &'a Look, name: &str) -> Result<&'a str, Fault> {
    let css = look.text(name)?;
    if let Some(file) = look.get(name) {
        style_sheet::check(file, css, Reader::Wechat)?;
    }
    Ok(css)
}

/// The colour that the project chose, as written and in parts.
fn chosen(options: &toml::Table) -> Option<(&str, Rgb)> {
    let name = options.get(COLOUR)?.as_str()?;
    Some((name, read(name)?.0))
}

/// What is to be said of the colour that the project chose: where text in it is too
/// faint, with the nearest darker one that is not.
pub(super) fn doubt(options: &toml::Table) -> Option<Finding> {
    let (name, colour) = chosen(options)?;
    let (day, night) = contrasts(colour);
    if day.min(night) >= ENOUGH {
        return None;
    }
    let darker = |percent: u32| colour.map(|part| (part * f64::from(percent) / 100.0).round());
    let enough = |colour: &Rgb| {
        let (day, night) = contrasts(*colour);
        day.min(night) >= ENOUGH
    };
    let [r, g, b] = (0..100).rev().map(darker).find(enough)?;
    let hex = format!("#{:02x}{:02x}{:02x}", r as u8, g as u8, b as u8);
    let said = |contrast: f64| format!("{:.1}", (contrast * 10.0).floor() / 10.0);
    let finding = Finding::warning(FAINT).arg("colour", name).arg("better", hex);
    Some(finding.arg("day", said(day)).arg("night", said(night)))
}

/// The contrast of text in a colour, by day and at night, on the page and on a tint
/// of the colour itself.
fn contrasts(colour: Rgb) -> (f64, f64) {
    let least = |page: Rgb, text: &dyn Fn(Rgb) -> Rgb| {
        let tinted = over((colour, TINT), page);
        contrast(text(page), page).min(contrast(text(tinted), tinted))
    };
    let night = least(NIGHT, &|ground| text_at_night((colour, 1.0), ground));
    (least(WHITE, &|_| colour), night)
}
