//! Posts as their editor uses them: how much mark-up they take, where long ones are
//! parted, what their covers show, which have been published, and what a real browser
//! makes of preview and list.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage};
use kanyin::article::{Article, Block, Figure, Focus, Heading, Image, Inline, Meta, Series};
use kanyin::diag::{Finding, Lang, Silent, Warned};
use kanyin::export::wechat::prune::prune;
use kanyin::export::{Artifact, Job, wechat};
use kanyin::layout::{self, Look, Medium};
use kanyin::media::{Album, Cut, Store};
use kanyin::publication::{Publication, Published, Source};
use proptest::prelude::*;
use serde_json::Value;

use crate::pdf::fonts;
use crate::support::{self, plain_article, text};
use crate::{editions, judges};

type Files = BTreeMap<String, Vec<u8>>;

/// The files of a publication's posts, what `kanyin.toml` says under
/// `[publication.wechat]` told to the look. `None` where fonts are missing.
fn posts(publication: &Publication, look: &Look, said: &str) -> Option<Warned<Files>> {
    let fonts = fonts()?;
    let mut view = support::view_of(publication, look);
    view.options.extend(said.parse::<toml::Table>().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let pictures = publication.pictures().into_iter().cloned();
    let album = Album::new(Store::new(dir.path()), pictures);
    let job = Job { view: &view, look, fonts: &fonts, album: &album, progress: &Silent };
    let made = wechat::export(job).unwrap();
    let bytes = |artifact: Artifact<'_>| {
        let mut out = std::io::Cursor::new(Vec::new());
        artifact.write(&mut out).unwrap();
        out.into_inner()
    };
    let value = made.value.into_iter().map(|a| (a.path.clone(), bytes(a))).collect();
    Some(Warned { value, findings: made.findings })
}

fn campus() -> Look {
    support::look(Medium::Wechat, "campus")
}

fn one(article: Article) -> Publication {
    support::publication(vec![article], &[])
}

/// The only file whose path ends so.
fn file<'a>(files: &'a Files, end: &str) -> &'a [u8] {
    let mut found = files.iter().filter(|(path, _)| path.ends_with(end));
    let (_, bytes) = found.next().unwrap_or_else(|| panic!("no {end}"));
    assert!(found.next().is_none(), "several {end}");
    bytes
}

fn words(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|f| f.code.name()).collect()
}

