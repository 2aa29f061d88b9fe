//! The house's order: which room may know which, and what no room may do. The
//! same table stands in ARCHITECTURE.md.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::support::root;

/// Each room and what it may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("diag", &["article"]),
    ("canonical", &["article", "diag"]),
    ("import", &["article", "canonical", "diag"]),
    ("normalise", &["article", "diag"]),
    ("check", &["article", "diag"]),
    ("media", &["article", "diag"]),
    ("publication", &["article", "diag", "media"]),
    ("layout", &["article", "diag"]),
    ("print", &["article", "diag", "media"]),
    ("export", &["article", "diag", "layout", "media", "print", "publication"]),
    ("project", &["article", "diag"]),
    (
        "pipeline",
        &[
            "article",
            "canonical",
            "check",
            "diag",
            "export",
            "import",
            "layout",
            "media",
            "normalise",
            "print",
            "project",
            "publication",
        ],
    ),
];

/// What the library leaves to the program: each word and what it would be.
const LEFT_TO_THE_PROGRAM: &[(&str, &str)] = &[
    ("println!", "prints"),
    ("print!", "prints"),
    ("eprintln!", "prints"),
    ("eprint!", "prints"),
    ("dbg!", "prints"),
    ("stdout()", "prints"),
    ("stderr()", "prints"),
    ("process::exit", "exits"),
    ("env::var", "reads the environment"),
    ("env::args", "reads the environment"),
    ("current_dir", "reads the environment"),
    ("SystemTime", "asks the clock"),
    ("Instant::now", "asks the clock"),
    ("Timestamp::now", "asks the clock"),
    ("Zoned::now", "asks the clock"),
];

#[test]
fn each_room_imports_only_the_rooms_before_it() {
    let mut broken = Vec::new();
    for (file, text) in library() {
        let Some((room, allowed)) = room_of(&file) else { continue };
        for other in imports(&file, &text) {
            if other != *room && !allowed.contains(&other.as_str()) {
                broken.push(format!("{file} imports {other}, which {room} may not"));
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn every_room_stands_in_the_table() {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    let mut declared: Vec<&str> =
        text.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut rooms: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    declared.sort_unstable();
    rooms.sort_unstable();
    assert_eq!(declared, rooms);

    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for room in rooms {
        assert!(page.contains(&format!("| `{room}` |")), "ARCHITECTURE.md does not show {room}");
    }
}

#[test]
fn the_library_does_not_print_exit_read_the_environment_or_ask_the_clock() {
    let mut broken = Vec::new();
    for (file, text) in library() {
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            for (word, what) in LEFT_TO_THE_PROGRAM {
                // `print!` also stands at the end of `eprint!`: the longer word tells.
                let whole = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric());
                if code.match_indices(word).any(|(at, _)| whole(at)) {
                    broken.push(format!("{file}:{number} {what}: {word}"));
                }
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn imports_are_seen_in_every_way_they_can_be_written() {
    let seen = |file: &str, text: &str| imports(file, text);
    assert_eq!(seen("import/text.rs", "use crate::article::Block;"), ["article"]);
    assert_eq!(seen("import/text.rs", "let x: crate::export::Job = y;"), ["export"]);
    let group = "use crate::{\n    article::{Block, Date},\n    export,\n};";
    assert_eq!(seen("import/text.rs", group), ["article", "export"]);
    assert_eq!(seen("import/text.rs", "use super::super::export::Job;"), ["export"]);
    assert_eq!(seen("import/mod.rs", "use super::export::Job;"), ["export"]);
    assert_eq!(seen("import/text/mod.rs", "use super::super::export;"), ["export"]);
    assert_eq!(seen("import/text.rs", "use super::date;\nuse super::text::x;"), [""; 0]);
    assert_eq!(seen("import/text.rs", "// crate::export knows more"), [""; 0]);
    assert_eq!(seen("import/text.rs", "mycrate::export"), [""; 0]);
}

/// The files of the library below `src/`, without the program's own.
fn library() -> Vec<(String, String)> {
    let src = root().join("src");
    let mut files = Vec::new();
    for entry in WalkDir::new(&src).sort_by_file_name() {
        let entry = entry.expect("src can be listed");
        if entry.path().extension().is_some_and(|e| e == "rs") {
            let name = below(&src, entry.path());
            if name != "main.rs" && !name.starts_with("cli/") {
                files.push((name, fs::read_to_string(entry.path()).expect("a source file")));
            }
        }
    }
    assert!(files.len() > 50, "the library is all there");
    files
}

fn below(src: &Path, file: &Path) -> String {
    let below = file.strip_prefix(src).expect("a file of src");
    below.to_string_lossy().replace('\\', "/")
}

fn room_of(file: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    let room = file.split(['/', '.']).next()?;
    ROOMS.iter().find(|(name, _)| *name == room)
}

/// The names that a file takes from the root of the library, in order.
fn imports(file: &str, text: &str) -> Vec<String> {
    let code: String =
        text.lines().map(|l| l.split("//").next().unwrap_or_default().to_owned() + "\n").collect();
    let depth = file.trim_end_matches("/mod.rs").split('/').count();
    let to_root = "super::".repeat(depth);
    let mut found = Vec::new();
    for prefix in ["crate::", to_root.as_str()] {
        for (at, _) in code.match_indices(prefix) {
            if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                found.extend(names(&code[at + prefix.len()..]));
            }
        }
    }
    found
}

/// The first name of a path, or of each path where it begins with a group.
fn names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return Vec::from_iter(name(rest)) };
    let mut found = Vec::new();
    let mut level = 0;
    let mut expected = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => level += 1,
            '}' if level == 0 => break,
            '}' => level -= 1,
            ',' => expected = level == 0,
            _ if c.is_whitespace() => {}
            _ if expected => {
                found.extend(name(&group[at..]));
                expected = false;
            }
            _ => {}
        }
    }
    found
}

fn name(rest: &str) -> Option<String> {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_owned())
}
