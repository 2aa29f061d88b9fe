//! Reading what stands inside a line. Marks that do not close stay as text.

use crate::article::{Inline, Inlines, tidy};
use crate::diag::{Code, Finding};

use super::Reader;
use super::notes::Call;

const NOTE_MISSING: Code = Code::new("canonical-note-missing");
const NOTE_TWICE: Code = Code::new("canonical-note-twice");

/// How many spans may stand within one another; further marks stay as text.
const DEPTH: usize = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Strong,
    Emphasis,
    Link,
    Mark,
    Superscript,
    Subscript,
}

/// A span that has begun: its kind, the mark as written and what it holds so far.
struct Frame {
    span: Span,
    mark: &'static str,
    content: Inlines,
}

const BRACES: [(&str, Span); 3] =
    [("{着重|", Span::Mark), ("{上标|", Span::Superscript), ("{下标|", Span::Subscript)];

impl Reader<'_> {
    /// Reads the text of one run; `line` is where findings point. Spaces at its
    /// ends are not part of it.
    pub(super) fn inlines(&mut self, text: &str, line: usize) -> Inlines {
        let mut rest = text.trim_matches([' ', '\t']);
        let mut spans = Spans::default();
        // Whether no reading closes any more in this line.
        let mut unclosed = false;
        while let Some(c) = rest.chars().next() {
            let taken = match c {
                '\\' => masked(rest, &mut spans),
                '*' => stars(rest, &mut spans),
                '{' => brace(rest, &mut spans, &mut unclosed),
                '[' => self.bracket(rest, line, &mut spans),
                '}' => {
                    let brace = |s| matches!(s, Span::Mark | Span::Superscript | Span::Subscript);
                    if !spans.close(brace, None) {
                        spans.text("}");
                    }
                    1
                }
                ']' => link_end(rest, &mut spans),
                '\n' => {
                    unclosed = false;
                    spans.add(Inline::Break);
                    1
                }
                c => {
                    let end = rest.find(['\\', '*', '{', '}', '[', ']', '\n']);
                    let end = end.unwrap_or(rest.len()).max(c.len_utf8());
                    spans.text(&rest[..end]);
                    end
                }
            };
            rest = &rest[taken..];
        }
        let mut run = spans.end();
        tidy(&mut run);
        run
    }

    fn bracket(&mut self, rest: &str, line: usize, spans: &mut Spans) -> usize {
        let label = rest.strip_prefix("[^").and_then(|r| r.split_once(']')).map(|(l, _)| l);
        let plain = |l: &&str| !l.is_empty() && l.chars().all(char::is_alphanumeric);
        let Some(label) = label.filter(plain) else {
            spans.open(Span::Link, "[");
            return 1;
        };
        let code = match self.notes.call(label) {
            Call::Text(lines) => {
                let blocks = self.deeper(&lines);
                spans.add(Inline::Note(blocks));
                return label.len() + 3;
            }
            Call::Twice => NOTE_TWICE,
            Call::Missing => NOTE_MISSING,
        };
        self.tell(Finding::warning(code).arg("label", label), line);
        spans.text(&rest[..label.len() + 3]);
        label.len() + 3
    }
}

fn masked(rest: &str, spans: &mut Spans) -> usize {
    match rest[1..].chars().next() {
        Some('\n') => {
            spans.add(Inline::Break);
            2
        }
        Some(c) if c.is_ascii_punctuation() => {
            spans.text(&rest[1..2]);
            2
        }
        _ => {
            spans.text("\\");
            1
        }
    }
}

fn stars(rest: &str, spans: &mut Spans) -> usize {
    let count = rest.bytes().take_while(|b| *b == b'*').count();
    let (strong, emphasis) = (spans.has(Span::Strong), spans.has(Span::Emphasis));
    match count {
        1 => spans.toggle(Span::Emphasis, "*"),
        2 => spans.toggle(Span::Strong, "**"),
        3 => {
            // Whichever closes, closes first; opening, strong comes first.
            let inner_emphasis = emphasis && (!strong || spans.innermost_is_emphasis());
            if inner_emphasis {
                spans.toggle(Span::Emphasis, "*");
                spans.toggle(Span::Strong, "**");
            } else {
                spans.toggle(Span::Strong, "**");
                spans.toggle(Span::Emphasis, "*");
            }
        }
        _ => spans.text(&rest[..count]),
    }
    count
}

