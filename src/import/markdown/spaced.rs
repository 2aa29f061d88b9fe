//! Pictures whose file has a space in its name. CommonMark wants such a name between
//! angle brackets, which nobody who types Markdown by hand knows; without them the
//! picture would be printed as letters.

use std::borrow::Cow;

/// No name of a file is longer, in bytes, with the folders before it.
const LONGEST: usize = 1024;

/// The text with angle brackets around such names. Lines stay lines.
pub(super) fn bracketed(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut fence: Option<&str> = None;
    let mut changed = false;
    for line in text.split_inclusive('\n') {
        let opens = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        match (fence, opens) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            _ => {}
        }
        let line = if fence.is_some() { Cow::Borrowed(line) } else { in_line(line) };
        changed |= matches!(line, Cow::Owned(_));
        out.push_str(&line);
    }
    if changed { Cow::Owned(out) } else { Cow::Borrowed(text) }
}

fn in_line(line: &str) -> Cow<'_, str> {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((begin, end)) = next_name(rest) {
        out.push_str(&rest[..begin]);
        out.push('<');
        out.push_str(&rest[begin..end]);
        out.push('>');
        rest = &rest[end..];
    }
    if out.is_empty() {
        return Cow::Borrowed(line);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Where the next such name begins and ends. One that ends in quotes has a title after
/// it, which CommonMark parts from it by a space.
fn next_name(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let open = from + text[from..].find("![")?;
        let begin = open + text[open..].find("](")? + 2;
        from = begin;
        let mut bytes = text.as_bytes()[begin..].iter().take(LONGEST);
        let Some(length) = bytes.position(|byte| *byte == b')') else { continue };
        let end = begin + length;
        let name = &text[begin..end];
        let plain = !name.contains(['<', '>', '"', '\'', '\n']) && name.trim() == name;
        if plain && name.contains(' ') {
            return Some((begin, end));
        }
    }
}
