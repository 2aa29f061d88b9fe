//! Takes out of a fragment what costs characters and changes nothing: WeChat counts
//! mark-up as text. What the lint demands on an element of its own, such as a
//! paragraph's colour, stays. Nothing here changes how a fragment looks.

use super::markup::{Tag, Token, tokens};

/// The properties that an element takes over from the one around it (CSS 2.2 and
/// CSS Text 3), as far as themes use them.
const INHERITED: &[&str] = &[
    "border-collapse",
    "color",
    "font-size",
    "font-style",
    "font-weight",
    "letter-spacing",
    "line-break",
    "line-height",
    "overflow-wrap",
    "text-align",
    "text-indent",
    "text-transform",
    "visibility",
    "white-space",
    "word-break",
    "word-spacing",
    "word-wrap",
];

/// The elements on which a browser's own sheet sets nothing that is inherited.
const PLAIN: &[&str] = &["section", "p", "span"];

/// The elements within a line, and the one property that a browser's sheet sets there.
const SLANTED: &[(&str, &str)] = &[
    ("strong", "font-weight"),
    ("b", "font-weight"),
    ("em", "font-style"),
    ("i", "font-style"),
    ("sup", "font-size"),
    ("sub", "font-size"),
];

/// What a box without a say has anyway.
const NOTHING: &[(&str, &str)] = &[
    ("margin", "0"),
    ("padding", "0"),
    ("text-decoration", "none"),
    ("border-radius", "0"),
    ("background-color", "transparent"),
];

/// An element that is open, on the way through a fragment.
struct Open<'a> {
    name: &'a str,
    /// Whether its tags are written.
    written: bool,
    /// The inherited properties that are known to hold within it.
    known: Vec<(&'a str, String)>,
}

/// The fragment without `class` and `id`, comments, the white space between the
/// lines of a template, and declarations that say what holds anyway. An article's
/// own text never holds a line feed.
pub fn prune(fragment: &str) -> String {
    let mut out = String::with_capacity(fragment.len());
    let mut open: Vec<Open<'_>> = Vec::new();
    for token in tokens(fragment) {
        match token {
            Token::Open(tag) => {
                let around = open.last().map_or(&[][..], |o| &o.known);
                let (style, known) = declarations(&tag, around);
                let written = push_tag(&tag, &style, &mut out);
                if !tag.is_void() {
                    open.push(Open { name: tag.name, written, known });
                }
            }
            Token::Close(name) => close(name, &mut open, &mut out),
            Token::Text(text) if text.contains('\n') => {
                out.extend(text.split('\n').map(str::trim));
            }
            Token::Text(text) => out.push_str(text),
            Token::Other => {}
        }
    }
    out
}

