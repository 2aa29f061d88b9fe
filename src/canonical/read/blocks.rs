//! Reading blocks: which kind a line begins, and how many lines it takes.

use crate::article::{Block, Figure, Heading, List};
use crate::diag::{Code, Finding};

use super::Reader;
use super::lines::{Line, closing, directive, item, mark};
use super::table;

const UNCLOSED: Code = Code::new("canonical-directive-unclosed");
const STRAY_CLOSE: Code = Code::new("canonical-directive-stray-close");
const JOINED: Code = Code::new("canonical-lines-joined");
const TOP_HEADING: Code = Code::new("canonical-top-heading");

impl Reader<'_> {
    /// Reads lines as blocks.
    pub(super) fn blocks(&mut self, lines: &[Line<'_>]) -> Vec<Block> {
        let mut out = Vec::new();
        let mut i = 0;
        while let Some(&line) = lines.get(i) {
            let rest = &lines[i + 1..];
            i += 1;
            if line.blank() {
                continue;
            }
            if let Some(name) = directive(line.text) {
                i += self.directive(line, name, rest, &mut out);
            } else if let Some(heading) = self.heading(line) {
                out.push(heading);
            } else if line.text.trim_end() == "---" {
                out.push(Block::Rule);
            } else if line.text.starts_with('>') {
                let end = lines[i..].iter().take_while(|l| l.text.starts_with('>')).count();
                let inner: Vec<Line<'_>> = lines[i - 1..i + end].iter().map(unquoted).collect();
                i += end;
                out.push(Block::Quote(self.deeper(&inner)));
            } else if mark(line.text).is_some() {
                i += self.list(line, rest, &mut out);
            } else if line.text.starts_with('|') && table::is_rule(rest.first()) {
                let end = rest.iter().take_while(|l| l.text.starts_with('|')).count();
                out.push(Block::Table(table::with_bars(self, &lines[i - 1..i + end])));
                i += end;
            } else if let Some(image) = self.image(line.text) {
                out.push(Block::Figure(Figure { images: vec![image], ..Figure::default() }));
            } else {
                i += self.paragraph(line, rest, &mut out);
            }
        }
        out
    }

    fn directive(
        &mut self,
        line: Line<'_>,
        name: &str,
        rest: &[Line<'_>],
        out: &mut Vec<Block>,
    ) -> usize {
        if name.is_empty() {
            self.tell(Finding::warning(STRAY_CLOSE), line.number);
            return 0;
        }
        let end = closing(rest);
        if end.is_none() {
            self.tell(Finding::warning(UNCLOSED).arg("name", name), line.number);
        }
        let inner = &rest[..end.unwrap_or(rest.len())];
        self.directive_body(line, name, inner, out);
        end.map_or(rest.len(), |end| end + 1)
    }

    fn heading(&mut self, line: Line<'_>) -> Option<Block> {
        let marks = line.text.bytes().take_while(|b| *b == b'#').count();
        let rest = &line.text[marks..];
        if !(1..=7).contains(&marks) || !(rest.is_empty() || rest.starts_with(' ')) {
            return None;
        }
        if marks == 1 {
            self.tell(Finding::note(TOP_HEADING), line.number);
        }
        let level = u8::try_from(marks.max(2) - 1).unwrap_or(1);
        Some(Block::Heading(Heading { level, text: self.inlines(rest, line.number) }))
    }

    fn list(&mut self, first: Line<'_>, rest: &[Line<'_>], out: &mut Vec<Block>) -> usize {
        let Some(kind) = mark(first.text) else { return 0 };
        let mut items = Vec::new();
        let mut taken = 0;
        let mut line = first;
        while let Some(now) = mark(line.text) {
            let text = line.text.get(now.width..).unwrap_or("");
            let (inner, lines) = item(line.with(text), &rest[taken..], now.width);
            taken += lines;
            items.push(self.deeper(&inner));
            let gap = rest[taken..].iter().take_while(|l| l.blank()).count();
            let Some(next) = rest.get(taken + gap) else { break };
            let same = |m: super::lines::Mark| {
                m.sign == kind.sign && m.number.is_some() == kind.number.is_some()
            };
            if !mark(next.text).is_some_and(same) || next.text.trim_end() == "---" {
                break;
            }
            line = *next;
            taken += gap + 1;
        }
        out.push(Block::List(List { start: kind.number, items }));
        taken
    }

    /// A paragraph and how many of `rest` it takes: a line that ends with a
    /// backslash goes on, and so, with a remark, does one that nothing else ends.
    fn paragraph(&mut self, first: Line<'_>, rest: &[Line<'_>], out: &mut Vec<Block>) -> usize {
        let mut text = first.text.trim_start_matches([' ', '\t']).to_owned();
        let mut taken = 0;
        let mut joined = false;
        while let Some(line) = rest.get(taken).filter(|l| !l.blank()) {
            let open = text.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
            let next = line.text.trim_start_matches([' ', '\t']);
            if open {
                text.push('\n');
            } else if begins_block(line.text) {
                break;
            } else {
                joined = true;
                let kept = text.trim_end_matches([' ', '\t']).len();
                text.truncate(kept);
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
                if latin(text.chars().next_back()) && latin(next.chars().next()) {
                    text.push(' ');
                }
            }
            text.push_str(next);
            taken += 1;
        }
        if joined {
            self.tell(Finding::note(JOINED), first.number);
        }
        let run = self.inlines(&text, first.number);
        out.push(Block::Paragraph(run));
        taken
    }
}

fn unquoted<'a>(line: &Line<'a>) -> Line<'a> {
    let text = line.text.strip_prefix('>').unwrap_or(line.text);
    line.with(text.strip_prefix(' ').unwrap_or(text))
}

/// Whether a line begins another block although no empty line stands before it.
fn begins_block(text: &str) -> bool {
    let marks = text.bytes().take_while(|b| *b == b'#').count();
    let heading =
        (1..=7).contains(&marks) && (text.len() == marks || text[marks..].starts_with(' '));
    heading
        || directive(text).is_some()
        || text.trim_end() == "---"
        || text.starts_with(['>', '|'])
        || text.starts_with("![")
        || mark(text).is_some()
}
