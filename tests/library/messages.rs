//! The message catalogue: every message is there, in both languages, saying the
//! same, and nothing in it is without use.

use std::collections::BTreeSet;
use std::fs;

use kanyin::diag::{Lang, catalogue};
use walkdir::WalkDir;

use crate::support::root;

#[test]
fn every_code_has_a_message() {
    let source = source();
    let codes: BTreeSet<&str> = source
        .split("Code::new(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .collect();
    assert!(codes.len() > 100, "the codes are found");
    let without: Vec<&&str> =
        codes.iter().filter(|code| !catalogue().contains_key(**code)).collect();
    assert_eq!(without, [&""; 0]);
}

#[test]
fn every_message_is_used() {
    let source = source();
    let unused: Vec<&String> =
        catalogue().keys().filter(|code| !source.contains(&format!("\"{code}\""))).collect();
    assert_eq!(unused, [""; 0]);
}

#[test]
fn both_languages_name_the_same_values() {
    let mut differ = Vec::new();
    for (code, zh, en) in pairs() {
        if values(zh) != values(en) {
            differ.push(format!("{code}: {zh} | {en}"));
        }
    }
    assert_eq!(differ, [""; 0]);
}

/// Quoted examples show what is wrong with a text, so only what stands outside of
/// quotation marks must be right.
#[test]
fn chinese_messages_are_set_as_an_editor_sets_them() {
    let han = |c: Option<char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut wrong = Vec::new();
    for (code, zh, _) in pairs() {
        if code.starts_with("straight-quote") {
            continue;
        }
        let plain: Vec<char> = outside_quotes(zh).chars().collect();
        for (i, c) in plain.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|i| plain.get(i)).copied();
            let after = plain.get(i + 1).copied();
            let half_width = ",;:!?".contains(*c) && (han(before) || han(after));
            let gap = *c == ' ' && han(before) && han(after);
            if half_width || gap {
                wrong.push(format!("{code}: {zh}"));
                break;
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn the_check_sees_what_is_wrong() {
    assert_eq!(outside_quotes("写成“a: 甲”，不写"), "写成，不写");
    assert_eq!(values("{a} 和 {b-c}"), BTreeSet::from(["a", "b-c"]));
}

/// Code, Chinese and English of every wording in the catalogue.
fn pairs() -> Vec<(&'static str, &'static str, &'static str)> {
    let mut all = Vec::new();
    for (code, entry) in catalogue() {
        all.push((code.as_str(), entry.message(Lang::Zh), entry.message(Lang::En)));
        for both in [&entry.hint, &entry.why, &entry.example].into_iter().flatten() {
            all.push((code.as_str(), both.get(Lang::Zh), both.get(Lang::En)));
        }
    }
    all
}

/// The names in braces.
fn values(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn outside_quotes(text: &str) -> String {
    let mut level = 0;
    text.chars()
        .filter(|c| {
            let inside = level > 0 || *c == '“';
            match c {
                '“' => level += 1,
                '”' => level -= 1,
                _ => {}
            }
            !inside
        })
        .collect()
}

/// All of the program's own code.
fn source() -> String {
    WalkDir::new(root().join("src"))
        .into_iter()
        .map(|entry| entry.expect("src can be listed").into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| fs::read_to_string(path).expect("a source file"))
        .collect()
}
