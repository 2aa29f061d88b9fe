//! The room `layout`: a project's own tables, settings and style sheets, and what
//! is said where they are wrong.

use std::fs;

use kanyin::diag::{Fault, FaultKind, Lang};
use kanyin::layout::style_sheet::{self, Reader};
use kanyin::layout::{self, Look, LookFile, Medium};

/// A project's own folder of looks.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn found(files: &[(&str, &str)], name: &str) -> Result<Look, Fault> {
    layout::find(Some(folder(files).path()), Medium::Print, name)
}

/// The one thing that is said: code, file, line, and its words in Chinese.
fn said(fault: &Fault) -> (&'static str, String, Option<usize>, String) {
    assert_eq!(fault.kind, FaultKind::Configuration);
    let [finding] = &fault.findings[..] else { panic!("{fault:?}") };
    let words = finding.message(Lang::Zh) + &finding.hint(Lang::Zh).unwrap_or_default();
    assert!(!words.contains('{'), "a value is missing: {words}");
    (finding.code.name(), finding.file.clone().unwrap_or_default(), finding.line, words)
}

/// Holds code, file and line, and that the words name all of `named`.
fn holds(fault: &Fault, code: &str, file: &str, line: Option<usize>, named: &[&str]) {
    let (its_code, its_file, its_line, words) = said(fault);
    assert_eq!((its_code, its_file.as_str(), its_line), (code, file, line), "{words}");
    for name in named {
        assert!(words.contains(name), "{name} is missing: {words}");
    }
}

#[test]
fn a_table_of_the_projects_own_needs_only_what_it_changes() {
    let files = [
        ("shared/wording.toml", "contents = \"目次\"\nours = \"自用\""),
        ("shared/colours.toml", "[accent]\nscreen = \"#004488\"\npress = [100, 60, 0, 20]"),
        ("shared/papers.toml", "\"90g 道林\" = 0.12"),
    ];
    let (usual, own) = (found(&[], "plain").unwrap(), found(&files, "plain").unwrap());
    assert_eq!(own.wording.get("contents"), "目次");
    assert_eq!(own.wording.get("ours"), "自用");
    assert_eq!(own.wording.get("notes"), usual.wording.get("notes"));
    assert_eq!(own.colours["accent"].screen, [0, 0x44, 0x88]);
    assert_eq!(own.colours["black"], usual.colours["black"]);
    assert_eq!(own.papers["90g 道林"], 0.12);
    assert_eq!(own.papers.len(), usual.papers.len() + 1);
    // What Typst reads is the file.
    let read: toml::Table = toml::from_str(own.text("shared/colours.toml").unwrap()).unwrap();
    assert_eq!(read["accent"]["screen"].as_str(), Some("#004488"));
    assert_eq!(read.len(), usual.colours.len());
}

#[test]
fn a_table_that_cannot_be_read_is_named_with_its_line() {
    for (file, text, code, line, named) in [
        ("wording", "contents = \"目次\"\nnotes = 3\n", "layout-wording-wrong", 2, "integer"),
        ("wording", "contents = 目次\n", "layout-wording-wrong", 1, "contents"),
        ("colours", "[accent]\nscreen = \"#004488\"\n", "layout-colours-wrong", 1, "press"),
        ("papers", "\n\"90g\" = \"厚\"\n", "layout-papers-wrong", 2, "string"),
    ] {
        let file = format!("shared/{file}.toml");
        let fault = found(&[(file.as_str(), text)], "plain").unwrap_err();
        holds(&fault, code, &format!("layouts/{file}"), Some(line), &[named]);
    }
    let folder = folder(&[]);
    fs::create_dir(folder.path().join("shared")).unwrap();
    fs::write(folder.path().join("shared/wording.toml"), b"notes = \"\xb1\xe0\xd5\xdf\"\n")
        .unwrap();
    let fault = layout::find(Some(folder.path()), Medium::Print, "plain").unwrap_err();
    holds(&fault, "layout-table-not-utf8", "layouts/shared/wording.toml", None, &[]);
}

#[test]
fn a_colour_that_is_none_is_named_with_its_line() {
    let file = "layouts/shared/colours.toml";
    let with = |text| found(&[("shared/colours.toml", text)], "plain").unwrap_err();
    let fault = with("[accent]\nscreen = \"蓝色\"\npress = [0, 0, 0, 0]\n");
    holds(&fault, "layout-colour-screen", file, Some(2), &["accent", "蓝色"]);
    let fault = with("[accent]\nscreen = \"#004488\"\n\npress = [0, 0, 0, 120]\n");
    holds(&fault, "layout-colour-press", file, Some(4), &["accent"]);
}

