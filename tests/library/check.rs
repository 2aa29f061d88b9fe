//! The room `check`: each rule speaks up where it should and is silent elsewhere.
//!
//! A folder `tests/cases/check/<code>/` holds two canonical articles: over
//! `right.md` the rule is silent, over `wrong.md` it says what `expected.txt`
//! has, a finding a line: severity, place, excerpt. A folder `lists/` in it holds
//! the lists that the rule compares with.

use std::fs;
use std::path::Path;

use kanyin::article::{Article, Block, Inline, Origin, Origins, Place};
use kanyin::canonical::parse;
use kanyin::check::{Lists, check, codes, together};
use kanyin::diag::{Code, Finding, Severity, entry};
use proptest::prelude::*;

use crate::support::root;

fn found(code: Code, article: &Article, origins: &Origins, lists: &Lists) -> Vec<Finding> {
    let mut all = check("case.md", article, origins, lists);
    all.extend(together(&[("case.md", article)], lists));
    all.retain(|finding| finding.code == code);
    all
}

/// The lists of a case: the files of its folder `lists`, where it has one.
fn lists(folder: &Path) -> Lists {
    let files = kanyin::project::lists(folder);
    assert_eq!(files.findings, [], "{}", folder.display());
    let read = Lists::read(files.value.iter().map(|f| (f.name.as_str(), f.text.as_str())));
    assert_eq!(read.findings, [], "{}", folder.display());
    read.value
}

fn shown(finding: &Finding) -> String {
    let place = finding.place.as_ref().map(ToString::to_string).unwrap_or_default();
    let excerpt = finding.excerpt.clone().unwrap_or_default();
    format!("{} {place} {excerpt}", finding.severity.name()).trim_end().to_owned() + "\n"
}

#[test]
fn each_rule_does_what_its_cases_say() {
    for code in codes().filter(|code| code.name() != "low-confidence") {
        let folder = root().join("tests/cases/check").join(code.name());
        let read = |name: &str| {
            fs::read_to_string(folder.join(name))
                .unwrap_or_else(|e| panic!("{}: every rule has its cases: {e}", folder.display()))
        };
        let lists = lists(&folder);
        let said = |name: &str| -> String {
            let case = parse(name, &read(name)).expect("a case is canonical").value;
            found(code, &case.article, &Origins::default(), &lists).iter().map(shown).collect()
        };
        assert_eq!(said("right.md"), "", "{}", folder.display());
        assert_eq!(said("wrong.md"), read("expected.txt"), "{}", folder.display());
    }
}

#[test]
fn what_was_guessed_is_told_with_its_line() {
    let code = codes().find(|c| c.name() == "low-confidence").expect("the rule is there");
    let body = ["开好会议", "正文。"].map(|t| Block::Paragraph(vec![Inline::Text(t.to_owned())]));
    let article = Article { body: body.into(), ..Article::default() };
    let mut origins = Origins::default();
    let origin = |confidence, line| Origin { line: Some(line), confidence, reason: "test" };
    origins.record(Place::block(0), origin(0.55, 7));
    origins.record(Place::block(1), origin(0.6, 9));
    let findings = found(code, &article, &origins, &Lists::default());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].severity, Severity::Note);
    assert_eq!(findings[0].line, Some(7));
    assert_eq!(findings[0].file.as_deref(), Some("case.md"));
    assert_eq!(findings[0].excerpt.as_deref(), Some("开好会议"));
}

#[test]
fn findings_stand_in_the_order_of_the_text() {
    let text = "+++\n+++\n\n他说：“的的。\n\n2月30日，了了。\n";
    let article = parse("case.md", text).expect("canonical").value.article;
    let places: Vec<_> = check("case.md", &article, &Origins::default(), &Lists::default())
        .into_iter()
        .map(|f| f.place)
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(places.len(), 6, "{places:?}");
}

