//! Addresses of files in the folder, names of any script in them (RFC 3986, 2.5), and
//! identifiers that are addresses.

use std::fmt::Write as _;

/// The address of a file below the folder, relative to it.
pub(super) fn relative(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The address of a file on the web, where the folder has one.
pub(super) fn absolute(url: Option<&str>, path: &str) -> Option<String> {
    url.map(|url| format!("{url}/{}", relative(path)))
}

/// An identifier as a URI: itself, or its ISBN as one. None where it is neither, or
/// stands in `seen`, since two entries of a feed may not have one (RFC 4287, 4.1.1).
pub(super) fn identifier(written: &str, seen: &[String]) -> Option<String> {
    let scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`');
    let uri = written.split_once(':').is_some_and(|(name, rest)| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(scheme)
            && !rest.is_empty()
            && rest.chars().all(plain)
    });
    let digits: String = written.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let isbn =
        matches!(digits.len(), 10 | 13) && digits.chars().all(|c| c.is_ascii_digit() || c == 'X');
    let id = match (uri, isbn) {
        (true, _) => written.to_owned(),
        (false, true) => format!("urn:isbn:{digits}"),
        (false, false) => return None,
    };
    (!seen.contains(&id)).then_some(id)
}

/// An identifier made from a name, the same every time (RFC 9562, version 5).
pub(super) fn named(name: &str) -> String {
    let uuid = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, name.as_bytes());
    format!("urn:uuid:{uuid}")
}
