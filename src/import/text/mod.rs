//! Plain text: a line is a paragraph, and everything else is inferred from
//! shape, each time with a reason and a confidence. What fits no shape stays a
//! paragraph.

mod body;
mod captions;
mod head;
mod headings;
mod pieces;
mod tail;

use crate::diag::Warned;

use super::Imported;
use super::draft::{Draft, SourceLine};

pub(super) use captions::is_told as is_told_caption;
pub(super) use headings::{is_list_of_names, number_rank};

/// Reads a plain text. `name` is what findings name as the file.
pub(super) fn read(name: &str, cleaned: Warned<String>) -> Warned<Imported> {
    let mut draft = Draft::new(name, cleaned.findings);
    let lines = lines(&cleaned.value);
    let body = head::read(&mut draft, &lines, name);
    let rest = &lines[body..];
    let end = tail::begins(rest);
    let (body, tail) = rest.split_at(end);
    body::read(&mut draft, body);
    tail::read(&mut draft, tail);
    draft.finish()
}

/// The lines that hold anything, without the space around them.
fn lines(text: &str) -> Vec<SourceLine<'_>> {
    text.split('\n')
        .enumerate()
        .map(|(i, text)| SourceLine { number: i + 1, text: text.trim() })
        .filter(|line| !line.text.is_empty())
        .collect()
}

/// The width of a text in half-width units, two to a Han character.
fn half_units(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width_cjk(text)
}
