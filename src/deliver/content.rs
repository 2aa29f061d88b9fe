//! The addresses of the pictures in a post's mark-up: finding them and putting others
//! in their place. Text that only looks like an address is left alone.

use std::ops::Range;

/// The `src` of every `img`, in order: where it stands and what it says.
pub(super) fn sources(html: &str) -> Vec<(Range<usize>, String)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|n| at + n) {
        let end = tag_end(html, open);
        let tag = &html[open..end];
        if is_image(tag)
            && let Some(value) = source(tag)
        {
            let range = open + value.start..open + value.end;
            out.push((range.clone(), plain(&html[range])));
        }
        at = end.max(open + 1);
    }
    out
}

/// The mark-up with other addresses for its pictures; what `other` does not know stays.
pub(super) fn rewrite<'a>(html: &str, other: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let mut at = 0;
    for (range, src) in sources(html) {
        let Some(address) = other(&src) else { continue };
        out.push_str(&html[at..range.start]);
        out.push_str(&address.replace('&', "&amp;").replace('"', "&quot;"));
        at = range.end;
    }
    out.push_str(&html[at..]);
    out
}

/// Where a tag ends, behind its `>`; one in a quoted value does not end it.
fn tag_end(html: &str, open: usize) -> usize {
    let mut quote = None;
    for (n, c) in html[open..].char_indices() {
        match (quote, c) {
            (None, '>') => return open + n + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn is_image(tag: &str) -> bool {
    let name = tag.get(1..4).unwrap_or_default();
    let after = tag.get(4..).and_then(|rest| rest.chars().next());
    name.eq_ignore_ascii_case("img") && after.is_some_and(|c| c.is_whitespace())
}

/// The place of the value of `src` in an `img`. Our own templates write
/// `name="value"`; other forms give nothing and are found as a picture that was not
/// uploaded.
fn source(tag: &str) -> Option<Range<usize>> {
    let mut at = 4;
    loop {
        let quote = at + tag[at..].find('"')?;
        let end = quote + 1 + tag[quote + 1..].find('"')?;
        let name = tag[at..quote].trim();
        if name.strip_suffix('=').is_some_and(|name| name.trim().eq_ignore_ascii_case("src")) {
            return Some(quote + 1..end);
        }
        at = end + 1;
    }
}

fn plain(value: &str) -> String {
    value.replace("&quot;", "\"").replace("&amp;", "&")
}
