//! What is handed out over a project: what an e-book says of itself, the two catalogues
//! and the page.

mod atom;

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use kanyin::diag::Lang;
use kanyin::export::share::{
    About, Book, Catalogue, File, Person, Picture, Series, export, free_name, read,
};
use kanyin::layout::Medium;
use serde_json::Value;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::judges;
use crate::support::look;

/// An e-book of these files, as much of one as is asked here.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const CONTAINER: (&str, &str) = (
    "META-INF/container.xml",
    r#"<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/a/package.opf"/></rootfiles></container>"#,
);

const PACKAGE: &str = r##"<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier>isbn-of-paper</dc:identifier>
<dc:identifier id="id">urn:isbn:9787000000001</dc:identifier>
<dc:title id="s">上卷</dc:title><meta refines="#s" property="title-type">subtitle</meta>
<dc:title id="t">云澜
  山 &amp; 水</dc:title><meta refines="#t" property="title-type">main</meta>
<dc:creator id="c">苏砚秋</dc:creator><meta refines="#c" property="role">aut</meta>
<dc:contributor id="d">陆文舟</dc:contributor><meta refines="#d" property="role">edt</meta>
<dc:contributor></dc:contributor>
<dc:publisher>云澜大学</dc:publisher><dc:language>zh-CN</dc:language>
<dc:date>2024-05-01</dc:date><dc:description>山水 之间</dc:description>
<dc:subject>书院</dc:subject><dc:subject>人物</dc:subject>
<meta property="dcterms:modified">2024-05-02T03:04:05Z</meta>
<meta property="belongs-to-collection" id="r">云澜丛书</meta>
<meta refines="#r" property="collection-type">series</meta>
<meta refines="#r" property="group-position">3</meta>
<meta property="schema:wordCount">12345</meta>
</metadata>
<manifest>
<item id="i" href="../cover.jpg" properties="svg cover-image"/>
<item id="n" href="nav.xhtml"/><item id="x" href="x.xhtml"/>
</manifest>
<spine><itemref idref="n"/><itemref idref="x"/><itemref idref="gone"/></spine></package>"##;

const NAV: &str = "<html><head><title>目录</title></head><body/></html>";
const CHAPTER: &str = r#"<html><head><title>甲 &lt;乙&gt;</title></head><body><section role="doc-chapter"/></body></html>"#;

#[test]
fn an_e_book_says_what_it_is() {
    let files = [
        CONTAINER,
        ("EPUB/a/package.opf", PACKAGE),
        ("EPUB/a/nav.xhtml", NAV),
        ("EPUB/a/x.xhtml", CHAPTER),
        ("EPUB/cover.jpg", "picture"),
    ];
    let about = read(Cursor::new(archive(&files))).unwrap();
    let person =
        |name: &str, role: &str, creator| Person { name: name.into(), role: role.into(), creator };
    let wanted = About {
        identifier: "urn:isbn:9787000000001".into(),
        title: "云澜 山 & 水".into(),
        subtitle: "上卷".into(),
        people: vec![person("苏砚秋", "aut", true), person("陆文舟", "edt", false)],
        publisher: "云澜大学".into(),
        language: "zh-CN".into(),
        issued: "2024-05-01".into(),
        modified: "2024-05-02T03:04:05Z".into(),
        description: "山水 之间".into(),
        subjects: vec!["书院".into(), "人物".into()],
        series: Some(Series { name: "云澜丛书".into(), position: Some(3.0) }),
        words: Some(12345),
        chapters: vec!["甲 <乙>".into()],
        cover: b"picture".to_vec(),
    };
    assert_eq!(about, wanted);
}

#[test]
fn what_is_no_e_book_is_told_and_nothing_breaks() {
    let bomb = r#"<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><package><metadata><title>&b;</title></metadata></package>"#;
    let untitled = "<package><metadata/></package>";
    let outside = PACKAGE.replace("../cover.jpg", "../../../../etc/passwd");
    for (bytes, why) in [
        (b"PK\x03\x04 no archive".to_vec(), "no archive"),
        (archive(&[]), "no container"),
        (archive(&[CONTAINER]), "no package"),
        (archive(&[CONTAINER, ("EPUB/a/package.opf", "<package>")]), "broken package"),
        (archive(&[CONTAINER, ("EPUB/a/package.opf", untitled)]), "no title"),
        (archive(&[CONTAINER, ("EPUB/a/package.opf", bomb)]), "entities"),
        (archive(&[CONTAINER, ("EPUB/a/package.opf", &outside)]), "a cover outside"),
    ] {
        let finding = read(Cursor::new(bytes)).expect_err(why);
        assert_eq!(finding.code.name(), "share-book-unreadable", "{why}");
        assert!(finding.hint(Lang::Zh).is_some());
    }
}

