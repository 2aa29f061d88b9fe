//! `kanyin schema`: what programs rely on is described, and the description holds.

use serde_json::Value;

use crate::{Desk, run};

fn validator(desk: &Desk, name: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&desk.run(&["schema", name]).out).expect("JSON");
    jsonschema::validator_for(&schema).expect("a JSON Schema")
}

fn hold(validator: &jsonschema::Validator, value: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn inspect_gives_what_its_schema_says_for_every_article_of_the_sample_project() {
    let desk = Desk::empty();
    let inspect = validator(&desk, "inspect");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for source in kanyin::project::sources(root) {
        let ran = run(root, &["inspect", &source.name, "--json"], &[]);
        assert_eq!(ran.code, 0, "{}: {}", source.name, ran.err);
        hold(&inspect, &serde_json::from_str(&ran.out).expect("JSON"));
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn the_schema_of_inspect_refuses_what_is_not_in_it() {
    let desk = Desk::with_project();
    let inspect = validator(&desk, "inspect");
    let text = desk.run(&["inspect", "sources/开学.txt", "--json"]).out;
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    hold(&inspect, &value);
    value["blocks"][0]["kind"] = "poem".into();
    assert!(!inspect.is_valid(&value));
}

#[test]
fn the_report_and_the_configuration_are_as_their_schemas_say() {
    let desk = Desk::with_project();
    assert_eq!(desk.run(&["build", "--format", "wechat"]).code, 0);
    let report: Value = serde_json::from_str(&desk.read("out/all/report.json")).expect("JSON");
    hold(&validator(&desk, "report"), &report);
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [desk.path("kanyin.toml"), root.join("kanyin.toml")] {
        let text = std::fs::read_to_string(file).expect("the configuration");
        let value: toml::Value = toml::from_str(&text).expect("TOML");
        hold(&validator(&desk, "config"), &serde_json::to_value(value).expect("JSON"));
    }
}
