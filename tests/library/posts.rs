//! Posts as their editor uses them: how much mark-up they take, where long ones are
//! parted, what their covers show, which have been published, and what a real browser
//! makes of preview and list.

mod browser;
mod covers;
mod published;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use image::{Rgb, RgbImage};
use kanyin::article::{Article, Block, Figure, Heading, Image, Inline, Meta};
use kanyin::diag::{Finding, Lang, Silent, Warned};
use kanyin::export::wechat::prune::prune;
use kanyin::export::{Artifact, Job, wechat};
use kanyin::layout::{Look, Medium};
use kanyin::media::{Album, Store};
use kanyin::publication::Publication;
use serde_json::Value;

use crate::judges;
use crate::pdf::fonts;
use crate::support::{self, text};

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
        assert!(pruned.len() * 5 < full.len() * 3, "{theme}: {} of {}", pruned.len(), full.len());
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
