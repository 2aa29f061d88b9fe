//! `out/share/` as a person gets it: whole after every build, following what lies in
//! `out/`, left alone where nothing changed.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::SystemTime;

use crate::Desk;

/// The files below the share folder.
fn files(desk: &Desk, folder: &str) -> BTreeSet<String> {
    let root = desk.path(folder);
    walkdir::WalkDir::new(&root)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|e| e.path().strip_prefix(&root).expect("below").to_string_lossy().into_owned())
        .collect()
}

fn project(desk: &Desk, share: &str, ids: &[&str]) {
    let publications = ids.iter().map(|id| {
        format!("[[publication]]\nid = \"{id}\"\ntitle = \"云澜 {id}\"\nformats = [\"epub\"]\n")
    });
    let text =
        format!("[press]\nname = \"云澜大学\"\n{share}\n{}", publications.collect::<String>());
    desk.write("kanyin.toml", &text);
}

/// The files that the catalogue in JSON offers.
fn offered(desk: &Desk) -> Vec<String> {
    let feed: serde_json::Value =
        serde_json::from_str(&desk.read("out/share/opds.json")).expect("JSON");
    let books = feed["publications"].as_array().expect("publications").iter();
    books.map(|b| b["links"][1]["href"].as_str().expect("an address").to_owned()).collect()
}

fn written(path: &Path) -> SystemTime {
    path.metadata().and_then(|data| data.modified()).expect("a file with a time")
}

