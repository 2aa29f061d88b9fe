//! Values that a page keeps in its scripts, as `var ct = "1642131000";`.

use super::parse::Page;

/// Scripts are searched for no longer values than this, in bytes.
const LENGTH: usize = 600;

/// The value that a script gives a variable.
pub(super) fn value(page: &Page, name: &str) -> Option<String> {
    let root = page.document.root();
    let scripts = root.descendants_it().filter(|n| n.has_name("script"));
    scripts.into_iter().find_map(|script| in_text(&script.text(), name))
}

fn in_text(script: &str, name: &str) -> Option<String> {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$' || c == '.';
    script.match_indices(name).find_map(|(at, _)| {
        if script[..at].ends_with(word) {
            return None;
        }
        let rest = script[at + name.len()..].trim_start();
        let rest = rest.strip_prefix(['=', ':'])?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => rest[1..].split(quote).next()?,
            None => rest.split(|c: char| !word(c)).next()?,
        };
        let fits = !value.trim().is_empty() && value.len() <= LENGTH;
        fits.then(|| unescaped(value.trim()))
    })
}

/// `\x26` and the named references that pages write into their scripts.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 4).filter(|_| rest[at + 1..].starts_with('x'));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(char::from(byte));
                rest = &rest[at + 4..];
            }
            None => rest = &rest[at + 1..],
        }
    }
    out.push_str(rest);
    let named = [
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    named.iter().fold(out, |text, (name, c)| text.replace(name, c))
}
