//! Pictures of a page: which of its many attributes names the file, which
//! pictures only decorate, and pictures that lie inside the page itself.

use dom_query::NodeRef;

use crate::article::{Image, Inline};
use crate::diag::{Code, Finding};
use crate::import::web::base64;
use crate::import::web::style::{self, Look, pixels};
use crate::import::{Content, Embedded};

use super::{Item, Picture, Walker};

const ADDRESS_REFUSED: Code = Code::new("web-address-refused");
const PICTURE_EMPTY: Code = Code::new("web-picture-empty");

/// Attributes in which pages keep the address of a picture that is loaded only
/// when it comes into sight. A site may name more.
const LAZY: &[&str] = &[
    "data-src",
    "data-original",
    "data-original-src",
    "data-lazy-src",
    "data-lazy",
    "data-actualsrc",
    "data-url",
    "data-echo",
    "data-real-src",
    "orisrc",
    "original",
    "lazy-src",
    "_src",
    "file",
    "zoomfile",
];

/// A picture of at most this many pixels on each side decorates.
const TINY: u16 = 32;
/// Pictures inside a page may be this large together, in bytes.
const INSIDE: usize = 100_000_000;

/// Reads a picture where it stands.
pub(super) fn read<'p>(walker: &mut Walker<'p>, node: NodeRef<'p>, look: Look) {
    let alt = node.attr("alt").map(|a| a.trim().to_owned()).filter(|a| !a.is_empty());
    if is_decoration(&node) {
        // Of a small face within words its name is the meaning.
        match alt.filter(|alt| !is_generic(alt, "") && !walker.line.is_empty()) {
            Some(alt) => walker.line.inline(Inline::Text(alt)),
            None => walker.tally.decoration += 1,
        }
        return;
    }
    let Some(name) = name(walker, &node) else { return };
    let alt = alt.filter(|alt| !is_generic(alt, &name));
    walker.flush_for_picture();
    let (line, element) = (walker.page.line(node.id), walker.element);
    let image = Image { name, alt };
    walker.items.push(Item::Picture(Picture { image, look, line, element }));
}

impl Walker<'_> {
    /// Ends the words before a picture; both stay in one element.
    fn flush_for_picture(&mut self) {
        if !self.line.is_empty() {
            self.end_line();
        }
    }
}

fn is_decoration(node: &NodeRef<'_>) -> bool {
    let style = node.attr("style").unwrap_or_default();
    let styled = |side: &str| {
        style::declarations(&style).filter(|(n, _)| n == side).find_map(|(_, v)| pixels(v))
    };
    let side = |side: &str| styled(side).or_else(|| node.attr(side).and_then(|v| pixels(&v)));
    match (side("width"), side("height")) {
        (Some(width), Some(height)) => width <= TINY && height <= TINY,
        (Some(one), None) | (None, Some(one)) => one <= TINY / 2,
        (None, None) => node.attr("src").is_some_and(|src| {
            let src = src.to_ascii_lowercase();
            src.contains("/fileicon/") || src.contains("/icon_") || src.contains("/emotion/")
        }),
    }
}

/// Whether an alternative text says nothing: the file's own name, or what editors
/// put there by themselves.
pub(in crate::import) fn is_generic(alt: &str, name: &str) -> bool {
    const GENERIC: &[&str] = &[
        "图片",
        "图像",
        "照片",
        "配图",
        "插图",
        "image",
        "img",
        "picture",
        "photo",
        "pic",
        "undefined",
        "null",
    ];
    let plain =
        alt.trim().trim_end_matches(|c: char| c.is_ascii_digit() || " ()（）-_.".contains(c));
    let last = |s: &str| s.rsplit(['/', '\\']).next().unwrap_or(s).to_lowercase();
    let stem = |s: &str| last(s).rsplit_once('.').map_or(last(s), |(stem, _)| stem.to_owned());
    plain.is_empty()
        || GENERIC.iter().any(|g| plain.eq_ignore_ascii_case(g))
        || last(alt) == last(name)
        || alt.to_lowercase() == stem(name)
}