#[test]
fn a_folder_ready_to_be_put_on_a_server_comes_with_every_e_book() {
    let desk = Desk::with_project();
    let ran = desk.run(&["build", "--format", "epub"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let wanted = [
        "SHA256SUMS.txt",
        "all.epub",
        "all.epub.json",
        "covers/all.jpg",
        "index.html",
        "opds.json",
        "opds.xml",
        "thumbnails/all.jpg",
    ];
    assert_eq!(files(&desk, "out/share"), wanted.map(str::to_owned).into());
    assert_eq!(ran.out.matches("share").count(), 1, "{}", ran.out);
    let bytes = |name: &str| std::fs::read(desk.path(name)).expect("a file");
    assert!(bytes("out/share/all.epub") == bytes("out/all/all.epub"));
    let sum = kanyin::layout::fonts::sha256(&bytes("out/share/all.epub"));
    assert_eq!(desk.read("out/share/SHA256SUMS.txt"), format!("{sum}  all.epub\n"));
    assert!(desk.read("out/share/index.html").contains(&sum));
    assert!(bytes("out/share/thumbnails/all.jpg").len() < bytes("out/share/covers/all.jpg").len());
}

#[test]
fn all_e_books_of_the_project_are_listed_whichever_run_made_them() {
    let desk = Desk::with_project();
    project(&desk, "", &["jia", "yi"]);
    assert_eq!(desk.run(&["build"]).code, 0);
    assert_eq!(desk.run(&["build", "yi"]).code, 0);
    assert_eq!(offered(&desk), ["jia.epub", "yi.epub"]);
    // Volumes lie beside the whole; here one is but a copy, and still another entry.
    std::fs::copy(desk.path("out/yi/yi.epub"), desk.path("out/yi/yi-01.epub")).expect("copied");
    std::fs::write(desk.path("out/yi/坏.epub"), "no book").expect("written");
    let ran = desk.run(&["build", "jia"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("坏.epub") && ran.err.contains("share-book-unreadable"),
        "{}",
        ran.err
    );
    assert_eq!(offered(&desk), ["jia.epub", "yi-01.epub", "yi.epub"]);
    let atom = desk.read("out/share/opds.xml");
    let ids: BTreeSet<&str> = atom.lines().filter(|l| l.starts_with("<id>")).collect();
    assert_eq!(ids.len(), 4, "the feed's and the books'");
}

#[test]
fn a_book_goes_with_its_publication_and_stays_when_its_new_edition_fails() {
    let desk = Desk::with_project();
    project(&desk, "", &["jia", "yi"]);
    assert_eq!(desk.run(&["build"]).code, 0);
    let with_no_article = "select = { series = [\"没有这个系列\"] }\n";
    let config = desk.read("kanyin.toml");
    desk.write("kanyin.toml", &format!("{config}{with_no_article}"));
    assert_eq!(desk.run(&["build"]).code, 1);
    assert_eq!(offered(&desk), ["jia.epub", "yi.epub"], "the old edition is still there");
    project(&desk, "", &["jia"]);
    assert_eq!(desk.run(&["build"]).code, 0);
    assert_eq!(offered(&desk), ["jia.epub"]);
    assert!(!files(&desk, "out/share").iter().any(|name| name.contains("yi")));
}

#[test]
fn nothing_is_written_where_nothing_changed() {
    let desk = Desk::with_project();
    assert_eq!(desk.run(&["build", "--format", "epub"]).code, 0);
    let page = desk.path("out/share/index.html");
    let before = written(&page);
    assert_eq!(desk.run(&["build", "--format", "epub"]).code, 0);
    assert_eq!(written(&page), before);
    desk.write("sources/第二篇.md", "---\ntitle: 秋游\ndate: 2023-10-02\n---\n\n天高云淡。\n");
    assert_eq!(desk.run(&["build", "--format", "epub"]).code, 0);
    assert!(written(&page) > before);
    let left: BTreeSet<_> = std::fs::read_dir(desk.path("out"))
        .expect("out")
        .flatten()
        .map(|e| e.file_name())
        .collect();
    assert_eq!(left, ["all", "share"].map(Into::into).into(), "no working folder is left");
}

#[test]
fn the_folder_follows_out_and_is_not_made_where_it_is_not_wanted() {
    let desk = Desk::with_project();
    project(&desk, "", &["jia"]);
    assert_eq!(desk.run(&["build", "--out", "别处"]).code, 0);
    assert!(desk.path("别处/share/jia.epub").is_file() && !desk.path("out/share").exists());
    project(&desk, "[share]\nmake = false\n", &["jia"]);
    let ran = desk.run(&["build", "--out", "别处"]);
    assert!(ran.code == 0 && !desk.path("别处/share").exists() && !ran.out.contains("share"));
}

#[test]
fn what_is_said_of_it_in_the_configuration_is_done_or_told() {
    let desk = Desk::with_project();
    let share = "[share]\ntitle = \"云澜书架\"\nurl = \" https://books.yunlan.example/a/index.html\"\npdf = true\n";
    project(&desk, share, &["jia"]);
    assert_eq!(desk.run(&["build", "--format", "epub,pdf"]).code, 0);
    assert!(files(&desk, "out/share").contains("jia.pdf"));
    let page = desk.read("out/share/index.html");
    assert!(page.contains("<h1>云澜书架</h1>") && page.contains("下载 PDF"));
    assert!(page.contains("https://books.yunlan.example/a/opds.xml") && page.contains("<svg"));
    for wrong in ["ftp://books.yunlan.example", "books.yunlan.example", "https://", "https://书/"]
    {
        project(&desk, &format!("[share]\nurl = \"{wrong}\"\n"), &["jia"]);
        let ran = desk.run(&["build"]);
        assert_eq!(ran.code, 2, "{wrong}");
        assert!(
            ran.err.contains("share-bad-address") && ran.err.contains("kanyin.toml:4"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn a_catalogue_that_a_look_breaks_is_an_error_and_the_old_one_stays() {
    let desk = Desk::with_project();
    assert_eq!(desk.run(&["build", "--format", "epub"]).code, 0);
    let before = desk.read("out/share/opds.xml");
    desk.write("layouts/share/plain/opds.xml.j2", "<feed>{{ title }}");
    let ran = desk.run(&["build", "--format", "epub"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("share-feed-malformed"), "{}", ran.err);
    assert!(desk.read("out/share/opds.xml") == before && desk.path("out/all/all.epub").is_file());
}
