//! What stands in the middle of a page's text and is no part of it: buttons for
//! printing and sharing, the way to the pages before and after. Their words stand
//! in the site profiles.

use super::site::Site;

/// Such a line is no longer than this.
const LENGTH: usize = 80;

/// Whether a line is nothing but the page's own furniture.
pub(super) fn is_chrome(text: &str, sites: &[&Site]) -> bool {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LENGTH {
        return false;
    }
    let opens = |opening: &String| {
        text.strip_prefix(opening.as_str()).is_some_and(|rest| {
            let spaced = rest.starts_with(char::is_whitespace) && text.contains(['>', '»', '©']);
            rest.is_empty() || rest.trim_start().starts_with(is_mark) || spaced
        })
    };
    sites.iter().flat_map(|s| &s.openings).any(opens) || is_buttons(text, sites)
}

/// A line without the furniture at its end, such as the choice of a size of letters
/// behind date and source.
pub(super) fn without<'a>(text: &'a str, sites: &[&Site]) -> &'a str {
    let begins = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let fits = before.is_some_and(|c| c.is_whitespace() || is_between(c));
        fits && text[*at..].starts_with(|c: char| !c.is_whitespace())
            && is_chrome(&text[*at..], sites)
    };
    let cut = text.char_indices().map(|(at, _)| at).find(begins);
    text[..cut.unwrap_or(text.len())].trim_end_matches(['【', '[', '（', '(', ' ', '\u{3000}'])
}

/// Whether a line is nothing but words of buttons, with marks between them.
fn is_buttons(text: &str, sites: &[&Site]) -> bool {
    let mut rest = text.trim_start_matches(is_between);
    let mut met = false;
    while !rest.is_empty() {
        let words = sites.iter().flat_map(|s| &s.words);
        let longest = words.filter(|w| rest.starts_with(w.as_str())).max_by_key(|w| w.len());
        let Some(word) = longest.filter(|w| !w.is_empty()) else { return false };
        met = true;
        rest = rest[word.len()..].trim_start_matches(is_between);
    }
    met
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        ':' | '：'
            | '】'
            | ']'
            | '>'
            | '》'
            | '|'
            | '｜'
            | '/'
            | '»'
            | '）'
            | ')'
            | '←'
            | '→'
            | '©'
    )
}

fn is_between(c: char) -> bool {
    c.is_whitespace()
        || is_mark(c)
        || matches!(
            c,
            '【' | '[' | '（' | '(' | '<' | '《' | '«' | '·' | '-' | '—' | '、' | '，' | ',' | '+'
        )
}
