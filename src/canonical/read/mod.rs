//! Reading: a file in, its article out. What is not understood is kept as text
//! and said; only front matter that is not TOML stops the reading.

mod blocks;
mod directive;
mod inline;
mod lines;
mod notes;
mod table;

use crate::article::{Article, Block, Inlines};
use crate::diag::{Code, Fault, Finding, Warned};

use super::Canonical;
use super::front::Front;
use lines::Line;
use notes::Notes;

const NO_FRONT: Code = Code::new("canonical-no-front-matter");
const UNCLOSED_FRONT: Code = Code::new("canonical-front-matter-unclosed");
const NOTE_UNUSED: Code = Code::new("canonical-note-unused");
const TOO_DEEP: Code = Code::new("canonical-too-deep");

/// How many containers may stand within one another. Deeper text is kept as
/// plain paragraphs.
const DEPTH: usize = 40;

/// What all parts of the reading share.
pub(super) struct Reader<'a> {
    file: &'a str,
    findings: Vec<Finding>,
    notes: Notes<'a>,
    depth: usize,
}

/// Reads a whole file.
pub(super) fn file(name: &str, text: &str) -> Result<Warned<Canonical>, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let fail = |code| Err(Fault::work(Finding::error(code).file(name).line(1)));
    let mut all: Vec<Line<'_>> =
        text.split('\n').enumerate().map(|(i, text)| Line { number: i + 1, text }).collect();
    // The line end that closes the file does not open another line.
    if all.last().is_some_and(|l| l.text.is_empty()) {
        all.pop();
    }
    if all.first().is_none_or(|l| l.text.trim_end() != "+++") {
        return fail(NO_FRONT);
    }
    let Some(close) = all.iter().skip(1).position(|l| l.text.trim_end() == "+++") else {
        return fail(UNCLOSED_FRONT);
    };
    let front: String = all[1..=close].iter().map(|l| format!("\n{}", l.text)).collect();
    let (front, mut meta) = Front::read(name, &front)?;

    let (body, notes) = notes::take_out(&all[close + 2..]);
    let mut reader = Reader { file: name, findings: Vec::new(), notes, depth: 0 };
    meta.kicker = reader.inlines(&front.kicker, 1);
    meta.title = reader.inlines(&front.title, 1);
    meta.subtitle = reader.inlines(&front.subtitle, 1);
    let mut body = reader.blocks(&body);
    for (line, lines) in reader.notes.unused() {
        reader.tell(Finding::warning(NOTE_UNUSED), line);
        body.extend(reader.blocks(&lines));
    }
    let article = Article { meta, body };
    let mut findings = reader.findings;
    findings.sort_by_key(|f| f.line);
    Ok(Warned {
        value: Canonical { article, made_from: front.from, made_from_sum: front.from_sum },
        findings,
    })
}

impl Reader<'_> {
    /// Notes a finding about a line.
    fn tell(&mut self, finding: Finding, line: usize) {
        self.findings.push(finding.file(self.file).line(line));
    }

    /// Reads inner blocks with `f`, unless they lie too deep: then their lines
    /// are kept as plain text.
    fn deeper(&mut self, lines: &[Line<'_>]) -> Vec<Block> {
        if self.depth >= DEPTH {
            if let Some(first) = lines.first() {
                self.tell(Finding::warning(TOO_DEEP), first.number);
            }
            let text = |l: &Line<'_>| Block::Paragraph(Inlines::from([lines::plain(l.text)]));
            return lines.iter().filter(|l| !l.blank()).map(text).collect();
        }
        self.depth += 1;
        let blocks = self.blocks(lines);
        self.depth -= 1;
        blocks
    }
}
