//! `kanyin build` and `kanyin check` as a person runs them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{ARTICLE, Desk};

/// Every file below a folder, by its path in it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("a folder that can be listed"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name =
                entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).expect("a file that can be read"))
        })
        .collect()
}

#[test]
fn a_new_project_with_one_article_builds_all_editions() {
    let desk = Desk::with_project();
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let made = files(&desk.path("out/all"));
    for name in ["all.pdf", "all-print.pdf", "all.epub", "report.json", "wechat/index.html"] {
        assert!(made.contains_key(name), "{name} is missing: {:?}", made.keys());
    }
    assert!(ran.err.contains("校门.jpg"), "the missing picture is told: {}", ran.err);
    assert!(ran.out.contains("all.epub"), "{}", ran.out);
}

#[test]
fn a_new_project_with_the_sample_builds_without_a_word_to_complain() {
    let desk = Desk::empty();
    assert_eq!(desk.run(&["new", "样例 一", "--sample"]).code, 0);
    let ran = desk.run(&["-C", "样例 一", "build", "--format", "wechat"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("picture-missing"), "{}", ran.err);
    let made = files(&desk.path("样例 一/out/all/wechat"));
    let posts = made.keys().filter(|name| name.ends_with("/article.html")).count();
    assert!(posts >= 4, "{:?}", made.keys());
}

#[test]
fn a_variable_that_names_no_folder_of_fonts_is_told() {
    let desk = Desk::with_project();
    let wrong = [("KANYIN_FONTS", "没有这个文件夹")];
    let ran = crate::run(&desk.path(""), &["build", "--format", "wechat"], &wrong);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("fonts-variable-no-folder"), "{}", ran.err);
    assert!(ran.err.contains("没有这个文件夹"), "{}", ran.err);
}

#[test]
fn the_same_project_in_two_folders_gives_the_same_bytes() {
    let (one, other) = (Desk::with_project(), Desk::with_project());
    assert_eq!((one.run(&["build"]).code, other.run(&["build"]).code), (0, 0));
    let (one, other) = (files(&one.path("out")), files(&other.path("out")));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name} differs");
    }
}

#[test]
fn building_again_over_old_results_leaves_nothing_of_them() {
    let desk = Desk::with_project();
    desk.write(
        "sources/第二篇.md",
        "---\ntitle: 秋游\ndate: 2023-10-02\n---\n\n天高云淡，师生同游云澜山。\n",
    );
    assert_eq!(desk.run(&["build", "--format", "wechat"]).code, 0);
    let posts = |desk: &Desk| {
        files(&desk.path("out/all/wechat")).keys().filter(|n| n.ends_with("/article.html")).count()
    };
    assert_eq!(posts(&desk), 2);
    std::fs::remove_file(desk.path("sources/第二篇.md")).expect("it was there");
    assert_eq!(desk.run(&["build", "--format", "wechat"]).code, 0);
    assert_eq!(posts(&desk), 1);
    let left: Vec<_> = std::fs::read_dir(desk.path("out"))
        .expect("out")
        .flatten()
        .map(|e| e.file_name())
        .collect();
    assert_eq!(left, ["all"], "no working folder is left behind");
}

#[test]
fn a_broken_source_is_told_and_the_rest_is_built() {
    let desk = Desk::with_project();
    std::fs::write(desk.path("sources/坏.txt"), [0xff_u8, 0x00, 0xfe, 0x00, 0x81])
        .expect("written");
    desk.write("sources/旧稿.doc", "not read");
    let ran = desk.run(&["build", "--format", "epub"]);
    assert_eq!(ran.code, 1, "words were lost, so it is an error");
    assert!(ran.err.contains("sources/旧稿.doc"), "{}", ran.err);
    assert!(desk.path("out/all/all.epub").is_file());
}

#[test]
fn an_empty_project_says_where_articles_go() {
    let desk = Desk::empty();
    desk.run(&["new", "."]);
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("sources"), "{}", ran.err);
}

#[test]
fn out_that_cannot_be_written_is_told_with_advice() {
    let desk = Desk::with_project();
    std::fs::remove_dir_all(desk.path("out")).expect("it was there");
    desk.write("out", "a file where a folder should be");
    let ran = desk.run(&["build", "--format", "epub"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("--out"), "{}", ran.err);
    assert_eq!(desk.run(&["build", "--format", "epub", "--out", "别处"]).code, 0);
    assert!(desk.path("别处/all/all.epub").is_file());
}

#[test]
fn a_picture_outside_the_project_is_not_read() {
    let desk = Desk::with_project();
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("secret.jpg"), b"\xff\xd8\xff").expect("written");
    let name = outside.path().join("secret.jpg");
    desk.write("sources/偷看.md", &format!("# 偷看\n\n![图]({})\n\n正文一段。\n", name.display()));
    let ran = desk.run(&["check"]);
    assert!(ran.err.contains("picture-missing"), "{}", ran.err);
}

#[test]
fn check_counts_and_prints_what_it_finds() {
    let desk = Desk::with_project();
    let ran = desk.run(&["check"]);
    assert_eq!(ran.code, 0, "warnings are no failure: {}", ran.err);
    assert!(ran.err.contains("picture-missing"));
    let json: serde_json::Value =
        serde_json::from_str(&desk.run(&["check", "--json"]).out).expect("JSON");
    assert_eq!(json["version"], 1);
    assert!(
        json["findings"]
            .as_array()
            .is_some_and(|f| f.iter().any(|f| f["code"] == "picture-missing"))
    );
}

#[test]
fn a_canonical_article_supersedes_the_raw_file_it_was_made_from() {
    let desk = Desk::with_project();
    assert_eq!(desk.run(&["import", "sources/开学.txt"]).code, 0);
    let ran = desk.run(&["build", "--format", "wechat"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let posts = files(&desk.path("out/all/wechat"));
    assert_eq!(
        posts.keys().filter(|n| n.ends_with("/article.html")).count(),
        1,
        "nothing prints twice"
    );
}

#[test]
fn the_article_is_read_as_a_person_reads_it() {
    let desk = Desk::with_project();
    assert!(desk.read("sources/开学.txt") == ARTICLE);
    let json: serde_json::Value =
        serde_json::from_str(&desk.run(&["inspect", "sources/开学.txt", "--json"]).out)
            .expect("JSON");
    assert_eq!(json["title"], "迎新第一天 校园处处是笑脸");
    assert_eq!(json["series"]["ordinal"], 1);
    assert_eq!(json["views"], 128);
    let kinds: Vec<&str> = json["blocks"]
        .as_array()
        .expect("blocks")
        .iter()
        .filter_map(|b| b["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["aside", "paragraph", "figure", "heading", "paragraph"]);
}