fn brace(rest: &str, spans: &mut Spans, unclosed: &mut bool) -> usize {
    // `{}` stands for nothing: it parts two marks, or guards a space at an end.
    if rest.starts_with("{}") {
        return 2;
    }
    if rest.starts_with(crate::canonical::write::BREAK) {
        spans.add(Inline::Break);
        return crate::canonical::write::BREAK.len();
    }
    for (mark, span) in BRACES {
        if rest.starts_with(mark) {
            spans.open(span, mark);
            return mark.len();
        }
    }
    let ruby = |inside: &str| {
        let (base, rest) = until(inside, '|')?;
        let (text, rest) = until(rest, '}')?;
        Some((Inline::Ruby { base: unmasked(base), text: unmasked(text) }, rest.len()))
    };
    let inside = rest.strip_prefix("{注音|").filter(|_| !*unclosed);
    let found = inside.and_then(ruby);
    *unclosed |= inside.is_some() && found.is_none();
    match found {
        Some((inline, left)) => {
            spans.add(inline);
            rest.len() - left
        }
        None => {
            spans.text("{");
            1
        }
    }
}

fn link_end(rest: &str, spans: &mut Spans) -> usize {
    let url = rest.strip_prefix("](").and_then(|r| until(r, ')'));
    if let Some((url, left)) = url
        && spans.close(|s| s == Span::Link, Some(unmasked(url)))
    {
        return rest.len() - left.len();
    }
    spans.text("]");
    1
}

/// The text before the first `end` that no backslash masks, and the text behind.
pub(super) fn until(text: &str, end: char) -> Option<(&str, &str)> {
    let mut masked = false;
    for (i, c) in text.char_indices() {
        match c {
            _ if masked => masked = false,
            '\\' => masked = true,
            '\n' => return None,
            c if c == end => return Some((&text[..i], &text[i + c.len_utf8()..])),
            _ => {}
        }
    }
    None
}

/// A text without the backslashes that mask, and without `{}`.
pub(super) fn unmasked(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {
                out.extend(chars.next())
            }
            '{' if chars.peek() == Some(&'}') => {
                chars.next();
            }
            c => out.push(c),
        }
    }
    out
}

/// The cells of a line with bars, without the spaces round them. A bar within
/// braces belongs to a span.
pub(super) fn cells(text: &str) -> Vec<&str> {
    let text = text.trim_end_matches([' ', '\t']);
    let mut out = Vec::new();
    let mut start = 1;
    let (mut masked, mut depth) = (false, 0usize);
    for (i, c) in text.char_indices().skip(1) {
        match c {
            _ if masked => masked = false,
            '\\' => masked = true,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                out.push(text[start..i].trim_matches([' ', '\t']));
                start = i + 1;
            }
            _ => {}
        }
    }
    if start < text.len() {
        out.push(text[start..].trim_matches([' ', '\t']));
    }
    out
}

/// The spans that have begun, the outermost first.
#[derive(Default)]
struct Spans {
    done: Inlines,
    open: Vec<Frame>,
}

impl Spans {
    fn add(&mut self, inline: Inline) {
        self.open.last_mut().map_or(&mut self.done, |f| &mut f.content).push(inline);
    }

    fn text(&mut self, text: &str) {
        self.add(Inline::Text(text.to_owned()));
    }

    fn has(&self, span: Span) -> bool {
        self.open.iter().any(|f| f.span == span)
    }

    fn innermost_is_emphasis(&self) -> bool {
        let star = |f: &&Frame| matches!(f.span, Span::Strong | Span::Emphasis);
        self.open.iter().rev().find(star).is_some_and(|f| f.span == Span::Emphasis)
    }

    fn open(&mut self, span: Span, mark: &'static str) {
        if self.open.len() >= DEPTH {
            self.text(mark);
        } else {
            self.open.push(Frame { span, mark, content: Inlines::new() });
        }
    }

    /// Ends the span if it is open, else begins it.
    fn toggle(&mut self, span: Span, mark: &'static str) {
        if !self.close(|s| s == span, None) {
            self.open(span, mark);
        }
    }

    /// Ends the innermost span for which `which` holds. Spans within it that are
    /// still open turn out to be text. `false` where there is none.
    fn close(&mut self, which: impl Fn(Span) -> bool, url: Option<String>) -> bool {
        let Some(at) = self.open.iter().rposition(|f| which(f.span)) else { return false };
        while self.open.len() > at + 1 {
            self.give_up();
        }
        let Some(frame) = self.open.pop() else { return false };
        let content = frame.content;
        self.add(match frame.span {
            Span::Strong => Inline::Strong(content),
            Span::Emphasis => Inline::Emphasis(content),
            Span::Mark => Inline::EmphasisMark(content),
            Span::Superscript => Inline::Superscript(content),
            Span::Subscript => Inline::Subscript(content),
            Span::Link => Inline::Link { url: url.unwrap_or_default(), content },
        });
        true
    }

    /// Turns the innermost open span into text.
    fn give_up(&mut self) {
        if let Some(frame) = self.open.pop() {
            self.text(frame.mark);
            self.open.last_mut().map_or(&mut self.done, |f| &mut f.content).extend(frame.content);
        }
    }

    fn end(mut self) -> Inlines {
        while !self.open.is_empty() {
            self.give_up();
        }
        self.done
    }
}
