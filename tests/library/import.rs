//! The room `import`: what a source comes out as. The cases are folders under
//! tests/cases/import: an input, and the outline or the whole JSON expected of it.

mod outline;
mod plain_text;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kanyin::article::{Block, plain_text};
use kanyin::diag::{Grade, Status, Warned};
use kanyin::import::{Imported, SourceFormat};
use kanyin::pipeline::inspect;
use proptest::prelude::*;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::support::{self, import};

use outline::{list, outline, text};

fn read(name: &str, text: impl AsRef<[u8]>) -> Warned<Imported> {
    import(name, text.as_ref()).expect("the source can be read").remove(0)
}

fn json_of(read: &Warned<Imported>) -> Value {
    inspect::json(&read.value, &read.value.edits, &read.findings, &|_| true)
}

#[test]
fn every_case_comes_out_as_expected() {
    let folder = support::root().join("tests/cases/import");
    let mut wrong = String::new();
    let mut count = [0, 0, 0, 0];
    for (n, (format, input)) in
        [("text", "input.txt"), ("markdown", "input.md"), ("html", "input.html")].iter().enumerate()
    {
        for case in folders(&folder.join(format)) {
            let bytes = fs::read(case.join(input)).expect("a case has its input");
            let read = read(input, bytes);
            let json = json_of(&read);
            let whole = case.join("expected.json");
            let (expected, got) = if whole.exists() {
                count[3] += 1;
                (whole, format!("{json:#}\n"))
            } else {
                (case.join("expected.txt"), outline(&json))
            };
            count[n] += 1;
            if fs::read_to_string(&expected).ok().as_deref() != Some(&got) {
                let _ = writeln!(wrong, "=== {} should hold:\n{got}", expected.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(
        count[0] >= 14 && count[1] >= 10 && count[2] >= 14 && count[3] >= 2,
        "cases are missing: {count:?}"
    );
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).expect("the folder of cases is there");
    let mut out: Vec<PathBuf> =
        entries.map(|e| e.expect("a folder can be listed").path()).collect();
    out.sort();
    out
}

#[test]
fn the_article_beside_the_repository_has_its_known_structure() {
    let Some(folder) = support::shared("samples") else { return };
    let name = "党史学习教育综述五.txt";
    let bytes = fs::read(folder.join(name)).expect("the sample is there");
    let read = read(name, &bytes);
    let json = json_of(&read);
    assert_eq!(json["title"], "开好专题组织生活会 努力提升学习教育实效");
    assert_eq!(json["series"]["name"], "南方科技大学党史学习教育综述");
    assert_eq!((&json["series"]["ordinal"], text(&json["series"]["raw"])), (&Value::from(5), "五"));
    assert_eq!((text(&json["date"]), &json["views"]), ("2022-01-14", &Value::from(3716)));
    let roles: Vec<&str> = list(&json["credits"]).iter().map(|c| text(&c["role"])).collect();
    assert_eq!(roles, ["contributor", "editor"]);
    let kinds: String = list(&json["blocks"])
        .iter()
        .map(|b| text(&b["kind"]).chars().next().unwrap_or('?'))
        .collect();
    assert_eq!(kinds, "apffhphpppppppphpp");
    let figures: Vec<(&str, &str)> = list(&json["blocks"])
        .iter()
        .filter(|b| b["kind"] == "figure")
        .map(|b| (text(&b["images"][0]["name"]), text(&b["caption"])))
        .collect();
    assert_eq!(figures[0].0, "专题组织生活会5.jpg");
    assert_eq!(figures[1].0, "专题组织生活会4.jpg");
    assert!(figures[0].1.starts_with("校党委书记") && figures[1].1.starts_with("校长"));
    let consumed = |c: char| {
        read.value.edits.iter().map(|e| e.old.chars().filter(|o| *o == c).count()).sum::<usize>()
    };
    assert_eq!([':', '\u{a0}', '[', ']'].map(consumed), [4, 4, 1, 1]);
    let all = read.value.edits.iter();
    assert!(all.clone().all(|e| e.grade == Grade::Consumed && e.status == Status::Applied));
    assert!(read.findings.is_empty(), "{:?}", read.findings);
}

#[test]
fn the_ending_names_the_reader() {
    for (name, format) in [
        ("a.TXT", SourceFormat::Text),
        ("文/稿.md", SourceFormat::Markdown),
        ("a.markdown", SourceFormat::Markdown),
        ("a.docx", SourceFormat::Word),
        ("a.htm", SourceFormat::WebPage),
        ("a.wps", SourceFormat::OldWord),
        ("a.doc", SourceFormat::OldWord),
        ("无尾", SourceFormat::Unknown),
        ("sources.d/无尾", SourceFormat::Unknown),
    ] {
        assert_eq!(SourceFormat::of(name), format, "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    for (name, bytes, code) in [
        ("a.docx", &b"PK"[..], "read-word-broken"),
        ("a.html", b"<p>", "web-page-empty"),
        ("a.html", b" ", "read-empty"),
        ("a.mht", b"x", "web-not-mhtml"),
        ("a.wps", b"x", "read-format-old"),
        ("a.xyz", b"x", "read-format-unknown"),
        ("a.txt", b" \r\n\t", "read-empty"),
        ("a.md", b"", "read-empty"),
        ("a.txt", b"\xff\x80\x81\x90\xfe\x00\x01", "read-encoding-unknown"),
    ] {
        let fault = import(name, bytes).expect_err("it is refused");
        let finding = &fault.findings[0];
        assert_eq!((finding.code.name(), finding.file.as_deref()), (code, Some(name)));
    }
}

/// A small article.
const SENTENCE: &str = "校园读书月启动\n2023-04-23\n云澜大学图书馆为同学们准备了三千册新书。\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2], mark: [u8; 2]) -> Vec<u8> {
    mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
}

#[test]
fn every_usual_encoding_reads_the_same() {
    let expected = read("a.txt", SENTENCE).value.article;
    // The characters of SENTENCE in GBK, line by line.
    let gbk: &[u8] = b"\xd0\xa3\xd4\xb0\xb6\xc1\xca\xe9\xd4\xc2\xc6\xf4\xb6\xaf\r\n2023-04-23\r\n\
        \xd4\xc6\xc0\xbd\xb4\xf3\xd1\xa7\xcd\xbc\xca\xe9\xb9\xdd\xce\xaa\xcd\xac\xd1\xa7\xc3\xc7\
        \xd7\xbc\xb1\xb8\xc1\xcb\xc8\xfd\xc7\xa7\xb2\xe1\xd0\xc2\xca\xe9\xa1\xa3\r\n";
    let sources = [
        [b"\xef\xbb\xbf", SENTENCE.as_bytes()].concat(),
        utf16(SENTENCE, u16::to_le_bytes, [0xff, 0xfe]),
        utf16(SENTENCE, u16::to_be_bytes, [0xfe, 0xff]),
        gbk.to_vec(),
        SENTENCE.replace('\n', "\r").into_bytes(),
    ];
    for bytes in sources {
        assert_eq!(read("a.txt", &bytes).value.article, expected);
    }
    let findings = read("a.txt", gbk).findings;
    assert_eq!(findings[0].code.name(), "read-encoding-guessed");
}

#[test]
fn characters_are_composed_but_not_folded() {
    let article = read("a.txt", "标题 cafe\u{301} １２Ⅳ㎡\n\n正文。").value.article;
    assert_eq!(article.title_text(), "标题 caf\u{e9} １２Ⅳ㎡");
}

#[test]
fn dates_are_read_in_every_form() {
    for written in [
        "2022-01-14",
        "2022/1/14",
        "2022.1.14",
        "2022年1月14日",
        "二〇二二年一月十四日",
        "２０２２年１月１４日",
        "2022-01-14 10:30:25",
        "2022年01月14日 星期五",
        "发布时间：2022-1-14",
        "发布时间：1642089600",
        "[2022-01-14]",
    ] {
        let article = read("a.txt", format!("标题\n{written}\n\n正文。")).value.article;
        let date = article.meta.date.map(|d| d.to_string());
        assert_eq!(date.as_deref(), Some("2022-01-14"), "{written}");
    }
}

#[test]
fn dates_that_hang_on_today_are_kept_as_written() {
    for written in ["昨天", "3天前", "刚刚", "1月14日", "2022-02-30"] {
        let source = format!("标题\n发布时间：{written}　浏览量：3\n\n正文。");
        let read = read("a.txt", source);
        let meta = &read.value.article.meta;
        assert_eq!((meta.date, meta.date_raw.as_deref()), (None, Some(written)));
        assert_eq!(read.findings[0].code.name(), "read-date-unclear");
    }
}

#[test]
fn hostile_nesting_is_kept_as_text() {
    for source in [
        format!("{}深处", "> ".repeat(3000)),
        format!("{}深处{}", "*a **a ".repeat(2000), " a** a*".repeat(2000)),
        format!("{}深处", "- ".repeat(1000)),
        format!("{}深处", "<sup>".repeat(5000)),
        (0..3000).fold("[^0]\n\n".to_owned(), |s, i| s + &format!("[^{i}]: [^{}] 深处\n\n", i + 1)),
    ] {
        let read = read("a.md", source);
        let json = json_of(&read).to_string();
        assert!(json.contains("深处"));
    }
}

/// Pieces of sources as they come, to be put together at random.
fn soup() -> impl Strategy<Value = String> {
    let parts = [
        "\n",
        "\n\n",
        " ",
        "　",
        "\u{a0}",
        "|",
        "：",
        ":",
        "、",
        "/",
        "。",
        "（",
        "）",
        "【",
        "】",
        "[",
        "]",
        "——",
        "标题",
        "云澜大学",
        "第三期",
        "之五",
        "⑤",
        "综述",
        "一、",
        "（二）",
        "1.",
        "编者按",
        "导语",
        "供稿",
        "文",
        "图",
        "编辑",
        "来源",
        "浏览量",
        "3716",
        "2022-01-14",
        "昨天",
        "2022年1月",
        "a.jpg",
        "活动1.png",
        "IMG_2.JPG",
        "图为",
        "沈舟",
        "（沈舟 摄）",
        "摄影：",
        "记者 沈舟 ",
        "END",
        "\u{c}",
        "校长 林远舟",
        "标题：",
        "[图片]",
        "【图片：a.jpg】",
        "云大发〔2023〕15号",
        "=====",
        "▲",
        "***",
        "#",
        "##",
        "- ",
        "> ",
        "`",
        "**",
        "*",
        "![",
        "](",
        "[^a]",
        "[^a]: ",
        "---",
        "|-|",
        "<sup>",
        "</sup>",
        "<ruby>",
        "<rt>",
        "<br>",
        "<div>",
        "<!--",
        "-->",
        "<img src=",
        "key: ",
        "\\",
        "&amp;",
        "为了把读书月办得更好，图书馆的同志们连续两个月走访了全校十二个学院，听取师生的意见和建议，并作了认真的整理。",
    ];
    let part = prop_oneof![8 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned), 1 => ".{0,6}"];
    prop::collection::vec(part, 1..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_never_panics(text in prop_oneof![soup(), any::<String>()], bytes: Vec<u8>) {
        for name in ["a.txt", "a.md"] {
            for bytes in [text.as_bytes(), &bytes] {
                if name == "a.md" && bytes.starts_with(b"+++") {
                    continue;
                }
                for read in import(name, bytes).into_iter().flatten() {
                    json_of(&read);
                }
            }
        }
    }

    #[test]
    fn plain_text_loses_no_character(text in soup()) {
        if let Ok(read) = import("a.txt", text.as_bytes()) {
            let mut kept: Vec<char> = read.iter().flat_map(|r| characters(&r.value)).collect();
            for c in cleaned(&text).chars().filter(|c| !c.is_whitespace()) {
                let at = kept.iter().position(|k| *k == c);
                prop_assert!(at.is_some(), "{c:?} of {text:?} is gone: {:#?}", read);
                kept.swap_remove(at.unwrap_or(0));
            }
        }
    }
}

/// The text without what reading removes and reports: control characters.
fn cleaned(text: &str) -> String {
    let once = import("a.txt", format!("标题\n\n{text}正文。").as_bytes());
    let removed = once.is_ok_and(|r| {
        r.iter().flat_map(|r| &r.findings).any(|f| f.code.name() == "read-control-characters")
    });
    // Where something was removed the comparison has nothing to compare with.
    if removed { String::new() } else { text.nfc().collect() }
}

/// Every character an article, its meta data and its consumed edits hold.
fn characters(imported: &Imported) -> Vec<char> {
    let mut out = String::new();
    let article = &imported.article;
    article.for_each_run(&mut |run| out.push_str(&plain_text(run.inlines)));
    article.for_each_block(&mut |_, block| match block {
        Block::Figure(figure) => {
            figure.images.iter().for_each(|i| out.push_str(&i.name));
            out.extend(figure.credit.as_deref());
        }
        Block::Unknown { text, .. } => out.push_str(text),
        _ => {}
    });
    let meta = &article.meta;
    if let Some(series) = &meta.series {
        out.push_str(&series.name);
        out.push_str(&series.raw);
    }
    for credit in &meta.credits {
        out.push_str(&credit.label);
        credit.names.iter().for_each(|n| out.push_str(n));
    }
    for value in [&meta.column, &meta.date_raw, &meta.source, &meta.source_url, &meta.summary] {
        out.extend(value.as_deref());
    }
    out.extend(meta.date.map(|d| d.to_string()));
    out.extend(meta.views.map(|v| v.to_string()));
    meta.extra.iter().for_each(|(key, value)| {
        out.push_str(key);
        out.push_str(value);
    });
    imported.edits.iter().for_each(|e| out.push_str(&e.old));
    out.chars().collect()
}
