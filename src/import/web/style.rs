//! How an element looks, as far as the look says what it is: alignment, weight,
//! size, colour, and whether it is seen at all. Reads attributes alone, never a
//! style sheet.

use dom_query::NodeRef;

/// How the lines of an element stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Align {
    /// As the page has it.
    #[default]
    Plain,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// What a page says about the look of words, from the outside in.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Look {
    /// Where the lines stand.
    pub(super) align: Align,
    /// The size of the letters in pixels; 0 where nothing says it.
    pub(super) size: u16,
    /// Whether the letters are grey.
    pub(super) grey: bool,
    /// Whether the page says that this is the caption of a picture.
    pub(super) caption: bool,
    /// The level of a heading, 0 for none.
    pub(super) heading: u8,
    /// Which list of pictures with one caption it belongs to, 0 for none.
    pub(super) figure: usize,
}

/// The declarations of an element's `style`, names in small letters.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = (String, &str)> {
    style.split(';').filter_map(|one| {
        let (name, value) = one.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim_end();
        Some((name.trim().to_ascii_lowercase(), value))
    })
}

/// Whether an element is not shown.
pub(super) fn is_hidden(node: &NodeRef<'_>) -> bool {
    if node.has_attr("hidden") {
        return true;
    }
    let Some(style) = node.attr("style") else { return false };
    let (mut nothing_high, mut nothing_wide, mut clipped) = (false, false, false);
    for (name, value) in declarations(&style) {
        let zero = matches!(value, "0" | "0px" | "0em" | "0%");
        match name.as_str() {
            "display" if value.eq_ignore_ascii_case("none") => return true,
            "visibility" if value.eq_ignore_ascii_case("hidden") => return true,
            "height" | "max-height" if zero => nothing_high = true,
            "width" | "max-width" if zero => nothing_wide = true,
            "overflow" | "overflow-y" | "overflow-x" => {
                clipped |= value.eq_ignore_ascii_case("hidden");
            }
            _ => {}
        }
    }
    clipped && (nothing_high || nothing_wide)
}

impl Look {
    /// The look within `node`, which stands in an element of this look.
    pub(super) fn within(self, node: &NodeRef<'_>, name: &str) -> Self {
        let mut look = self;
        if name == "center" {
            look.align = Align::Centre;
        }
        if let Some(align) = node.attr("align").filter(|_| name != "img" && name != "table") {
            look.align = align_of(&align).unwrap_or(look.align);
        }
        if let Some(colour) = node.attr("color") {
            look.grey = is_grey(&colour);
        }
        for (name, value) in declarations(&node.attr("style").unwrap_or_default()) {
            match name.as_str() {
                "text-align" => look.align = align_of(value).unwrap_or(look.align),
                "font-size" => look.size = pixels(value).unwrap_or(look.size),
                "color" => look.grey = is_grey(value),
                _ => {}
            }
        }
        look
    }
}

fn align_of(value: &str) -> Option<Align> {
    match value.to_ascii_lowercase().as_str() {
        "center" | "middle" | "-webkit-center" => Some(Align::Centre),
        "right" | "end" | "-webkit-right" => Some(Align::Right),
        "left" | "justify" | "start" | "both" => Some(Align::Plain),
        _ => None,
    }
}

/// A length in whole pixels; nothing for shares of something unknown.
pub(super) fn pixels(value: &str) -> Option<u16> {
    let value = value.trim().to_ascii_lowercase();
    let end = value.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(value.len());
    let number: f32 = value[..end].parse().ok()?;
    let factor = match value[end..].trim() {
        "px" | "" => 1.0,
        "pt" => 4.0 / 3.0,
        "em" | "rem" => 16.0,
        _ => return None,
    };
    let pixels = number * factor;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within 0 and 9999"
    )]
    (0.0..10_000.0).contains(&pixels).then(|| pixels.round() as u16)
}

/// Whether a colour is a middle grey, as captions and asides are set in.
fn is_grey(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    if matches!(value.as_str(), "gray" | "grey" | "darkgray" | "dimgray") {
        return true;
    }
    let parts: Vec<u8> = if let Some(hex) = value.strip_prefix('#') {
        let wide = |s: &str| u8::from_str_radix(s, 16).ok();
        match (hex.is_ascii(), hex.len()) {
            (true, 3) => (0..3).filter_map(|i| wide(&hex[i..=i]).map(|v| v * 17)).collect(),
            (true, 6) => (0..3).filter_map(|i| wide(&hex[2 * i..2 * i + 2])).collect(),
            _ => Vec::new(),
        }
    } else if let Some(list) = value.strip_prefix("rgb").and_then(|v| v.split_once('(')) {
        list.1.split([',', ')', ' ']).filter_map(|p| p.trim().parse().ok()).take(3).collect()
    } else {
        Vec::new()
    };
    let [r, g, b] = parts[..] else { return false };
    let (least, most) = (r.min(g).min(b), r.max(g).max(b));
    most - least <= 16 && (0x60..=0xc8).contains(&most)
}

/// The marks of emphasis that an element's style sets on its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stress {
    /// Bold.
    Strong,
    /// Slanted.
    Emphasis,
    /// 着重号.
    Marks,
    /// Raised.
    Super,
    /// Lowered.
    Sub,
}

/// What a style stresses, and whether it takes bold back.
pub(super) fn stresses(style: &str) -> (Vec<Stress>, bool) {
    let mut out = Vec::new();
    let mut plain = false;
    for (name, value) in declarations(style) {
        let value = value.to_ascii_lowercase();
        match name.as_str() {
            "font-weight" => {
                let heavy = value.parse::<u16>().map_or(value.starts_with("bold"), |w| w >= 600);
                plain = !heavy && (value == "normal" || value.parse::<u16>().is_ok());
                if heavy {
                    out.push(Stress::Strong);
                }
            }
            "font-style" if value == "italic" || value == "oblique" => out.push(Stress::Emphasis),
            "text-emphasis"
            | "text-emphasis-style"
            | "-webkit-text-emphasis"
            | "-webkit-text-emphasis-style"
                if value != "none" && !out.contains(&Stress::Marks) =>
            {
                out.push(Stress::Marks);
            }
            "vertical-align" if value == "super" => out.push(Stress::Super),
            "vertical-align" if value == "sub" => out.push(Stress::Sub),
            _ => {}
        }
    }
    (out, plain)
}