/// The names of the themes that are built in.
fn themes() -> Vec<String> {
    let folders = fs::read_dir(support::root().join("layouts/wechat")).unwrap();
    let mut names: Vec<String> =
        folders.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

// ── Mark-up ──────────────────────────────────────────────────────────────────

#[test]
fn mark_up_that_changes_nothing_is_taken_out() {
    let cases = [
        // What the element around says already,
        (
            r#"<section style="color: #3a3a3a; font-size: 16px;"><span style="font-size: 16px">字</span></section>"#,
            r#"<section style="color:#3a3a3a;font-size:16px">字</section>"#,
        ),
        // unless the lint wants it on the element itself,
        (
            r#"<section style="color:#333333"><p style="color:#333333;line-height:2">字</p></section>"#,
            r#"<section style="color:#333"><p style="color:#333;line-height:2">字</p></section>"#,
        ),
        // or a browser's own sheet says otherwise of the element,
        (
            r#"<section style="font-weight:bold;text-align:left"><table style="text-align:left"><tr><th style="text-align:left">字</th></tr></table></section>"#,
            r#"<section style="font-weight:bold;text-align:left"><table style="text-align:left"><tr><th style="text-align:left">字</th></tr></table></section>"#,
        ),
        (
            r#"<p style="font-size:16px"><sup style="font-size:16px">字</sup></p>"#,
            r#"<p style="font-size:16px"><sup style="font-size:16px">字</sup></p>"#,
        ),
        // or it comes to something else there,
        (
            r#"<section style="text-indent:2em"><p style="font-size:12px;text-indent:2em">字</p></section>"#,
            r#"<section style="text-indent:2em"><p style="font-size:12px;text-indent:2em">字</p></section>"#,
        ),
        // or something between has changed it.
        (
            r#"<section style="letter-spacing:1px"><p style="letter-spacing:0px"><span style="letter-spacing:1px">字</span></p></section>"#,
            r#"<section style="letter-spacing:1px"><p style="letter-spacing:0"><span style="letter-spacing:1px">字</span></p></section>"#,
        ),
        // Of two for the same the later holds; what is not inherited stays.
        (
            r#"<p style="margin:1px;margin-left:2px;margin:0.5px 0px">字</p>"#,
            r#"<p style="margin-left:2px;margin:.5px 0">字</p>"#,
        ),
        (
            r#"<section style="padding:8px"><section style="padding:8px">字</section></section>"#,
            r#"<section style="padding:8px"><section style="padding:8px">字</section></section>"#,
        ),
        // A box that says what boxes are anyway, an element that says nothing.
        (
            r#"<section style="margin: 0px"><span class="a" id="b">字<span>符</span></span></section>"#,
            "<section>字符</section>",
        ),
        // White space of templates goes, that of texts and quoted values stays.
        (
            "<section>\n  <p style=\"color: rgba(1, 2, 3, 0.5)\">甲 乙</p>\n</section>",
            r#"<section><p style="color:rgba(1,2,3,.5)">甲 乙</p></section>"#,
        ),
    ];
    for (before, after) in cases {
        assert_eq!(prune(before), after);
        assert_eq!(prune(after), after, "twice is once");
    }
}

#[test]
fn a_fragment_without_what_it_inherits_looks_the_same() {
    for theme in themes() {
        let look = support::look(Medium::Wechat, &theme);
        let Some(made) = posts(&one(support::specimen_article()), &look, "") else { return };
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        fs::write(path("article.html"), file(&made.value, "article.html")).unwrap();
        let Some(full) = judges::browser("prune.mjs", &["full", &path("article.html")]) else {
            return;
        };
        let pruned = prune(&full);
        assert!(pruned.len() * 2 < full.len(), "{theme}: {} of {}", pruned.len(), full.len());
        fs::write(path("full.html"), &full).unwrap();
        fs::write(path("pruned.html"), &pruned).unwrap();
        let args = ["same", &path("full.html"), &path("pruned.html")];
        let Some(said) = judges::browser("prune.mjs", &args) else { return };
        let said: Value = serde_json::from_str(&said).unwrap();
        assert!(said["texts"].as_u64().unwrap() > 40, "{said}");
        assert_eq!(said["differ"], Value::Array(Vec::new()), "{theme}");
    }
}

fn heading(words: &str) -> Block {
    Block::Heading(Heading { level: 1, text: text(words) })
}

fn paragraph(characters: usize) -> Block {
    let sentence = "灯下的人把书页翻过去，窗外的江水也翻过一页，";
    let words: String = sentence.chars().cycle().take(characters - 1).chain(['。']).collect();
    Block::Paragraph(text(&words))
}

fn picture(name: &str, caption: &str) -> Block {
    let image = Image { name: name.into(), alt: Some("江边的图书馆亮着灯".into()) };
    Block::Figure(Figure {
        images: vec![image],
        caption: text(caption),
        credit: Some("江一帆 摄".into()),
    })
}

/// An article of so many characters as they come: five sections, a quotation, two
/// notes, pictures, an editor's note and credits.
fn typical(characters: usize) -> Article {
    let specimen = support::specimen_article();
    let mut body = Vec::new();
    for (n, head) in ["一、灯下", "二、案头", "三、江上", "四、山前", "五、归途"].iter().enumerate()
    {
        body.push(heading(head));
        for _ in 0..3 {
            body.push(paragraph(characters / 15));
        }
        if n < 3 {
            body.push(picture(&format!("{n}.jpg"), "江边的图书馆，夜里十一点"));
        }
    }
    for block in &mut body {
        if let Block::Paragraph(inlines) = block {
            inlines.push(Inline::Note(vec![Block::Paragraph(text("据校史馆藏一九五八年馆志。"))]));
            break;
        }
    }
    body.push(Block::Quote(vec![paragraph(60)]));
    Article { meta: Meta { title: text("一盏灯的二十年"), ..specimen.meta }, body }
}

#[test]
fn an_article_of_three_thousand_characters_is_well_within_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let photograph = folder.path().join("0.jpg");
    RgbImage::from_pixel(1600, 1067, Rgb([90, 120, 140])).save(&photograph).unwrap();
    let pictures: Vec<(String, PathBuf)> =
        (0..3).map(|n| (format!("{n}.jpg"), photograph.clone())).collect();
    let pictures: Vec<(&str, PathBuf)> =
        pictures.iter().map(|(name, path)| (name.as_str(), path.clone())).collect();
    for theme in themes() {
        let look = support::look(Medium::Wechat, &theme);
        let publication = support::publication(vec![typical(3000)], &pictures);
        let Some(made) = posts(&publication, &look, "") else { return };
        let fragment = words(file(&made.value, "article.html"));
        let characters = fragment.chars().count();
        assert!(fragment.matches("<img").count() == 3, "{theme}");
        assert!((3000..15_000).contains(&characters), "{theme}: {characters}");
        assert!(!codes(&made.findings).contains(&"wechat-w19"), "{theme}");
    }
}