/// Writes an end tag, unless its start tag was not.
fn close(name: &str, open: &mut Vec<Open<'_>>, out: &mut String) {
    let at = open.iter().rposition(|o| o.name.eq_ignore_ascii_case(name));
    let written = at.is_none_or(|at| open[at].written);
    open.truncate(at.unwrap_or(open.len()));
    if written {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}

/// Writes a start tag; a `span` that says nothing is left out.
fn push_tag(tag: &Tag<'_>, style: &str, out: &mut String) -> bool {
    let start = out.len();
    let mut says = false;
    out.push('<');
    out.push_str(tag.name);
    for (name, value) in &tag.attributes {
        let value = if *name == "style" { style } else { value };
        if matches!(*name, "class" | "id") || (*name == "style" && value.is_empty()) {
            continue;
        }
        says = true;
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        out.push_str(value);
        out.push('"');
    }
    out.push('>');
    let written = says || !tag.is(&["span"]);
    if !written {
        out.truncate(start);
    }
    written
}

/// The declarations that an element needs, as its `style` is to be written, and what
/// is known to hold within it.
fn declarations<'a>(
    tag: &Tag<'a>,
    around: &[(&'a str, String)],
) -> (String, Vec<(&'a str, String)>) {
    // Of two for one property the later counts; shorthands keep their places.
    let mut kept: Vec<(&str, String)> = Vec::new();
    for (name, value) in tag.style() {
        kept.retain(|(known, _)| *known != name);
        kept.push((name, shortest(value)));
    }
    // An element that a browser's sheet knows may hold other values than it was given.
    let passes_on =
        |name: &str| tag.is(PLAIN) || SLANTED.iter().any(|(t, set)| tag.is(&[*t]) && *set != name);
    let mut known: Vec<(&str, String)> =
        around.iter().filter(|(name, _)| passes_on(name)).cloned().collect();
    let mut style = String::new();
    for (index, (name, value)) in kept.iter().enumerate() {
        let held = known.iter().position(|(n, _)| n == name);
        let same = held.is_some_and(|at| known[at].1 == *value);
        let idle = tag.is(&["section", "span"])
            && NOTHING.contains(&(*name, value.as_str()))
            && !kept[..index].iter().any(|(n, _)| related(n, name));
        if !(idle || (same && !demanded(tag, name))) {
            if !style.is_empty() {
                style.push(';');
            }
            style.push_str(name);
            style.push(':');
            style.push_str(value);
        }
        if !INHERITED.contains(name) {
            continue;
        }
        // What is relative to this element's type may come to something else within.
        let fixed = fixed(name, value);
        match held {
            Some(at) if fixed => known[at].1.clone_from(value),
            Some(at) => drop(known.remove(at)),
            None if fixed => known.push((*name, value.clone())),
            None => {}
        }
    }
    (style, known)
}

/// Whether one property is a part of the other, as `margin-left` is of `margin`.
fn related(a: &str, b: &str) -> bool {
    a.starts_with(b)
        || b.starts_with(a)
        || (a.starts_with("background") && b.starts_with("background"))
}

/// What the lint wants said on the element itself (W15, W16): the editor puts its own
/// styles there.
fn demanded(tag: &Tag<'_>, name: &str) -> bool {
    (name == "color" && tag.is(&["p", "th", "td"]))
        || (name == "font-size" && tag.is(&["th", "td"]))
}

/// Whether a value means the same on every element within.
fn fixed(name: &str, value: &str) -> bool {
    const RELATIVE: &[&str] = &[
        "bolder",
        "currentcolor",
        "inherit",
        "initial",
        "larger",
        "lighter",
        "match-parent",
        "revert",
        "smaller",
        "unset",
    ];
    if name == "color" {
        return !RELATIVE.contains(&value);
    }
    if value.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return !RELATIVE.contains(&value) && !value.contains('(');
    }
    let number = value.strip_suffix("px").unwrap_or(value);
    number.parse::<f64>().is_ok()
}

/// A value in its shortest writing: `rgba(1, 2, 3, 0.5)` as `rgba(1,2,3,.5)`,
/// `0px` as `0`, `#aabbcc` as `#abc`. Quoted texts and addresses stay as they are.
fn shortest(value: &str) -> String {
    if value.contains(['"', '\'', '&']) || value.contains("url(") {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    for part in value.split_whitespace() {
        let tight = out.is_empty() || out.ends_with([',', '(']) || part.starts_with([',', ')']);
        if !tight {
            out.push(' ');
        }
        out.push_str(part);
    }
    let bare = |piece: &str| match piece {
        "0px" | "0em" | "0.0" => "0".to_owned(),
        _ => match piece
            .strip_prefix("0.")
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            Some(rest) => format!(".{rest}"),
            None => colour(piece),
        },
    };
    let mut short = String::with_capacity(out.len());
    let mut piece = String::new();
    for c in out.chars() {
        if matches!(c, ' ' | ',' | '(' | ')') {
            short.push_str(&bare(&piece));
            piece.clear();
            short.push(c);
        } else {
            piece.push(c);
        }
    }
    short.push_str(&bare(&piece));
    short
}

/// A colour of six digits in three, where each pair is one digit twice.
fn colour(piece: &str) -> String {
    match piece.strip_prefix('#').map(str::as_bytes) {
        Some([a, b, c, d, e, f]) if a == b && c == d && e == f && piece.is_ascii() => {
            ["#".to_owned(), [a, c, e].map(|x| char::from(*x)).iter().collect()].concat()
        }
        _ => piece.to_owned(),
    }
}
