//! The notes' texts: taken out of the body first, then each put in where it is
//! called.

use std::collections::BTreeMap;

use super::lines::{Line, directive, item};

/// The notes of a file by their labels.
pub(super) struct Notes<'a>(BTreeMap<&'a str, Note<'a>>);

struct Note<'a> {
    line: usize,
    lines: Option<Vec<Line<'a>>>,
}

/// What became of a call.
pub(super) enum Call<'a> {
    /// Its text, which is handed out once.
    Text(Vec<Line<'a>>),
    /// The text has been called before.
    Twice,
    /// There is none.
    Missing,
}

/// How far the further lines of a note are indented.
const INDENT: usize = 4;

/// Parts the notes' texts from the body.
pub(super) fn take_out<'a>(lines: &[Line<'a>]) -> (Vec<Line<'a>>, Notes<'a>) {
    let mut body = Vec::with_capacity(lines.len());
    let mut notes = BTreeMap::new();
    let mut open = 0usize;
    let mut i = 0;
    while let Some(&line) = lines.get(i) {
        i += 1;
        match directive(line.text) {
            Some("") => open = open.saturating_sub(1),
            Some(_) => open += 1,
            None => {}
        }
        match definition(line.text).filter(|(label, _)| open == 0 && !notes.contains_key(label)) {
            Some((label, text)) => {
                let (inner, taken) = item(line.with(text), &lines[i..], INDENT);
                i += taken;
                notes.insert(label, Note { line: line.number, lines: Some(inner) });
            }
            None => body.push(line),
        }
    }
    (body, Notes(notes))
}

/// `[^1]: text`.
fn definition(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix("[^")?.split_once("]:")?;
    let plain = !label.is_empty() && label.chars().all(char::is_alphanumeric);
    plain.then(|| (label, rest.strip_prefix(' ').unwrap_or(rest)))
}

impl<'a> Notes<'a> {
    /// Hands out the text of a note, once: a note that could be called twice
    /// could also call itself.
    pub(super) fn call(&mut self, label: &str) -> Call<'a> {
        match self.0.get_mut(label) {
            None => Call::Missing,
            Some(note) => note.lines.take().map_or(Call::Twice, Call::Text),
        }
    }

    /// The texts that nobody called, with the line each begins on, in the order
    /// of the file.
    pub(super) fn unused(&mut self) -> Vec<(usize, Vec<Line<'a>>)> {
        let left = self.0.values_mut().filter_map(|n| Some((n.line, n.lines.take()?)));
        let mut left: Vec<_> = left.collect();
        left.sort_by_key(|(line, _)| *line);
        left
    }
}
