//! Themes of posts: each holds every kind of block without a fault of its own, in
//! every position of its switches, and says no less than the article does.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use kanyin::article::Article;
use kanyin::canonical;
use kanyin::diag::{Finding, Severity, Silent};
use kanyin::export::{Job, wechat};
use kanyin::layout::{self, Look, Medium, Switch};
use kanyin::media::{Album, Store};
use kanyin::pipeline::{BuildOptions, build};
use kanyin::project::Project;

use crate::pdf::fonts;
use crate::support;

/// The six that the program brings along, and what tells each from the others.
const THEMES: [&str; 6] = ["campus", "digest", "interview", "minimal", "party", "warm"];

fn theme(name: &str) -> Look {
    support::look(Medium::Wechat, name)
}

/// What a set of articles becomes in a look whose options are set: each post's
/// fragment, and everything that was found. `None` where the fonts are not there.
fn posts(look: &Look, articles: Vec<Article>) -> Option<(Vec<String>, Vec<Finding>)> {
    let fonts = fonts()?;
    let view = support::view_of(&support::publication(articles, &[]), look);
    let dir = tempfile::tempdir().unwrap();
    let album = Album::new(Store::new(dir.path()), []);
    let job = Job { view: &view, look, fonts: &fonts, album: &album, progress: &Silent };
    let made = wechat::export(job).unwrap();
    let fragments = made.value.into_iter().filter(|a| a.path.ends_with("/article.html"));
    let fragments = fragments.map(|artifact| {
        let mut out = std::io::Cursor::new(Vec::new());
        artifact.write(&mut out).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    });
    Some((fragments.collect(), made.findings))
}

/// The post of one article in a theme with one switch set.
fn post(name: &str, switch: Option<(&str, toml::Value)>, article: Article) -> Option<String> {
    let mut look = theme(name);
    if let Some((key, value)) = switch {
        look.settings.options.insert(key.into(), value);
    }
    posts(&look, vec![article]).map(|(mut fragments, _)| fragments.remove(0))
}

/// An article from the form it is kept in.
fn article(front: &str, body: &str) -> Article {
    let file = format!("+++\ntitle = \"灯下\"\n{front}+++\n\n{body}\n");
    canonical::parse("灯下.md", &file).unwrap().value.article
}

/// The characters of a fragment without its tags.
fn text_of(fragment: &str) -> String {
    let pieces = fragment.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, t)| t));
    pieces.collect()
}

#[test]
fn the_themes_are_these() {
    let folder = support::root().join("layouts/wechat");
    let names =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.collect::<BTreeSet<_>>(), THEMES.map(str::to_owned).into());
}

/// Every theme sets what a project may set, so that one `kanyin.toml` serves all.
#[test]
fn every_theme_has_the_same_switches_and_stands_on_values_of_theirs() {
    let known = theme("campus").settings.switches;
    assert_eq!(
        known.keys().map(String::as_str).collect::<Vec<_>>(),
        ["caption", "colour", "covers", "earlier", "indent", "ornament", "size"]
    );
    for name in THEMES {
        let settings = theme(name).settings;
        assert_eq!(settings.switches, known, "{name}");
        for (key, switch) in &known {
            let own = settings.options.get(key);
            match switch {
                Switch::OneOf(values) => assert!(values.contains(own.unwrap()), "{name} {key}"),
                Switch::Kind(_) => assert_eq!(own, None, "{name} {key}: the theme's own colour"),
            }
        }
    }
}

/// Colours of institutions that can be read.
const COLOURS: [&str; 3] = ["#7a1f5c", "#1f5f3f", "#003f88"];

