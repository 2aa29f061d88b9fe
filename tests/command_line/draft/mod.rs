//! `kanyin wechat draft`: the whole program against a server that holds it to what
//! the API takes. After every run, neither secret nor token is anywhere to be found.

mod credentials;
mod failures;
mod http;
mod rules;
mod server;

use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use crate::{Desk, Ran, run};
use server::{APPID, BASE_OF_TOKENS, SECRET, Server};

const MANIFEST: &str = r#"
[press]
name = "云澜大学"
unit = "宣传部"

[[publication]]
id = "posts"
kind = "post"
title = "云澜推送"
select = { sources = ["sources/推送/*"] }
arrange = { order = "file" }
formats = ["wechat"]

[[publication]]
id = "issue"
kind = "bulletin"
title = "云澜简报"
select = { sources = ["sources/简报/*"] }
arrange = { order = "file" }
formats = ["wechat"]

[publication.bulletin]
number = 3
date = 2024-12-20
"#;

/// A project with three posts, two of which show the same picture, and an issue of
/// nine articles, built.
pub(super) fn desk() -> Desk {
    static BUILT: OnceLock<Desk> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let desk = Desk::empty();
        desk.write("kanyin.toml", MANIFEST);
        for (n, picture) in [(1, "桥.png"), (2, "桥.png"), (3, "钟.png")] {
            let text = format!(
                "---\ntitle: 推送之{n}\ndate: 2024-11-0{n}\n---\n\n云澜山下第 {n} 个清晨，<桥>上有雾。\n\n\
                 ![桥]({picture})\n"
            );
            desk.write(&format!("sources/推送/{n}.md"), &text);
        }
        picture(&desk.path("sources/推送/桥.png"), 40);
        picture(&desk.path("sources/推送/钟.png"), 200);
        for n in 1..=9 {
            let text = format!("---\ntitle: 简报之{n}\ndate: 2024-12-0{n}\n---\n\n第 {n} 条消息。\n");
            desk.write(&format!("sources/简报/{n}.md"), &text);
        }
        build(&desk);
        desk
    });
    let desk = Desk::empty();
    // What a build makes is copied last, so that it is the newest, as after a build.
    for name in ["kanyin.toml", "sources", "out"] {
        copy(&built.path(name), &desk.path(name));
    }
    desk
}

fn picture(place: &Path, shade: u8) {
    let pixel = |x: u32, y: u32| image::Rgb([shade, (x % 256) as u8, (y % 256) as u8]);
    image::RgbImage::from_fn(640, 480, pixel).save(place).expect("a picture");
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).expect("a folder");
        for entry in std::fs::read_dir(from).expect("a folder").flatten() {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::copy(from, to).expect("a file");
    }
}

