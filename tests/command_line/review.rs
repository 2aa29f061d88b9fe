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

/// An article with a kicker and a subtitle that the reader is not sure of.
const DOUBTFUL: &str = "\
校园纪事
迎新第一天
写在开学之际
2023-09-01

九月的第一个清晨，校门口的志愿者已经忙碌了起来，新生从全国各地来到云澜山下。

宿舍楼里的第一课

各学院辅导员逐一走访寝室，为新生讲解安全须知和作息安排，并与家长交流学生的学习和生活情况。
";

fn structure(desk: &Desk, args: &[&str]) -> Vec<serde_json::Value> {
    let list = desk.run(&[&["review", "--json"], args].concat()).out;
    let json: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    json["files"][0]["structure"].as_array().expect("structure").clone()
}

fn number_of(list: &[serde_json::Value], kind: &str) -> String {
    let found = list.iter().find(|d| d["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind} in {list:?}"))["number"].to_string()
}

fn doubtful() -> Desk {
    let desk = Desk::with_project();
    std::fs::remove_file(desk.path("sources/开学.txt")).expect("the sample goes");
    desk.write("sources/迎新.txt", DOUBTFUL);
    desk
}

#[test]
fn doubtful_structure_comes_first_and_says_what_to_type() {
    let desk = doubtful();
    let ran = desk.run(&["review"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for word in
        ["拿不准的结构", "读作“引题”，把握 50%", "第 1 行", "校园纪事", "kanyin review --accept 2"]
    {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
    assert!(!ran.out.contains("小标题"), "what is fairly sure is shown on demand: {}", ran.out);
    assert!(desk.run(&["review", "--all"]).out.contains("读作“小标题”"));
}

#[test]
fn refused_structure_changes_the_article_its_import_and_its_findings() {
    let desk = doubtful();
    let list = structure(&desk, &["--all"]);
    let (kicker, heading) = (number_of(&list, "kicker"), number_of(&list, "heading"));
    let subtitle = number_of(&list, "subtitle");
    let both = format!("{kicker},{heading}");
    let unseen = desk.run(&["review", "--refuse", &heading]);
    assert_eq!(unseen.code, 2, "what was not shown cannot be decided on: {}", unseen.out);
    let decided = desk.run(&["review", "--all", "--refuse", &both, "--accept", &subtitle]);
    assert_eq!(decided.code, 0, "{}", decided.err);
    let review = desk.read("review.toml");
    assert!(review.contains("[structure]") && review.contains("\"kicker: 校园纪事"), "{review}");
    let json: serde_json::Value =
        serde_json::from_str(&desk.run(&["inspect", "sources/迎新.txt", "--json"]).out)
            .expect("JSON");
    assert_eq!(json["kicker"], serde_json::Value::Null);
    assert_eq!(json["subtitle"], "写在开学之际");
    let kinds: Vec<&str> = json["blocks"]
        .as_array()
        .expect("blocks")
        .iter()
        .map(|b| b["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!(kinds, ["paragraph"; 4]);
    let findings = json["findings"].as_array().expect("findings");
    assert!(
        !findings.iter().any(|f| f["code"] == "read-kicker-above" || f["code"] == "low-confidence"),
        "{findings:?}"
    );
    assert_eq!(number_of(&structure(&desk, &["--all"]), "heading"), heading, "numbers stay");
    assert_eq!(desk.run(&["import", "sources/迎新.txt"]).code, 0);
    let canonical = desk.read("sources/迎新.md");
    assert!(!canonical.contains("kicker") && !canonical.contains("## "), "{canonical}");
    assert_eq!(desk.run(&["review"]).out.matches("待定").count(), 1, "nothing is asked any more");
}

#[test]
fn a_decision_on_structure_survives_a_light_change_and_can_be_forgotten() {
    let desk = doubtful();
    let heading = number_of(&structure(&desk, &["--all"]), "heading");
    desk.run(&["review", "--all", "--refuse", &heading]);
    desk.write("sources/迎新.txt", &DOUBTFUL.replace("宿舍楼里的", "宿舍楼内的"));
    let list = structure(&desk, &[]);
    let refused = list.iter().find(|d| d["kind"] == "heading").expect("it is listed");
    assert_eq!(refused["status"], "refused", "{list:?}");
    desk.run(&["review", "--forget", &heading]);
    assert!(!structure(&desk, &[]).iter().any(|d| d["kind"] == "heading"));
    assert!(!desk.read("review.toml").contains("heading"), "{}", desk.read("review.toml"));
}

#[test]
fn a_decision_on_an_edit_survives_a_light_change_of_the_words_around_it() {
    let desk = Desk::with_project();
    let json: serde_json::Value =
        serde_json::from_str(&desk.run(&["review", "--json"]).out).expect("JSON");
    let edits = json["files"][0]["edits"].as_array().expect("edits").clone();
    let last = edits.iter().rfind(|e| e["old"] == ",").expect("a comma");
    desk.run(&["review", "--refuse", &last["number"].to_string()]);
    let before = last["before"].as_str().expect("words");
    let (first, rest) = before.split_at(before.chars().next().map_or(0, char::len_utf8));
    assert!(!first.is_empty());
    let text = desk.read("sources/开学.txt").replace(before, &format!("云{rest}"));
    desk.write("sources/开学.txt", &text);
    assert_eq!(desk.run(&["review"]).out.matches("已拒  …").count(), 1);
}

#[test]
fn asking_needs_a_terminal() {
    let ran = doubtful().run(&["review", "--ask"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("review-needs-terminal"), "{}", ran.err);
}

#[test]
fn a_finding_is_set_aside_by_name_and_stays_on_record() {
    let desk = doubtful();
    desk.write(
        "sources/迎新.txt",
        &DOUBTFUL.replace("2023-09-01\n", "2023-09-01\n\n2月30日，大会开了。\n"),
    );
    let ran = desk.run(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let line = ran.err.lines().find(|l| l.contains("impossible-date")).expect("it is found");
    let number = line.split_whitespace().next().expect("a number").to_owned();
    let refused = desk.run(&["check", "--dismiss", &number]);
    assert_eq!(refused.code, 2, "without a name nobody answers for it");
    let args = ["check", "--dismiss", &number, "--by", "秦朗", "--reason", "原文如此"];
    assert_eq!(desk.run(&args).code, 0);
    assert!(desk.read("review.toml").contains("by = \"秦朗\""), "{}", desk.read("review.toml"));
    let ran = desk.run(&["check"]);
    assert!(!ran.err.contains("impossible-date"), "{}", ran.err);
    assert!(ran.out.contains("另有 1 处已由人确认"), "{}", ran.out);
    let all = desk.run(&["check", "--all"]).err;
    assert!(all.contains("秦朗") && all.contains("原文如此"), "{all}");
    let json: serde_json::Value =
        serde_json::from_str(&desk.run(&["check", "--json"]).out).expect("JSON");
    assert_eq!(json["dismissed"][0]["code"], "impossible-date");
    assert_eq!(json["dismissed"][0]["number"].to_string(), number, "numbers stay");
    assert_eq!(desk.run(&["check", "--restore", &number]).code, 0);
    assert!(desk.run(&["check"]).err.contains("impossible-date"));
}
