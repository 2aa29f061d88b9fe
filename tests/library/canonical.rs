//! The room `canonical`: what is written comes back exactly, what a person types
//! is read as it is meant, and nothing typed is lost.
//!
//! Each file `tests/cases/canonical/*.md` is a canonical file as it must be
//! written. Below `tests/cases/canonical/mended/`, a `.md` is what a person typed
//! and the `.expected` beside it what it is read and written back as, behind one
//! line a finding: `line code`.

use std::collections::BTreeMap;
use std::fs;

use kanyin::article::{
    Article, Aside, AsideKind, Block, Cell, Credit, Date, Figure, Focus, Heading, Image, Inline,
    Inlines, List, Meta, Role, Series, Table,
};
use kanyin::canonical::{Canonical, is_canonical, parse, tidy, write};
use proptest::prelude::*;

use crate::support::root;

/// Texts that look like marks, and characters that are easily lost.
const NASTY: &[&str] = &[
    "#",
    "# 题",
    "## ",
    ">",
    "> 引",
    "-",
    "- 项",
    "---",
    "+",
    "+++",
    "1.",
    "12) ",
    "2022. ",
    "|",
    "| 甲 |",
    ":::",
    ":::figure",
    "：：：",
    ":",
    "[^",
    "[^1]",
    "[^1]:",
    "[链接](x)",
    "!",
    "![图](a.jpg)",
    "\\",
    "\\\\",
    "*",
    "**",
    "***",
    "_",
    "`",
    "{",
    "}",
    "{}",
    "{着重|",
    "{注音|云|yún}",
    "{换行}",
    "(",
    ")",
    "[",
    "]",
    "\u{A0}",
    "\u{3000}",
    "  ",
    " ",
    "\t",
    "😀",
    "👨‍👩‍👧",
    "𠮷",
    "𪚥",
    "é",
    "e\u{301}",
    "\u{301}",
    "ﬁ",
    "①",
    "图注：",
    "署名：",
    "行：",
    "格：",
    "格 跨2列：",
    "表头：2",
    "原因：",
    "<b>",
    "&amp;",
    "\"",
    "'",
    "\u{2028}",
    "\u{200B}",
    "\u{0}",
    "云澜大学",
    "宣传部",
    "2026年",
    "，",
    "。",
    "“”",
    "——",
    "……",
    "\u{FEFF}",
    "=",
    "~~",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(NASTY).prop_map(str::to_owned),
        1 => "[ -~]{0,4}",
        1 => "\\PC{0,3}",
        2 => "[一-龥，。、]{1,6}",
    ];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn inlines(depth: u32) -> BoxedStrategy<Inlines> {
    let leaf = prop_oneof![
        6 => text().prop_map(Inline::Text),
        1 => Just(Inline::Break),
        1 => (text(), text()).prop_map(|(base, text)| Inline::Ruby { base, text }),
    ];
    if depth == 0 {
        return proptest::collection::vec(leaf, 0..4).boxed();
    }
    let inner = || inlines(depth - 1);
    let any = prop_oneof![
        6 => leaf,
        1 => inner().prop_map(Inline::Strong),
        1 => inner().prop_map(Inline::Emphasis),
        1 => inner().prop_map(Inline::EmphasisMark),
        1 => inner().prop_map(Inline::Superscript),
        1 => inner().prop_map(Inline::Subscript),
        1 => (text(), inner()).prop_map(|(url, content)| Inline::Link { url, content }),
        1 => blocks(depth - 1).prop_map(Inline::Note),
    ];
    proptest::collection::vec(any, 0..4).boxed()
}

fn image() -> impl Strategy<Value = Image> {
    (text(), proptest::option::of(text())).prop_map(|(name, alt)| Image { name, alt })
}

fn cell(depth: u32) -> impl Strategy<Value = Cell> {
    (blocks(depth), 0..3usize, 0..3usize).prop_map(|(blocks, colspan, rowspan)| Cell {
        blocks,
        colspan,
        rowspan,
    })
}

fn simple_table(depth: u32) -> impl Strategy<Value = Table> {
    let cell = inlines(depth.min(1))
        .prop_map(|run| Cell { blocks: vec![Block::Paragraph(run)], ..Cell::default() });
    (1..4usize).prop_flat_map(move |width| {
        let row = proptest::collection::vec(cell.clone(), width);
        proptest::collection::vec(row, 1..4).prop_map(|rows| Table {
            header_rows: 1,
            rows,
            ..Table::default()
        })
    })
}