// ── Parting ──────────────────────────────────────────────────────────────────

#[test]
fn a_post_that_is_too_long_is_told_where_to_part_it() {
    let Some(made) = posts(&one(typical(25_000)), &campus(), "") else { return };
    let told = made.findings.iter().find(|f| f.code.name().starts_with("wechat-w19")).unwrap();
    assert_eq!(told.code.name(), "wechat-w19-split");
    assert_eq!(
        told.hint(Lang::Zh).unwrap(),
        "请在“二、案头”、“四、山前”之前分开，分作 3 篇，每篇都不到 15000 个字符"
    );
    let preview = words(file(&made.value, "preview.html"));
    assert!(preview.contains("之前分开，分作 3 篇"));
    // And so parted, none of them is near the limit.
    let body = typical(25_000).body;
    let at = |head: &str| body.iter().position(|block| *block == heading(head)).unwrap();
    let (second, third) = (at("二、案头"), at("四、山前"));
    for part in [&body[..second], &body[second..third], &body[third..]] {
        let article = Article { body: part.to_vec(), ..typical(25_000) };
        let Some(made) = posts(&one(article), &campus(), "") else { return };
        assert!(!codes(&made.findings).iter().any(|c| c.starts_with("wechat-w19")));
    }
}

#[test]
fn a_long_text_without_heads_is_only_told_to_be_too_long() {
    let body = (0..60).map(|_| paragraph(400)).collect();
    let article = Article { body, ..typical(100) };
    let Some(made) = posts(&one(article), &campus(), "") else { return };
    assert!(codes(&made.findings).contains(&"wechat-w19"), "{:?}", made.findings);
}

// ── Published posts ──────────────────────────────────────────────────────────

fn instalment(ordinal: u32, title: &str) -> Article {
    let mut article = plain_article(title, &["江水每天流过图书馆的窗前。"]);
    article.meta.series =
        Some(Series { name: "江边纪事".into(), ordinal, raw: ordinal.to_string() });
    article.meta.source_url = Some(format!("https://news.yunlan.example/{ordinal}.html"));
    article
}

const LIST: &str = r#"
[[post]]
title = "江上，晨雾"
url = "https://mp.weixin.qq.com/s/second"
date = 2023-05-06

[[post]]
title = "渡口"
url = "https://mp.weixin.qq.com/s/first"
series = "江边纪事"
ordinal = 1
"#;

fn sources() -> Vec<Source> {
    let articles = vec![instalment(2, "江上晨雾"), instalment(3, "夜航"), instalment(4, "归帆")];
    let publication = support::publication(articles, &[]);
    publication.entries().map(|entry| entry.source.clone()).collect()
}

