//! Previews and the list of posts in a real browser.

use std::fs;
use std::path::Path;

use kanyin::layout::{self, Medium};
use serde_json::Value;

use super::{Files, campus, codes, one, posts, themes, typical};
use crate::{editions, judges, support};

fn written(files: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn tried(folder: &Path) -> Option<Value> {
    let out = judges::browser("posts.mjs", &[&folder.display().to_string()])?;
    Some(serde_json::from_str(&out).unwrap())
}

/// What holds of every post that is finished.
fn sound(tried: &Value) {
    assert_eq!(tried["errors"], Value::Array(Vec::new()));
    let posts = tried["posts"].as_array().unwrap();
    for (n, post) in posts.iter().enumerate() {
        let name = post["name"].as_str().unwrap();
        let article = post["article"].as_str().unwrap();
        assert_eq!(post["copied"], article, "{name}: what is copied is article.html");
        if let Some(numbered) = post["numbered"].as_str() {
            let pictures = article.matches("<img").count();
            assert!(!numbered.contains("<img"), "{name}");
            for n in 1..=pictures {
                assert!(numbered.contains(&format!("【图{n}】")), "{name}: {n}");
            }
        }
        for frame in ["day", "night"] {
            let faintest = &post[frame];
            assert!(faintest["contrast"].as_f64().unwrap() >= 4.5, "{name}, {frame}: {faintest}");
            assert!(faintest["texts"].as_u64() > Some(1), "{name}: {faintest}");
        }
        assert_eq!(post["moved"], n + 1 < posts.len(), "{name}: J leads to the next");
    }
}

#[test]
fn the_sample_can_be_copied_read_at_night_and_filtered() {
    let Some(sample) = editions::sample() else { return };
    let Some(tried) = tried(&sample.file("posts/wechat")) else { return };
    sound(&tried);
    let index = &tried["index"];
    let titles = |value: &Value| {
        let all = value.as_array().unwrap_or_else(|| panic!("{index}"));
        all.iter().map(|title| title.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = titles(&index["all"]);
    assert_eq!(all.len(), tried["posts"].as_array().unwrap().len());
    assert_eq!(titles(&index["chips"]["青麓人物"]).len(), 4);
    assert_eq!(titles(&index["chips"]["已发布"]).len(), 4);
    assert_eq!(titles(&index["chips"]["未发布"]).len(), all.len() - 4);
    assert_eq!(titles(&index["months"][""]), all);
    assert_eq!(titles(&index["months"]["2024年4月"]).len(), 2);
    assert!(titles(&index["searched"]["图书馆"]).iter().any(|title| title.starts_with("灯下有人")));
    assert_eq!(titles(&index["searched"]["没有这个词"]), Vec::<String>::new());
}

#[test]
fn every_theme_of_posts_can_be_copied_and_read_at_night() {
    for theme in themes() {
        let look = support::look(Medium::Wechat, &theme);
        let articles = vec![support::specimen_article(), typical(600)];
        let Some(made) = posts(&support::publication(articles, &[]), &look, "") else { return };
        let folder = written(&made.value);
        let Some(tried) = tried(&folder.path().join("wechat")) else { return };
        sound(&tried);
    }
}

#[test]
fn a_finding_leads_to_its_element() {
    let folder = tempfile::tempdir().unwrap();
    let theme = folder.path().join("wechat/campus/theme.css");
    fs::create_dir_all(theme.parent().unwrap()).unwrap();
    let css = campus().text("theme.css").unwrap().to_owned();
    fs::write(&theme, css + "\n.h1 { color: #bbb; }\n").unwrap();
    let look = layout::find(Some(folder.path()), Medium::Wechat, "campus").unwrap();
    let Some(made) = posts(&one(typical(3000)), &look, "") else { return };
    assert!(codes(&made.findings).contains(&"wechat-w27"));
    let folder = written(&made.value);
    let Some(tried) = tried(&folder.path().join("wechat")) else { return };
    let jumps = tried["posts"][0]["jumps"].as_array().unwrap();
    assert!(!jumps.is_empty());
    for jump in jumps {
        assert_eq!(jump["text"], "一、灯下");
        assert_eq!(jump["shown"], true, "{jump}");
    }
}
