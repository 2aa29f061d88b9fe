//! `kanyin import DIR`: a year's folder becomes canonical articles, pictures come to
//! their places, and what is left over is listed.

use std::path::Path;

use serde_json::Value;

use crate::Desk;

/// A short article with this body.
fn article(title: &str, body: &str) -> String {
    format!(
        "{title}\n2023-09-01 | 浏览量：12\n\n各学院辅导员在{title}期间逐一走访寝室，为新生讲解安全\
         须知和作息安排，并与家长交流学生的学习和生活情况。\n\n{body}\n\n供稿：学生工作部\n"
    )
}

/// A small picture, each in a colour of its own.
fn picture(desk: &Desk, name: &str, grey: u8) {
    let path = desk.path(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    image::GrayImage::from_pixel(8, 6, image::Luma([grey])).save(path).expect("a picture");
}

fn summary(desk: &Desk, args: &[&str]) -> (i32, Value) {
    let ran = desk.run(&[args, &["--json"]].concat());
    (ran.code, serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}", ran.err)))
}

fn a_years_folder() -> Desk {
    let desk = Desk::with_project();
    std::fs::remove_file(desk.path("sources/开学.txt")).expect("the sample goes");
    let opening = article("开学典礼", "【图1】\n\n图为典礼现场");
    desk.write("2023 年稿件/要闻/开学典礼.txt", &opening);
    desk.write(
        "2023 年稿件/要闻/开学典礼.md",
        &format!("# {}", opening.replace("\n2023", "\n\n2023").replace("【图1】\n\n", "")),
    );
    desk.write("2023 年稿件/要闻/招新.txt", &article("社团招新", "操场.jpg\n\n社团在操场招新"));
    picture(&desk, "2023 年稿件/要闻/开学典礼1.png", 10);
    picture(&desk, "2023 年稿件/要闻/开学典礼2.png", 20);
    picture(&desk, "2023 年稿件/要闻/招新图片/IMG_77.png", 30);
    picture(&desk, "2023 年稿件/要闻/无主.png", 40);
    desk.write("2023 年稿件/a [终稿] #1..txt", &article("秋游", "山门.png"));
    picture(&desk, "2023 年稿件/山门.png", 50);
    desk.write("2023 年稿件/名单.xlsx", "x");
    desk.write("2023 年稿件/Thumbs.db", "x");
    desk.write("2023 年稿件/~$开学典礼.docx", "x");
    desk
}

#[test]
fn articles_pictures_copies_and_leftovers_are_each_told() {
    let desk = a_years_folder();
    let (code, done) = summary(&desk, &["import", "2023 年稿件"]);
    assert_eq!(code, 0, "{done:#}");
    let names = |key: &str| -> Vec<String> {
        let list = done[key].as_array().expect("a list").iter();
        list.map(|v| v.as_str().or(v["source"].as_str()).expect("a name").to_owned()).collect()
    };
    assert_eq!(names("copies"), ["2023 年稿件/要闻/开学典礼.txt"]);
    assert_eq!(
        names("written"),
        [
            "2023 年稿件/a [终稿] #1..txt",
            "2023 年稿件/要闻/开学典礼.md",
            "2023 年稿件/要闻/招新.txt"
        ]
    );
    assert_eq!(names("leftovers"), ["2023 年稿件/要闻/无主.png"]);
    assert_eq!(names("unknown"), ["2023 年稿件/名单.xlsx"]);
    let trip = desk.read("sources/a [终稿] #1..md");
    assert!(trip.contains("![](山门.png)"), "{trip}");
    assert!(desk.path("sources/山门.png").is_file());
    let club = desk.read("sources/要闻/招新.md");
    assert!(club.contains("![](招新/IMG_77.png)\n图注：社团在操场招新"), "{club}");
    assert!(desk.path("sources/要闻/招新/IMG_77.png").is_file());
    let check = desk.run(&["check"]);
    assert!(!check.err.contains("picture-missing"), "{}", check.err);
}

#[test]
fn a_mark_is_filled_and_what_has_no_place_lies_beside_the_article() {
    let desk = a_years_folder();
    std::fs::remove_file(desk.path("2023 年稿件/要闻/开学典礼.md")).expect("it goes");
    let ran = desk.run(&["import", "2023 年稿件", "--to", "sources/2023"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = desk.read("sources/2023/要闻/开学典礼.md");
    assert!(text.contains("![](开学典礼/开学典礼1.png)\n图注：图为典礼现场"), "{text}");
    assert!(!text.contains("开学典礼2.png"), "{text}");
    assert!(desk.path("sources/2023/要闻/开学典礼/开学典礼2.png").is_file());
    assert!(ran.err.contains("![](开学典礼/开学典礼2.png)"), "it says what to write: {}", ran.err);
    assert!(ran.out.contains("整理完毕：新整理 3 篇"), "{}", ran.out);
}

#[test]
fn done_twice_it_writes_nothing_and_leaves_what_a_person_wrote() {
    let desk = a_years_folder();
    assert_eq!(desk.run(&["import", "2023 年稿件"]).code, 0);
    let mended = desk.read("sources/要闻/招新.md").replace("社团招新", "社团纳新");
    desk.write("sources/要闻/招新.md", &mended);
    let (code, done) = summary(&desk, &["import", "./2023 年稿件/"]);
    assert_eq!(code, 0, "{done:#}");
    assert_eq!(done["written"].as_array().map(Vec::len), Some(0), "{done:#}");
    assert_eq!(done["there"].as_array().map(Vec::len), Some(3), "{done:#}");
    assert_eq!(desk.read("sources/要闻/招新.md"), mended);
}

/// A mended raw source that the book does not take up must not go unnoticed.
#[test]
fn a_source_that_was_changed_after_it_was_imported_is_told() {
    let desk = a_years_folder();
    assert_eq!(desk.run(&["import", "2023 年稿件"]).code, 0);
    assert!(!desk.run(&["import", "2023 年稿件"]).err.contains("source-changed"));
    let source = "2023 年稿件/要闻/招新.txt";
    desk.write(source, &desk.read(source).replace("社团", "学生社团"));
    let ran = desk.run(&["import", "2023 年稿件"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("招新.txt") && ran.err.contains("source-changed"), "{}", ran.err);
}

#[test]
fn both_copies_are_made_where_both_are_asked_for() {
    let desk = a_years_folder();
    assert_eq!(desk.run(&["import", "2023 年稿件", "--all"]).code, 0);
    assert!(desk.read("sources/要闻/开学典礼.md").contains("开学典礼.md"));
    assert!(desk.read("sources/要闻/开学典礼-txt.md").contains("开学典礼.txt"));
}

#[test]
fn in_the_projects_own_sources_articles_stand_beside_their_sources() {
    let desk = Desk::with_project();
    desk.write("sources/要闻/招新.txt", &article("社团招新", "操场.jpg\n\n社团在操场招新"));
    picture(&desk, "sources/要闻/招新照片/1.png", 30);
    let ran = desk.run(&["import", "sources"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = desk.read("sources/要闻/招新.md");
    assert!(text.contains("from = \"sources/要闻/招新.txt\""), "{text}");
    assert!(text.contains("![](招新照片/1.png)"), "{text}");
    let again = desk.run(&["import", "."]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.out.contains("新整理 0 篇"), "{}", again.out);
}

/// However the source was named when it was made, wherever it was put.
#[test]
fn an_article_that_was_made_before_is_not_made_again() {
    let desk = Desk::with_project();
    assert_eq!(desk.run(&["import", "sources/开学.txt", "--to", "sources/整理"]).code, 0);
    let (code, done) = summary(&desk, &["import", "sources"]);
    assert_eq!((code, done["written"].as_array().map(Vec::len)), (0, Some(0)), "{done:#}");
    assert!(!desk.path("sources/开学.md").exists());
    desk.write("来稿/招新.txt", &article("社团招新", "一段。"));
    assert_eq!(desk.run(&["import", "./来稿/招新.txt"]).code, 0);
    let (code, done) = summary(&desk, &["import", "来稿"]);
    assert_eq!((code, done["there"].as_array().map(Vec::len)), (0, Some(1)), "{done:#}");
}

#[test]
fn canonical_articles_of_a_folder_elsewhere_are_taken_in_as_they_are() {
    let desk = Desk::with_project();
    desk.write("旧项目/招新.txt", &article("社团招新", "一段。"));
    assert_eq!(desk.run(&["import", "旧项目/招新.txt", "--to", "旧项目"]).code, 0);
    let (code, done) = summary(&desk, &["import", "旧项目"]);
    assert_eq!((code, done["written"].as_array().map(Vec::len)), (0, Some(1)), "{done:#}");
    assert_eq!(desk.read("sources/招新.md"), desk.read("旧项目/招新.md"));
}

#[test]
fn nothing_is_overwritten_and_nothing_outside_is_read() {
    let desk = a_years_folder();
    desk.write("sources/要闻/招新.md", "# 别的文章\n\n一段。\n");
    desk.write("sources/山门.png", "another file of that name");
    desk.write("别处/密.txt", &article("密", "一段。"));
    #[cfg(unix)]
    std::os::unix::fs::symlink(desk.path("别处/密.txt"), desk.path("2023 年稿件/密.txt"))
        .expect("a link");
    let ran = desk.run(&["import", "2023 年稿件"]);
    assert_eq!(ran.code, 1, "an article could not be written");
    assert!(ran.err.contains("convert-exists") && ran.err.contains("folder-link"), "{}", ran.err);
    assert!(desk.read("sources/要闻/招新.md").contains("别的文章"));
    assert_eq!(desk.read("sources/山门.png"), "another file of that name");
    let trip = desk.read("sources/a [终稿] #1..md");
    assert!(trip.contains("](a \\[终稿\\] #1./山门.png)"), "{trip}");
    assert!(!desk.path("sources/密.md").exists());
}

#[test]
fn a_wrong_path_an_empty_folder_and_no_project_are_told_with_advice() {
    let desk = Desk::with_project();
    std::fs::create_dir(desk.path("空")).expect("a folder");
    for (args, code, word) in [
        (&["import", "空"][..], 2, "folder-empty"),
        (&["import", "没有"], 1, "source-missing"),
        (&["-C", "空", "import", "sources"], 2, "folder-needs-home"),
    ] {
        let ran = desk.run(args);
        assert_eq!(ran.code, code, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(word) && ran.err.contains("→"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn an_article_that_stands_twice_is_a_warning_of_the_build() {
    let desk = Desk::with_project();
    let text = desk.read("sources/开学.txt");
    desk.write("sources/另存/开学副本.txt", &text);
    let ran = desk.run(&["check"]);
    assert_eq!(ran.code, 0);
    let said = ran.err.lines().find(|line| line.contains("duplicate-article"));
    let said = said.unwrap_or_else(|| panic!("{}", ran.err));
    assert!(said.contains("sources/另存/开学副本.txt") && said.contains("“sources/开学.txt”"));
    assert!(Path::new(&desk.path("sources/开学.txt")).is_file());
}