/// The specimen in every theme and every position of every switch: no rule of
/// WeChat's is broken, and no word is lost.
#[test]
fn the_specimen_is_without_a_fault_in_every_position_of_every_switch() {
    for name in THEMES {
        for position in 0..4 {
            let mut look = theme(name);
            for (key, switch) in look.settings.switches.clone() {
                let values = match switch {
                    Switch::OneOf(values) => values,
                    Switch::Kind(_) => COLOURS.map(Into::into).to_vec(),
                };
                look.settings.options.insert(key, values[position % values.len()].clone());
            }
            let articles = vec![support::specimen_article()];
            let Some((fragments, findings)) = posts(&look, articles) else { return };
            let said: Vec<_> = findings.iter().map(|f| (f.code.name(), &f.args)).collect();
            assert_eq!(said, [], "{name}, position {position}");
            for text in ["编者按", "一、灯下", "3.借书", "不可不读", "新馆夜景", "文：林溪、周远"]
            {
                assert!(
                    text_of(&fragments[0]).contains(text),
                    "{name}, position {position}: {text}"
                );
            }
        }
    }
}

/// The whole sample and the specimen project, read back and compared with the model.
#[test]
fn the_sample_is_whole_and_without_a_fault_in_every_theme() {
    if fonts().is_none() {
        return;
    }
    let root = support::root();
    for from in [root.clone(), root.join("tests/specimen")] {
        let dir = tempfile::tempdir().unwrap();
        support::copy(&from.join("sources"), &dir.path().join("sources"));
        let publications = THEMES.map(|name| {
            format!(
                "[[publication]]\nid = \"{name}\"\nkind = \"post\"\nformats = [\"wechat\"]\n\
                 layout = {{ wechat = \"{name}\" }}\n"
            )
        });
        let manifest = format!("[press]\nname = \"云澜大学\"\n\n{}", publications.concat());
        fs::write(dir.path().join("kanyin.toml"), manifest).unwrap();
        let project = Project::open(dir.path()).unwrap();
        let mut fonts = vec![root.join("fonts")];
        fonts.extend(std::env::var_os("KANYIN_FONTS").map(PathBuf::from));
        let options = BuildOptions { fonts, ..BuildOptions::default() };
        let built = build(&project, &options, &Silent).unwrap();
        for publication in built.publications {
            let found = publication
                .findings
                .iter()
                .filter(|f| f.code.name().starts_with("wechat-w") || f.severity == Severity::Error);
            assert_eq!(found.collect::<Vec<_>>(), [] as [&Finding; 0], "{}", publication.id);
            assert!(publication.kept.iter().all(|kept| kept.kept.is_whole()), "{}", publication.id);
        }
    }
}

#[test]
fn a_colour_of_the_project_takes_the_place_of_the_themes_own() {
    for name in THEMES {
        let set = Some(("colour", "#7a1f5c".into()));
        let Some(fragment) = post(name, set, support::specimen_article()) else { return };
        assert!(fragment.contains("#7a1f5c"), "{name}");
        let own = post(name, None, support::specimen_article()).unwrap();
        assert!(!own.contains("#7a1f5c"), "{name}");
    }
}

/// 4.5 by day and at night; what is offered in its place is darker, and enough.
#[test]
fn a_colour_too_faint_to_read_is_told_once_with_one_that_is_not() {
    let told = |colour: &str| {
        let mut look = theme("minimal");
        look.settings.options.insert("colour".into(), colour.into());
        let articles = (0..3).map(|n| support::plain_article(&format!("第{n}篇"), &["正文。"]));
        let (_, findings) = posts(&look, articles.collect())?;
        let mut faint = findings.into_iter().filter(|f| f.code.name() == "wechat-colour-faint");
        let first = faint.next();
        assert!(faint.next().is_none(), "said once");
        Some(first.map(|finding| {
            let arg = |key| finding.args.iter().find(|(k, _)| *k == key).unwrap().1.clone();
            (arg("day"), arg("night"), arg("better"))
        }))
    };
    let Some(orange) = told("#f08200") else { return };
    let (day, night, better) = orange.expect("orange is faint on white");
    assert!(day.parse::<f64>().unwrap() < 4.5 && night.parse::<f64>().unwrap() > 4.5);
    assert_eq!(told(&better), Some(None), "{better}");
    let (day, night, better) = told("#b3121d").unwrap().expect("this red is faint at night");
    assert!(day.parse::<f64>().unwrap() > 4.5 && night.parse::<f64>().unwrap() < 4.5);
    assert_eq!(told(&better), Some(None), "{better}");
    assert_eq!(told("#155a8a"), Some(None));
}