#[test]
fn the_list_of_published_posts_knows_articles_by_their_titles() {
    let read = Published::read("lists/published.toml", LIST, &sources());
    assert_eq!(read.findings, []);
    let urls: Vec<_> = read.value.posts.iter().map(|post| post.url.as_str()).collect();
    assert_eq!(urls, ["https://mp.weixin.qq.com/s/second", "https://mp.weixin.qq.com/s/first"]);
    assert_eq!(read.value.of(&sources()[0]).unwrap().date.unwrap().to_string(), "2023-05-06");
    assert_eq!(read.value.of(&sources()[1]), None);
}

#[test]
fn what_is_wrong_in_the_list_of_published_posts_is_told_with_its_line() {
    let told = |text: &str| {
        let read = Published::read("lists/published.toml", text, &sources());
        let told = read.findings.iter().map(|f| (f.code.name(), f.line.unwrap()));
        (told.collect::<Vec<_>>(), read.value.posts.len())
    };
    let post = |title: &str, url: &str| format!("[[post]]\ntitle = \"{title}\"\nurl = \"{url}\"\n");
    let good = post("夜航", "https://mp.weixin.qq.com/s/a");
    assert_eq!(told(&good), (vec![], 1));
    let unknown = good.clone() + &post("夜行", "https://mp.weixin.qq.com/s/b");
    assert_eq!(told(&unknown), (vec![("published-unknown", 5)], 1));
    for wrong in ["http://mp.weixin.qq.com/s/b", "https://mp.weixin.qq.com/", "news.example", ""] {
        let wrong = good.clone() + &post("归帆", wrong);
        assert_eq!(told(&wrong), (vec![("published-address", 6)], 1));
    }
    let twice = good.clone() + &post("归帆", "https://mp.weixin.qq.com/s/a");
    assert_eq!(told(&twice), (vec![("published-twice", 6)], 1));
    let no_day = good.clone() + "date = 2023-05-06T08:00:00\n";
    assert_eq!(told(&no_day), (vec![("published-no-such-date", 4)], 1));
    assert_eq!(told(&(good.clone() + "link = \"x\"\n")), (vec![("project-unknown-key", 4)], 0));
    assert_eq!(told(&(good + "[[post]\n")).0[0].1, 4);
}

