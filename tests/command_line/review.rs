//! `kanyin review`: edits are seen, refused, accepted, and the word is kept.

use crate::Desk;

#[test]
fn a_refused_edit_stays_refused_until_it_is_forgotten() {
    let desk = Desk::with_project();
    let text = |desk: &Desk| desk.run(&["inspect", "sources/开学.txt", "--json"]).out;
    assert!(text(&desk).contains("新学期开始，本刊记者"), "the comma is corrected at first");

    let list = desk.run(&["review", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    let edits = json["files"][0]["edits"].as_array().expect("edits").clone();
    let comma = edits
        .iter()
        .find(|e| {
            e["old"] == "," && e["before"].as_str().is_some_and(|b| b.ends_with("新学期开始"))
        })
        .expect("the comma is listed");
    let number = comma["number"].to_string();

    assert_eq!(desk.run(&["review", "--refuse", &number]).code, 0);
    assert!(text(&desk).contains("新学期开始,本刊记者"), "the text is as it was");
    assert!(
        desk.read("review.toml").contains("新学期开始"),
        "the decision can be read by a person"
    );
    assert!(desk.run(&["review"]).out.contains("已拒"));

    assert_eq!(desk.run(&["review", "--forget", &number]).code, 0);
    assert!(text(&desk).contains("新学期开始，本刊记者"));
}

#[test]
fn a_decision_survives_a_change_elsewhere_in_the_file() {
    let desk = Desk::with_project();
    let list = desk.run(&["review", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    let edits = json["files"][0]["edits"].as_array().expect("edits").clone();
    let last = edits.iter().rfind(|e| e["old"] == ",").expect("a comma");
    desk.run(&["review", "--refuse", &last["number"].to_string()]);
    let text = desk.read("sources/开学.txt").replace("忙碌了起来", "忙碌起来");
    desk.write("sources/开学.txt", &text);
    let refused = desk.run(&["review"]).out.matches("已拒  …").count();
    assert_eq!(refused, 1);
}

#[test]
fn a_number_that_is_not_there_is_told() {
    let ran = Desk::with_project().run(&["review", "--refuse", "9999"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("9999"), "{}", ran.err);
}
