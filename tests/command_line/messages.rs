//! What a person is told when something is wrong, and with which exit code.

use crate::{ARTICLE, Desk, run};

#[test]
fn help_and_messages_are_chinese_unless_english_is_asked_for() {
    let desk = Desk::empty();
    assert!(desk.run(&["--help"]).out.contains("用法：kanyin"));
    assert!(desk.run(&["--lang", "en", "--help"]).out.contains("Usage: kanyin"));
    let english = run(&desk.path("."), &["build"], &[("KANYIN_LANG", "en")]);
    assert!(english.err.starts_with("error"), "{}", english.err);
    assert!(desk.run(&["build"]).err.starts_with("错误"));
}

#[test]
fn every_command_has_help_without_a_gap_in_its_wording() {
    let desk = Desk::empty();
    for lang in ["zh", "en"] {
        for command in [
            "new",
            "import",
            "inspect",
            "review",
            "check",
            "build",
            "fonts",
            "preflight",
            "explain",
            "schema",
            "completions",
        ] {
            let help = desk.run(&["--lang", lang, command, "--help"]);
            assert_eq!(help.code, 0, "{command}: {}", help.err);
            assert!(!help.out.contains("help-"), "{command}: a text is missing:\n{}", help.out);
        }
    }
}

#[test]
fn wrong_usage_is_told_with_advice_and_exit_code_two() {
    let desk = Desk::empty();
    for (args, word) in [
        (vec!["bild"], "bild"),
        (vec!["build", "--frmat", "pdf"], "--frmat"),
        (vec!["build", "--format", "doc"], "epub"),
        (vec!["inspect"], "FILE"),
        (vec!["explain", "no-such-code"], "no-such-code"),
    ] {
        let ran = desk.run(&args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains(word) && ran.err.contains("→"), "{args:?}: {}", ran.err);
        assert!(ran.out.is_empty(), "{args:?}");
    }
}

#[test]
fn a_folder_without_a_project_says_how_to_make_one() {
    let ran = Desk::empty().run(&["build"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("kanyin new"), "{}", ran.err);
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_the_nearest_known_key() {
    let desk = Desk::with_project();
    desk.write(
        "kanyin.toml",
        "[press]\nname = \"云澜大学\"\n\n[[publication]]\nid = \"all\"\ntitel = \"汇编\"\n",
    );
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, 2);
    for word in ["kanyin.toml:6", "titel", "title"] {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
}

#[test]
fn an_unknown_value_is_answered_with_the_known_ones() {
    let desk = Desk::with_project();
    desk.write("kanyin.toml", "[[publication]]\nid = \"all\"\nkind = \"book\"\n");
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, 2);
    for word in ["kanyin.toml:3", "book", "compilation"] {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
}

#[test]
fn an_id_that_would_leave_the_out_folder_is_refused() {
    let desk = Desk::with_project();
    for id in ["../x", "a/b", "", "share"] {
        desk.write("kanyin.toml", &format!("[[publication]]\nid = \"{id}\"\n"));
        assert_eq!(desk.run(&["build"]).code, 2, "{id}");
    }
}

#[test]
fn an_unknown_publication_is_answered_with_the_nearest_one() {
    let ran = Desk::with_project().run(&["build", "al"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("“all”"), "{}", ran.err);
}

#[test]
fn a_source_that_cannot_be_opened_is_told_and_nothing_panics() {
    let ran = Desk::empty().run(&["inspect", "没有 这个.txt"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("没有 这个.txt"), "{}", ran.err);
}

#[test]
fn a_file_name_with_spaces_and_chinese_is_a_file_name_like_any_other() {
    let desk = Desk::empty();
    desk.write("新 建 文件夹/开 学.txt", ARTICLE);
    let ran = desk.run(&["inspect", "新 建 文件夹/开 学.txt"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("迎新第一天 校园处处是笑脸"), "{}", ran.out);
}

#[test]
fn explain_tells_what_why_and_an_example() {
    let desk = Desk::empty();
    let list = desk.run(&["explain"]);
    assert_eq!(list.code, 0);
    let first = list.out.split_whitespace().next().expect("there is a code to explain").to_owned();
    let ran = desk.run(&["explain", &first]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("为什么") && ran.out.contains("举例"), "{}", ran.out);
}

#[test]
fn new_touches_nothing_that_is_there() {
    let desk = Desk::empty();
    desk.write("README.md", "我的说明\n");
    assert_eq!(desk.run(&["new", "."]).code, 0);
    assert_eq!(desk.read("README.md"), "我的说明\n");
    assert_eq!(desk.run(&["new", "."]).code, 2, "a project is not made twice");
}