#[test]
fn a_place_that_a_wording_does_not_have_is_named_with_the_known_ones() {
    let file = "layouts/shared/wording.toml";
    let with = |text| found(&[("shared/wording.toml", text)], "plain");
    let fault = with("notes = \"注\"\ndate = \"{year}年{moon}月\"\n").unwrap_err();
    let named = ["date", "｛moon｝", "｛year｝、｛month｝、｛day｝"];
    let told = said(&fault_in_full_width(fault));
    assert_eq!((told.0, told.1.as_str(), told.2), ("layout-wording-place", file, Some(2)));
    assert!(named.iter().all(|name| told.3.contains(name)), "{}", told.3);
    let fault = with("date = \"{year}年{month\"\n").unwrap_err();
    assert_eq!(fault.findings[0].code.name(), "layout-wording-place");
    let fault = with("notes = \"{year}注\"\n").unwrap_err();
    assert_eq!(fault.findings[0].code.name(), "layout-wording-no-place");
    assert_eq!(fault.findings[0].line, Some(1));
    // A key of a look's own may say what it likes; a place need not be used.
    assert!(with("ours = \"{moon}\"\ndate = \"{year}\"\n").is_ok());
}

/// The same with the braces of its values written wide, so that a brace left in the
/// words is one of the catalogue's.
fn fault_in_full_width(mut fault: Fault) -> Fault {
    for (_, value) in fault.findings.iter_mut().flat_map(|finding| &mut finding.args) {
        *value = value.replace('{', "｛").replace('}', "｝");
    }
    fault
}

#[test]
fn what_a_look_inherits_from_is_named_where_it_is_wrong() {
    let ours = "title = \"本单位\"\n\ninherits = \"plian\"\n";
    let fault = found(&[("print/ours/layout.toml", ours)], "ours").unwrap_err();
    let file = "layouts/print/ours/layout.toml";
    holds(&fault, "layout-unknown", file, Some(3), &["plian", "plain"]);

    let loops = [
        ("print/ours/layout.toml", "title = \"甲\"\ninherits = \"theirs\"\n"),
        ("print/theirs/layout.toml", "title = \"乙\"\n\ninherits = \"ours\"\n"),
    ];
    let file = "layouts/print/theirs/layout.toml";
    let fault = found(&loops, "ours").unwrap_err();
    holds(&fault, "layout-inherits-loop", file, Some(3), &["ours → theirs → ours"]);
}

#[test]
fn a_face_that_there_is_not_is_named_where_it_stands() {
    let ours = "inherits = \"plain\"\n[fonts]\nkai = [\n  \"kai-regular\",\n  \"华文楷体\",\n]\n";
    let fault = found(&[("print/ours/layout.toml", ours)], "ours").unwrap_err();
    let file = "layouts/print/ours/layout.toml";
    holds(&fault, "fonts-unknown-face", file, Some(5), &["华文楷体", "kai-regular"]);
}

/// What is said of a style sheet: code, line, and what it is about.
fn of_sheet(text: &str, reader: Reader) -> Vec<(&'static str, Option<usize>, String)> {
    let file = LookFile { origin: "theme.css".to_owned(), bytes: Vec::new().into() };
    let Err(fault) = style_sheet::check(&file, text, reader) else { return Vec::new() };
    assert_eq!(fault.kind, FaultKind::Configuration);
    let named = |finding: &kanyin::diag::Finding| {
        assert_eq!(finding.file.as_deref(), Some("theme.css"));
        (finding.code.name(), finding.line, finding.args[0].1.clone())
    };
    fault.findings.iter().map(named).collect()
}

