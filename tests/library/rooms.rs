//! The rooms and the one way through the house: who may name whom, and what the
//! library never does. A test that fails names the file and the line.

use std::collections::BTreeSet;
use std::fs;

use super::sources::{Source, sources};
use super::support::root;

/// Each room of the library and the rooms it may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("diag", &["article"]),
    ("media", &["article", "diag"]),
    ("canonical", &["article", "diag"]),
    ("import", &["article", "diag", "canonical", "media"]),
    ("review", &["article", "diag"]),
    ("normalise", &["article", "diag"]),
    ("check", &["article", "diag"]),
    ("publication", &["article", "diag", "media"]),
    ("verify", &["article", "diag", "print", "publication"]),
    ("layout", &["article", "diag"]),
    ("print", &["article", "diag", "media"]),
    ("export", &["article", "diag", "media", "publication", "layout", "print"]),
    ("deliver", &["diag", "export", "media"]),
    ("project", &["article", "diag"]),
    (
        "pipeline",
        &[
            "article",
            "diag",
            "canonical",
            "import",
            "review",
            "normalise",
            "check",
            "media",
            "publication",
            "verify",
            "layout",
            "print",
            "export",
            "deliver",
            "project",
        ],
    ),
];

/// What the library never does: print, end the program, ask the environment or
/// the clock.
const NEVER: &[&str] = &[
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "dbg!",
    "std::env",
    "env::var",
    "env::args",
    "current_dir",
    "std::process",
    "process::exit",
    "io::stdout",
    "io::stderr",
    "io::stdin",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
];

fn rooms(of: &Source) -> Option<&'static [&'static str]> {
    MAY_NAME.iter().find(|(room, _)| *room == of.room()).map(|(_, may)| *may)
}

fn is_binary(source: &Source) -> bool {
    source.path == "main.rs" || source.room() == "cli"
}

/// The names at the beginning of what follows `crate::`: one, or those of a group.
fn named(rest: &str) -> Vec<&str> {
    let word = |s: &str| s.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(s.len());
    match rest.strip_prefix('{') {
        None => vec![&rest[..word(rest)]],
        Some(group) => {
            let (mut names, mut depth, mut start) = (Vec::new(), 0, true);
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    c if start && !c.is_whitespace() => {
                        names.push(&group[at..at + word(&group[at..])]);
                        start = false;
                    }
                    _ => {}
                }
            }
            names
        }
    }
}

fn hold(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}:\n  {}\n", broken.join("\n  "));
}