fn blocks(depth: u32) -> BoxedStrategy<Vec<Block>> {
    let run = || inlines(depth.min(2));
    let figure = (proptest::collection::vec(image(), 0..3), run(), proptest::option::of(text()))
        .prop_map(|(images, caption, credit)| Block::Figure(Figure { images, caption, credit }));
    let heading = (0..8u8, run()).prop_map(|(level, text)| Block::Heading(Heading { level, text }));
    let unknown = (proptest::collection::vec(text(), 0..4), text())
        .prop_map(|(lines, why)| Block::Unknown { text: lines.join("\n"), why });
    let leaf = prop_oneof![
        5 => run().prop_map(Block::Paragraph),
        1 => heading,
        1 => figure,
        1 => Just(Block::Rule),
        1 => unknown,
        1 => simple_table(depth).prop_map(Block::Table),
    ];
    if depth == 0 {
        return proptest::collection::vec(leaf, 0..3).boxed();
    }
    let inner = || blocks(depth - 1);
    let list = (proptest::option::of(any::<u32>()), proptest::collection::vec(inner(), 0..3))
        .prop_map(|(start, items)| Block::List(List { start, items }));
    let rows = proptest::collection::vec(proptest::collection::vec(cell(depth - 1), 0..3), 0..3);
    let table = (run(), 0..3usize, rows).prop_map(|(caption, header_rows, rows)| {
        Block::Table(Table { caption, header_rows, rows })
    });
    let aside = (proptest::sample::select(&AsideKind::ALL[..]), inner())
        .prop_map(|(kind, blocks)| Block::Aside(Aside { kind, blocks }));
    let any = prop_oneof![
        5 => leaf,
        2 => list,
        1 => table,
        1 => inner().prop_map(Block::Quote),
        1 => aside,
    ];
    proptest::collection::vec(any, 0..4).boxed()
}

fn meta() -> impl Strategy<Value = Meta> {
    let credit =
        (proptest::sample::select(&Role::ALL[..]), text(), proptest::collection::vec(text(), 0..3))
            .prop_map(|(role, label, names)| Credit { role, label, names });
    let series = (text(), any::<u32>(), text()).prop_map(|(name, ordinal, raw)| Series {
        name,
        ordinal,
        raw,
    });
    let date = (any::<u16>(), 1..13u8, 1..32u8).prop_map(|(y, m, d)| Date::new(y, m, d));
    let some = || proptest::option::of(text());
    let runs = (inlines(2), inlines(2), inlines(2));
    let values = (some(), some(), some(), some(), some());
    let rest = (
        proptest::collection::vec(credit, 0..3),
        proptest::option::of(series),
        date,
        proptest::option::of(any::<u64>()),
        proptest::collection::btree_map(text(), text(), 0..3),
        (some(), proptest::option::of((0.0..=1.0, 0.0..=1.0))),
    );
    (runs, values, rest).prop_map(|(runs, values, (credits, series, date, views, extra, cover))| {
        Meta {
            title: runs.0,
            kicker: runs.1,
            subtitle: runs.2,
            series,
            column: values.0,
            date,
            date_raw: values.1,
            views,
            source: values.2,
            source_url: values.3,
            summary: values.4,
            cover: cover.0,
            focus: cover.1.and_then(|(x, y)| Focus::new(x, y)),
            credits,
            extra,
        }
    })
}

fn article() -> impl Strategy<Value = Article> {
    (meta(), blocks(3)).prop_map(|(meta, body)| Article { meta, body })
}

