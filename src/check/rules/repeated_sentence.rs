//! A sentence that stands in the article twice, word for word or nearly so.

use std::collections::HashMap;

use crate::article::{Place, Step};
use crate::check::near::{Letters, only_numbers};
use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("repeated-sentence");
pub(super) const RULE: Rule = Rule { code: CODE, look };

/// Shorter sentences repeat by rights.
const LENGTH: usize = 20;

/// How many letters at either end bring two sentences together.
const END: usize = 8;

/// How many earlier sentences with the same end are compared at most.
const TRIES: usize = 8;

struct Sentence<'a> {
    line: &'a Line,
    letters: Letters,
}

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let prose = |line: &&Line| running(&line.place);
    let all: Vec<Sentence<'_>> = subject.lines.iter().filter(prose).flat_map(sentences).collect();
    let mut ends: HashMap<(bool, &[char]), Vec<usize>> = HashMap::new();
    let mut out = Vec::new();
    for (n, sentence) in all.iter().enumerate() {
        let letters = &sentence.letters.chars;
        let keys = [(false, &letters[..END]), (true, &letters[letters.len() - END..])];
        let earlier = keys.iter().filter_map(|key| ends.get(key)).flatten();
        let twin = earlier.take(2 * TRIES).find(|&&m| alike(&all[m].letters, &sentence.letters));
        if let Some(&twin) = twin {
            let first: String = all[twin].letters.chars.iter().take(LENGTH).collect();
            out.push(
                Finding::warning(CODE)
                    .arg("first", first)
                    .excerpt(letters.iter().take(30).collect::<String>())
                    .place(sentence.line.place.clone()),
            );
        }
        for key in keys {
            let same = ends.entry(key).or_default();
            if same.len() < TRIES {
                same.push(n);
            }
        }
    }
    out
}

/// Paragraphs, not captions, cells or items, which repeat by rights.
fn running(place: &Place) -> bool {
    !place.steps.is_empty() && place.steps.iter().all(|s| matches!(s, Step::Block(_)))
}

fn sentences(line: &Line) -> Vec<Sentence<'_>> {
    let mut out = Vec::new();
    let mut start = 0;
    for end in 0..=line.chars.len() {
        let ends = line.chars.get(end).is_none_or(|c| "。！？；".contains(*c));
        if !ends {
            continue;
        }
        let letters = Letters::of(&line.chars[start..end]);
        if letters.chars.len() >= LENGTH {
            out.push(Sentence { line, letters });
        }
        start = end + 1;
    }
    out
}

/// The same letters but for one in fifteen; sentences that differ in their numbers
/// report different things.
fn alike(a: &Letters, b: &Letters) -> bool {
    let allowed = b.chars.len() / 15;
    if a.chars == b.chars {
        return true;
    }
    let close = a.chars.len().abs_diff(b.chars.len()) <= allowed;
    close
        && !only_numbers(&a.chars, &b.chars)
        && b.chars.len() <= 400
        && b.nearest(&a.chars, allowed).is_some()
}
