//! The engine: asks the rules about a run again and again until none of them
//! wants anything more, and keeps the book of every edit.

use crate::article::script::unified;
use crate::article::{Inlines, Place};
use crate::diag::{Code, Decisions, Edit, Grade, Status};

use super::apply::{fit, put_all};
use super::leaves::{Leaf, flatten};
use super::line::{Change, Kind, Line};
use super::rules;

/// How often the rules are asked about one run. Two or three times is usual;
/// the bound only keeps rules that contradict each other from going on for ever.
const PASSES: usize = 24;

/// How many letters, digits and Chinese characters on either side an edit is
/// recognised by. They are looked for however far away they stand, because what
/// stands between may be changed by other edits.
const CONTEXT: usize = 6;

/// Beyond so many characters nothing is looked for any more.
const FARTHEST: usize = 400;

/// How many marks and spaces between them are shown.
const MARKS: usize = 12;

/// The run as it came, and for each character of the run as it now stands the
/// character of the former it goes back to.
struct Source {
    chars: Vec<char>,
    from: Vec<usize>,
}

/// Corrects one run and adds its edits to `edits`.
pub(super) fn run(
    place: &Place,
    inlines: &mut Inlines,
    kind: Kind,
    decisions: &Decisions,
    edits: &mut Vec<Edit>,
) {
    let chars = flatten(inlines).0;
    let mut source = Source { from: (0..chars.len()).collect(), chars };
    for pass in 0.. {
        let (chars, leaves) = flatten(inlines);
        let line = Line::new(chars, kind);
        let (go, wait) = ask(place, &line, &leaves, decisions, &source);
        if go.is_empty() || pass == PASSES {
            edits.extend(apart(wait));
            return;
        }
        let kept = put_all(inlines, &line.chars, &leaves, apart(go));
        source.replaced(&kept);
        let mut shift = 0isize;
        for mut edit in kept {
            edit.at = edit.at.saturating_add_signed(shift);
            shift += edit.new.chars().count() as isize - edit.old.chars().count() as isize;
            edits.push(edit);
        }
    }
}

/// What the rules want for the run as it stands: edits to be applied, and edits
/// that wait or were refused. All positions are in the run as it stands.
fn ask(
    place: &Place,
    line: &Line,
    leaves: &[Leaf],
    decisions: &Decisions,
    source: &Source,
) -> (Vec<Edit>, Vec<Edit>) {
    let (mut go, mut wait) = (Vec::new(), Vec::new());
    for rule in rules::ALL {
        for change in (rule.propose)(line) {
            let Some(change) = fit(&line.chars, leaves, change) else { continue };
            let mut edit = source.edit(rule.code, place, line, change);
            if decisions.refuses(&edit) {
                edit.status = Status::Refused;
            } else if edit.grade == Grade::Safe || decisions.accepts(&edit) {
                edit.status = Status::Applied;
            }
            if edit.status == Status::Applied { &mut go } else { &mut wait }.push(edit);
        }
    }
    (go, wait)
}

/// The edits in the order of the text, without those that overlap another one:
/// the rule that is asked earlier wins.
fn apart(edits: Vec<Edit>) -> Vec<Edit> {
    let end = |e: &Edit| e.at + e.old.chars().count();
    let mut kept: Vec<Edit> = Vec::with_capacity(edits.len());
    let mut taken = std::collections::BTreeMap::<usize, usize>::new();
    for edit in edits {
        let (from, to) = (edit.at, end(&edit).max(edit.at + 1));
        let before = taken.range(..to).next_back();
        if before.is_none_or(|(_, &end)| end <= from) {
            taken.insert(from, to);
            kept.push(edit);
        }
    }
    kept.sort_by_key(|e| e.at);
    kept
}

impl Source {
    fn edit(&self, rule: Code, place: &Place, line: &Line, change: Change) -> Edit {
        let back = |i: usize| self.from.get(i).copied().unwrap_or(self.chars.len());
        let (start, end) = (back(change.range.start), back(change.range.end));
        Edit {
            rule,
            place: place.clone(),
            at: change.range.start,
            old: line.chars[change.range].iter().collect(),
            new: change.new,
            before: before(&self.chars[..start]),
            after: after(&self.chars[end.max(start)..]),
            grade: change.grade,
            status: Status::Proposed,
            line: None,
        }
    }

    /// Follows the edits of one pass, whose places are those from before it.
    fn replaced(&mut self, edits: &[Edit]) {
        let mut from = Vec::with_capacity(self.from.len());
        let mut done = 0;
        for edit in edits {
            let width = edit.old.chars().count();
            let first = self.from.get(edit.at).copied().unwrap_or(self.chars.len());
            from.extend_from_slice(&self.from[done..edit.at]);
            let new = edit.new.chars().count();
            from.extend((0..new).map(|k| first + k.min(width.saturating_sub(1))));
            done = edit.at + width;
        }
        from.extend_from_slice(&self.from[done..]);
        self.from = from;
    }
}

/// The end of `chars` that holds so many letters, digits and characters.
fn before(chars: &[char]) -> String {
    let mut tail: Vec<char> = window(chars.iter().rev().copied()).collect();
    tail.reverse();
    tail.into_iter().collect()
}

/// The beginning of `chars` that holds so many letters, digits and characters.
fn after(chars: &[char]) -> String {
    window(chars.iter().copied()).collect()
}

fn window(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let (mut words, mut marks) = (0, 0);
    let near = chars.take(FARTHEST).take_while(move |c| {
        let more = words < CONTEXT;
        words += usize::from(word(*c));
        more
    });
    near.filter(move |c| {
        marks += usize::from(!word(*c));
        word(*c) || marks <= MARKS
    })
}

/// What counts as a word: a radical too, which an edit may turn into a character.
fn word(c: char) -> bool {
    c.is_alphanumeric() || unified(c).is_some()
}
