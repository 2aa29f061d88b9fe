//! Lines and the few ways in which containers take them together.

use crate::article::Inline;

/// One line of the file, without the marks of the containers around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// Its text.
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    /// Whether it holds nothing but plain spaces.
    pub(super) fn blank(&self) -> bool {
        self.text.bytes().all(|b| b == b' ' || b == b'\t')
    }

    /// The same line with another text.
    pub(super) fn with(self, text: &'a str) -> Self {
        Self { text, ..self }
    }

    fn indent(&self) -> usize {
        self.text.bytes().take_while(|b| *b == b' ').count()
    }
}

/// A line as one piece of plain text.
pub(super) fn plain(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

/// The lines of an item whose first one, without its mark, is `first`: that one
/// and all of `rest` that are indented by `width` or blank, without the blank
/// ones at the end. Gives them and how many of `rest` they take.
pub(super) fn item<'a>(first: Line<'a>, rest: &[Line<'a>], width: usize) -> (Vec<Line<'a>>, usize) {
    let within = |l: &&Line<'_>| l.blank() || l.indent() >= width;
    let mut taken = rest.iter().take_while(within).count();
    while taken > 0 && rest[taken - 1].blank() {
        taken -= 1;
    }
    let mut out = vec![first];
    for line in &rest[..taken] {
        let strip = line.indent().min(width);
        out.push(line.with(&line.text[strip..]));
    }
    (out, taken)
}

/// A list's mark at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// The number of an ordered item.
    pub(super) number: Option<u32>,
    /// The character by which two lists in a row are told apart.
    pub(super) sign: char,
    /// How many bytes the mark takes with the space behind it.
    pub(super) width: usize,
}

/// Reads a list's mark: `-`, `+`, `*`, `1.` or `1)`, then a space or the line's end.
pub(super) fn mark(text: &str) -> Option<Mark> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = text[digits..].chars().next()?;
    let number = match (digits, sign) {
        (0, '-' | '+' | '*') => None,
        (1.., '.' | ')') => Some(text[..digits].parse().ok()?),
        _ => return None,
    };
    let rest = &text[digits + 1..];
    let width = digits + 2;
    (rest.is_empty() || rest.starts_with(' ')).then_some(Mark { number, sign, width })
}

/// The name behind `:::`; empty for a closing line; `None` for other lines.
pub(super) fn directive(text: &str) -> Option<&str> {
    text.strip_prefix(":::").map(str::trim)
}

/// Where the directive that opens on the line before `lines` closes; `None`
/// where it does not.
pub(super) fn closing(lines: &[Line<'_>]) -> Option<usize> {
    let mut open = 0usize;
    for (i, line) in lines.iter().enumerate() {
        match directive(line.text) {
            Some("") if open == 0 => return Some(i),
            Some("") => open -= 1,
            Some(_) => open += 1,
            None => {}
        }
    }
    None
}
