//! Just enough of HTML and XML to know what a reader would see. It takes any
//! bytes, well formed or not: a file is judged by its text.

use crate::article::script::counts;

use super::text::FileText;

/// The longest entity that is resolved has fewer bytes: `#x10ffff`, with noughts.
const LONGEST_ENTITY: usize = 16;

/// What comes next in mark-up.
pub(super) enum Token<'a> {
    /// A tag's inside: `p class="text"`, `/p`, `br/`.
    Tag(&'a str),
    /// What stands between tags, entities as they are.
    Text(&'a str),
}

/// Splits mark-up; comments, declarations and instructions are left out.
pub(super) fn tokens(source: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = source;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let Some(inside) = rest.strip_prefix('<') else {
                let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
                rest = after;
                return Some(Token::Text(text));
            };
            if let Some(comment) = inside.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
            } else if let Some(data) = inside.strip_prefix("![CDATA[") {
                let (text, after) = data.split_once("]]>").unwrap_or((data, ""));
                rest = after;
                return Some(Token::Text(text));
            } else {
                let end = tag_end(inside);
                let tag = &inside[..end];
                rest = inside.get(end + 1..).unwrap_or_default();
                if !tag.starts_with(['!', '?']) {
                    return Some(Token::Tag(tag));
                }
            }
        }
    })
}

/// Where a tag ends: a `>` in a quoted value does not end it.
fn tag_end(inside: &str) -> usize {
    let mut quote = None;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    inside.len()
}

/// A tag's name as it is written, without a prefix: `opf:item` as `item`.
pub(super) fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches('/');
    let end = name.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(name.len());
    name[..end].rsplit(':').next().unwrap_or_default()
}

/// The value of a tag's attribute.
pub(super) fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let key = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        if key == wanted {
            let mut out = String::new();
            unescaped(value, |c| out.push(c));
            return Some(out);
        }
        rest = after;
    }
}

/// The text of a page or of a fragment of one.
pub fn html(source: &str) -> FileText {
    FileText::of_pages(&[words(source).into()], false)
}

/// What a reader sees of a page, as far as it counts. Readings above characters follow
/// them; the brackets for programs that cannot show readings are left out.
pub(super) fn words(source: &str) -> Vec<char> {
    const UNSEEN: [&str; 5] = ["head", "script", "style", "template", "rp"];
    let mut out = Vec::with_capacity(source.len() / 6);
    let mut within: Option<&str> = None;
    for token in tokens(source) {
        match (within, token) {
            (None, Token::Text(text)) => unescaped(text, |c| {
                if counts(c) {
                    out.push(c);
                }
            }),
            (None, Token::Tag(tag)) => {
                let name = name(tag);
                let opens = !tag.starts_with('/') && !tag.ends_with('/');
                let unseen = || UNSEEN.iter().any(|unseen| name.eq_ignore_ascii_case(unseen));
                within = Some(name).filter(|_| opens && unseen());
            }
            (Some(open), Token::Tag(tag)) => {
                if tag.starts_with('/') && name(tag).eq_ignore_ascii_case(open) {
                    within = None;
                }
            }
            (Some(_), Token::Text(_)) => {}
        }
    }
    out
}

/// Goes over the characters of a text, its entities resolved; what is no entity stays.
fn unescaped(text: &str, mut see: impl FnMut(char)) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        before.chars().for_each(&mut see);
        // The longest names have a few letters: what comes later closes no entity.
        let end = after.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        rest = match end.and_then(|end| Some((entity(&after[..end])?, &after[end + 1..]))) {
            Some((c, after)) => {
                see(c);
                after
            }
            None => {
                see('&');
                after
            }
        };
    }
    rest.chars().for_each(see);
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |h| u32::from_str_radix(h, 16).ok());
        return code.and_then(char::from_u32);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ensp" | "emsp" | "thinsp" => ' ',
        "middot" => '·',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "times" => '×',
        "copy" => '©',
        _ => return None,
    })
}