pub(super) fn build(desk: &Desk) {
    let ran = desk.run(&["build", "--format", "wechat"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// Runs `kanyin wechat draft` with the account of the server.
pub(super) fn draft(desk: &Desk, server: &Server, args: &[&str]) -> Ran {
    with(desk, server, args, &[("KANYIN_WECHAT_APPID", APPID), ("KANYIN_WECHAT_SECRET", SECRET)])
}

/// As [`draft`], with what the environment says of the account.
pub(super) fn with(desk: &Desk, server: &Server, args: &[&str], account: &[(&str, &str)]) -> Ran {
    let base = server.base();
    let home = std::env::temp_dir().join("nobody's home").display().to_string();
    // What this machine says of accounts and proxies is nothing to the tests.
    let mut variables = vec![
        ("KANYIN_WECHAT_API", base.as_str()),
        ("KANYIN_WECHAT_APPID", ""),
        ("KANYIN_WECHAT_SECRET", ""),
        ("KANYIN_WECHAT_CREDENTIALS", ""),
        ("HOME", &home),
        ("XDG_CONFIG_HOME", &home),
        ("APPDATA", &home),
    ];
    variables.extend(account);
    let ran = run(&desk.path(""), &[&["wechat", "draft"], args].concat(), &variables);
    for text in [&ran.out, &ran.err] {
        assert!(!text.contains(SECRET) && !text.contains(BASE_OF_TOKENS), "{text}");
        assert!(!text.contains("draft-is") && !text.contains("draft-would"), "unworded: {text}");
    }
    for entry in walkdir::WalkDir::new(desk.path("")).into_iter().flatten() {
        if entry.file_type().is_file() && entry.file_name() != "wechat.toml" {
            let bytes = std::fs::read(entry.path()).expect("a file");
            for secret in [SECRET, BASE_OF_TOKENS] {
                let found = bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
                assert!(!found, "{} holds a secret", entry.path().display());
            }
        }
    }
    ran
}

/// Changes an article's text, so that its post is another.
fn change(desk: &Desk, source: &str) {
    let text = desk.read(source).replace("云澜山", "云澜湖").replace("条消息", "条新消息");
    desk.write(source, &text);
    build(desk);
}

#[test]
fn every_post_becomes_a_draft_and_every_picture_is_uploaded_once() {
    let (desk, server) = (desk(), Server::start());
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 0, "{}\n{}", ran.out, ran.err);
    assert!(ran.out.contains("新建  posts：《推送之1》"), "{}", ran.out);
    assert!(ran.out.contains("3 份草稿已在公众号后台的草稿箱，请审核后发布"), "{}", ran.out);
    assert_eq!(server.calls("/cgi-bin/stable_token"), 1);
    assert_eq!(server.calls("/cgi-bin/media/uploadimg"), 2, "two posts show one picture");
    assert_eq!(server.calls("/cgi-bin/draft/add"), 3);
    let state = server.state();
    let draft = &state.drafts["draft-1"][0];
    let content = draft["content"].as_str().expect("a text");
    assert!(content.contains("src=\"https://mmbiz.qpic.cn/"), "{content}");
    assert!(!content.contains("<img src=\"images/"), "{content}");
    assert!(!draft["digest"].as_str().expect("a digest").is_empty());
}

#[test]
fn a_second_run_sends_nothing_and_a_changed_article_is_replaced() {
    let (desk, server) = (desk(), Server::start());
    assert_eq!(draft(&desk, &server, &["posts"]).code, 0);
    server.state().calls.clear();
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!((ran.code, ran.out.matches("未变").count()), (0, 3), "{}", ran.out);
    assert_eq!(server.calls("/cgi-bin/draft/get"), 3);
    assert_eq!(server.state().calls, ["/cgi-bin/stable_token"]);
    change(&desk, "sources/推送/2.md");
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("更新  posts：《推送之2》"), "{}", ran.out);
    assert_eq!(server.calls("/cgi-bin/draft/update"), 1);
    assert_eq!(server.state().drafts.len(), 3);
    let changed = server.state().drafts["draft-2"][0]["content"].to_string();
    assert!(changed.contains("云澜湖"), "{changed}");
}

#[test]
fn a_new_title_and_another_number_are_still_the_same_draft() {
    let (desk, server) = (desk(), Server::start());
    assert_eq!(draft(&desk, &server, &["posts"]).code, 0);
    let text = desk.read("sources/推送/3.md").replace("title: 推送之3", "title: 云澜钟声");
    desk.write("sources/推送/3.md", &text);
    desk.write("sources/推送/0.md", "---\ntitle: 新来的\ndate: 2024-11-09\n---\n\n插在最前。\n");
    build(&desk);
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("更新  posts：《云澜钟声》"), "{}", ran.out);
    assert_eq!(ran.out.matches("新建").count(), 1, "{}", ran.out);
    assert_eq!(server.state().drafts.len(), 4);
}

