//! Texts whose lines were broken at one width, as mail programs and old editors
//! break them: the lines of a paragraph are put together again. Only where the
//! breaks stand in the middle of sentences and at one width is it done at all.

use std::borrow::Cow;

use super::half_units;
use crate::diag::{Code, Finding};
use crate::import::picture;

const JOINED: Code = Code::new("read-lines-joined");

/// The widths, in half-width units, at which texts are broken.
const NARROW: usize = 36;
const WIDE: usize = 130;
/// By so much may a broken line fall short, for the sake of a mark or a word.
const RAGGED: usize = 5;

/// The lines of a text, each with its number in the file.
pub(super) struct Unwrapped<'a> {
    pub(super) lines: Vec<(usize, Cow<'a, str>)>,
    /// The numbers of the lines that begin a new page.
    pub(super) pages: Vec<usize>,
    /// The line with the first join, and how many there are.
    pub(super) joined: Option<(usize, usize)>,
}

/// What is said about the joins.
pub(super) fn finding(count: usize) -> Finding {
    Finding::note(JOINED).arg("count", count)
}

/// Puts broken lines together.
pub(super) fn unwrap(text: &str) -> Unwrapped<'_> {
    let mut out = Unwrapped { lines: Vec::new(), pages: Vec::new(), joined: None };
    let mut raw: Vec<(usize, &str)> = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        for (part, piece) in line.split('\u{c}').enumerate() {
            if part > 0 {
                out.pages.push(at + 1);
            }
            raw.push((at + 1, piece));
        }
    }
    let Some(shape) = Shape::of(&raw) else {
        out.lines = raw.into_iter().map(|(n, text)| (n, Cow::Borrowed(text))).collect();
        return out;
    };
    let mut open = false;
    for (number, line) in raw {
        if let Some((_, before)) = out.lines.last_mut().filter(|_| open)
            && shape.continues(line)
        {
            let line = line.trim();
            if before.ends_with(is_latin) && line.starts_with(is_latin) {
                before.to_mut().push(' ');
            }
            before.to_mut().push_str(line);
            let (_, count) = out.joined.get_or_insert((number, 0));
            *count += 1;
        } else {
            out.lines.push((number, Cow::Borrowed(line.trim_end())));
        }
        open = shape.is_open(line);
    }
    out
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ',' | '.' | ';')
}

/// How a text is broken into lines.
struct Shape {
    width: usize,
    indented: bool,
    spaced: bool,
}

impl Shape {
    /// Nothing where the text is not broken at one width.
    fn of(lines: &[(usize, &str)]) -> Option<Self> {
        let widths: Vec<usize> =
            lines.iter().map(|(_, text)| half_units(text.trim_end())).collect();
        let width = widths.iter().copied().max().filter(|w| (NARROW..=WIDE).contains(w))?;
        let is_full = |at: usize| widths[at] + RAGGED > width;
        let (mut full, mut within, mut marked, mut other) = (0usize, 0usize, 0usize, 0usize);
        for at in 0..lines.len() {
            let followed = widths.get(at + 1).is_some_and(|w| *w > 0);
            if !is_full(at) {
                other += usize::from(followed && widths[at] > 0);
            } else if followed {
                let text = lines[at].1.trim();
                full += 1;
                within += usize::from(!super::ends_sentence(text));
                marked += usize::from(text.contains(['，', '。', ',', '；', '、']));
            }
        }
        // Names in columns and verses have one width as well, but no marks, and
        // paragraphs that happen to be short have many widths.
        let clear = full >= 3 && within * 10 >= full * 6 && marked * 2 >= full && full >= other;
        clear.then(|| Self {
            width,
            indented: lines.iter().filter(|(_, text)| is_indented(text)).count() >= 2,
            spaced: widths.windows(3).any(|w| w[0] + RAGGED > width && w[1] == 0 && w[2] > 0),
        })
    }

    /// Whether a line's paragraph may go on in the next one.
    fn is_open(&self, line: &str) -> bool {
        let full = half_units(line.trim_end()) + RAGGED > self.width;
        full && (!super::ends_sentence(line.trim()) || self.indented || self.spaced)
    }

    /// Whether a line goes on with the paragraph before it.
    fn continues(&self, line: &str) -> bool {
        let text = line.trim();
        let begins = self.indented && is_indented(line);
        !(text.is_empty() || begins || super::is_rule(text) || picture::bare(text).is_some())
    }
}

fn is_indented(line: &str) -> bool {
    line.starts_with("　　") || line.starts_with("    ") || line.starts_with('\t')
}
