//! One line of words while it is being walked: its marks of emphasis stand open
//! as a stack, and space is folded as a browser folds it.

use crate::article::{Inline, Inlines, tidy};
use crate::import::fields::is_han;
use crate::import::web::style::Stress;

/// Marks of emphasis within marks of emphasis are told apart this deep.
const DEPTH: usize = 24;

/// What stands open round words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrap {
    /// A stress.
    Stress(Stress),
    /// A link to this address.
    Link(String),
    /// An element that says nothing; it only has to be closed.
    Nothing,
}

/// The words of a line so far.
#[derive(Debug, Default)]
pub(super) struct Line {
    outer: Inlines,
    open: Vec<(Wrap, Inlines)>,
    last: Option<char>,
    /// Space that was met and not yet set; whether a line of the source ended in it.
    space: Option<bool>,
    /// How many wide spaces, or pairs of fixed ones, stand before the first word.
    indent: usize,
}

impl Line {
    /// Opens a mark of emphasis or a link.
    pub(super) fn open(&mut self, wrap: Wrap) {
        let deep = self.open.iter().filter(|(w, _)| *w != Wrap::Nothing).count() >= DEPTH;
        let again = wrap != Wrap::Nothing && self.open.iter().any(|(w, _)| *w == wrap);
        // A link within a link is no link.
        let nested = matches!(wrap, Wrap::Link(_))
            && self.open.iter().any(|(w, _)| matches!(w, Wrap::Link(_)));
        let wrap = if deep || again || nested { Wrap::Nothing } else { wrap };
        if wrap != Wrap::Nothing {
            self.set_space();
        }
        self.open.push((wrap, Inlines::new()));
    }

    /// Closes what was opened last.
    pub(super) fn close(&mut self) {
        let Some((wrap, inner)) = self.open.pop() else { return };
        let outer = self.inner();
        push_wrapped(outer, wrap, inner);
    }

    fn inner(&mut self) -> &mut Inlines {
        match self.open.last_mut() {
            Some((_, inner)) => inner,
            None => &mut self.outer,
        }
    }

    /// Adds words as they stand in the page.
    pub(super) fn words(&mut self, text: &str) {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.space = Some(self.space.unwrap_or(false) || c == '\n');
                continue;
            }
            if let Some(broken) = self.space.take()
                && let Some(last) = self.last
                && !(broken && is_wide(last) && is_wide(c))
            {
                out.push(' ');
            }
            match c {
                '\u{3000}' if self.is_empty() => self.indent += 2,
                '\u{a0}' if self.is_empty() => self.indent += 1,
                c => self.last = Some(c),
            }
            out.push(c);
        }
        if !out.is_empty() {
            self.inner().push(Inline::Text(out));
        }
    }

    /// Sets the space that was met before something other than words.
    fn set_space(&mut self) {
        if let (Some(false), Some(_)) = (self.space, self.last) {
            self.space = None;
            self.last = Some(' ');
            self.inner().push(Inline::Text(" ".to_owned()));
        }
    }

    /// Adds something that is read already.
    pub(super) fn inline(&mut self, inline: Inline) {
        self.set_space();
        self.space = None;
        self.last = Some('\u{3001}');
        self.inner().push(inline);
    }

    /// Whether no words have been added.
    pub(super) fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    /// Whether the line begins with the indent of a paragraph.
    pub(super) fn is_indented(&self) -> bool {
        self.indent >= 2
    }

    /// Takes the line; what stood open stands open again on the next one.
    pub(super) fn take(&mut self) -> Inlines {
        let wraps: Vec<Wrap> = self.open.iter().map(|(wrap, _)| wrap.clone()).collect();
        while !self.open.is_empty() {
            self.close();
        }
        self.open = wraps.into_iter().map(|wrap| (wrap, Inlines::new())).collect();
        (self.last, self.space, self.indent) = (None, None, 0);
        let mut out = std::mem::take(&mut self.outer);
        tidy(&mut out);
        trim(&mut out);
        tidy(&mut out);
        out
    }
}

fn push_wrapped(outer: &mut Inlines, wrap: Wrap, inner: Inlines) {
    let blank = inner.iter().all(|i| matches!(i, Inline::Text(t) if t.trim().is_empty()));
    if blank {
        outer.extend(inner);
        return;
    }
    outer.push(match wrap {
        Wrap::Stress(Stress::Strong) => return merged(outer, inner, Kind::Strong),
        Wrap::Stress(Stress::Emphasis) => return merged(outer, inner, Kind::Emphasis),
        Wrap::Stress(Stress::Marks) => return merged(outer, inner, Kind::Marks),
        // The mark of a note is raised by itself.
        Wrap::Stress(Stress::Super) if inner.iter().all(|i| matches!(i, Inline::Note(_))) => {
            outer.extend(inner);
            return;
        }
        Wrap::Stress(Stress::Super) => Inline::Superscript(inner),
        Wrap::Stress(Stress::Sub) => Inline::Subscript(inner),
        Wrap::Link(url) => Inline::Link { url, content: inner },
        Wrap::Nothing => {
            outer.extend(inner);
            return;
        }
    });
}

#[derive(Clone, Copy)]
enum Kind {
    Strong,
    Emphasis,
    Marks,
}

/// Two stresses of one kind side by side are one.
fn merged(outer: &mut Inlines, inner: Inlines, kind: Kind) {
    match (outer.last_mut(), kind) {
        (Some(Inline::Strong(before)), Kind::Strong)
        | (Some(Inline::Emphasis(before)), Kind::Emphasis)
        | (Some(Inline::EmphasisMark(before)), Kind::Marks) => before.extend(inner),
        (_, Kind::Strong) => outer.push(Inline::Strong(inner)),
        (_, Kind::Emphasis) => outer.push(Inline::Emphasis(inner)),
        (_, Kind::Marks) => outer.push(Inline::EmphasisMark(inner)),
    }
}

/// Whether a character is as wide as a Han character, so that the end of a line
/// of the source beside it is no space.
fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// Removes space at both ends, within marks of emphasis too.
pub(in crate::import::web) fn trim(inlines: &mut Inlines) {
    trim_start(inlines);
    trim_end(inlines);
}

fn trim_start(inlines: &mut Inlines) {
    let empty = |inline: &mut Inline| match inline {
        Inline::Break => true,
        Inline::Text(text) => {
            *text = text.trim_start().to_owned();
            text.is_empty()
        }
        other => other.children_mut().is_some_and(|inner| {
            trim_start(inner);
            inner.is_empty()
        }),
    };
    let kept = inlines.iter_mut().position(|inline| !empty(inline));
    inlines.drain(..kept.unwrap_or(inlines.len()));
}

fn trim_end(inlines: &mut Inlines) {
    while let Some(last) = inlines.last_mut() {
        let empty = match last {
            Inline::Break => true,
            Inline::Text(text) => {
                text.truncate(text.trim_end().len());
                text.is_empty()
            }
            other => other.children_mut().is_some_and(|inner| {
                trim_end(inner);
                inner.is_empty()
            }),
        };
        if !empty {
            return;
        }
        inlines.pop();
    }
}