#[test]
fn the_table_is_the_house() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: BTreeSet<&str> =
        lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(declared, MAY_NAME.iter().map(|(room, _)| *room).collect(), "src/lib.rs");
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for (room, may) in MAY_NAME {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{room}` |")));
        let row = row.unwrap_or_else(|| panic!("ARCHITECTURE.md does not show {room}"));
        let cell = row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap().trim();
        let told: BTreeSet<&str> = match cell {
            "nothing" => BTreeSet::new(),
            "all" => MAY_NAME.iter().map(|(other, _)| *other).filter(|o| o != room).collect(),
            list => list.split(", ").collect(),
        };
        assert_eq!(told, may.iter().copied().collect(), "{room} in ARCHITECTURE.md");
    }
}

#[test]
fn every_room_names_only_the_rooms_it_may() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some(may) = rooms(&source) else { continue };
        for (line, rest) in source.all("crate::") {
            for name in named(rest) {
                let is_room = MAY_NAME.iter().any(|(room, _)| *room == name);
                if is_room && name != source.room() && !may.contains(&name) {
                    let (path, room) = (&source.path, source.room());
                    broken.push(format!("src/{path}:{line}: {room} may not name {name}"));
                }
            }
        }
    }
    hold(&broken, "data flows one way through the rooms");
}

#[test]
fn no_file_climbs_out_of_its_room() {
    let mut broken = Vec::new();
    for source in sources() {
        if rooms(&source).is_none() {
            continue;
        }
        // `super` of `room/mod.rs` and of `room.rs` is the house itself, and each
        // folder below adds a step.
        let folders = source.path.matches('/').count();
        let steps = if source.path.ends_with("/mod.rs") { folders - 1 } else { folders };
        let chain = "super::".repeat(steps + 1);
        for (line, _) in source.all(&chain) {
            broken.push(format!("src/{}:{line}: another room is named by crate::", source.path));
        }
    }
    hold(&broken, "other rooms are named from the top");
}

#[test]
fn the_command_line_uses_the_public_face_alone() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| is_binary(s)) {
        for (line, rest) in source.all("crate::") {
            if named(rest).iter().any(|n| MAY_NAME.iter().any(|(room, _)| room == n)) {
                broken.push(format!("src/{}:{line}", source.path));
            }
        }
        for (line, rest) in source.all("#[path") {
            broken.push(format!("src/{}:{line}: #[path{rest:.20}", source.path));
        }
    }
    hold(&broken, "the binary uses `kanyin::`");
    for source in sources().iter().filter(|s| !is_binary(s)) {
        let uses: Vec<_> = source.all("crate::cli").chain(source.all("kanyin::")).collect();
        assert!(uses.is_empty(), "src/{}: the library knows no command line", source.path);
    }
}

#[test]
fn the_library_neither_prints_nor_asks_the_world() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| !is_binary(s)) {
        for what in NEVER {
            for (line, _) in source.all(what) {
                broken.push(format!("src/{}:{line}: {what}", source.path));
            }
        }
    }
    hold(&broken, "the same input gives the same bytes, and only the command line speaks");
}

#[test]
fn only_the_rooms_that_keep_things_write_to_disk() {
    // The pipeline writes out/, the store its cache, the project its first files.
    let may = ["pipeline", "media", "project"];
    let writes = ["fs::write", "File::create", "create_dir", "fs::rename", "fs::copy", "remove_"];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| !is_binary(s) && !may.contains(&s.room())) {
        for what in writes.iter().filter(|what| **what != "remove_") {
            for (line, _) in source.all(what) {
                broken.push(format!("src/{}:{line}: {what}", source.path));
            }
        }
        for (line, _) in source.all("fs::remove_") {
            broken.push(format!("src/{}:{line}: fs::remove_", source.path));
        }
    }
    hold(&broken, "exporters return artifacts; only the pipeline writes");
}

#[test]
fn wording_lives_in_catalogues_not_in_code() {
    // Rules about the language must name its words; nothing else may.
    // An edit is known again whichever way its zeros are written.
    let may = [
        "import/",
        "normalise/",
        "check/",
        "canonical/",
        "publication/letter",
        "publication/numbers",
        "diag/decisions.rs",
    ];
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| !may.iter().any(|m| s.path.starts_with(m))) {
        for (line, literal) in source.literals.iter().filter(|(_, l)| l.contains(han)) {
            let start: String = literal.chars().take(30).collect();
            broken.push(format!("src/{}:{line}: {start}", source.path));
        }
    }
    hold(&broken, "messages go into src/diag/messages/, edition wording into layouts/shared/");
}

#[test]
fn the_reader_of_sources_reads_rust() {
    let all = sources();
    let this = all.iter().find(|s| s.path == "diag/catalogue.rs").unwrap();
    assert!(this.literals.iter().any(|(_, l)| l == "\"messages/check.toml\""));
    assert!(this.literals.iter().any(|(_, l)| l == "'{'"), "characters are literals");
    assert!(!this.code.contains("messages/check.toml"));
    assert!(this.code.contains("&'static str"), "lifetimes are not");
    assert!(!this.code.contains("The one message catalogue"), "comments are blanked");
    assert_eq!(named("{article::{Place, Run}, diag::Code, media}"), ["article", "diag", "media"]);
    assert_eq!(named("diag::Code"), ["diag"]);
}
