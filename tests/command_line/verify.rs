//! `kanyin verify` as a person runs it, and what a build says of the text it kept.

use serde_json::Value;

use crate::Desk;

fn built() -> Desk {
    let desk = Desk::with_project();
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("report.html") && ran.out.contains("全部保留"), "{}", ran.out);
    desk
}

/// The folder of the only post.
fn post(desk: &Desk) -> String {
    let folders = std::fs::read_dir(desk.path("out/all/wechat")).expect("posts").flatten();
    let mut names = folders.map(|e| e.file_name().into_string().expect("UTF-8"));
    let name = names.find(|n| n.starts_with("01-")).expect("a post");
    format!("out/all/wechat/{name}/article.html")
}

#[test]
fn every_finished_file_is_whole() {
    let desk = built();
    let files = ["out/all/all.pdf", "out/all/all-print.pdf", "out/all/all.epub", &post(&desk)];
    for file in files {
        let ran = desk.run(&["verify", file, "--against", "all"]);
        assert_eq!(ran.code, 0, "{file}: {}", ran.out);
        assert!(ran.out.contains("文字全部保留"), "{file}: {}", ran.out);
    }
}

#[test]
fn a_file_that_lacks_text_is_told_with_the_place() {
    let desk = built();
    let name = post(&desk);
    let page = desk.read(&name);
    let at = page.find('。').expect("a sentence");
    desk.write(&name, &format!("{}{}", &page[..at], &page[at + '。'.len_utf8()..]));
    let ran = desk.run(&["verify", &name, "--against", "all"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("缺 1 字") && ran.out.contains("sources/开学.txt"), "{}", ran.out);

    let ran = desk.run(&["verify", &name, "--against", "all", "--json", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    let told: Value = serde_json::from_str(&ran.out).expect("JSON");
    let number = |key: &str| told[key].as_u64().expect("a number");
    assert_eq!((number("version"), number("characters") - number("found")), (1, 1));
    assert_eq!(told["missing"][0]["file"], "sources/开学.txt");
}

#[test]
fn what_cannot_be_verified_is_wrong_usage() {
    let desk = built();
    desk.write("out/notes.txt", "文字");
    desk.write("out/broken.pdf", "not a PDF");
    for (args, said) in [
        (["out/all/all.pdf", "--against", "nobody"], "nobody"),
        (["out/notes.txt", "--against", "all"], "verify-unknown-kind"),
        (["out/missing.epub", "--against", "all"], "verify-unreadable"),
        (["out/broken.pdf", "--against", "all"], "verify-pdf-unreadable"),
    ] {
        let ran = desk.run(&[&["verify"][..], &args[..]].concat());
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
    }
    assert_eq!(desk.run(&["verify", "out/all/all.pdf"]).code, 2);
}

#[test]
fn the_report_says_how_much_was_kept() {
    let desk = built();
    let report: Value = serde_json::from_str(&desk.read("out/all/report.json")).expect("JSON");
    let kept = report["kept"].as_array().expect("a list");
    let files: Vec<&str> = kept.iter().filter_map(|k| k["file"].as_str()).collect();
    assert_eq!(files[..3], ["all.pdf", "all-print.pdf", "all.epub"]);
    assert!(files[3].ends_with("/article.html"));
    for kept in kept {
        assert_eq!(kept["characters"], kept["found"], "{kept}");
        assert_eq!(kept["missing"], Value::Array(Vec::new()));
    }
}

#[test]
fn the_page_for_the_editor_stands_on_its_own() {
    let desk = Desk::with_project();
    desk.write("sources/第二篇.md", "---\ntitle: <b>秋游</b>\n---\n\n天高云淡,师生同游云澜山.\n");
    assert_eq!(desk.run(&["build", "--format", "epub"]).code, 0);
    let page = desk.read("out/all/report.html");
    assert!(page.contains("&lt;b&gt;秋游&lt;/b&gt;") && !page.contains("<b>秋游"), "escaped");
    assert!(page.contains("全部保留") && page.contains("<del>,</del><ins>，</ins>"));
    for outside in ["http://", "https://", "src=", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn the_report_begins_with_what_was_not_made_and_names_old_files() {
    let desk = built();
    desk.write("out/all/mine.pdf", "mine");
    desk.write("sources/第二篇.md", "---\ntitle: 秋游\n---\n\n天高云淡😀\n");
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let report: Value = serde_json::from_str(&desk.read("out/all/report.json")).expect("JSON");
    let not_made = report["not_made"].as_array().expect("a list");
    assert!(not_made.contains(&"pdf".into()) && not_made.contains(&"print".into()));
    let page = desk.read("out/all/report.html");
    let (first, rest) = page.split_once("没有做成：").expect("a box");
    assert!(!first.contains("全部保留") && rest.contains("上一次的旧文件"));
    assert!(!page.contains("<b>全部保留"), "only of the files that were made");
    assert!(ran.out.contains("没有做成：") && ran.out.contains("上一次的旧文件"), "{}", ran.out);
    assert!(desk.path("out/all/all.pdf").is_file(), "an old file is left");
}

#[test]
fn a_format_no_longer_asked_for_leaves_no_file() {
    let desk = built();
    desk.write("out/all/mine.pdf", "mine");
    let config = desk.read("kanyin.toml");
    assert_eq!(desk.run(&["build", "--format", "epub"]).code, 0);
    assert!(desk.path("out/all/all-print.pdf").is_file(), "only a build of all formats removes");
    let asked = config.lines().find(|line| line.starts_with("formats")).expect("formats");
    let fewer = config.replace(asked, "formats = [\"epub\"]");
    desk.write("kanyin.toml", &fewer);
    assert_eq!(desk.run(&["build"]).code, 0);
    for gone in ["all.pdf", "all-print.pdf", "all-cover.pdf", "wechat"] {
        assert!(!desk.path(&format!("out/all/{gone}")).exists(), "{gone}");
    }
    assert!(desk.path("out/all/all.epub").is_file());
    assert_eq!(desk.read("out/all/mine.pdf"), "mine");
}

#[test]
fn a_file_without_the_articles_text_is_told_apart() {
    let desk = built();
    let ran = desk.run(&["verify", "out/all/wechat/index.html", "--against", "all"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("article.html"), "{}", ran.err);
}

#[test]
fn a_wrong_template_of_the_report_is_told_with_file_and_line() {
    let desk = Desk::with_project();
    desk.write("layouts/report/plain/report.html.j2", "<p>\n{{ nothing.there }}\n");
    let ran = desk.run(&["build", "--format", "epub"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("layouts/report/plain/report.html.j2:2"), "{}", ran.err);
    assert!(desk.path("out/all/all.epub").is_file() && desk.path("out/all/report.json").is_file());
}