#[test]
fn files_of_one_name_are_kept_apart() {
    let taken = BTreeSet::from(["a-01.epub".to_owned(), "b-a-01.epub".to_owned()]);
    assert_eq!(free_name("a.epub", "b", &taken), "a.epub");
    assert_eq!(free_name("A-01.epub", "b", &taken), "b-b-A-01.epub");
}

/// Two books: one that says everything there is to say, some of it awkward, and one
/// that says next to nothing.
pub(crate) fn catalogue() -> Catalogue {
    let person =
        |name: &str, role: &str, creator| Person { name: name.into(), role: role.into(), creator };
    let about = About {
        identifier: "978-7-00-000000-1".into(),
        title: "云澜 <山> & “水”".into(),
        subtitle: "上卷".into(),
        people: vec![
            person("苏砚秋", "aut", true),
            person("陆文舟", "edt", false),
            person("江一帆", "pht", false),
            person("闻笛", "特约", false),
        ],
        publisher: "云澜大学".into(),
        language: "zh-CN".into(),
        issued: "2024-05-01".into(),
        modified: "2024-05-02T03:04:05Z".into(),
        subjects: vec!["书院".into()],
        series: Some(Series { name: "云澜丛书".into(), position: Some(3.0) }),
        words: Some(12345),
        chapters: ["甲", "读《乙》", "丙", "丁", "戊"].map(str::to_owned).to_vec(),
        ..About::default()
    };
    let bare = About {
        identifier: "978-7-00-000000-1".into(),
        title: "只有书名".into(),
        language: "中文".into(),
        issued: "去年".into(),
        modified: "昨天".into(),
        ..About::default()
    };
    let file = |name: &str, media_type| File {
        name: name.into(),
        media_type,
        bytes: 1_234_567,
        sha256: "0".repeat(64),
    };
    let picture = |path: &str, width, height| Picture {
        path: path.into(),
        media_type: "image/jpeg",
        width,
        height,
    };
    let book = |about, name: &str, pdf: &[&str]| Book {
        about,
        files: std::iter::once(file(&format!("{name}.epub"), "application/epub+zip"))
            .chain(pdf.iter().map(|name| file(name, "application/pdf")))
            .collect(),
        cover: picture(&format!("covers/{name}.jpg"), 1560, 2496),
        thumbnail: picture(&format!("thumbnails/{name}.jpg"), 400, 640),
    };
    Catalogue {
        press: "云澜大学".into(),
        unit: "宣传部".into(),
        title: String::new(),
        url: Some("https://books.yunlan.example/shu".into()),
        books: vec![book(about, "山水-01", &["山水-01.pdf"]), book(bare, "bare", &[])],
    }
}

/// The folder of a catalogue, but for the books and covers.
pub(crate) fn folder(catalogue: &Catalogue) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for artifact in export(catalogue, &look(Medium::Share, "plain")).unwrap() {
        let path = dir.path().join(&artifact.path);
        artifact.write(&mut std::fs::File::create(path).unwrap()).unwrap();
    }
    dir
}

fn text(dir: &TempDir, name: &str) -> String {
    std::fs::read_to_string(dir.path().join(name)).unwrap()
}

fn json(dir: &TempDir, name: &str) -> Value {
    serde_json::from_str(&text(dir, name)).unwrap()
}

#[test]
fn the_catalogue_in_json_says_what_the_book_says() {
    let dir = folder(&catalogue());
    let feed = json(&dir, "opds.json");
    assert_eq!(feed["metadata"]["title"], "云澜大学宣传部电子书");
    assert_eq!(feed["metadata"]["modified"], "2024-05-02T03:04:05Z", "the latest of all");
    assert_eq!(feed["links"][0]["href"], "https://books.yunlan.example/shu/opds.json");
    let full = &feed["publications"][0]["metadata"];
    assert_eq!(full["identifier"], "urn:isbn:9787000000001");
    assert_eq!(full["author"], serde_json::json!(["苏砚秋"]));
    assert_eq!(full["editor"], serde_json::json!(["陆文舟"]));
    let others = serde_json::json!([{ "name": "江一帆", "role": "pht" }, "闻笛"]);
    assert_eq!(full["contributor"], others);
    assert_eq!(full["belongsTo"]["series"]["position"], 3.0);
    assert_eq!(full["description"], "收录《甲》《丙》《丁》等 5 篇。", "no marks within marks");
    let bare = feed["publications"][1]["metadata"].as_object().unwrap();
    let keys: Vec<&str> = bare.keys().map(String::as_str).collect();
    assert_eq!(keys, ["@type", "identifier", "title", "modified"], "nothing is guessed");
    assert_ne!(bare["identifier"], full["identifier"], "two entries have two ids");
    let own = json(&dir, "山水-01.epub.json");
    assert_eq!(own, feed["publications"][0], "a book's own document is its entry");
    assert_eq!(own["links"][0]["href"], "%E5%B1%B1%E6%B0%B4-01.epub.json");
}