#[test]
fn an_issue_is_one_draft_of_at_most_eight_articles() {
    let (desk, server) = (desk(), Server::start());
    let ran = draft(&desk, &server, &["issue"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("9 篇，一份草稿最多放 8 篇，分成 2 份"), "{}", ran.err);
    assert!(ran.out.contains("头条　第 1 篇　简报之1"), "{}", ran.out);
    let sizes: Vec<usize> = server.state().drafts.values().map(Vec::len).collect();
    assert_eq!(sizes, [8, 1]);
    change(&desk, "sources/简报/5.md");
    let ran = draft(&desk, &server, &["issue"]);
    assert!(ran.out.contains("8 篇，换了 1 篇"), "{}", ran.out);
    assert_eq!(server.calls("/cgi-bin/draft/update"), 1);
    let fifth = server.state().drafts["draft-1"][4]["content"].to_string();
    assert!(fifth.contains("新消息"), "{fifth}");
}

#[test]
fn an_issue_of_other_articles_is_another_draft_and_the_old_one_is_told() {
    let (desk, server) = (desk(), Server::start());
    assert_eq!(draft(&desk, &server, &["issue"]).code, 0);
    for n in [8, 9] {
        std::fs::remove_file(desk.path(&format!("sources/简报/{n}.md"))).expect("it was there");
    }
    build(&desk);
    let ran = draft(&desk, &server, &["issue"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = ran.err.matches("旧的还在草稿箱里").count();
    assert_eq!(
        told, 2,
        "one of eight articles, and a second that is no longer needed: {}",
        ran.err
    );
    assert_eq!(server.state().drafts.len(), 3);
    let ran = draft(&desk, &server, &["issue"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "told once");
    // The next issue leaves the draft of this one alone.
    let manifest = desk.read("kanyin.toml").replace("number = 3", "number = 4");
    desk.write("kanyin.toml", &manifest);
    build(&desk);
    let ran = draft(&desk, &server, &["issue"]);
    assert!(ran.out.contains("新建") && !ran.err.contains("draft-old-stays"), "{}", ran.err);
}

#[test]
fn chosen_posts_go_into_one_draft_in_the_order_typed() {
    let (desk, server) = (desk(), Server::start());
    let ran = draft(&desk, &server, &["posts", "--only", "3,01-推送之1", "--together"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let titles: Vec<Value> =
        server.state().drafts["draft-1"].iter().map(|article| article["title"].clone()).collect();
    assert_eq!(titles, ["推送之3", "推送之1"]);
    let ran = draft(&desk, &server, &["issue", "--together"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("选了 9 篇，一份草稿最多放 8 篇"), "{}", ran.err);
    for (args, words) in [
        (&["posts", "--only", "7"][..], "请写 1 至 3 的编号"),
        (&["posts", "issue", "--only", "1"], "一次只能用于一个出版物"),
        (&["postz"], "posts"),
    ] {
        let ran = draft(&desk, &server, args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_dry_run_tells_what_would_happen_and_calls_nobody() {
    let (desk, server) = (desk(), Server::start());
    let ran = with(&desk, &server, &["posts", "issue", "--dry-run"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.matches("会新建").count(), 5, "{}", ran.out);
    assert!(ran.out.contains("图片 1 张，其中要上传 1 张"), "{}", ran.out);
    assert!(ran.out.contains("共 5 份草稿") && ran.out.contains("没有联网"), "{}", ran.out);
    assert!(ran.out.contains("20000"), "the limits are told: {}", ran.out);
    assert_eq!(server.state().calls, [""; 0]);
    assert!(!desk.path(".kanyin/wechat").exists());
    assert_eq!(draft(&desk, &server, &["posts"]).code, 0);
    let ran = draft(&desk, &server, &["posts", "--dry-run"]);
    assert_eq!(ran.out.matches("会更新").count(), 3, "{}", ran.out);
    assert!(ran.out.contains("要上传 0 张图片"), "{}", ran.out);
}

#[test]
fn posts_that_are_not_built_or_old_or_wrong_are_not_sent() {
    let (desk, server) = (desk(), Server::start());
    desk.write("sources/推送/1.md", &desk.read("sources/推送/1.md"));
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("sources/推送/1.md") && ran.err.contains("kanyin build posts"));
    // Nothing is written anew, and the posts are known to hold.
    build(&desk);
    assert_eq!(draft(&desk, &server, &["posts", "--dry-run"]).code, 0);
    // A title that only the web editor takes, and one article of the rest.
    let text = desk.read("sources/推送/1.md").replace("推送之1", &"长".repeat(40));
    desk.write("sources/推送/1.md", &text);
    build(&desk);
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(
        ran.err.contains("接口只收 1 至 32 个字") && ran.err.contains("推送/1.md"),
        "{}",
        ran.err
    );
    assert_eq!((ran.out.matches("未送").count(), ran.out.matches("新建").count()), (1, 2));
    std::fs::remove_dir_all(desk.path("out/posts")).expect("it was there");
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("kanyin build posts --format wechat"), "{}", ran.err);
}

#[test]
fn a_post_spoilt_by_hand_is_held_before_anything_is_uploaded() {
    let (desk, server) = (desk(), Server::start());
    let spoil = |name: &str, f: &dyn Fn(String) -> String| {
        let name = format!("out/posts/wechat/01-推送之1/{name}");
        desk.write(&name, &f(desk.read(&name)));
    };
    spoil("article.html", &|text| {
        text.replace("</section>", &format!("{}</section>", "字".repeat(20_000)))
    });
    let ran = draft(&desk, &server, &["posts", "--only", "1"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("wechat-w19"), "{}", ran.err);
    spoil("draft.json", &|text| text.replace("images/01.", "../../../../kanyin.toml#"));
    let ran = draft(&desk, &server, &["posts", "--only", "1"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    spoil("draft.json", &|_| "{}".to_owned());
    let ran = draft(&desk, &server, &["posts", "--only", "1"]);
    assert!(ran.err.contains("draft-post-incomplete"), "{}", ran.err);
    assert_eq!(server.state().calls, [""; 0]);
}

#[test]
fn help_says_where_credentials_go_and_json_is_as_its_schema_says() {
    let (desk, server) = (desk(), Server::start());
    let help = desk.run(&["wechat", "draft", "--help"]).out;
    for words in ["KANYIN_WECHAT_APPID", "kanyin wechat draft", "--dry-run", "从不发表"] {
        assert!(help.contains(words), "{words}: {help}");
    }
    for args in [&["posts", "--json", "--dry-run"][..], &["posts", "--json"]] {
        let ran = draft(&desk, &server, args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let value: Value = serde_json::from_str(&ran.out).expect("JSON");
        crate::schema::hold(&desk, "draft", &value);
        assert_eq!(value["drafts"].as_array().map(Vec::len), Some(3));
    }
}
