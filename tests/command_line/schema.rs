//! `kanyin schema`: what programs rely on is described, and the description holds.

use std::path::Path;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::{Desk, run};

/// Python's `jsonschema`, which has the last word. Where it is not installed the
/// test says so and passes, unless `CI` is set.
fn judge() -> Option<PathBuf> {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join(".judges");
    let folder = std::env::var_os("KANYIN_JUDGES").map_or_else(own, PathBuf::from);
    let python = folder.join("python/bin/python");
    if python.is_file() {
        return Some(python);
    }
    assert!(std::env::var_os("CI").is_none(), "jsonschema is not here; run bash scripts/test");
    eprintln!("SKIPPED: jsonschema is not here; run bash scripts/test");
    None
}

/// What the judge has against these values; empty where they are as the schema
/// of that name says.
fn complaints(desk: &Desk, name: &str, values: &[Value]) -> Option<String> {
    let python = judge()?;
    let schema = desk.path(&format!("{name}.schema.json"));
    std::fs::write(&schema, desk.run(&["schema", name]).out).expect("written");
    let mut command = Command::new(python);
    command.args(["-W", "ignore", "-m", "jsonschema"]);
    for (i, value) in values.iter().enumerate() {
        let file = desk.path(&format!("{name}.{i}.json"));
        std::fs::write(&file, value.to_string()).expect("written");
        command.arg("-i").arg(file);
    }
    let output = command.arg(&schema).output().expect("Python runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(if output.status.success() { String::new() } else { format!("refused: {said}") })
}

#[test]
fn inspect_gives_what_its_schema_says_for_every_article_of_the_sample_project() {
    let desk = Desk::empty();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = kanyin::project::sources(root);
    assert!(!sources.is_empty());
    let values: Vec<Value> = sources
        .iter()
        .map(|source| {
            let ran = run(root, &["inspect", &source.name, "--json"], &[]);
            assert_eq!(ran.code, 0, "{}: {}", source.name, ran.err);
            serde_json::from_str(&ran.out).expect("JSON")
        })
        .collect();
    let Some(said) = complaints(&desk, "inspect", &values) else { return };
    assert_eq!(said, "");
}

#[test]
fn the_schema_of_inspect_refuses_what_is_not_in_it() {
    let desk = Desk::with_project();
    let text = desk.run(&["inspect", "sources/开学.txt", "--json"]).out;
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    value["blocks"][0]["kind"] = "poem".into();
    let Some(said) = complaints(&desk, "inspect", &[value]) else { return };
    assert!(said.contains("poem"), "{said}");
}

#[test]
fn the_report_and_the_configuration_are_as_their_schemas_say() {
    let desk = Desk::with_project();
    assert_eq!(desk.run(&["build", "--format", "wechat"]).code, 0);
    let report: Value = serde_json::from_str(&desk.read("out/all/report.json")).expect("JSON");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let configurations = [desk.path("kanyin.toml"), root.join("kanyin.toml")].map(|file| {
        let text = std::fs::read_to_string(file).expect("the configuration");
        let value: toml::Value = toml::from_str(&text).expect("TOML");
        serde_json::to_value(value).expect("JSON")
    });
    let Some(said) = complaints(&desk, "report", &[report]) else { return };
    assert_eq!(said, "");
    assert_eq!(complaints(&desk, "config", &configurations).as_deref(), Some(""));
}
