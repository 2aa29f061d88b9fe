//! Any bytes as the files of a project that a person writes, parted by lines
//! `== path`: kanyin.toml, review.toml, what lies in lists/, sites/ and layouts/.
#![no_main]

use std::fs;

use kanyin_fuzz::import::Sites;
use kanyin_fuzz::layout::{self, Medium};
use kanyin_fuzz::project::{self, Project};
use kanyin_fuzz::{check, parts, publication, sources};
use libfuzzer_sys::fuzz_target;

/// The files that are laid out on disk, where the program reads them.
const FILES: [&str; 8] = [
    "kanyin.toml",
    "review.toml",
    "layouts/print/own/layout.toml",
    "layouts/epub/own/layout.toml",
    "layouts/wechat/own/layout.toml",
    "layouts/shared/wording.toml",
    "layouts/shared/colours.toml",
    "layouts/shared/sheets.toml",
];

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let (mut lists, mut looks) = (Vec::new(), Vec::new());
    for (path, text) in parts(&text) {
        if FILES.contains(&path) {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
            let media = [("print", Medium::Print), ("epub", Medium::Epub), ("wechat", Medium::Wechat)];
            for (name, medium) in media {
                if path.starts_with(&format!("layouts/{name}/")) || path.starts_with("layouts/shared/") {
                    looks.push(medium);
                }
            }
        } else if path == "lists/published.toml" {
            publication::Published::read(path, text, &sources());
        } else if path.starts_with("lists/") {
            lists.push((path, text));
        } else if let Some(name) = path.strip_prefix("sites/") {
            let _ = Sites::builtin().add(name, text);
        }
    }
    if let Ok(project) = Project::open(folder.path()) {
        let _ = project.config.chosen(&[]);
    }
    if let Ok(decisions) = project::read_decisions(folder.path()) {
        project::write_decisions(folder.path(), &decisions).unwrap();
        let again = project::read_decisions(folder.path()).unwrap();
        assert_eq!(again, decisions, "what is written is read");
    }
    for medium in looks {
        let _ = layout::find(Some(&folder.path().join("layouts")), medium, "own");
        let _ = layout::find(Some(&folder.path().join("layouts")), medium, "plain");
    }
    if !lists.is_empty() {
        let lists = check::Lists::read(lists).value;
        for source in sources() {
            check::check("a.md", &source.article, &Default::default(), &lists);
        }
    }
});
