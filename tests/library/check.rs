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
