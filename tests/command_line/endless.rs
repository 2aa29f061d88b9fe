//! A look that never comes to an end, and that only the clock can stop: the other
//! formats are made, nothing half made is left, and what is said names the look and the
//! key. Each is a process of its own, with which the layout ends.

use crate::{Desk, build::files};

/// A look for print that goes round and round in its book or on its cover sheet. Typst
/// itself stops `while` after ten thousand rounds; rounds within rounds it does not.
fn endless(desk: &Desk, file: &str) {
    let round = "for a in range(9999) { for b in range(9999) { for c in range(9999) { } } }";
    let book = format!(
        "#let dress(body) = body\n#let cover() = {{ {round} }}\n#let opening() = []\n\
         #let front(a) = []\n#let contents() = []\n#let part(i) = []\n\
         #let article(i, a) = []\n#let back(a) = []\n#let closing() = []\n"
    );
    let text = if file.ends_with("book.typ") { book } else { format!("#{{ {round} }}\n") };
    desk.write(file, &text);
}

#[test]
fn a_layout_without_end_is_stopped_and_the_other_formats_are_made() {
    let desk = Desk::with_project();
    let manifest = desk.read("kanyin.toml");
    desk.write("kanyin.toml", &format!("[limits]\nlayout_seconds = 3\n\n{manifest}"));
    assert_eq!(desk.run(&["build"]).code, 0, "the usual look is quick enough");
    let before = files(&desk.path("out/all"));
    endless(&desk, "layouts/print/yearbook/book.typ");
    desk.write("sources/第二篇.md", "---\ntitle: 秋游\ndate: 2023-10-02\n---\n\n天高云淡。\n");
    let begun = std::time::Instant::now();
    let ran = desk.run(&["build"]);
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("layouts/print/yearbook/book.typ"), "{}", ran.err);
    assert!(ran.err.contains("layout-endless"), "{}", ran.err);
    assert!(ran.err.contains("layout_seconds"), "{}", ran.err);
    let after = files(&desk.path("out/all"));
    assert!(before["all.pdf"] == after["all.pdf"], "the old one is there, whole");
    assert!(before["all.epub"] != after["all.epub"], "the new one is made");
}

#[test]
fn a_cover_without_end_is_stopped_wherever_it_is_drawn() {
    let desk = Desk::with_project();
    let manifest = desk.read("kanyin.toml");
    desk.write("kanyin.toml", &format!("[limits]\nlayout_seconds = 3\n\n{manifest}"));
    for (file, format, made) in [
        ("layouts/epub/plain/cover.typ", "epub", "all.epub"),
        ("layouts/wechat/campus/cover.typ", "wechat", "wechat/index.html"),
    ] {
        endless(&desk, file);
        let ran = desk.run(&["build", "--format", format]);
        assert_eq!(ran.code, 1, "{file}: {}", ran.err);
        assert!(ran.err.contains(file) && ran.err.contains("layout-endless"), "{}", ran.err);
        assert!(!desk.path("out/all").join(made).exists());
        std::fs::remove_dir_all(desk.path("layouts")).expect("removed");
        assert_eq!(desk.run(&["build", "--format", format]).code, 0);
        assert!(desk.path("out/all").join(made).exists());
    }
}