#[test]
fn an_instalment_ends_with_links_to_those_before_it() {
    let mut articles =
        vec![instalment(2, "江上晨雾"), instalment(3, "夜航"), instalment(4, "归帆")];
    // A link to where another first appeared leads to its post.
    articles[2].body.push(Block::Paragraph(vec![Inline::Link {
        url: "https://news.yunlan.example/2.html".into(),
        content: text("晨雾那一期"),
    }]));
    let mut publication = support::publication(articles, &[]);
    let list = LIST.to_owned()
        + "[[post]]\ntitle = \"夜航\"\nurl = \"https://mp.weixin.qq.com/s/third\"\n";
    publication.apparatus.published = Published::read("list", &list, &sources()).value;
    let Some(made) = posts(&publication, &campus(), "") else { return };
    let links = |name: &str| {
        let fragment = words(file(&made.value, &format!("{name}/article.html")));
        let links = fragment.split("href=\"https://mp.weixin.qq.com/s/").skip(1);
        links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(links("01-江上晨雾"), ["first"]);
    assert_eq!(links("02-夜航"), ["second", "first"], "the latest first");
    assert_eq!(links("03-归帆"), ["second", "third", "second", "first"]);
    assert!(words(file(&made.value, "03-归帆/article.html")).contains("往期"));
    let source = words(file(&made.value, "03-归帆/draft.json"));
    assert!(source.contains(r#""content_source_url": "https://news.yunlan.example/4.html""#));
    let index = words(file(&made.value, "wechat/index.html"));
    assert_eq!(index.matches(r#"data-sent="1""#).count(), 2);
    let Some(few) = posts(&publication, &campus(), "earlier = 1") else { return };
    assert!(!words(file(&few.value, "02-夜航/article.html")).contains("s/first"));
}

// ── Covers ───────────────────────────────────────────────────────────────────

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cut_has_its_shape_and_holds_its_focus(
        size in (1..6000u32, 1..6000u32),
        shape in (1..2000u32, 1..2000u32),
        at in (0.0..=1.0, 0.0..=1.0),
    ) {
        let focus = Focus::new(at.0, at.1).unwrap();
        let cut = Cut::of(size, shape, focus);
        let (right, bottom) = (cut.left + cut.width, cut.top + cut.height);
        for edge in [cut.left, cut.top, right, bottom] {
            prop_assert!((-1e-9..=1.0 + 1e-9).contains(&edge), "{cut:?}");
        }
        let [w, h, a, b] = [size.0, size.1, shape.0, shape.1].map(f64::from);
        prop_assert!((cut.width * w / (cut.height * h) / (a / b) - 1.0).abs() < 1e-9, "{cut:?}");
        prop_assert!((cut.width - 1.0).abs() < 1e-9 || (cut.height - 1.0).abs() < 1e-9, "the largest");
        let [x, y] = focus.parts();
        prop_assert!(cut.left <= x + 1e-9 && x <= right + 1e-9 && cut.top <= y + 1e-9 && y <= bottom + 1e-9);
    }
}

/// A photograph whose left is red, middle green and right blue.
fn tricolour(folder: &Path, name: &str, width: u32, height: u32) -> PathBuf {
    let third = |x: u32| {
        [Rgb([200, 30, 30]), Rgb([30, 160, 30]), Rgb([30, 30, 200])][(3 * x / width) as usize]
    };
    let path = folder.join(name);
    RgbImage::from_fn(width, height, |x, _| third(x)).save(&path).unwrap();
    path
}

/// The strongest of red, green and blue in the middle of a JPEG, and its size.
fn middle(jpeg: &[u8]) -> (usize, u32, u32) {
    let picture = image::load_from_memory(jpeg).unwrap().into_rgb8();
    let (width, height) = picture.dimensions();
    let Rgb(pixel) = *picture.get_pixel(width / 2, height / 2);
    let strongest = (0..3).max_by_key(|n| pixel[*n]).unwrap();
    (strongest, width, height)
}

#[test]
fn covers_and_crops_keep_the_focus_of_the_picture() {
    let folder = tempfile::tempdir().unwrap();
    let wide = tricolour(folder.path(), "wide.png", 3000, 1000);
    for (focus, strongest, crop) in [
        (None, 1, "0.287222_0_0.712778_1"),
        (Focus::new(0.1, 0.5), 0, "0_0_0.425556_1"),
        (Focus::new(1.0, 0.5), 2, "0.574444_0_1_1"),
    ] {
        let mut article = Article { body: vec![picture("wide.png", "三色")], ..typical(100) };
        article.meta.focus = focus;
        let publication = support::publication(vec![article], &[("wide.png", wide.clone())]);
        let Some(made) = posts(&publication, &campus(), "") else { return };
        assert_eq!(middle(file(&made.value, "cover-11.jpg")), (strongest, 500, 500));
        let (_, width, height) = middle(file(&made.value, "cover-235.jpg"));
        assert_eq!((width, height), (900, 383));
        let draft: Value = serde_json::from_slice(file(&made.value, "draft.json")).unwrap();
        assert_eq!(draft["articles"][0]["pic_crop_1_1"], crop, "{focus:?}");
        assert_eq!(draft["articles"][0]["pic_crop_235_1"], "0_0_1_1");
        assert!(!codes(&made.findings).contains(&"wechat-w24"), "{:?}", made.findings);
    }
}

#[test]
fn an_article_may_name_the_picture_that_stands_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let blue = folder.path().join("blue.jpg");
    RgbImage::from_pixel(1200, 1200, Rgb([20, 20, 220])).save(&blue).unwrap();
    let red = folder.path().join("red.jpg");
    RgbImage::from_pixel(400, 300, Rgb([220, 20, 20])).save(&red).unwrap();
    let article = || Article {
        body: vec![picture("red.jpg", "红"), picture("blue.jpg", "蓝")],
        ..typical(100)
    };
    let publication = |article| {
        support::publication(vec![article], &[("red.jpg", red.clone()), ("blue.jpg", blue.clone())])
    };
    let Some(made) = posts(&publication(article()), &campus(), "") else { return };
    assert_eq!(middle(file(&made.value, "cover-11.jpg")).0, 0, "the first where none is named");
    let small = made.findings.iter().find(|f| f.code.name() == "wechat-cover-small").unwrap();
    assert!(small.message(Lang::Zh).contains("“red.jpg”太小：裁下来只有 400×170 像素"));
    let mut named = article();
    named.meta.cover = Some("blue.jpg".into());
    let Some(made) = posts(&publication(named), &campus(), "") else { return };
    assert_eq!(middle(file(&made.value, "cover-11.jpg")).0, 2);
    assert!(!codes(&made.findings).contains(&"wechat-cover-small"));
}

#[test]
fn covers_show_picture_or_title_or_both() {
    let folder = tempfile::tempdir().unwrap();
    let blue = folder.path().join("blue.jpg");
    RgbImage::from_pixel(1200, 1200, Rgb([20, 20, 220])).save(&blue).unwrap();
    let article = Article { body: vec![picture("blue.jpg", "蓝")], ..typical(100) };
    let publication = support::publication(vec![article], &[("blue.jpg", blue)]);
    let cover = |said: &str| {
        let made = posts(&publication, &campus(), said)?;
        let cover = image::load_from_memory(file(&made.value, "cover-11.jpg")).unwrap().into_rgb8();
        let Rgb(corner) = *cover.get_pixel(4, 4);
        let white = cover.pixels().filter(|Rgb(p)| p.iter().all(|v| *v > 200)).count();
        Some((corner, white, codes(&made.findings)))
    };
    let Some(([.., blue], white, _)) = cover("covers = \"picture\"") else { return };
    assert!(blue > 200 && white == 0);
    let Some(([red, _, blue], white, _)) = cover("covers = \"title\"") else { return };
    assert!(red > blue && white > 0, "the title on the look's own ground");
    let Some(([.., blue], white, said)) = cover("covers = \"both\"") else { return };
    assert!((60..200).contains(&blue) && white > 0, "the title on the picture in shadow");
    assert!(!said.contains(&"wechat-covers-unknown"));
    let Some((.., said)) = cover("covers = \"none\"") else { return };
    assert!(said.contains(&"wechat-covers-unknown"));
}

#[test]
fn a_cover_is_drawn_once_and_kept() {
    let Some(fonts) = fonts() else { return };
    let look = campus();
    let publication = one(plain_article("只画一次", &["正文。"]));
    let view = support::view_of(&publication, &look);
    let dir = tempfile::tempdir().unwrap();
    let album = Album::new(Store::new(dir.path()), []);
    let make = || {
        let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
        let mut covers = Vec::new();
        for artifact in wechat::export(job).unwrap().value {
            if artifact.path.ends_with(".jpg") {
                let mut out = std::io::Cursor::new(Vec::new());
                artifact.write(&mut out).unwrap();
                covers.push(out.into_inner());
            }
        }
        covers
    };
    let first = make();
    let mut kept: Vec<PathBuf> =
        fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect();
    kept.sort();
    assert_eq!(kept.len(), 2);
    let mut bytes: Vec<Vec<u8>> = kept.iter().map(|path| fs::read(path).unwrap()).collect();
    bytes.sort();
    let mut sorted = first.clone();
    sorted.sort();
    assert_eq!(bytes, sorted);
    // What is kept is what is taken, the next time.
    kept.iter().for_each(|path| fs::write(path, b"kept").unwrap());
    assert_eq!(make(), [b"kept", b"kept"]);
}

// ── In a browser ─────────────────────────────────────────────────────────────

fn written(files: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn tried(folder: &Path) -> Option<Value> {
    let out = judges::browser("posts.mjs", &[&folder.display().to_string()])?;
    Some(serde_json::from_str(&out).unwrap())
}

/// What holds of every post that is finished.
fn sound(tried: &Value) {
    assert_eq!(tried["errors"], Value::Array(Vec::new()));
    let posts = tried["posts"].as_array().unwrap();
    for (n, post) in posts.iter().enumerate() {
        let name = post["name"].as_str().unwrap();
        let article = post["article"].as_str().unwrap();
        assert_eq!(post["copied"], article, "{name}: what is copied is article.html");
        if let Some(numbered) = post["numbered"].as_str() {
            let pictures = article.matches("<img").count();
            assert!(!numbered.contains("<img"), "{name}");
            for n in 1..=pictures {
                assert!(numbered.contains(&format!("【图{n}】")), "{name}: {n}");
            }
        }
        for frame in ["day", "night"] {
            let faintest = &post[frame];
            assert!(faintest["contrast"].as_f64().unwrap() >= 4.5, "{name}, {frame}: {faintest}");
            assert!(faintest["texts"].as_u64() > Some(1), "{name}: {faintest}");
        }
        assert_eq!(post["moved"], n + 1 < posts.len(), "{name}: J leads to the next");
    }
}

#[test]
fn the_sample_can_be_copied_read_at_night_and_filtered() {
    let Some(sample) = editions::sample() else { return };
    let Some(tried) = tried(&sample.file("posts/wechat")) else { return };
    sound(&tried);
    let index = &tried["index"];
    let titles = |value: &Value| {
        let all = value.as_array().unwrap_or_else(|| panic!("{index}"));
        all.iter().map(|title| title.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = titles(&index["all"]);
    assert_eq!(all.len(), tried["posts"].as_array().unwrap().len());
    assert_eq!(titles(&index["chips"]["青麓人物"]).len(), 4);
    assert_eq!(titles(&index["chips"]["已发布"]).len(), 4);
    assert_eq!(titles(&index["chips"]["未发布"]).len(), all.len() - 4);
    assert_eq!(titles(&index["months"][""]), all);
    assert_eq!(titles(&index["months"]["2024年4月"]).len(), 2);
    assert!(titles(&index["searched"]["图书馆"]).iter().any(|title| title.starts_with("灯下有人")));
    assert_eq!(titles(&index["searched"]["没有这个词"]), Vec::<String>::new());
}

#[test]
fn every_theme_of_posts_can_be_copied_and_read_at_night() {
    for theme in themes() {
        let look = support::look(Medium::Wechat, &theme);
        let articles = vec![support::specimen_article(), typical(600)];
        let Some(made) = posts(&support::publication(articles, &[]), &look, "") else { return };
        let folder = written(&made.value);
        let Some(tried) = tried(&folder.path().join("wechat")) else { return };
        sound(&tried);
    }
}

#[test]
fn a_finding_leads_to_its_element() {
    let folder = tempfile::tempdir().unwrap();
    let theme = folder.path().join("wechat/campus/theme.css");
    fs::create_dir_all(theme.parent().unwrap()).unwrap();
    let css = campus().text("theme.css").unwrap().to_owned();
    fs::write(&theme, css + "\n.h1 { color: #bbb; }\n").unwrap();
    let look = layout::find(Some(folder.path()), Medium::Wechat, "campus").unwrap();
    let Some(made) = posts(&one(typical(3000)), &look, "") else { return };
    assert!(codes(&made.findings).contains(&"wechat-w27"));
    let folder = written(&made.value);
    let Some(tried) = tried(&folder.path().join("wechat")) else { return };
    let jumps = tried["posts"][0]["jumps"].as_array().unwrap();
    assert!(!jumps.is_empty());
    for jump in jumps {
        assert_eq!(jump["text"], "一、灯下");
        assert_eq!(jump["shown"], true, "{jump}");
    }
}