#[test]
fn the_catalogues_hold_before_judges_that_are_not_ours() {
    let dir = folder(&catalogue());
    if let Some(errors) = judges::catalogues(dir.path()) {
        assert_eq!(errors, [""; 0]);
    }
    if let Some(errors) = judges::by_our_schema(dir.path()) {
        assert_eq!(errors, [""; 0]);
    }
    let Some(seen) = judges::seen_by_a_reader(dir.path()) else { return };
    assert_eq!(seen["atom"]["title"], "云澜大学宣传部电子书");
    assert_eq!(seen["atom"]["books"][0]["title"], "云澜 <山> & “水” 上卷");
    assert_eq!(seen["json"]["books"][0]["title"], "云澜 <山> & “水”");
    for key in ["id", "authors", "files", "images"] {
        for book in 0..2 {
            let both = ["atom", "json"].map(|feed| &seen[feed]["books"][book][key]);
            assert_eq!(both[0], both[1], "{key} of book {book} is one in both catalogues");
        }
    }
    let file = "%E5%B1%B1%E6%B0%B4-01.pdf";
    assert_eq!(seen["json"]["books"][0]["files"][1], serde_json::json!([file, "application/pdf"]));
}

#[test]
fn those_judges_say_no() {
    type Spoil = fn(&mut Value);
    let spoilt: [(&str, Spoil); 5] = [
        ("no self link", |feed| drop(feed["links"].as_array_mut().unwrap().remove(0))),
        ("no pictures", |feed| drop(book(feed).remove("images"))),
        ("nothing to fetch", |feed| feed["publications"][0]["links"] = feed["links"].clone()),
        ("no title", |feed| drop(about(feed).remove("title"))),
        ("an id that is none", |feed| drop(about(feed).insert("identifier".into(), "甲".into()))),
    ];
    for (what, spoil) in spoilt {
        let dir = folder(&catalogue());
        let mut feed = json(&dir, "opds.json");
        spoil(&mut feed);
        std::fs::write(dir.path().join("opds.json"), feed.to_string()).unwrap();
        for errors in [judges::catalogues(dir.path()), judges::by_our_schema(dir.path())] {
            assert!(errors.is_none_or(|errors| !errors.is_empty()), "{what}");
        }
    }
    let dir = folder(&catalogue());
    std::fs::write(dir.path().join("opds.xml"), "<feed><entry></feed>").unwrap();
    assert!(judges::catalogues(dir.path()).is_none_or(|errors| !errors.is_empty()));
}

fn book(feed: &mut Value) -> &mut serde_json::Map<String, Value> {
    feed["publications"][0].as_object_mut().unwrap()
}

fn about(feed: &mut Value) -> &mut serde_json::Map<String, Value> {
    feed["publications"][0]["metadata"].as_object_mut().unwrap()
}

#[test]
fn the_codes_on_the_page_are_read_by_a_phone() {
    let dir = folder(&catalogue());
    let page = dir.path().join("index.html");
    let Some(codes) = judges::browser("codes.mjs", &[&page.display().to_string()]) else { return };
    let folder = "https://books.yunlan.example/shu";
    let wanted = ["%E5%B1%B1%E6%B0%B4-01.epub", "bare.epub", "opds.xml"];
    assert_eq!(codes.lines().collect::<Vec<_>>(), wanted.map(|name| format!("{folder}/{name}")));
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let bare = Catalogue { url: None, ..catalogue() };
    let dir = folder(&bare);
    let page = text(&dir, "index.html");
    assert!(!page.contains("<svg"), "no address, no code");
    assert!(!page.contains("http://") && !page.contains("https://"), "{page}");
    let targets = ["src=\"", "href=\""].into_iter().flat_map(|key| page.split(key).skip(1));
    let targets: Vec<&str> = targets.filter_map(|rest| rest.split('"').next()).collect();
    assert!(targets.contains(&"thumbnails/bare.jpg"), "{targets:?}");
    for target in targets {
        assert!(!target.starts_with('/') && !target.contains(':'), "{target}");
    }
    assert!(page.contains("云澜 &lt;山&gt; &amp; “水”"), "a title brings no mark-up along");
    assert!(page.contains(&"0".repeat(64)) && page.contains("1.2 MB"));
    assert!(page.contains("12,345</b> 字") && page.contains("5</b> 篇"));
    assert_eq!(text(&dir, "SHA256SUMS.txt").lines().count(), 3);
    assert!(page.contains("更新至2024年5月2日"));
    let undated = Catalogue { books: bare.books[1..].to_vec(), ..bare };
    assert!(!text(&folder(&undated), "index.html").contains("更新至"), "no day is made up");
}
