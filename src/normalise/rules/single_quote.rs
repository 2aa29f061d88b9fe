//! Single quotes are for a quotation within another (GB/T 15834-2011, 4.8): one
//! that stands by itself takes double quotes. Straight ones become curly as well.

use crate::article::script::is_han;
use crate::diag::Code;
use crate::normalise::line::{Change, Kind, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("single-quote"), propose };

fn propose(line: &Line) -> Vec<Change> {
    // Headlines have single quotes by an old custom of newspapers.
    if matches!(line.kind, Kind::Title | Kind::Heading) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut open: Option<usize> = None;
    for i in line.positions(|c| matches!(c, '“' | '”' | '‘' | '’' | '\'')) {
        match line.chars[i] {
            '“' => (depth, open) = (depth + 1, None),
            '”' => (depth, open) = (depth.saturating_sub(1), None),
            _ if beside_latin(line, i) => open = None,
            '‘' => open = Some(i),
            '\'' if open.is_none() => open = Some(i),
            _ => {
                if let Some(start) = open.take() {
                    out.extend(pair(line, start, i, depth));
                }
            }
        }
    }
    out
}

/// An apostrophe, or the quotes of a foreign word.
fn beside_latin(line: &Line, i: usize) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    latin(line.before(i)) && latin(line.at(i + 1))
}

fn pair(line: &Line, start: usize, end: usize, depth: usize) -> Vec<Change> {
    let [first, last] = [line.chars[start], line.chars[end]];
    // ‘ with a straight partner is a slip of another kind.
    let alike = (first == '‘') == (last == '’');
    let ours = line.chars[start + 1..end].iter().copied().any(is_han);
    let (open, close) = if depth == 0 { ("“", "”") } else { ("‘", "’") };
    let right = depth > 0 && first == '‘';
    if !alike || !ours || right {
        return Vec::new();
    }
    vec![Change::suggested(start..start + 1, open), Change::suggested(end..end + 1, close)]
}