#[test]
fn every_rule_can_be_explained() {
    for code in codes().chain(kanyin::normalise::codes()) {
        let entry = entry(code.name()).unwrap_or_else(|| panic!("{} has no entry", code.name()));
        assert!(entry.why.is_some() && entry.example.is_some(), "{}", code.name());
    }
}

#[test]
fn a_wrong_line_of_a_list_is_told_and_does_no_harm() {
    let people = "# 说明\n沈怀瑾　云澜大学　校长　2021-03至今　1\n韦向南 宣传部 部长\n\n陆见川\t云澜大学\t副校长\n林未晞　宣传部　主任　很久\n";
    let files = [
        ("lists/人名.txt", people),
        ("lists/杂记.txt", "随手记的"),
        ("lists/读音.txt", "长沙　长沙\n长沙　cháng shā\n"),
    ];
    let read = Lists::read(files);
    let told: Vec<_> = read
        .findings
        .iter()
        .map(|f| (f.code.name(), f.file.as_deref().unwrap_or_default(), f.line))
        .collect();
    assert_eq!(
        told,
        [
            ("list-line-wrong", "lists/人名.txt", Some(3)),
            ("list-line-wrong", "lists/人名.txt", Some(6)),
            ("list-unknown", "lists/杂记.txt", None),
            ("list-line-wrong", "lists/读音.txt", Some(1)),
        ]
    );
    let names: Vec<_> = read.value.people.iter().map(|p| (p.name.as_str(), p.rank)).collect();
    assert_eq!(names, [("沈怀瑾", Some(1)), ("陆见川", None)]);
    assert_eq!(read.value.readings.len(), 1);
}

#[test]
fn a_term_holds_from_its_first_day_to_its_last() {
    let term = |text: &str| {
        let line = format!("沈怀瑾　云澜大学　校长　{text}");
        let people = Lists::read([("lists/人名.txt", line.as_str())]).value.people;
        people.first().map(|person| person.term)
    };
    let holds =
        |text: &str, day: &str| term(text).expect("a term").holds(day.parse().expect("a date"));
    assert!(holds("2021-03至2024-08", "2021-03-01") && holds("2021-03至2024-08", "2024-08-31"));
    assert!(!holds("2021-03至2024-08", "2021-02-28") && !holds("2021-03至2024-08", "2024-09-01"));
    assert!(holds("2021至今", "2030-01-01") && !holds("2021至今", "2020-12-31"));
    assert!(holds("至2022-12", "1990-01-01") && !holds("至2022-12", "2023-01-01"));
    assert!(term("2024至2021").is_none() && term("2021-13至今").is_none());
}

#[test]
fn lists_are_read_in_the_encodings_that_editors_save() {
    let dir = tempfile::tempdir().expect("a folder");
    let lists = dir.path().join("lists");
    fs::create_dir_all(lists.join("引文")).expect("a folder");
    let text = "去年　写明年份";
    fs::write(lists.join("a.txt"), text).expect("written");
    fs::write(lists.join("b.txt"), format!("\u{FEFF}{text}")).expect("written");
    fs::write(lists.join("c.txt"), encoding_rs::GB18030.encode(text).0).expect("written");
    let wide: Vec<u8> =
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    fs::write(lists.join("d.txt"), wide).expect("written");
    fs::write(lists.join("e.txt"), [0xFF, 0x80, 0xFF]).expect("written");
    fs::write(lists.join("引文/校史.txt"), text).expect("written");
    fs::write(lists.join("README.md"), "#").expect("written");
    let read = kanyin::project::lists(dir.path());
    let names: Vec<_> = read.value.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(
        names,
        ["lists/a.txt", "lists/b.txt", "lists/c.txt", "lists/d.txt", "lists/引文/校史.txt"]
    );
    assert!(read.value.iter().all(|f| f.text == text));
    assert_eq!(read.findings.len(), 1);
    assert_eq!(read.findings[0].file.as_deref(), Some("lists/e.txt"));
}

