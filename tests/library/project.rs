//! The room `project`: `kanyin.toml` as people write it, and the folder around it.

use std::fs;

use kanyin::diag::FaultKind;
use kanyin::project::{ImprintName, KindName, MANIFEST, Project, Said, Start, start};

use crate::support::root;

fn open(manifest: &str) -> Result<Project, kanyin::diag::Fault> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(MANIFEST), manifest).unwrap();
    Project::open(folder.path())
}

/// Everything between ```toml and ```.
fn examples(page: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let blocks = text.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_examples_of_the_readme_are_understood() {
    let examples = examples("README.zh-CN.md");
    assert!(examples.len() >= 2);
    for example in &examples {
        open(example).unwrap_or_else(|fault| panic!("{example}\n{:?}", fault.findings));
    }
    open(&examples.concat()).expect("they may stand in one file");
}

#[test]
fn a_colophon_takes_numbers_for_words() {
    let project = open(
        "[[publication]]\nid = \"a\"\n[publication.colophon]\nmode = \"isbn\"\n\
         copies = 800\nprice = \"68.00元\"\n",
    );
    let colophon = project.unwrap().config.publication[0].colophon.clone().unwrap();
    assert_eq!(colophon.mode, ImprintName::Isbn);
    assert_eq!(colophon.copies, Said("800".into()));
    assert_eq!(colophon.price, Said("68.00元".into()));
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_the_nearest() {
    for (manifest, line, key, nearest) in [
        ("[[publication]]\nid = \"a\"\n[publication.bulletin]\nnumer = 3\n", 4, "numer", "number"),
        (
            "[[publication]]\nid = \"a\"\n[publication.colophon]\nmode = \"isbn\"\nprinted_on = 3\n",
            5,
            "printed_on",
            "printed",
        ),
        ("[[publication]]\nid = \"a\"\nfrnt = []\n", 3, "frnt", "front"),
    ] {
        let fault = open(manifest).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Configuration);
        let finding = &fault.findings[0];
        assert_eq!(finding.code.name(), "project-unknown-key", "{finding:?}");
        assert_eq!(finding.line, Some(line), "{finding:?}");
        assert!(finding.args.contains(&("key", key.into())), "{finding:?}");
        assert!(finding.args.contains(&("nearest", nearest.into())), "{finding:?}");
    }
}

#[test]
fn a_new_project_is_understood_and_touches_nothing_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sources")).unwrap();
    fs::write(folder.path().join("README.md"), "mine").unwrap();
    start(folder.path(), Start::Sample).unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("README.md")).unwrap(), "mine");
    let project = Project::open(folder.path()).unwrap();
    assert_eq!(project.config.publication[0].kind, KindName::Compilation);
    assert!(kanyin::project::sources(folder.path()).len() >= 4);
    let fault = start(folder.path(), Start::Empty).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Usage);
}

#[test]
fn a_value_of_the_wrong_kind_is_answered_with_the_right_one() {
    let in_publication = |line: &str| format!("[[publication]]\nid = \"a\"\n{line}\n");
    for (line, code) in [
        ("[publication.bulletin]\nnumber = \"十二\"", "project-wants-number"),
        ("[publication.bulletin]\ndate = \"2024年12月\"", "project-wants-date"),
        ("[publication.bulletin]\nsent = \"工会\"", "project-wants-list"),
        ("title = 3", "project-wants-text"),
        ("书名 = \"汇编\"", "project-bare-key"),
        ("[publication.print]\ntrim = [18.5, 26]", "project-out-of-range"),
        ("[publication.print]\nbleed = -3", "project-out-of-range"),
        ("[publication.print]\ntrim = [nan, 260]", "project-out-of-range"),
    ] {
        let fault = open(&in_publication(line)).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Configuration);
        assert_eq!(fault.findings[0].code.name(), code, "{line}: {:?}", fault.findings[0]);
        assert_eq!(fault.findings[0].line, Some(2 + line.lines().count()), "{line}");
    }
}
