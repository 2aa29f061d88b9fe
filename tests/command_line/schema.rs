//! `kanyin schema`: what programs rely on is described, and the description holds.

use std::path::Path;

use serde_json::Value;

use crate::{Desk, at_hand, run};

/// What is wrong with a value by the schema of that name, in the words of a
/// judge that is not ours.
fn errors(desk: &Desk, name: &str, value: &Value) -> Option<Vec<String>> {
    let mut judge = at_hand::script("schema.mjs", "ajv")?;
    desk.write("schema.json", &desk.run(&["schema", name]).out);
    desk.write("value.json", &value.to_string());
    let output = at_hand::finish(judge.args(["schema.json", "value.json"].map(|f| desk.path(f))));
    Some(at_hand::said(&output).lines().map(str::to_owned).collect())
}

pub(crate) fn hold(desk: &Desk, name: &str, value: &Value) {
    assert_eq!(errors(desk, name, value).unwrap_or_default(), [""; 0]);
}

#[test]
fn inspect_gives_what_its_schema_says_for_every_article_of_the_sample_project() {
    let desk = Desk::empty();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for source in kanyin::project::sources(root) {
        let ran = run(root, &["inspect", &source.name, "--json"], &[]);
        assert_eq!(ran.code, 0, "{}: {}", source.name, ran.err);
        hold(&desk, "inspect", &serde_json::from_str(&ran.out).expect("JSON"));
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn the_schema_of_inspect_refuses_what_is_not_in_it() {
    let desk = Desk::with_project();
    let text = desk.run(&["inspect", "sources/开学.txt", "--json"]).out;
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    hold(&desk, "inspect", &value);
    value["blocks"][0]["kind"] = "poem".into();
    let Some(errors) = errors(&desk, "inspect", &value) else { return };
    assert!(!errors.is_empty());
}

#[test]
fn the_report_and_the_configuration_are_as_their_schemas_say() {
    let desk = Desk::with_project();
    assert_eq!(desk.run(&["build", "--format", "wechat"]).code, 0);
    let report: Value = serde_json::from_str(&desk.read("out/all/report.json")).expect("JSON");
    hold(&desk, "report", &report);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [desk.path("kanyin.toml"), root.join("kanyin.toml")] {
        let text = std::fs::read_to_string(file).expect("the configuration");
        let value: toml::Value = toml::from_str(&text).expect("TOML");
        hold(&desk, "config", &serde_json::to_value(value).expect("JSON"));
    }
}

#[test]
fn preflight_gives_what_its_schema_says() {
    let desk = crate::preflight::desk();
    for args in [&[][..], &["--trim", "185x260", "--black", "all"]] {
        let ran = desk.run(&[&["preflight", "书.pdf", "--json"], args].concat());
        hold(&desk, "preflight", &serde_json::from_str(&ran.out).expect("JSON"));
    }
}