#[test]
fn articles_are_compared_with_each_other() {
    let lists = Lists::read([("lists/单位.txt", "云澜大学宣传部　校宣　宣办")]).value;
    let article = |t: &str| Article {
        body: vec![Block::Paragraph(vec![Inline::Text(t.to_owned())])],
        ..Article::default()
    };
    let (one, other) = (article("校宣、校宣"), article("宣办"));
    let found = together(&[("a.md", &one), ("b.md", &other)], &lists);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].file.as_deref(), Some("b.md"));
    assert_eq!(together(&[("a.md", &one)], &lists), []);
}

#[test]
fn a_finding_is_known_again_by_its_words() {
    let code = codes().next().expect("a rule");
    let key = |excerpt: &str| Finding::warning(code).excerpt(excerpt).place(Place::block(3)).key();
    assert_eq!(key("学校,召开"), key("学校，召开"));
    assert_ne!(key("学校召开"), key("学校召集"));
    let bare = |file: &str| Finding::warning(code).file(file).key();
    assert_ne!(bare("a.md"), bare("b.md"));
    // In another format it is the same finding, in another folder another one.
    assert_eq!(bare("稿件/a.md"), bare("稿件/a.docx"));
    assert_ne!(bare("一月/稿件.md"), bare("二月/稿件.md"));
    let named = Finding::note(code).arg("name", "图 1.jpg").file("a.md").key();
    assert_eq!(named, format!("{}: a: 图1jpg", code.name()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_odd_to_look_at(
        lines in proptest::collection::vec(proptest::collection::vec(proptest::sample::select(PIECES), 0..9), 0..6),
    ) {
        let paragraph = |pieces: &Vec<&str>| Block::Paragraph(vec![Inline::Text(pieces.concat())]);
        let mut article = Article { body: lines.iter().map(paragraph).collect(), ..Article::default() };
        article.meta.date = "2024-02-29".parse().ok();
        let lists = Lists::read(LISTS).value;
        let findings = check("case.md", &article, &Origins::default(), &lists);
        prop_assert!(findings.iter().all(|f| f.message(kanyin::diag::Lang::Zh) != f.code.name()));
        together(&[("a.md", &article), ("b.md", &article)], &lists);
    }
}

/// What the rules look for, to be put together in every way.
const PIECES: &[&str] = &[
    "一、",
    "（一）",
    "1.",
    "（1）",
    "十",
    "22年",
    "2021-22年",
    "5月",
    "五月",
    "4日",
    "13月32日",
    "（星期一）",
    "今年（",
    "2023年）",
    "截止",
    "截至",
    "目前",
    "的的",
    "“",
    "”",
    "《",
    "》",
    "座谈会",
    "12,500",
    "13600",
    "册",
    "副",
    "校长",
    "沈怀瑾",
    "沈怀谨",
    "陆见川",
    "、",
    "，",
    "。",
    "明德求真",
    "知行如澜",
    "如蓝",
    "最",
    "𠮷",
    "😀",
    " ",
    "学校将进一步完善夜间开放制度方便同学们自习。",
    "每一盏灯都为晚归的人留着",
    "每一本书都等人来读",
];

/// Lists that answer to them.
const LISTS: [(&str, &str); 7] = [
    ("lists/人名.txt", "沈怀瑾　云澜大学　校长　至2024　1\n陆见川　云澜大学　副校长　2"),
    ("lists/单位.txt", "明德求真　知行　误：如蓝"),
    ("lists/固定表述.txt", "明德求真，知行如澜"),
    ("lists/慎用词.txt", "最　除：最最"),
    ("lists/易混词.txt", "截止　截至"),
    ("lists/读音.txt", "长沙　cháng shā"),
    ("lists/引文/校史.txt", "每一盏灯都为晚归的人留着，每一本书都等人来读。"),
];