/// The name the model gives a picture: the file that the browser saved beside the
/// page, else the address it was to be loaded from.
fn name(walker: &mut Walker<'_>, node: &NodeRef<'_>) -> Option<String> {
    let get = |name: &str| {
        let value = node.attr(name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    let src = get("src").or_else(|| get("href")).or_else(|| get("xlink:href"));
    let own = walker.rules.pictures.iter().copied();
    let lazy = own.chain(LAZY.iter().copied()).find_map(|a| get(a).filter(|v| is_address(v)));
    let set = || {
        let set = get("data-srcset").or_else(|| get("srcset")).or_else(|| get("vurl"))?;
        set.split_whitespace().next().map(|s| s.trim_end_matches(',').to_owned())
    };
    let line = walker.page.line(node.id);
    let chosen = match (src, lazy) {
        (Some(src), _) if is_saved(&src) => src,
        (Some(src), Some(lazy)) if is_inside(walker, &src) && !is_inside(walker, &lazy) => {
            // What the page was saved with is a picture only if it is no stand-in.
            if src.len() > 2000 || !src.starts_with("data:") { src } else { lazy }
        }
        (_, Some(lazy)) => lazy,
        (Some(src), None) => src,
        (None, None) => match set() {
            Some(set) => set,
            None => {
                walker.findings.push(Finding::note(PICTURE_EMPTY).line(line));
                return None;
            }
        },
    };
    if let Some(rest) = chosen.strip_prefix("data:") {
        return inside(walker, rest, line);
    }
    if let Some(part) = walker.rules.parts.and_then(|parts| parts.picture(&chosen)) {
        let (name, bytes) = part;
        embed(walker, &name, || bytes.to_vec());
        return Some(name);
    }
    let scheme = scheme(&chosen);
    if scheme.is_some_and(|s| !matches!(s.as_str(), "http" | "https")) {
        let short: String = chosen.chars().take(200).collect();
        walker.findings.push(Finding::warning(ADDRESS_REFUSED).arg("address", short).line(line));
        return Some(last_name(&chosen));
    }
    let local = !chosen.starts_with("//") && self::scheme(&chosen).is_none();
    Some(if local { percent_decoded(&chosen) } else { chosen })
}

fn is_address(value: &str) -> bool {
    value.contains(['/', '.', ':']) && !value.starts_with("javascript:")
}

/// Whether an address points into the folder that a browser saves beside a page.
fn is_saved(src: &str) -> bool {
    let local = scheme(src).is_none() && !src.starts_with("//");
    local
        && src.split(['/', '\\']).rev().skip(1).any(|folder| {
            ["_files", ".files", "_文件", "_file"].iter().any(|end| folder.ends_with(end))
        })
}

fn is_inside(walker: &Walker<'_>, src: &str) -> bool {
    src.starts_with("data:") || walker.rules.parts.is_some_and(|p| p.picture(src).is_some())
}

/// The scheme of an address in small letters; a drive letter is one.
pub(super) fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    fits.then(|| scheme.to_ascii_lowercase())
}

fn last_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let name = path.rsplit(['/', '\\', ':']).find(|n| !n.is_empty()).unwrap_or("picture");
    percent_decoded(name).chars().take(120).collect()
}

/// A picture written into the page as base64.
fn inside(walker: &mut Walker<'_>, rest: &str, line: usize) -> Option<String> {
    let (kind, data) = rest.split_once(',')?;
    let ending = ending(kind.split(';').next().unwrap_or_default());
    let room = INSIDE.saturating_sub(walker.inside);
    let readable = kind.ends_with("base64") && data.len() / 4 * 3 <= room;
    let bytes = readable.then(|| base64::decode(data.as_bytes())).filter(|b| b.len() > 100);
    let (Some(ending), Some(bytes)) = (ending, bytes) else {
        // One transparent pixel and the like, or no picture at all.
        if data.len() > 400 {
            walker.findings.push(Finding::warning(PICTURE_EMPTY).line(line));
        } else {
            walker.tally.decoration += 1;
        }
        return None;
    };
    walker.inside += bytes.len();
    let name = format!("embedded-{}.{ending}", walker.embedded.len() + 1);
    embed(walker, &name, || bytes);
    Some(name)
}

fn embed(walker: &mut Walker<'_>, name: &str, bytes: impl FnOnce() -> Vec<u8>) {
    if !walker.embedded.iter().any(|e| e.name == name) {
        let framing = crate::media::Framing::default();
        let content = Content::Bytes(bytes());
        walker.embedded.push(Embedded { name: name.to_owned(), content, framing });
    }
}

/// The ending of a picture's file by its media type.
pub(in crate::import::web) fn ending(kind: &str) -> Option<&'static str> {
    Some(match kind.trim().to_ascii_lowercase().as_str() {
        "image/jpeg" | "image/jpg" | "image/pjpeg" => "jpg",
        "image/png" | "image/x-png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/bmp" | "image/x-ms-bmp" => "bmp",
        "image/tiff" => "tif",
        _ => return None,
    })
}

/// `%E5%9B%BE.jpg` as `图.jpg`; as it is where that is no UTF-8.
pub(in crate::import) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        if *first == b'%'
            && let [high, low, after @ ..] = tail
            && let (Some(high), Some(low)) = (hex(high), hex(low))
        {
            bytes.push(high * 16 + low);
            rest = after;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
