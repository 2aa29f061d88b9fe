//! Whether a style sheet is one: braces in pairs, declarations with name and
//! value, nothing that its readers do not know. Readers of CSS pass over what they
//! do not understand without a word, and an edition would lose its looks silently.

use crate::diag::{Code, Fault, Finding};

use super::LookFile;

const UNCLOSED: Code = Code::new("layout-style-unclosed");
const STRAY_BRACE: Code = Code::new("layout-style-stray-brace");
const OUTSIDE: Code = Code::new("layout-style-outside");
const DECLARATION: Code = Code::new("layout-style-declaration");
const AT_RULE: Code = Code::new("layout-style-at-rule");
const DROPPED: Code = Code::new("layout-style-dropped");

/// Who reads a style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// WeChat: only what can be written into `style` attributes.
    Wechat,
    /// Reading systems for e-books.
    Epub,
}

/// The at-rules of CSS that reading systems know.
const AT_RULES: &[&str] =
    &["@charset", "@font-face", "@import", "@media", "@namespace", "@page", "@supports"];

/// Those that hold rules, not declarations.
const GROUPS: &[&str] = &["@media", "@supports"];

/// Pseudo-classes that a `style` attribute can carry, because the element alone
/// decides whether they hold.
const STRUCTURAL: &[&str] = &[
    "empty",
    "first-child",
    "first-of-type",
    "is",
    "last-child",
    "last-of-type",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "only-child",
    "only-of-type",
    "root",
    "where",
];

/// Marks that are typed with a Chinese keyboard in place of CSS's own.
const FULL_WIDTH: &[char] = &['：', '；', '（', '）', '｛', '｝', '，'];

/// Holds that a style sheet is sound.
///
/// # Errors
/// A configuration fault with the lines of what is wrong.
pub fn check(file: &LookFile, text: &str, reader: Reader) -> Result<(), Fault> {
    told(faults(text, reader), |wrong| (file, Some(wrong.line)))
}

/// Holds that what a template rendered to is a sound style sheet. Its lines are
/// not the template's, so the nearest selector says where; the line, and which of
/// the `parts` that the template may be put together from, only where those have
/// the same words once.
///
/// # Errors
/// A configuration fault that names the template or the part.
pub fn check_rendered(
    template: &LookFile,
    parts: &[&LookFile],
    text: &str,
    reader: Reader,
) -> Result<(), Fault> {
    let sources = [template].into_iter().chain(parts.iter().copied());
    let sources: Vec<_> = sources.map(|f| (f, String::from_utf8_lossy(&f.bytes))).collect();
    told(faults(text, reader), |wrong| {
        let lines = sources.iter().flat_map(|(file, source)| {
            source.lines().enumerate().map(move |(at, line)| (*file, at + 1, line))
        });
        let mut found = lines.filter(|(_, _, line)| line.contains(&wrong.words));
        match (found.next(), found.next()) {
            (Some((file, at, _)), None) => (file, Some(at)),
            _ => (template, None),
        }
    })
}

fn told<'a>(
    wrongs: Vec<Wrong>,
    place: impl Fn(&Wrong) -> (&'a LookFile, Option<usize>),
) -> Result<(), Fault> {
    let mut findings = wrongs.iter().map(|wrong| {
        let (file, line) = place(wrong);
        let finding = Finding::error(wrong.code).arg("words", &wrong.words);
        let finding = finding.file(&file.origin).line(line);
        if wrong.near.is_empty() { finding } else { finding.excerpt(&wrong.near) }
    });
    let Some(first) = findings.next() else { return Ok(()) };
    let findings = std::iter::once(first.clone()).chain(findings).collect();
    Err(Fault { findings, ..Fault::configuration(first) })
}

/// One thing that is wrong.
struct Wrong {
    code: Code,
    /// From 1.
    line: usize,
    /// What is wrong, on one line.
    words: String,
    /// The selector it belongs to; empty where there is none.
    near: String,
}

/// What is open at a place.
struct Open {
    prelude: String,
    line: usize,
    /// Whether it holds rules; else it holds declarations.
    group: bool,
}

/// A reader's walk through a style sheet.
struct Walk {
    reader: Reader,
    open: Vec<Open>,
    wrongs: Vec<Wrong>,
    /// What stands since the last brace or semicolon, strings and what is in
    /// brackets emptied where only the marks outside matter.
    said: String,
    bare: String,
    /// The line on which it begins.
    line: usize,
}

/// Everything wrong with a style sheet, in its order. Where braces do not pair,
/// nothing after is judged: it would be blamed for what is not its fault.
fn faults(text: &str, reader: Reader) -> Vec<Wrong> {
    let mut walk = Walk {
        reader,
        open: Vec::new(),
        wrongs: Vec::new(),
        said: String::new(),
        bare: String::new(),
        line: 1,
    };
    let (mut rest, mut line, mut depth) = (text, 1, 0_usize);
    while let Some(c) = rest.chars().next() {
        let piece = piece(rest);
        let Some(piece) = piece else {
            let words = rest.lines().next().unwrap_or_default();
            walk.wrong_at(line, UNCLOSED, words);
            return walk.wrongs;
        };
        let single = piece.len() == c.len_utf8();
        let goes_on = match c {
            '/' if !single => true,
            '{' => walk.begin(line),
            '}' => walk.end(line),
            ';' if depth == 0 => {
                walk.statement();
                true
            }
            _ => {
                if walk.said.trim().is_empty() && !c.is_whitespace() {
                    walk.line = line;
                }
                walk.said.push_str(piece);
                match c {
                    '(' | '[' => depth += 1,
                    ')' | ']' => depth = depth.saturating_sub(1),
                    _ if depth == 0 && single => walk.bare.push(c),
                    _ => {}
                }
                true
            }
        };
        if !goes_on {
            return walk.wrongs;
        }
        if matches!(c, '{' | '}') {
            depth = 0;
        }
        line += piece.matches('\n').count();
        rest = &rest[piece.len()..];
    }
    walk.finish();
    walk.wrongs
}

