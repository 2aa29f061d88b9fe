//! WeChat posts: what is in the folder, what WeChat would refuse, and whether a
//! real browser can copy it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kanyin::article::Article;
use kanyin::diag::{Severity, Silent, Warned};
use kanyin::export::wechat::lint::{Found, Shown, Subject, lint};
use kanyin::export::{Artifact, Job, wechat};
use kanyin::layout::{self, FontShelf, Medium};
use kanyin::media::{Album, Store};
use serde_json::Value;

use crate::pdf::fonts;
use crate::{judges, support};

type Files = Vec<(String, Vec<u8>)>;

/// The files of these articles, none of whose pictures are there. `None`, said
/// aloud, where the fonts of the covers have not been fetched.
fn made(articles: Vec<Article>) -> Option<Warned<Files>> {
    let fonts = fonts()?;
    let look = support::look(Medium::Wechat, "campus");
    let view = support::view_of(&support::publication(articles, &[]), &look);
    let dir = tempfile::tempdir().unwrap();
    let album = Album::new(Store::new(dir.path()), []);
    let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
    let made = wechat::export(job).unwrap();
    let bytes = |artifact: Artifact<'_>| {
        let mut out = std::io::Cursor::new(Vec::new());
        artifact.write(&mut out).unwrap();
        out.into_inner()
    };
    let value = made.value.into_iter().map(|a| (a.path.clone(), bytes(a))).collect();
    Some(Warned { value, findings: made.findings })
}

/// A brace taken away is the theme's fault, and no article is blamed for what it
/// takes with it.
#[test]
fn a_broken_theme_is_named_with_file_and_line() {
    let whole = support::look(Medium::Wechat, "campus").text("base.css").unwrap().to_owned();
    let at = whole.find("\n.h2 {").unwrap() + 1;
    let end = at + whole[at..].find('}').unwrap();
    let folder = tempfile::tempdir().unwrap();
    let theme = folder.path().join("wechat/campus/base.css");
    fs::create_dir_all(theme.parent().unwrap()).unwrap();
    fs::write(&theme, format!("{}{}", &whole[..end], &whole[end + 1..])).unwrap();
    let look = layout::find(Some(folder.path()), Medium::Wechat, "campus").unwrap();
    let view = support::view_of(&support::publication(Vec::new(), &[]), &look);
    let album = Album::new(Store::new(folder.path()), []);
    let fonts = FontShelf::open(&[]);
    let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
    let fault = wechat::export(job).err().unwrap();
    let [finding] = &fault.findings[..] else { panic!("{fault:?}") };
    assert_eq!(finding.code.name(), "layout-style-unclosed");
    assert_eq!(finding.file.as_deref(), Some("layouts/wechat/campus/base.css"));
    assert_eq!(finding.line, Some(whole[..at].matches('\n').count() + 1));
}

fn file(files: &Files, end: &str) -> String {
    let (_, bytes) = files.iter().find(|(path, _)| path.ends_with(end)).expect(end);
    String::from_utf8(bytes.clone()).unwrap()
}

