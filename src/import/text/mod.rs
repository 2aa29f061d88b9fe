//! Plain text: a line is a paragraph, and everything else is inferred from
//! shape, each time with a reason and a confidence. What fits no shape stays a
//! paragraph.

mod body;
mod captions;
mod head;
mod headings;
mod parts;
mod pieces;
mod tail;
mod wrapped;

use crate::diag::{Code, Finding, Warned};

pub(super) use captions::is_told as is_told_caption;
pub(super) use headings::{is_list_of_names, number_rank};
pub(super) use tail::read_signature;

use super::Imported;
use super::draft::{Draft, SourceLine};

const SEVERAL: Code = Code::new("read-several-articles");

/// Reads a plain text, which may hold several articles. `name` is what findings
/// name as the file.
pub(super) fn read(name: &str, cleaned: Warned<String>) -> Vec<Warned<Imported>> {
    let Warned { value: text, mut findings } = cleaned;
    let unwrapped = wrapped::unwrap(&text);
    if let Some((line, count)) = unwrapped.joined {
        findings.push(wrapped::finding(count).file(name).line(line));
    }
    let lines: Vec<SourceLine<'_>> = unwrapped
        .lines
        .iter()
        .map(|(number, text)| SourceLine { number: *number, text: text.trim() })
        .filter(|line| !line.text.is_empty())
        .collect();
    let parts = parts::split(&lines, &unwrapped.pages);
    let count = parts.len();
    parts
        .into_iter()
        .enumerate()
        .map(|(at, part)| {
            // What concerns the file as a whole is said once.
            let mut draft = Draft::new(name, std::mem::take(&mut findings));
            let mut lines = &lines[part.lines];
            if count > 1 {
                // A rule that parts it from the next article is no longer needed.
                while let Some((last, before)) = lines.split_last()
                    && is_rule(last.text)
                {
                    draft.consume_meta(*last, &[]);
                    lines = before;
                }
                let line = lines.first().map(|l| l.number);
                let note = Finding::note(SEVERAL).arg("count", count).arg("number", at + 1);
                draft.say(note.line(line));
            }
            article(&mut draft, lines, name, part.numbered);
            draft.finish()
        })
        .collect()
}

fn article(draft: &mut Draft, lines: &[SourceLine<'_>], name: &str, numbered: bool) {
    let note = usize::from(head::has_note_above(lines));
    let begin = note + head::read(draft, &lines[note..], name, numbered);
    let rest = &lines[begin..];
    let (credits, strays) = tail::find(rest);
    let mut body = [&lines[..note], &rest[..credits]].concat();
    let bracket = tail::bracket_at_end(&mut body);
    body::read(draft, &body);
    // Lines below the credits stay in the text, but no picture of it is theirs.
    let below = &rest[strays.clone()];
    body::read(draft, below);
    read_signature(draft, if below.is_empty() { &body } else { below });
    tail::read(draft, bracket.as_slice());
    tail::read(draft, &rest[credits..strays.start]);
    tail::read(draft, &rest[strays.end..]);
}

/// The width of a text in half-width units, two to a Han character.
pub(super) fn half_units(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width_cjk(text)
}

/// Whether a text ends as a sentence does, closing marks aside.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '）', ')', '」', '》', '"'])
        .ends_with(['。', '！', '？', '!', '?', '…', '．'])
        || text.ends_with('.')
}

/// Whether a text is prose: wide, and with a sentence's end in it.
fn is_prose(text: &str, width: usize) -> bool {
    half_units(text) >= width && (text.contains(['。', '！', '？', '；']) || ends_sentence(text))
}

/// Whether a line is nothing but marks that draw a rule.
fn is_rule(text: &str) -> bool {
    if text.len() > 400 {
        return false;
    }
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    marks.clone().take(3).count() == 3 && marks.all(|c| "-—–_=*＊·◇◆○●※～~─━═＝#".contains(c))
}