#[test]
fn a_wrong_style_sheet_is_told_with_its_line() {
    const UNCLOSED: &str = "layout-style-unclosed";
    const DECLARATION: &str = "layout-style-declaration";
    const OUTSIDE: &str = "layout-style-outside";
    for (text, code, line, words) in [
        (".a { color: red;\n\n.b { color: red; }", UNCLOSED, 1, ".a"),
        ("\n.a { color: red;", UNCLOSED, 2, ".a"),
        ("@media print {\n.a { color: red; }\n", UNCLOSED, 1, "@media print"),
        ("@media print {\n}\n/* }", UNCLOSED, 3, "/* }"),
        (".a { content: \"b;\n }", UNCLOSED, 1, "\"b;"),
        (".a { color: red; }\n}\n.b { x }", "layout-style-stray-brace", 2, "}"),
        ("\n.a color: red; }", OUTSIDE, 2, ".a color: red"),
        ("{ color: red; }", OUTSIDE, 1, "{"),
        (".a { color: red; }\n.b", OUTSIDE, 2, ".b"),
        (".a {\n  color red;\n}", DECLARATION, 2, "color red"),
        (".a {\n  color：red;\n}", DECLARATION, 2, "color：red"),
        (".a { color: red；}", DECLARATION, 1, "color: red；"),
        (".a { color: ; }", DECLARATION, 1, "color:"),
        (".a { color: red\n  margin: 0; }", DECLARATION, 1, "color: red margin: 0"),
        (".a { color: rgba(0,0,0; margin: 0; }", DECLARATION, 1, "color: rgba(0,0,0; margin: 0;"),
        (".a { : red; }", DECLARATION, 1, ": red"),
        ("\n@fontface { src: url(a); }", "layout-style-at-rule", 2, "@fontface"),
    ] {
        let found = of_sheet(text, Reader::Epub);
        assert_eq!(found.first(), Some(&(code, Some(line), words.to_owned())), "{text}\n{found:?}");
    }
}

#[test]
fn what_wechat_drops_is_told_with_its_line() {
    for (text, line, words) in [
        (".a::before { color: red; }", 1, ".a::before"),
        ("\n.a:hover,\n.b { color: red; }", 2, ".a:hover, .b"),
        ("@media print { .a { color: red; } }", 1, "@media"),
        ("@import url(a.css);", 1, "@import"),
    ] {
        let dropped = ("layout-style-dropped", Some(line), words.to_owned());
        assert_eq!(of_sheet(text, Reader::Wechat), [dropped], "{text}");
        assert_eq!(of_sheet(text, Reader::Epub), [], "{text}");
    }
}

#[test]
fn a_sound_style_sheet_is_let_be() {
    for text in [
        "",
        "/* a { : */\n.a { color: red }\n",
        "@charset \"utf-8\";\n.a > .b, p:first-child { --x: 1px; margin: calc(1px + (2px)); ; }",
        ".a { background: url(data:image/png;base64,AA==); font-family: \"a;b:{\", '}' , 宋体; }",
        "[x=\"}\"] { quotes: \"\\\"\" \"：\"; }",
        ".a {}",
    ] {
        for reader in [Reader::Epub, Reader::Wechat] {
            let found = of_sheet(text, reader);
            assert!(found.iter().all(|(_, _, words)| words == "@charset"), "{text}: {found:?}");
        }
    }
}

#[test]
fn a_rendered_style_sheet_names_the_template_and_the_selector() {
    let bytes = b"{{ head }}\n.b { x: y; }\n.a { color red }\n".to_vec();
    let file = LookFile { origin: "style.css.j2".to_owned(), bytes: bytes.into() };
    let bytes = b".c { x: y; }\n\n.d { colour }\n".to_vec();
    let part = LookFile { origin: "own.css.j2".to_owned(), bytes: bytes.into() };
    let rendered = "one\n.two { x: y; }\n.a { color red }\n";
    let fault = style_sheet::check_rendered(&file, &[&part], rendered, Reader::Epub).unwrap_err();
    holds(&fault, "layout-style-declaration", "style.css.j2", Some(3), &["color red"]);
    assert_eq!(fault.findings[0].excerpt.as_deref(), Some(".a"));
    let rendered = "one {}\n.two { made up }\n";
    let fault = style_sheet::check_rendered(&file, &[&part], rendered, Reader::Epub).unwrap_err();
    holds(&fault, "layout-style-declaration", "style.css.j2", None, &["made up"]);
    assert_eq!(fault.findings[0].excerpt.as_deref(), Some(".two"));
    let rendered = ".d { colour }\n";
    let fault = style_sheet::check_rendered(&file, &[&part], rendered, Reader::Epub).unwrap_err();
    holds(&fault, "layout-style-declaration", "own.css.j2", Some(3), &["colour"]);
}