#[test]
fn sections_are_numbered_unless_the_author_has() {
    let number = || Some(("ornament", "number".into()));
    let body = "## 春\n\n一。\n\n### 细说\n\n二。\n\n## 夏\n\n三。";
    let Some(fragment) = post("campus", number(), article("", body)) else { return };
    let text = text_of(&fragment);
    assert!(text.contains("01春") && text.contains("02夏") && text.contains("二。02"), "{text}");
    let body = "## 一、春\n\n一。\n\n## 二、夏\n\n二。";
    let text = text_of(&post("campus", number(), article("", body)).unwrap());
    assert!(text.contains("一、春") && !text.contains("01"), "{text}");
}

/// A letter says its day; the credits do not say it again.
#[test]
fn the_day_stands_once() {
    let dated = "date = 2024-12-20\ncredits = [{ role = \"editor\", label = \"编辑\", names = [\"陆文舟\"] }]\n";
    let end = |last: &str| {
        let body =
            format!("新同学：\n\n夜里下了雪，图书馆的灯还亮着。\n\n你的朋友　知秋\n\n{last}");
        let text = text_of(&post("campus", None, article(dated, &body))?);
        Some(text[text.find("知秋").unwrap()..].to_owned())
    };
    let Some(figures) = end("2024年12月20日") else { return };
    assert_eq!(figures, "知秋2024年12月20日◆编辑：陆文舟");
    assert_eq!(end("二〇二四年十二月二十日").unwrap(), "知秋二〇二四年十二月二十日◆编辑：陆文舟");
    // A day that says more or other than the article's leaves both.
    assert_eq!(end("二〇二四年十二月").unwrap(), "知秋二〇二四年十二月◆编辑：陆文舟2024年12月20日");
    assert_eq!(end("2024年12月2日").unwrap(), "知秋2024年12月2日◆编辑：陆文舟2024年12月20日");
}

#[test]
fn who_signs_stands_at_the_right() {
    let right = |body: &str| {
        let fragment = post("campus", None, article("", body))?;
        let paragraphs = fragment.split("<p ").filter(|p| p.contains("text-align:right"));
        Some(paragraphs.map(|p| text_of(&format!("<p {p}"))).collect::<Vec<_>>())
    };
    let Some(letter) = right("老师：\n\n灯还亮着。\n\n您的学生\n\n知秋\n\n2024年12月20日")
    else {
        return;
    };
    assert_eq!(letter, ["您的学生", "知秋", "2024年12月20日"]);
    let nothing: [&str; 0] = [];
    assert_eq!(right("灯还亮着。\n\n名单如下：\n\n林未晞\n\n陆文舟").unwrap(), nothing);
    assert_eq!(right("灯还亮着。\n\n他走了").unwrap(), nothing);
}

#[test]
fn questions_and_answers_are_told_apart() {
    let body = "记者：灯为什么亮着？\n\n孟翀：有人在读书。\n\n一直亮到一点。\n\n\
                **问：**几点关？\n\n**那么，明天呢？**\n\n孟翀：照旧。\n\n原因如下：没有。";
    let Some(fragment) = post("interview", None, article("", body)) else { return };
    let plate = |name: &str| {
        let at = fragment.find(&format!(">{name}：</span>")).expect(name);
        fragment[..at].rsplit('<').next().unwrap().to_owned()
    };
    assert!(plate("记者").contains("background-color") && plate("问").contains("background-color"));
    assert!(plate("孟翀").contains("font-weight") && !plate("孟翀").contains("background-color"));
    assert!(!fragment.contains("原因如下：</span>"), "said once, it is no speaker");
    let bubbles = fragment.matches("border-radius:2px 16px 16px").count();
    assert_eq!(bubbles, 3, "two with a name, one in bold: {fragment}");
    let text = text_of(&fragment);
    assert!(text.contains("问：几点关？那么，明天呢？孟翀：照旧。原因如下：没有。"), "{text}");
    assert!(!fragment.contains("<strong></strong>"), "{fragment}");
}

