//! HTML inside Markdown: line breaks, raised and lowered text and readings are
//! read; of all else the text is kept and the tags are reported.

use comrak::nodes::Node;

use crate::article::{Block, Figure, Image, Inline, Inlines, plain_text, tidy};
use crate::diag::{Code, Finding};

use crate::import::runs;

use super::blocks::Reader;

const TAG_DROPPED: Code = Code::new("read-html-tag");
const HIDDEN: Code = Code::new("read-html-hidden");

/// Open elements beyond this many are not told apart any more.
const OPEN: usize = 8;

/// A part of a line before its tags are matched.
pub(super) enum Piece {
    /// What is read already.
    Inline(Inline),
    /// A tag or comment as written, with its angle brackets.
    Tag(String),
}

/// The elements that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Superscript,
    Subscript,
    Ruby,
    Base,
    Reading,
    Bracket,
}

impl Element {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "sup" => Self::Superscript,
            "sub" => Self::Subscript,
            "ruby" => Self::Ruby,
            "rb" => Self::Base,
            "rt" => Self::Reading,
            "rp" => Self::Bracket,
            _ => return None,
        })
    }
}

/// Matches the tags among `pieces` and drops those that are not read.
pub(super) fn fold(reader: &mut Reader<'_, '_>, pieces: Vec<Piece>, line: usize) -> Inlines {
    let mut stack: Vec<(Element, Inlines)> = Vec::new();
    let mut out = Inlines::new();
    for piece in pieces {
        let raw = match piece {
            Piece::Inline(inline) => {
                stack.last_mut().map_or(&mut out, |(_, inner)| inner).push(inline);
                continue;
            }
            Piece::Tag(raw) => raw,
        };
        let name = tag_name(&raw);
        let closing = raw.starts_with("</");
        match Element::of(&name) {
            _ if name == "br" => {
                stack.last_mut().map_or(&mut out, |(_, inner)| inner).push(Inline::Break);
            }
            Some(element) if closing => {
                if let Some(at) = stack.iter().rposition(|(open, _)| *open == element) {
                    while stack.len() > at {
                        close(&mut stack, &mut out);
                    }
                }
            }
            Some(element) if stack.len() < OPEN => stack.push((element, Inlines::new())),
            _ => reader.draft.say(Finding::note(TAG_DROPPED).arg("tag", raw).line(line)),
        }
    }
    while !stack.is_empty() {
        close(&mut stack, &mut out);
    }
    out
}

/// Ends the innermost open element.
fn close(stack: &mut Vec<(Element, Inlines)>, out: &mut Inlines) {
    let Some((element, inner)) = stack.pop() else { return };
    let in_ruby = stack.iter().any(|(open, _)| *open == Element::Ruby);
    let outer = stack.last_mut().map_or(out, |(_, outer)| outer);
    match element {
        Element::Superscript => outer.push(Inline::Superscript(inner)),
        Element::Subscript => outer.push(Inline::Subscript(inner)),
        // The brackets are for programs without readings.
        Element::Bracket if in_ruby => {}
        Element::Reading if in_ruby => {
            let start = outer
                .iter()
                .rposition(|i| matches!(i, Inline::Ruby { .. }))
                .map_or(0, |last| last + 1);
            let base = plain_text(&outer[start..]);
            let text = plain_text(&inner);
            if base.is_empty() || text.is_empty() {
                outer.extend(inner);
            } else {
                outer.truncate(start);
                outer.push(Inline::Ruby { base, text });
            }
        }
        _ => outer.extend(inner),
    }
}

/// The name of a tag in small letters; empty for comments and the like.
fn tag_name(raw: &str) -> String {
    raw.trim_start_matches(['<', '/'])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric())
        .collect::<String>()
        .to_ascii_lowercase()
}

/// The blocks of a piece of HTML that stands alone: pictures, and paragraphs of
/// its text.
pub(super) fn block<'a>(reader: &mut Reader<'_, 'a>, node: Node<'a>, html: &str) -> Vec<Block> {
    let line = reader.line(node);
    let mut out = Vec::new();
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        push_text(&mut pieces, &rest[..open]);
        let (raw, after) = tag(&rest[open..]);
        rest = after;
        let name = tag_name(raw);
        if raw.starts_with("<!--") {
            let text = raw.trim_start_matches("<!--").trim_end_matches("-->").trim();
            reader.draft.say(Finding::note(HIDDEN).arg("text", text).line(line));
        } else if matches!(name.as_str(), "script" | "style") && !raw.starts_with("</") {
            let closes = |at: &usize| {
                let tag = rest[at + 2..].get(..name.len());
                tag.is_some_and(|tag| tag.eq_ignore_ascii_case(&name))
            };
            let mut ends = rest.match_indices("</").map(|(at, _)| at);
            let end = ends.find(closes).unwrap_or(rest.len());
            reader.draft.say(Finding::note(HIDDEN).arg("text", rest[..end].trim()).line(line));
            rest = &rest[end..];
        } else if name == "img" {
            flush(reader, &mut pieces, line, &mut out);
            out.extend(picture(raw));
        } else if is_inline(&name) {
            pieces.push(Piece::Tag(raw.to_owned()));
        } else {
            reader.draft.say(Finding::note(TAG_DROPPED).arg("tag", raw).line(line));
            flush(reader, &mut pieces, line, &mut out);
        }
    }
    push_text(&mut pieces, rest);
    flush(reader, &mut pieces, line, &mut out);
    out
}

/// The tag or comment `html` begins with, and what follows; a lone angle bracket
/// is itself.
fn tag(html: &str) -> (&str, &str) {
    let end = if html.starts_with("<!--") {
        html.find("-->").map(|at| at + 3)
    } else {
        html.find('>').map(|at| at + 1)
    };
    html.split_at(end.unwrap_or(html.len()))
}

fn is_inline(name: &str) -> bool {
    const NAMES: [&str; 17] = [
        "br", "sup", "sub", "ruby", "rb", "rt", "rp", "span", "font", "b", "strong", "i", "em",
        "u", "a", "small", "mark",
    ];
    NAMES.contains(&name)
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    let words: Vec<&str> = text.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect();
    if !words.is_empty() {
        pieces.push(Piece::Inline(Inline::Text(decoded(&words.join(" ")))));
    }
}

fn decoded(text: &str) -> String {
    text.replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn flush(reader: &mut Reader<'_, '_>, pieces: &mut Vec<Piece>, line: usize, out: &mut Vec<Block>) {
    let mut inlines = fold(reader, std::mem::take(pieces), line);
    tidy(&mut inlines);
    runs::trim(&mut inlines);
    if !inlines.is_empty() {
        out.push(Block::Paragraph(inlines));
    }
}

fn picture(raw: &str) -> Option<Block> {
    let name = attribute(raw, "src")?;
    let caption = attribute(raw, "alt").filter(|alt| !alt.is_empty());
    Some(Block::Figure(Figure {
        images: vec![Image { name, alt: None }],
        caption: caption.map(Inline::Text).into_iter().collect(),
        credit: None,
    }))
}

fn attribute(raw: &str, name: &str) -> Option<String> {
    let at = raw.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = &raw[at + name.len() + 1..];
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split([' ', '>', '/']).next()?,
    };
    Some(decoded(value.trim()))
}