fn read(text: &str) -> Canonical {
    let read = parse("case.md", text).unwrap_or_else(|fault| panic!("{fault:?}\n{text}"));
    assert_eq!(read.findings, [], "{text}");
    read.value
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_comes_back(article in article(), made_from in proptest::option::of(text())) {
        let text = write(&Canonical { article: article.clone(), made_from: made_from.clone(), made_from_sum: None });
        prop_assert!(is_canonical(&text));
        let mut tidied = article;
        tidy(&mut tidied);
        let back = read(&text);
        prop_assert_eq!(&back.article, &tidied, "{}", text);
        prop_assert_eq!(&back.made_from, &made_from);
        prop_assert_eq!(write(&back), text);
    }

    #[test]
    fn tidying_twice_is_tidying_once(article in article()) {
        let mut once = article;
        tidy(&mut once);
        let mut twice = once.clone();
        tidy(&mut twice);
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn whatever_is_typed_is_read(lines in proptest::collection::vec(text(), 0..12)) {
        let text = format!("+++\n+++\n\n{}", lines.join("\n"));
        let read = parse("typed.md", &text).expect("front matter is empty");
        let written = write(&read.value);
        let again = parse("typed.md", &written).expect("was just written");
        prop_assert_eq!(again.findings.len(), 0, "{}", written);
        prop_assert_eq!(again.value, read.value);
    }
}

#[test]
fn the_cases_are_written_as_they_stand() {
    let mut seen = 0;
    for entry in fs::read_dir(root().join("tests/cases/canonical")).expect("cases").flatten() {
        if entry.path().extension().is_some_and(|e| e == "md") {
            let text = fs::read_to_string(entry.path()).expect("a case is UTF-8");
            assert_eq!(write(&read(&text)), text, "{}", entry.path().display());
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn what_is_typed_nearly_right_is_read_as_it_is_meant() {
    let mut seen = 0;
    let folder = root().join("tests/cases/canonical/mended");
    for entry in fs::read_dir(folder).expect("cases").flatten() {
        if entry.path().extension().is_some_and(|e| e == "md") {
            let text = fs::read_to_string(entry.path()).expect("a case is UTF-8");
            let read = parse("case.md", &text).expect("front matter is right");
            let line = |f: &kanyin::diag::Finding| {
                format!("{} {}\n", f.line.expect("a finding has a line"), f.code.name())
            };
            let found: String = read.findings.iter().map(line).collect();
            let expected = fs::read_to_string(entry.path().with_extension("expected"));
            let got = format!("{found}{}", write(&read.value));
            assert_eq!(got, expected.expect("expected file"), "{}", entry.path().display());
            seen += 1;
        }
    }
    assert!(seen > 0);
}

/// The values of a fault's first finding, its code and its line.
fn fault(text: &str) -> (&'static str, Option<usize>, BTreeMap<&'static str, String>) {
    let fault = parse("case.md", text).expect_err("front matter is wrong");
    let finding = fault.findings[0].clone();
    (finding.code.name(), finding.line, finding.args.into_iter().collect())
}

#[test]
fn an_unknown_key_names_its_line_and_the_nearest_known_key() {
    let (code, line, args) = fault("+++\ntitle = \"题\"\nsubtitel = \"副\"\n+++\n");
    assert_eq!((code, line), ("project-unknown-key", Some(3)));
    assert_eq!(args["key"], "subtitel");
    assert_eq!(args["nearest"], "subtitle");
}

#[test]
fn front_matter_that_is_not_toml_names_its_line() {
    let (code, line, _) = fault("+++\ntitle = \"题\"\ndate = 三月\n+++\n");
    assert_eq!((code, line), ("project-not-toml", Some(3)));
    assert_eq!(fault("+++\ntitle = \"题\"\n\n正文。\n").0, "canonical-front-matter-unclosed");
    assert_eq!(fault("正文。\n").0, "canonical-no-front-matter");
    assert_eq!(fault("+++\ndate = 10:30:00\n+++\n").0, "canonical-no-such-date");
}

#[test]
fn deep_nesting_ends_without_harm() {
    let deep = format!("+++\n+++\n\n{}字\n", "> ".repeat(5_000));
    let read = parse("deep.md", &deep).expect("front matter is empty");
    assert_eq!(read.findings.len(), 1);
    let deep = format!("+++\n+++\n\n{}字\n", "*{着重|[".repeat(5_000));
    let read = parse("deep.md", &deep).expect("front matter is empty");
    assert!(write(&read.value).contains('字'));
}

#[test]
fn what_markdown_nests_without_end_is_read_to_a_depth_that_can_be_written() {
    for mark in ["> ", "1. ", "- "] {
        let source = format!("# 题\n\n{}最里面的一句。\n", mark.repeat(300));
        let mut article =
            crate::support::import("a.md", source.as_bytes()).unwrap().remove(0).value.article;
        tidy(&mut article);
        let whole = Canonical { article, made_from: None, made_from_sum: None };
        let text = write(&whole);
        assert!(text.contains("最里面的一句"), "{mark}");
        assert!(parse("a.md", &text).unwrap().value == whole, "{mark}");
    }
}

#[test]
fn readings_that_do_not_close_take_no_time() {
    let start = std::time::Instant::now();
    let text =
        format!("+++\ntitle = \"题\"\n+++\n\n{}\n\n{{注音|翀|chōng}}\n", "{注音|".repeat(30_000));
    let article = parse("a.md", &text).unwrap().value.article;
    let last = match article.body.last() {
        Some(Block::Paragraph(inlines)) => inlines.last().cloned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(last, Some(Inline::Ruby { base: "翀".into(), text: "chōng".into() }));
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn lines_of_bars_that_are_no_table_are_paragraphs_and_take_no_time() {
    let text = "+++\n+++\n\n".to_owned() + &"|a|b\n".repeat(200_000);
    let start = std::time::Instant::now();
    assert_eq!(read(&text).article.body.len(), 200_000);
    // Counted anew from each line on, it took half a minute.
    assert!(start.elapsed().as_secs() < 15, "{:?}", start.elapsed());
}
