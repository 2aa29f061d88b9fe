//! `kanyin import`: any source becomes a canonical article.

use crate::Desk;

#[test]
fn the_canonical_article_says_the_same_and_names_its_source() {
    let desk = Desk::with_project();
    let ran = desk.run(&["import", "sources/开学.txt", "--to", "sources/整理"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = desk.read("sources/整理/开学.md");
    assert!(text.starts_with("+++\n"), "{text}");
    assert!(text.contains("sources/开学.txt"), "{text}");
    let inspect = |file: &str| -> serde_json::Value {
        let mut json: serde_json::Value =
            serde_json::from_str(&desk.run(&["inspect", file, "--json"]).out).expect("JSON");
        strip(&mut json);
        json
    };
    let (raw, canonical) = (inspect("sources/开学.txt"), inspect("sources/整理/开学.md"));
    for key in ["title", "series", "date", "views", "credits", "blocks"] {
        assert_eq!(raw[key], canonical[key], "{key}");
    }
}

/// Whatever selects the source selects what is made of it.
#[test]
fn it_stands_beside_a_source_that_lies_in_the_project() {
    let desk = Desk::with_project();
    desk.write("sources/要闻/秋游.md", "# 秋游\n\n2023-10-02\n\n天高云淡，师生同游云澜山。\n");
    for (source, made) in [
        ("sources/开学.txt", "sources/开学.md"),
        ("sources/要闻/秋游.md", "sources/要闻/秋游.kanyin.md"),
    ] {
        let ran = desk.run(&["import", source]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(desk.read(made).contains(&format!("from = \"{source}\"")), "{}", desk.read(made));
    }
    assert!(desk.read("sources/要闻/秋游.md").starts_with("# 秋游"), "the source is as it was");
}

#[test]
fn nothing_is_overwritten() {
    let desk = Desk::with_project();
    desk.write("sources/开学.md", "# 别的文章\n\n一段。\n");
    let ran = desk.run(&["import", "sources/开学.txt"]);
    assert_eq!(ran.code, 1);
    assert!(desk.read("sources/开学.md").contains("别的文章"));
}

/// Drops what tells how sure a reader was: a canonical article is sure.
fn strip(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            map.remove("confidence");
            map.remove("reason");
            map.values_mut().for_each(strip);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(strip),
        _ => {}
    }
}
