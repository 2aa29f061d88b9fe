//! An article while it is being read: the blocks so far, where they came from,
//! and what was consumed on the way.

use std::ops::Range;

use crate::article::{Article, Block, Origin, Origins, Part, Place};
use crate::diag::{Code, Edit, Finding, Grade, Status, Warned};

use super::{Embedded, Imported};

const COLON: Code = Code::new("read-label-colon");
const NBSP: Code = Code::new("read-no-break-space");
const BRACKET: Code = Code::new("read-bracket");
const SEPARATOR: Code = Code::new("read-separator");
const WORD: Code = Code::new("read-label-word");

/// An article being read.
pub(super) struct Draft {
    pub(super) article: Article,
    pub(super) findings: Vec<Finding>,
    origins: Origins,
    edits: Vec<Edit>,
    embedded: Vec<Embedded>,
    file: String,
}

/// A line of the source, for saying where something stood. Sources that have no
/// lines, as Word files, give 0 for the number.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceLine<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
}

impl Draft {
    /// An article of which nothing is known yet.
    pub(super) fn new(file: &str, findings: Vec<Finding>) -> Self {
        Self {
            article: Article::default(),
            findings,
            origins: Origins::default(),
            edits: Vec::new(),
            embedded: Vec::new(),
            file: file.to_owned(),
        }
    }

    /// Takes over a picture that lies inside the source.
    pub(super) fn embed(&mut self, picture: Embedded) {
        self.embedded.push(picture);
    }

    /// Forgets where the top-level block of that number came from, now that it
    /// stands within another, and counts those behind it anew.
    pub(super) fn forget_place(&mut self, number: usize) {
        let gone = Place::block(number);
        self.origins.relocate(&|place| {
            let mut moved = place.clone();
            moved.close_gap(number);
            (!place.is_within(&gone)).then_some(moved)
        });
        for edit in &mut self.edits {
            edit.place.close_gap(number);
        }
        for finding in &mut self.findings {
            if let Some(place) = &mut finding.place {
                place.close_gap(number);
            }
        }
    }

    /// The place the next block of the text will have.
    pub(super) fn next_place(&self) -> Place {
        Place::block(self.article.body.len())
    }

    /// Adds a block to the text.
    pub(super) fn push(&mut self, block: Block, line: usize, confidence: f32, reason: Code) {
        self.origin(self.next_place(), line, confidence, reason);
        self.article.body.push(block);
    }

    /// Records where something came from; what is doubtful is also said aloud.
    pub(super) fn origin(&mut self, place: Place, line: usize, confidence: f32, reason: Code) {
        let from = Some(line).filter(|line| *line > 0);
        let origin = Origin { line: from, confidence, reason: reason.name() };
        if origin.is_doubtful() {
            let doubt = Finding::note(reason).place(place.clone());
            self.say(doubt.line(line));
        }
        self.origins.record(place, origin);
    }

    /// Keeps the line as the source wrote it beside what was made of it, so that a
    /// person can have it back whole.
    pub(super) fn wrote(&mut self, place: Place, line: SourceLine<'_>) {
        self.origins.record_line(place, line.text);
    }

    /// Adds a finding about this file.
    pub(super) fn say(&mut self, mut finding: Finding) {
        finding.line = finding.line.filter(|line| *line > 0);
        self.findings.push(finding.file(self.file.clone()));
    }

    /// Records as consumed whatever of `line` lies in `within` but in none of
    /// the `kept` ranges: colons, no-break spaces and brackets one by one, other
    /// characters in runs. Plain space is nothing.
    pub(super) fn consume_rest(
        &mut self,
        place: &Place,
        line: SourceLine<'_>,
        within: Range<usize>,
        kept: &[Range<usize>],
    ) {
        let mut run: Option<Range<usize>> = None;
        for (at, c) in line.text[within.clone()].char_indices() {
            let at = at + within.start;
            let range = at..at + c.len_utf8();
            let single = match c {
                ':' | '：' => Some(COLON),
                '\u{a0}' => Some(NBSP),
                '[' | ']' | '【' | '】' | '(' | ')' | '（' | '）' | '〔' | '〕' => {
                    Some(BRACKET)
                }
                _ => None,
            };
            let gone = !kept.iter().any(|k| k.contains(&at));
            if !gone || single.is_some() || c.is_whitespace() {
                self.consume_run(place, line, run.take());
            }
            match single {
                Some(rule) if gone => self.consume(place, line, range, rule, ""),
                None if gone && !c.is_whitespace() => {
                    run = Some(run.map_or(at, |r| r.start)..range.end);
                }
                _ => {}
            }
        }
        self.consume_run(place, line, run);
    }

    fn consume_run(&mut self, place: &Place, line: SourceLine<'_>, run: Option<Range<usize>>) {
        if let Some(range) = run {
            let word = line.text[range.clone()].chars().any(char::is_alphanumeric);
            self.consume(place, line, range, if word { WORD } else { SEPARATOR }, "");
        }
    }

    /// Records one range of a line as consumed, with what stands for it now.
    pub(super) fn consume(
        &mut self,
        place: &Place,
        line: SourceLine<'_>,
        range: Range<usize>,
        rule: Code,
        new: &str,
    ) {
        const CONTEXT: usize = 6;
        let before: Vec<char> = line.text[..range.start].chars().rev().take(CONTEXT).collect();
        self.edits.push(Edit {
            rule,
            place: place.clone(),
            at: 0,
            old: line.text[range.clone()].to_owned(),
            new: new.to_owned(),
            before: before.into_iter().rev().collect(),
            after: line.text[range.end..].chars().take(CONTEXT).collect(),
            grade: Grade::Consumed,
            status: Status::Applied,
            line: Some(line.number).filter(|line| *line > 0),
        });
    }

    /// As [`Draft::consume_rest`], for values of the meta data.
    pub(super) fn consume_meta(&mut self, line: SourceLine<'_>, kept: &[Range<usize>]) {
        self.consume_rest(&Place::part(Part::Meta), line, 0..line.text.len(), kept);
    }

    /// The article as read.
    pub(super) fn finish(mut self) -> Warned<Imported> {
        self.article.tidy();
        let value = Imported {
            article: self.article,
            origins: self.origins,
            edits: self.edits,
            made_from: None,
            made_from_sum: None,
            embedded: self.embedded,
        };
        Warned { value, findings: self.findings }
    }
}