/// The characters of a fragment without its tags.
fn text_of(fragment: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in fragment.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn the_specimen_becomes_a_post_without_a_fault() {
    let Some(made) = made(vec![support::specimen_article()]) else { return };
    let said: Vec<_> = made.findings.iter().map(|f| (f.code.name(), &f.excerpt)).collect();
    assert_eq!(said, [], "the built-in theme breaks a rule of its own lint");
    let fragment = file(&made.value, "article.html");
    assert!(fragment.starts_with("<section style=") && fragment.ends_with("</section>"));
    for gone in ["class=", " id=", "var(", "<html", "<meta", "<style", "<script", "<div"] {
        assert!(!fragment.contains(gone), "{gone} in {fragment}");
    }
}

#[test]
fn every_text_of_the_specimen_stands_in_the_post_in_order() {
    let Some(made) = made(vec![support::specimen_article()]) else { return };
    let fragment = text_of(&file(&made.value, "article.html"));
    let mut rest = fragment.as_str();
    for text in [
        "云澜人物　之三",
        "——写在新馆启用之际",
        "编者按",
        "新馆启用百日，本刊记者走访馆内外，记下灯下的人与事。",
        "夜里十一点，灯还亮着。",
        "馆藏一百二十万册，夜读区每晚座无虚席；读书即远行，不可不读。水为 H2O",
        "阅（yuè）览（lǎn）室新开①，详见图书馆网站[1]。灯下有人。",
        "图片待补：library.jpg",
        "新馆夜景",
        "一、灯下",
        "“一盏灯，一卷书”，是老馆长对夜读区的期许。",
        "（一）值夜人",
        "巡查书架",
        "每两小时一次。",
        "3.借书",
        "4.还书",
        "1.自助还书",
        "各馆座位",
        "另有研讨间三十间",
        "书籍是屹立在时间的汪洋大海中的灯塔。",
        "延伸阅读：老馆的最后一夜",
        "夜读区一角",
        "某行无法辨认",
        "第二行",
        "①阅览室开放时间以馆内公告为准。",
        "[1]https://lib.yunlan.example/",
        "来源：云澜校报",
        "文：林溪、周远",
    ] {
        let at = rest.find(text).unwrap_or_else(|| panic!("{text} is not in {rest}"));
        rest = &rest[at + text.len()..];
    }
}

#[test]
fn a_missing_picture_leaves_a_frame_that_names_it() {
    let Some(made) = made(vec![support::specimen_article()]) else { return };
    let fragment = file(&made.value, "article.html");
    assert!(!fragment.contains("<img"), "{fragment}");
    let frame = fragment.find("图片待补：missing.jpg").expect("the frame");
    assert!(fragment[..frame].contains("1px dashed"));
}

#[test]
fn only_links_to_posts_stay_links() {
    let Some(made) = made(vec![support::specimen_article()]) else { return };
    let fragment = file(&made.value, "article.html");
    let hrefs: Vec<_> = fragment.split("href=\"").skip(1).collect();
    assert_eq!(hrefs.len(), 1);
    assert!(hrefs[0].starts_with("https://mp.weixin.qq.com/s/yunlan\""));
}

#[test]
fn the_draft_has_the_fields_of_the_api() {
    let Some(made) = made(vec![support::specimen_article()]) else { return };
    let draft = file(&made.value, "draft.json");
    assert!(draft.contains("云澜大学"), "raw UTF-8: {draft}");
    let draft: Value = serde_json::from_str(&draft).unwrap();
    let article = &draft["articles"][0];
    assert_eq!(article["title"], "云澜大学图书馆彻夜亮灯 二十年守护读书人");
    assert_eq!(article["author"], "林溪、周远");
    assert_eq!(article["digest"], "新馆启用，灯火如旧。");
    assert_eq!(article["content_source_url"], "https://news.yunlan.example/2023/0423.html");
    assert_eq!(article["pic_crop_235_1"], "0_0_1_1");
    assert_eq!(article["pic_crop_1_1"], "0.287222_0_0.712778_1");
}

#[test]
fn a_digest_ends_with_a_sentence_or_says_that_it_does_not() {
    let sentence = "灯".repeat(79) + "。";
    let whole = support::plain_article("甲", &[&(sentence.clone() + &"夜".repeat(80))]);
    let broken = support::plain_article("乙", &[&"夜".repeat(300)]);
    let letter = support::plain_article("丙", &["各位老师：", "桥修好了。", "校史馆"]);
    let Some(Warned { value: files, .. }) = made(vec![whole, broken, letter]) else { return };
    let digest = |folder: &str| {
        let draft = file(&files, &format!("{folder}/draft.json"));
        let draft: Value = serde_json::from_str(&draft).unwrap();
        draft["articles"][0]["digest"].as_str().unwrap().to_owned()
    };
    assert_eq!(digest("01-甲"), sentence);
    assert_eq!(digest("02-乙"), "夜".repeat(119) + "…");
    // Not of whom a letter is to.
    assert_eq!(digest("03-丙"), "桥修好了。");
}

#[test]
fn each_article_has_its_folder_and_the_index_lists_them() {
    let articles = (0..3).map(|n| support::plain_article(&format!("第{n}篇"), &["正文。"]));
    let Some(Warned { value: files, .. }) = made(articles.collect()) else { return };
    let paths: BTreeSet<_> = files.iter().map(|(path, _)| path.as_str()).collect();
    for name in ["article.html", "preview.html", "draft.json", "cover-235.jpg", "cover-11.jpg"] {
        assert!(paths.contains(format!("wechat/02-第1篇/{name}").as_str()), "{paths:?}");
    }
    let index = file(&files, "wechat/index.html");
    for n in 0..3 {
        assert!(index.contains(&format!("href=\"{:02}-第{n}篇/preview.html\"", n + 1)), "{index}");
    }
}

#[test]
fn the_same_articles_give_the_same_bytes() {
    let articles = || {
        let plain = (0..20).map(|n| support::plain_article(&format!("第{n}篇"), &["正文。"]));
        std::iter::once(support::specimen_article()).chain(plain).collect()
    };
    let Some(first) = made(articles()) else { return };
    assert!(made(articles()).is_some_and(|second| first.value == second.value));
}

#[test]
fn an_article_cannot_bring_mark_up_along() {
    let wild = "</script><script>alert(1)</script> {{ 1 }} & \"引\"";
    let Some(Warned { value: files, .. }) = made(vec![support::plain_article(wild, &[wild])])
    else {
        return;
    };
    let fragment = file(&files, "article.html");
    assert!(fragment.contains("&lt;script&gt;alert(1)&lt;/script&gt; {{ 1 }} &amp; \"引\""));
    let preview = file(&files, "preview.html");
    assert_eq!(preview.matches("<script").count(), 2, "the page's own two only");
}

const DRAFT: &[u8] = r#"{"articles":[{"title":"开学"}]}"#.as_bytes();

fn picture(src: &str, bytes: u64, width: u32, height: u32) -> Shown {
    Shown { src: src.into(), bytes, width, height }
}

fn codes(found: &[Found]) -> BTreeSet<&'static str> {
    found.iter().map(|f| f.finding.code.name()).collect()
}

