//! From a TOML reader's error to a finding with line, key and the nearest known
//! key. All that is TOML, files of the project and the front matter of articles, is
//! told wrong in this one way.

use super::{Code, Finding};

const UNKNOWN_KEY: Code = Code::new("project-unknown-key");
const UNKNOWN_VALUE: Code = Code::new("project-unknown-value");
const MISSING_KEY: Code = Code::new("project-missing-key");
const NOT_TOML: Code = Code::new("project-not-toml");
const BARE_KEY: Code = Code::new("project-bare-key");
const INK_RANGE: Code = Code::new("project-ink-out-of-range");
const LIMIT_RANGE: Code = Code::new("limits-out-of-range");
const RANGE: Code = Code::new("project-out-of-range");
const ADDRESS: Code = Code::new("share-bad-address");
const FIRST_PAGE: Code = Code::new("bulletin-first-page-even");

/// What a value was to be, by the words of serde's "expected …", and the message.
const WANTED: [(&str, Code); 9] = [
    ("i64", Code::new("project-wants-number")),
    ("u32", Code::new("project-wants-number")),
    ("f64", Code::new("project-wants-number")),
    ("datetime", Code::new("project-wants-date")),
    ("string", Code::new("project-wants-text")),
    ("text or a number", Code::new("project-wants-text")),
    ("a sequence", Code::new("project-wants-list")),
    ("a boolean", Code::new("book-wants-switch")),
    ("true or files", Code::new("book-wants-files")),
];

/// How a value outside its range is told: the value, the least and the most follow.
pub const OUT_OF_RANGE: &str = "out of range ";

/// The same for ink, in per cent.
pub const INK_OUT_OF_RANGE: &str = "ink out of range ";

/// The same for one of the limits.
pub const LIMIT_OUT_OF_RANGE: &str = "limit out of range ";

/// How an address that is none is told: what was written follows.
pub const BAD_ADDRESS: &str = "bad address ";

/// How an even number of an issue's first page is told: the number follows.
pub const EVEN_PAGE: &str = "even first page ";

/// The finding for `error`, met while reading `text` of the file `file`.
pub fn explain(file: &str, text: &str, error: &toml::de::Error) -> Finding {
    let line = error.span().map(|span| line_of(text, span.start));
    let message = error.message();
    let finding = if let Some((word, known)) = serde_list(message, "unknown field ") {
        Finding::error(UNKNOWN_KEY).arg("key", &word).arg("nearest", nearest(&word, &known))
    } else if let Some((word, known)) = serde_list(message, "unknown variant ") {
        Finding::error(UNKNOWN_VALUE).arg("value", &word).arg("known", known.join("、"))
    } else if let Some(key) = message.strip_prefix("missing field ") {
        Finding::error(MISSING_KEY).arg("key", key.trim_matches('`'))
    } else if let Some(range) = message.strip_prefix(OUT_OF_RANGE) {
        ranged(RANGE, range)
    } else if let Some(range) = message.strip_prefix(INK_OUT_OF_RANGE) {
        ranged(INK_RANGE, range)
    } else if let Some(range) = message.strip_prefix(LIMIT_OUT_OF_RANGE) {
        let key = error.span().map_or("", |span| key_before(text, span.start));
        ranged(LIMIT_RANGE, range).arg("key", key)
    } else if let Some(address) = message.strip_prefix(BAD_ADDRESS) {
        Finding::error(ADDRESS).arg("address", address.lines().next().unwrap_or_default())
    } else if let Some(number) = message.strip_prefix(EVEN_PAGE) {
        Finding::error(FIRST_PAGE).arg("number", number.lines().next().unwrap_or_default())
    } else if let Some(code) = wanted(message) {
        let key = error.span().map_or("", |span| key_before(text, span.start));
        Finding::error(code).arg("key", key)
    } else if message.starts_with("invalid unquoted key") {
        Finding::error(BARE_KEY)
    } else {
        Finding::error(NOT_TOML).arg("why", message.lines().next().unwrap_or(message))
    };
    finding.file(file).line(line)
}

/// A value, and the least and the most that it may be.
fn ranged(code: Code, range: &str) -> Finding {
    let mut numbers = range.split_whitespace();
    ["value", "least", "most"].into_iter().fold(Finding::error(code), |finding, name| {
        finding.arg(name, numbers.next().unwrap_or_default())
    })
}

/// The message for a value of the wrong type, where it is of a kind we have words for.
fn wanted(message: &str) -> Option<Code> {
    let expected = message.strip_prefix("invalid ")?.rsplit_once(", expected ")?.1;
    WANTED.iter().find(|(word, _)| expected.contains(word)).map(|(_, code)| *code)
}

/// The key whose value begins at this byte offset, where it stands on its line.
fn key_before(text: &str, offset: usize) -> &str {
    let before = text.get(..offset).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let key = line.rsplit_once('=').map_or("", |(key, _)| key);
    key.rsplit(['{', ',']).next().unwrap_or_default().trim()
}

/// The line of a byte offset, from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

/// Takes apart serde's "unknown field `a`, expected one of `b`, `c`".
fn serde_list(message: &str, prefix: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix(prefix)?;
    let mut quoted = rest.split('`').skip(1).step_by(2).map(str::to_owned);
    let word = quoted.next()?;
    Some((word, quoted.collect()))
}

/// The known word with the fewest changes to the one that was written.
pub fn nearest(word: &str, known: &[String]) -> String {
    let best = known.iter().min_by_key(|k| distance(word, k));
    best.cloned().unwrap_or_default()
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
