//! A page saved as one file (MHTML): its parts, as mail has them. Finds the page
//! and the pictures; knows no article.

use super::base64;
use super::walk::{ending, percent_decoded};

/// A file has no more parts than this.
const PARTS: usize = 5000;
/// Parts stand within parts no deeper than this.
const DEPTH: usize = 4;

/// The parts of a page saved as one file.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The page itself.
    pub(super) html: Option<Vec<u8>>,
    /// The character set that stands beside it.
    pub(super) charset: Option<String>,
    /// The address the page had.
    pub(super) address: Option<String>,
    pictures: Vec<Picture>,
    count: usize,
}

#[derive(Debug)]
struct Picture {
    addresses: Vec<String>,
    name: String,
    bytes: Vec<u8>,
}

impl Parts {
    /// The parts of a file.
    pub(super) fn of(file: &[u8]) -> Self {
        let mut parts = Self::default();
        parts.read(file, 0);
        parts
    }

    /// The picture with this address in the page: its name and its bytes.
    pub(super) fn picture(&self, address: &str) -> Option<(String, &[u8])> {
        let address = address.trim();
        let found = self.pictures.iter().find(|p| p.addresses.iter().any(|a| a == address))?;
        Some((found.name.clone(), &found.bytes))
    }

    fn read(&mut self, part: &[u8], depth: usize) {
        let (headers, body) = headers(part);
        let get = |name: &str| headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let kind = get("content-type").unwrap_or("text/plain");
        let plain = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if plain.starts_with("multipart/") && depth < DEPTH {
            let Some(boundary) = parameter(kind, "boundary") else { return };
            self.address =
                self.address.take().or_else(|| get("snapshot-content-location").map(str::to_owned));
            for inner in split(body, &boundary) {
                self.count += 1;
                if self.count <= PARTS {
                    self.read(inner, depth + 1);
                }
            }
            return;
        }
        let encoding = get("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        let bytes = match encoding.trim() {
            "base64" => base64::decode(body),
            "quoted-printable" => quoted_printable(body),
            _ => body.to_vec(),
        };
        let location = get("content-location").map(|l| l.trim().to_owned());
        if matches!(plain.as_str(), "text/html" | "application/xhtml+xml") {
            if self.html.is_none() {
                self.html = Some(bytes);
                self.charset = parameter(kind, "charset");
                self.address = self.address.take().or(location);
            }
        } else if let Some(ending) = ending(&plain) {
            let id =
                get("content-id").map(|id| format!("cid:{}", id.trim().trim_matches(['<', '>'])));
            let name = self.free_name(location.as_deref().unwrap_or("picture"), ending);
            let addresses = location.into_iter().chain(id).collect();
            self.pictures.push(Picture { addresses, name, bytes });
        }
    }

    /// A file name for the picture of that address which no other has.
    fn free_name(&self, address: &str, ending: &str) -> String {
        let path = address.split(['?', '#']).next().unwrap_or(address);
        let last = percent_decoded(path.rsplit(['/', '\\', ':']).next().unwrap_or_default());
        let stem = last.rsplit_once('.').map_or(last.as_str(), |(stem, _)| stem);
        let stem: String = stem
            .chars()
            .filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c))
            .take(60)
            .collect();
        let stem = if stem.is_empty() { "picture".to_owned() } else { stem };
        let taken = |name: &str| self.pictures.iter().any(|p| p.name == name);
        let first = format!("{stem}.{ending}");
        if !taken(&first) {
            return first;
        }
        (2..).map(|n| format!("{stem}-{n}.{ending}")).find(|name| !taken(name)).unwrap_or(first)
    }
}

/// The headers of a part, names in small letters, and what follows them.
fn headers(part: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut rest = part;
    loop {
        let end = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() || out.len() > 200 {
            return (out, after);
        }
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = out.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            out.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        } else {
            // No header: the part has none.
            return (out, rest);
        }
        rest = after;
    }
}

/// A parameter of a header's value.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|one| {
        let (key, value) = one.split_once('=')?;
        let fits = key.trim().eq_ignore_ascii_case(name);
        fits.then(|| value.trim().trim_matches('"').to_owned()).filter(|v| !v.is_empty())
    })
}

/// The parts between the lines of a boundary.
fn split<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{boundary}");
    let mark = mark.as_bytes();
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    let mut at = 0;
    while at < body.len() {
        let end = body[at..].iter().position(|b| *b == b'\n').map_or(body.len(), |n| at + n + 1);
        if body[at..end].starts_with(mark) {
            if let Some(start) = start {
                out.push(&body[start..at]);
            }
            start = Some(end);
            if body[at + mark.len()..end].starts_with(b"--") {
                return out;
            }
        }
        at = end;
    }
    out.extend(start.map(|start| &body[start..]));
    out
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let [first, tail @ ..] = rest {
        let hex = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        rest = match (first, tail) {
            (b'=', [b'\r', b'\n', after @ ..] | [b'\n', after @ ..]) => after,
            (b'=', [high, low, after @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                out.push(hex(high).unwrap_or(0) * 16 + hex(low).unwrap_or(0));
                after
            }
            _ => {
                out.push(*first);
                tail
            }
        };
    }
    out
}