/// The colon of a sentence in an article that asks nothing makes no speaker.
#[test]
fn an_article_without_questions_has_no_speakers() {
    let body = "其一：灯。\n\n其一：书。";
    let Some(fragment) = post("interview", None, article("", body)) else { return };
    assert!(!fragment.contains("</span>"), "{fragment}");
}

#[test]
fn the_source_of_an_item_in_brief_stands_at_the_right() {
    let body = "## 供暖\n\n室温达标。\n\n（来源：后勤处）\n\n（据说天又要冷了。）";
    let Some(fragment) = post("digest", None, article("", body)) else { return };
    assert_eq!(fragment.matches("text-align:right").count(), 1, "{fragment}");
    let at = fragment.find("（来源").unwrap();
    assert!(fragment[..at].rsplit('<').next().unwrap().contains("text-align:right"));
}

/// A switch is held against what the theme declares, before any work is done.
#[test]
fn a_wrong_switch_is_told_with_its_line_and_what_is_near() {
    let told = |switches: &str| {
        let dir = tempfile::tempdir().unwrap();
        let manifest = format!(
            "[[publication]]\nid = \"a\"\nkind = \"post\"\nformats = [\"wechat\"]\n\
             [publication.wechat]\n{switches}\n"
        );
        fs::write(dir.path().join("kanyin.toml"), manifest).unwrap();
        let project = Project::open(dir.path()).unwrap();
        let fault = build(&project, &BuildOptions::default(), &Silent).err().unwrap();
        let said = fault.findings.into_iter().map(|f| {
            let arg = |key| f.args.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone());
            let near = arg("nearest").or(arg("known")).unwrap_or_default();
            (f.code.name(), f.line, near)
        });
        said.collect::<Vec<_>>()
    };
    let said = |code, line, near: &str| (code, Some(line), near.to_owned());
    assert_eq!(told("size = 16\nindnet = true"), [said("layout-switch-unknown", 7, "indent")]);
    assert_eq!(
        told("caption = \"center\""),
        [said("layout-switch-value", 6, "\"centre\"、\"left\"、\"triangle\"")]
    );
    assert_eq!(
        told("colour = \"red\"\nsize = \"16\""),
        [said("layout-switch-colour", 6, ""), said("layout-switch-value", 7, "15、16、17")]
    );
    // A switch that is right goes through: what stops this build is that it has no sources.
    assert_eq!(told("indent = true\ncolour = \"#7a1f5c\"")[0].0, "project-no-sources");
}

/// Themes of a project have switches of their own, and those that they inherit.
#[test]
fn a_theme_of_the_project_may_add_a_switch() {
    let dir = tempfile::tempdir().unwrap();
    let ours = dir.path().join("wechat/ours");
    fs::create_dir_all(&ours).unwrap();
    let settings = "title = \"本校\"\ninherits = \"party\"\n[options]\nseal = true\n[switches]\nseal = [true, false]\nsize = [18]\n";
    fs::write(ours.join("layout.toml"), settings).unwrap();
    let look = layout::find(Some(dir.path()), Medium::Wechat, "ours").unwrap();
    assert_eq!(look.settings.doubt("seal", &false.into()), None);
    assert_eq!(look.settings.doubt("indent", &false.into()), None);
    assert_eq!(look.settings.doubt("size", &18.into()), None, "the nearest declaration holds");
    assert!(look.settings.doubt("size", &16.into()).is_some());
    assert!(look.text("base.css").is_ok(), "what all themes share comes from campus");
    let none = theme("campus").settings;
    let none = layout::Settings { switches: Default::default(), ..none };
    assert_eq!(none.doubt("size", &16.into()).unwrap().code.name(), "layout-switch-none");
}
