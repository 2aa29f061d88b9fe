//! Foreign text within Chinese: Latin sentences keep the quotes, apostrophes and
//! dashes of their own face, long words are hyphenated, and runs without a place to
//! part at, such as addresses, get some.

use std::ops::Range;

use super::line::Line;
use super::marks::{chinese, latin};

/// A word of so many letters may be hyphenated.
const LONG_WORD: usize = 10;
/// No word has more letters than this.
const LONGEST_WORD: usize = 40;
/// A pair of quotes holds no more characters of a foreign sentence than this.
const LONGEST_QUOTATION: usize = 500;
/// A run of so many characters parts anywhere.
const LONG_RUN: usize = 21;

/// Marks the foreign text of a line.
pub(super) fn mark(line: &mut Line) {
    let long = long_runs(line);
    let shared: Vec<usize> = (0..line.len()).filter(|at| is_shared(line.char(*at))).collect();
    let mut found: Vec<Range<usize>> = pairs(line, &shared);
    for at in shared {
        if between_latin(line, at) {
            found.push(at..at + 1);
        }
    }
    for range in found {
        if !range.clone().all(|at| line.foreign(at)) {
            let whole = sentence_about(line, range);
            line.set_foreign(whole);
        }
    }
    for word in runs(line, latin) {
        if word.len() >= LONG_WORD && !word.clone().any(|at| long.contains(at)) {
            line.set_foreign(word);
        }
    }
}

/// Marks for which Chinese and Latin share a code.
fn is_shared(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…')
}

/// The pairs of quotes that stand in Latin text.
fn pairs(line: &Line, shared: &[usize]) -> Vec<Range<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    let alone = (0..line.len()).all(|at| line.text(Some(at)).is_some_and(|c| !chinese(c)));
    for &at in shared {
        let c = line.char(at);
        match c {
            '“' | '‘' => open.push(at),
            '”' | '’' if !(c == '’' && between_latin(line, at)) => {
                let own = if c == '”' { '“' } else { '‘' };
                // What was opened last is closed first. A single quote that nothing
                // closes was none; a single mark that closes nothing is an apostrophe.
                while c == '”' && open.pop_if(|from| line.char(*from) == '‘').is_some() {}
                let Some(from) = open.pop_if(|from| line.char(*from) == own) else {
                    if c == '’' && line.text(Some(at + 1)) == Some(' ') && genitive(line, at) {
                        found.push(at..at + 1);
                    }
                    continue;
                };
                if at - from <= LONGEST_QUOTATION && is_latin_pair(line, from, at, alone) {
                    found.push(from..at + 1);
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a pair holds no Chinese and a Latin sentence goes on on either side, or the
/// line is nothing else.
fn is_latin_pair(line: &Line, from: usize, to: usize, alone: bool) -> bool {
    let mut within = (from + 1..to).map(|at| line.text(Some(at)));
    if within.any(|c| c.is_none_or(chinese)) || !(from..to).any(|at| latin(line.char(at))) {
        return false;
    }
    let before = (0..from).rev().map(|at| line.text(Some(at)));
    let after = (to + 1..line.len()).map(|at| line.text(Some(at)));
    alone || goes_on(before) || goes_on(after)
}

/// Whether Latin comes next after a few spaces or Latin marks, of which there is one at
/// least.
fn goes_on(chars: impl Iterator<Item = Option<char>>) -> bool {
    let mut apart = false;
    let first = chars.take(5).find(|c| {
        let between = c.is_some_and(|c| c == ' ' || c.is_ascii_punctuation());
        apart |= between;
        !between && !c.is_some_and(is_shared)
    });
    apart && first.flatten().is_some_and(latin)
}

/// Whether an apostrophe ends a word and Latin goes on: students’ work.
fn genitive(line: &Line, at: usize) -> bool {
    let letter = |at: Option<usize>| line.text(at).is_some_and(latin);
    letter(at.checked_sub(1)) && letter(Some(at + 2))
}

/// Whether a lone mark stands within a Latin word or sentence: don’t, wait — no. A dash
/// between figures is Chinese.
fn between_latin(line: &Line, at: usize) -> bool {
    let (mut left, mut right) = (at.checked_sub(1), Some(at + 1));
    if matches!(line.char(at), '—' | '…') {
        if line.text(left) == Some(' ') {
            left = at.checked_sub(2);
        }
        if line.text(right) == Some(' ') {
            right = Some(at + 2);
        }
    }
    line.text(left).is_some_and(latin) && line.text(right).is_some_and(latin)
}

/// The Latin text about a range, with the spaces and marks within it.
fn sentence_about(line: &Line, range: Range<usize>) -> Range<usize> {
    let goes_on =
        |at: usize| line.text(Some(at)).is_some_and(|c| latin(c) || matches!(c, ' '..='~'));
    let mut from = range.start;
    while from > 0 && goes_on(from - 1) {
        from -= 1;
    }
    let mut to = range.end;
    while to < line.len() && goes_on(to) {
        to += 1;
    }
    while from < range.start && !latin(line.char(from)) {
        from += 1;
    }
    while to > range.end && line.char(to - 1) == ' ' {
        to -= 1;
    }
    from..to
}

/// The runs of characters of a kind.
fn runs(line: &Line, is: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in 0..line.len() {
        if !line.text(Some(at)).is_some_and(&is) {
            continue;
        }
        match out.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => out.push(at..at + 1),
        }
    }
    out
}

/// Runs without a place to part at, and the places they get.
pub(super) struct LongRuns {
    runs: Vec<Range<usize>>,
    /// Places before which a line may part, in order.
    places: Vec<usize>,
}

impl LongRuns {
    /// Whether the character is in such a run.
    pub(super) fn contains(&self, at: usize) -> bool {
        let next = self.runs.partition_point(|run| run.end <= at);
        self.runs.get(next).is_some_and(|run| run.contains(&at))
    }

    /// Whether a line may part before it.
    pub(super) fn parts(&self, at: usize) -> bool {
        self.places.binary_search(&at).is_ok()
    }
}

/// Addresses and other long runs part anywhere but before a mark: where they part at
/// their marks alone, the few characters before them are torn across the line.
pub(super) fn long_runs(line: &Line) -> LongRuns {
    let is_mark = |c: char| "-/?&=._:,;)".contains(c);
    let mut all = runs(line, |c| matches!(c, '!'..='~'));
    all.extend(runs(line, |c| matches!(c, '！' | '？' | '…' | '—' | '～' | '。')));
    let word = |run: &Range<usize>| {
        let letters = run.clone().filter(|at| latin(line.char(*at))).count();
        run.len() <= LONGEST_WORD && letters + 2 >= run.len()
    };
    all.retain(|run| run.len() >= LONG_RUN && !word(run));
    all.sort_by_key(|run| run.start);
    let mut places = Vec::new();
    for run in &all {
        let mut at = run.start;
        while at < run.end {
            at += 1;
            let marks = (at..run.end).take(3).take_while(|i| is_mark(line.char(*i))).count();
            at += marks;
            if at < run.end {
                places.push(at);
            }
        }
    }
    LongRuns { runs: all, places }
}
