//! Writing what stands inside a line.

use crate::article::{Inline, Inlines};

use super::Notes;

/// Where a run of text is written: what may stand there and what must be masked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// A paragraph: breaks end a line, and what looks like the mark of another
    /// block at the beginning of a line is masked.
    Paragraph,
    /// One line behind a mark of its own: a heading, a caption, a cell, a title.
    OneLine,
}

/// A break where the line cannot end.
pub(in crate::canonical) const BREAK: &str = "{换行}";

/// Writes a run of text. Its notes are numbered and kept for later.
pub(super) fn inlines<'a>(run: &'a Inlines, spot: Spot, notes: &mut Notes<'a>) -> String {
    let mut out = String::new();
    each(run, spot, notes, &mut out);
    if out.ends_with("\\\n") {
        out.truncate(out.len() - 2);
        out.push_str(BREAK);
    }
    if out.ends_with([' ', '\t']) {
        out.push_str("{}");
    }
    out
}

/// Writes plain text for one line, such as an alt.
pub(super) fn plain(content: &str) -> String {
    let mut out = String::new();
    text(content, Spot::OneLine, &mut out);
    if out.ends_with([' ', '\t']) {
        out.push_str("{}");
    }
    out
}

/// Masks an address or a name so that it can stand between round brackets.
pub(super) fn address(url: &str) -> String {
    let mut out = String::new();
    for c in url.chars() {
        if MASKED.contains(c) || matches!(c, '(' | ')') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The characters that mean something anywhere in a line.
const MASKED: &str = "\\*{}[]|";

fn each<'a>(run: &'a [Inline], spot: Spot, notes: &mut Notes<'a>, out: &mut String) {
    for inline in run {
        match inline {
            Inline::Text(t) => text(t, spot, out),
            Inline::Break if spot == Spot::Paragraph => out.push_str("\\\n"),
            Inline::Break => out.push_str(BREAK),
            Inline::Strong(c) => stars("**", c, spot, notes, out),
            Inline::Emphasis(c) => stars("*", c, spot, notes, out),
            Inline::EmphasisMark(c) => braces("着重", c, spot, notes, out),
            Inline::Superscript(c) => braces("上标", c, spot, notes, out),
            Inline::Subscript(c) => braces("下标", c, spot, notes, out),
            Inline::Ruby { base, text } => {
                out.push_str(&format!("{{注音|{}|{}}}", address(base), address(text)));
            }
            Inline::Link { url, content } => {
                bracket(out);
                each(content, spot, notes, out);
                out.push_str(&format!("]({})", address(url)));
            }
            Inline::Note(blocks) => {
                bracket(out);
                out.push_str(&format!("^{}]", notes.call(blocks)));
            }
        }
    }
}

/// Opens a square bracket; behind a bare `!` it would begin a picture.
fn bracket(out: &mut String) {
    if out.ends_with('!') {
        out.pop();
        out.push_str("\\!");
    }
    out.push('[');
}

fn stars<'a>(mark: &str, c: &'a Inlines, spot: Spot, notes: &mut Notes<'a>, out: &mut String) {
    // Two marks in a row cannot be told apart; `{}` stands for nothing.
    for closing in [false, true] {
        if ends_with_bare_star(out) {
            out.push_str("{}");
        }
        out.push_str(mark);
        if !closing {
            let start = out.len();
            each(c, spot, notes, out);
            // `* ` at the beginning of a line would begin a list.
            if out[start..].starts_with(' ') {
                out.insert_str(start, "{}");
            }
        }
    }
}

fn ends_with_bare_star(out: &str) -> bool {
    let Some(rest) = out.strip_suffix('*') else { return false };
    let masks = rest.bytes().rev().take_while(|b| *b == b'\\').count();
    masks % 2 == 0
}

fn braces<'a>(name: &str, c: &'a Inlines, spot: Spot, notes: &mut Notes<'a>, out: &mut String) {
    out.push_str(&format!("{{{name}|"));
    each(c, spot, notes, out);
    out.push('}');
}

fn text(content: &str, spot: Spot, out: &mut String) {
    let fresh = out.is_empty() || out.ends_with('\n');
    if fresh && content.starts_with([' ', '\t']) {
        out.push_str("{}");
    }
    let mask = if fresh && spot == Spot::Paragraph { block_mark(content) } else { None };
    for (i, c) in content.char_indices() {
        // Behind a note at the beginning of a line a colon would begin its text.
        let colon = i == 0 && c == ':' && out.ends_with(']');
        if MASKED.contains(c) || mask == Some(i) || colon {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Where in a text at the beginning of a line a backslash must stand so that it
/// is not taken for the beginning of another block.
fn block_mark(content: &str) -> Option<usize> {
    let first = content.chars().next()?;
    let follows = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    match first {
        '>' => Some(0),
        '#' => follows(content.trim_start_matches('#')).then_some(0),
        '-' | '+' => (follows(&content[1..]) || content.starts_with("---")).then_some(0),
        ':' => content.starts_with(":::").then_some(0),
        '0'..='9' => {
            let rest = content.trim_start_matches(|c: char| c.is_ascii_digit());
            let mark = rest.starts_with(['.', ')']) && follows(&rest[1..]);
            mark.then_some(content.len() - rest.len())
        }
        _ => None,
    }
}
