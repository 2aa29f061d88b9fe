//! Lines parted by `<br>`: paragraphs of their own, or one paragraph with breaks.

use crate::article::{Inline, Inlines, plain_text};
use crate::import::fields;
use crate::import::web::walk::{Item, Words};

use super::half_units;

/// A line this wide, in half-width units, is a paragraph rather than a verse.
const LONG: usize = 76;
/// Lines of verse are at most this wide.
const VERSE: usize = 40;

/// Joins or parts the lines of each element; empty lines go.
pub(in crate::import::web) fn join(items: Vec<Item>) -> Vec<Item> {
    let mut out = Vec::with_capacity(items.len());
    let mut run: Vec<Words> = Vec::new();
    for item in items {
        match item {
            Item::Words(words) => {
                if run.last().is_some_and(|last| last.element != words.element) {
                    settle(&mut run, &mut out);
                }
                run.push(words);
            }
            other => {
                settle(&mut run, &mut out);
                out.push(other);
            }
        }
    }
    settle(&mut run, &mut out);
    out
}

fn settle(run: &mut Vec<Words>, out: &mut Vec<Item>) {
    let lines = std::mem::take(run);
    for chunk in lines.split(|line| line.inlines.is_empty()) {
        match chunk {
            [] => {}
            [one] => out.push(Item::Words(one.clone())),
            several if are_paragraphs(several) => {
                out.extend(several.iter().cloned().map(Item::Words));
            }
            [first, rest @ ..] => {
                let mut joined = first.clone();
                for line in rest {
                    joined.inlines.push(Inline::Break);
                    joined.inlines.extend(line.inlines.clone());
                }
                out.push(Item::Words(joined));
            }
        }
    }
}

fn are_paragraphs(lines: &[Words]) -> bool {
    let Some((last, before)) = lines.split_last() else { return false };
    if last.look.heading > 0 || last.look.caption {
        return false;
    }
    let text = |line: &Words| plain_text(&line.inlines);
    let ends = |line: &Words| {
        text(line).trim_end_matches(['”', '）', ')']).ends_with(['。', '！', '？', '；', '：'])
    };
    let credits = |line: &Words| fields::parse(&text(line)).is_some_and(|f| f.is_credit_line());
    // Short lines without an indent are verses or an address, wherever they stand.
    let verses = lines.iter().all(|line| half_units(&text(line)) <= VERSE && !line.indented);
    (!last.paragraph && !verses)
        || lines[1..].iter().any(|line| line.indented)
        || lines.iter().any(|line| half_units(&text(line)) >= LONG)
        || lines.iter().any(credits)
        || (before.iter().all(ends) && before.iter().any(|line| half_units(&text(line)) >= 40))
}

/// The lines of words that were joined with breaks.
pub(in crate::import::web) fn parted(inlines: &Inlines) -> Vec<String> {
    inlines.split(|i| matches!(i, Inline::Break)).map(plain_text).collect()
}
