//! Just enough of HTML and XML to know what a reader would see. It takes any
//! bytes, well formed or not: a file is judged by its text.

use super::text::FileText;

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

/// A tag's name, in small letters, without a prefix: `opf:item` as `item`.
pub(super) fn name(tag: &str) -> String {
    let name = tag.trim_start_matches('/');
    let name = &name[..name.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(name.len())];
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
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
            return Some(unescape(value));
        }
        rest = after;
    }
}

/// The text of a page or of a fragment of one.
pub fn html(source: &str) -> FileText {
    FileText::new(&[words(source)], false)
}

/// What a reader sees of a page. Readings above characters follow them; the
/// brackets for programs that cannot show readings are left out.
pub(super) fn words(source: &str) -> String {
    const UNSEEN: [&str; 5] = ["head", "script", "style", "template", "rp"];
    let mut out = String::with_capacity(source.len() / 2);
    let mut within: Option<String> = None;
    for token in tokens(source) {
        match (&within, token) {
            (None, Token::Text(text)) => out.push_str(&unescape(text)),
            (None, Token::Tag(tag)) => {
                let name = name(tag);
                let opens = !tag.starts_with('/') && !tag.ends_with('/');
                within = Some(name).filter(|n| opens && UNSEEN.contains(&n.as_str()));
            }
            (Some(open), Token::Tag(tag)) if tag.starts_with('/') && name(tag) == *open => {
                within = None;
            }
            (Some(_), _) => {}
        }
    }
    out
}

/// Text with its entities resolved; what is no entity stays.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let resolved = after.split_once(';').and_then(|(name, after)| Some((entity(name)?, after)));
        match resolved {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
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
