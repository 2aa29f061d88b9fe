//! The program's own source text, comments and literals told apart, for the tests
//! that hold what a compiler does not.

use std::fs;

use super::support::root;

/// One file under `src/`.
pub(crate) struct Source {
    /// Its path below `src/`, with `/` between folders.
    pub path: String,
    /// Its text with comments and the insides of literals blanked; lines stay.
    pub code: String,
    /// The literals, strings and characters, with their lines from 1.
    pub literals: Vec<(usize, String)>,
}

impl Source {
    /// The room it belongs to: `import` for `import/text.rs`.
    pub(crate) fn room(&self) -> &str {
        let end = self.path.find('/').unwrap_or(self.path.len());
        self.path[..end].trim_end_matches(".rs")
    }

    /// Every place where `what` stands in the code, as its line from 1 and the
    /// code that follows it.
    pub(crate) fn all<'a>(&'a self, what: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
        self.code.match_indices(what).map(move |(at, _)| {
            (self.code[..at].matches('\n').count() + 1, &self.code[at + what.len()..])
        })
    }
}

/// Every Rust file under `src/`, in the order of their paths.
pub(crate) fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut all: Vec<Source> = walkdir::WalkDir::new(&src)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("src can be listed").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file");
            let path = path
                .strip_prefix(&src)
                .expect("a file of src")
                .to_string_lossy()
                .replace('\\', "/");
            let (code, literals) = split(&text);
            Source { path, code, literals }
        })
        .collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(all.len() > 50, "the sources were found");
    all
}

/// Parts Rust text into code and literals.
fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let mut code = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = token(rest, code.chars().next_back());
        let (taken, after) = rest.split_at(length.unwrap_or(next.len_utf8()));
        match length {
            None => code.push(next),
            Some(_) => {
                if !taken.starts_with('/') {
                    let line = code.matches('\n').count() + 1;
                    literals.push((line, taken.to_owned()));
                    code.push('"');
                }
                code.extend(taken.chars().filter(|c| *c == '\n'));
                if !taken.starts_with('/') {
                    code.push('"');
                }
            }
        }
        rest = after;
    }
    (code, literals)
}

/// The length of the comment or literal that `rest` begins with.
fn token(rest: &str, before: Option<char>) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(rest.find("*/").map_or(rest.len(), |at| at + 2));
    }
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !in_word && rest.starts_with('r') {
        let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
        if rest[1 + hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let start = 2 + hashes;
            return rest[start..].find(&end).map(|at| start + at + end.len());
        }
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    if quote == '\'' {
        // A lifetime has no closing quote after its one character.
        let mut chars = rest.chars().skip(1);
        let first = chars.next()?;
        if first != '\\' && chars.next() != Some('\'') {
            return None;
        }
    }
    let mut escaped = false;
    rest.char_indices().skip(1).find_map(|(at, c)| {
        let end = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        end.then_some(at + 1)
    })
}