/// What the lint says of a fragment or draft of `tests/cases/wechat`.
fn tried(path: &Path) -> Vec<Found> {
    let bytes = fs::read(path).unwrap();
    let draft = path.extension().is_some_and(|end| end == "json");
    let clean = fs::read_to_string(path.with_file_name("clean.html")).unwrap();
    let fragment = if draft { clean } else { String::from_utf8(bytes.clone()).unwrap() };
    let pictures = [picture("images/01.jpg", 90_000, 900, 600)];
    lint(&Subject {
        fragment: &fragment,
        draft: if draft { &bytes } else { DRAFT },
        pictures: &pictures,
        covers: &[],
    })
}

#[test]
fn each_rule_finds_its_case_and_nothing_else() {
    let folder = support::root().join("tests/cases/wechat");
    let mut cases: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 25);
    for case in cases {
        let name = case.file_stem().unwrap().to_str().unwrap();
        let found = tried(&case);
        if name == "clean" {
            assert_eq!(codes(&found), BTreeSet::new());
        } else {
            let wanted = format!("wechat-{name}");
            assert_eq!(codes(&found), BTreeSet::from([wanted.as_str()]), "{name}");
        }
    }
}

#[test]
fn sizes_of_text_and_pictures_are_held_to_the_limits() {
    let post = |length: usize, picture_bytes, cover: Shown| {
        let fragment = format!("<section>{}</section>", "字".repeat(length - 19));
        let pictures = [picture("images/01.jpg", picture_bytes, 900, 600)];
        let covers = [cover];
        let found = lint(&Subject {
            fragment: &fragment,
            draft: DRAFT,
            pictures: &pictures,
            covers: &covers,
        });
        let said = found.iter().map(|f| (f.finding.code.name(), f.finding.severity));
        said.collect::<Vec<_>>()
    };
    let cover = || picture("cover-235.jpg", 60_000, 900, 383);
    assert_eq!(post(14_999, 1_000_000, cover()), []);
    assert_eq!(post(15_000, 9, cover()), [("wechat-w19", Severity::Warning)]);
    assert_eq!(post(20_000, 9, cover()), [("wechat-w19", Severity::Error)]);
    assert_eq!(post(99, 1_000_001, cover()), [("wechat-w22", Severity::Error)]);
    let heavy = picture("cover-235.jpg", 10_000_001, 900, 383);
    assert_eq!(post(99, 9, heavy), [("wechat-w23", Severity::Error)]);
    let square = picture("cover-11.jpg", 9, 500, 499);
    assert_eq!(post(99, 9, square), [("wechat-w24", Severity::Error)]);
}

#[test]
fn a_fault_is_said_once_with_all_its_places() {
    let fragment = "<section><div>一</div><p style=\"color:#333\">二</p><div>三</div></section>";
    let subject = Subject { fragment, draft: DRAFT, pictures: &[], covers: &[] };
    let found = lint(&subject);
    assert_eq!(codes(&found), BTreeSet::from(["wechat-w07"]));
    assert_eq!(found[0].elements, [1, 3]);
    assert_eq!(found[0].finding.excerpt.as_deref(), Some("一"));
}

#[test]
fn the_copy_button_copies_the_fragment() {
    let Some(Warned { value: files, .. }) = made(vec![support::specimen_article()]) else { return };
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("preview.html");
    fs::write(&page, file(&files, "preview.html")).unwrap();
    let Some(out) = judges::browser("clipboard.mjs", &[&page.display().to_string()]) else {
        return;
    };
    let out: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(out["errors"], Value::Array(Vec::new()));
    let html = out["html"].as_str().unwrap();
    // Chromium makes a whole document of what it takes into the clipboard.
    let inner = html.strip_prefix("<html><head></head><body>");
    let inner = inner.and_then(|html| html.strip_suffix("</body></html>")).unwrap_or(html);
    assert_eq!(inner, file(&files, "article.html"));
    assert!(out["plain"].as_str().unwrap().contains("新馆启用百日"));
    assert!(out["said"].as_str().unwrap().contains("已复制"));
}

#[test]
fn a_cover_leaves_out_what_no_face_has_and_says_so() {
    let article = support::plain_article("开学啦🎉新生报到", &["九月一日，新生报到。"]);
    let Some(made) = made(vec![article]) else { return };
    let told: Vec<_> =
        made.findings.iter().filter(|f| f.code.name() == "export-cover-left-out").collect();
    assert_eq!(told.len(), 1, "{:?}", made.findings);
    assert!(told[0].args.contains(&("characters", "🎉".into())), "{told:?}");
    assert_eq!(told[0].severity, Severity::Warning);
}