/// The next piece of a style sheet: a comment, a string, an escaped character, or
/// one character. `None` where a comment or a string does not end.
fn piece(rest: &str) -> Option<&str> {
    if let Some(inside) = rest.strip_prefix("/*") {
        return Some(&rest[..inside.find("*/")? + 4]);
    }
    let mut chars = rest.char_indices();
    let (_, first) = chars.next()?;
    let mut escaped = first == '\\';
    if !matches!(first, '"' | '\'' | '\\') {
        return Some(&rest[..first.len_utf8()]);
    }
    for (at, c) in chars {
        let end = at + c.len_utf8();
        match c {
            _ if escaped && first == '\\' => return Some(&rest[..end]),
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return None,
            c if c == first => return Some(&rest[..end]),
            _ => {}
        }
    }
    None
}

impl Walk {
    fn wrong_at(&mut self, line: usize, code: Code, words: &str) {
        let near = self.open.last().map(|open| open.prelude.clone()).unwrap_or_default();
        let words = one_line(words);
        self.wrongs.push(Wrong {
            code,
            line,
            near: if near == words { String::new() } else { near },
            words,
        });
    }

    /// Takes what has been said since the last brace or semicolon.
    fn take(&mut self) -> (String, String) {
        (std::mem::take(&mut self.said).trim().to_owned(), std::mem::take(&mut self.bare))
    }

    /// `{`. Says whether the walk can go on.
    fn begin(&mut self, line: usize) -> bool {
        let (prelude, bare) = self.take();
        let name = at_name(&prelude);
        let group = GROUPS.contains(&name.as_str());
        if let Some(open) = self.open.last() {
            // A group in a group: the first was never closed, as nobody nests them.
            if group || !open.group {
                let (at, words) = (open.line, open.prelude.clone());
                self.wrong_at(at, UNCLOSED, &words);
                return false;
            }
        }
        if prelude.is_empty() {
            self.wrong_at(line, OUTSIDE, "{");
        } else if prelude.contains(FULL_WIDTH) {
            self.wrong_at(self.line, OUTSIDE, &prelude);
        }
        if prelude.starts_with('@') {
            self.at_rule(&name);
        } else if self.reader == Reader::Wechat && bare.contains(':') && !can_stay(&bare) {
            self.wrong_at(self.line, DROPPED, &prelude);
        }
        self.open.push(Open { prelude: one_line(&prelude), line: self.line, group });
        true
    }

    /// `}`. Says whether the walk can go on.
    fn end(&mut self, line: usize) -> bool {
        let group = self.open.last().map(|open| open.group);
        match group {
            None => {
                let (said, _) = self.take();
                let words = if said.is_empty() { "}" } else { &said };
                self.wrong_at(line, STRAY_BRACE, words);
                return false;
            }
            Some(true) => self.outside(),
            Some(false) => self.declaration(),
        }
        self.open.pop();
        true
    }

    /// `;`
    fn statement(&mut self) {
        if self.open.last().is_some_and(|open| !open.group) {
            self.declaration();
        } else if self.said.trim_start().starts_with('@') {
            let (said, _) = self.take();
            self.at_rule(&at_name(&said));
        } else {
            self.outside();
        }
    }

    fn at_rule(&mut self, name: &str) {
        match self.reader {
            Reader::Wechat => self.wrong_at(self.line, DROPPED, name),
            Reader::Epub if AT_RULES.contains(&name) => {}
            Reader::Epub => self.wrong_at(self.line, AT_RULE, name),
        }
    }

    /// What stands in no rule.
    fn outside(&mut self) {
        let (said, _) = self.take();
        if !said.is_empty() {
            self.wrong_at(self.line, OUTSIDE, &said);
        }
    }

    fn declaration(&mut self) {
        let (said, bare) = self.take();
        if said.is_empty() {
            return;
        }
        let sound = said.split_once(':').is_some_and(|(name, value)| {
            let name = name.trim_end();
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            let brackets = |c| said.matches(c).count();
            !name.is_empty()
                && name.chars().all(plain)
                && !value.trim().is_empty()
                // A second colon: the semicolon before it was forgotten.
                && bare.matches(':').count() == 1
                && !bare.contains(FULL_WIDTH)
                && (value.contains(['"', '\'']) || brackets('(') == brackets(')'))
        });
        if !sound {
            self.wrong_at(self.line, DECLARATION, &said);
        }
    }

    /// The end of the file.
    fn finish(&mut self) {
        if let Some(open) = self.open.last() {
            let (line, words) = (open.line, open.prelude.clone());
            self.wrong_at(line, UNCLOSED, &words);
        } else {
            self.outside();
        }
    }
}

/// The name of an at-rule in lower case.
fn at_name(prelude: &str) -> String {
    let end = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '@' | '-'));
    prelude.split(end).next().unwrap_or_default().to_ascii_lowercase()
}

/// Whether all pseudo-classes of a selector, its brackets emptied, can be written
/// into `style` attributes.
fn can_stay(bare: &str) -> bool {
    let word = |rest: &str| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        rest[..end.unwrap_or(rest.len())].to_ascii_lowercase()
    };
    bare.split(':').skip(1).all(|rest| STRUCTURAL.contains(&word(rest).as_str()))
}

/// Words on one line, short enough to print on one.
fn one_line(words: &str) -> String {
    const LONGEST: usize = 60;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
