//! `lists/published.toml`, and what posts and their list make of it.

use kanyin::article::{Article, Block, Inline, Series};
use kanyin::publication::{Published, Source};

use super::{campus, file, posts, words};
use crate::support::{self, plain_article, text};

fn instalment(ordinal: u32, title: &str) -> Article {
    let mut article = plain_article(title, &["江水每天流过图书馆的窗前。"]);
    article.meta.series =
        Some(Series { name: "江边纪事".into(), ordinal, raw: ordinal.to_string() });
    article.meta.source_url = Some(format!("https://news.yunlan.example/{ordinal}.html"));
    article
}

const LIST: &str = r#"
[[post]]
title = "江上，晨雾"
url = "https://mp.weixin.qq.com/s/second"
date = 2023-05-06

[[post]]
title = "渡口"
url = "https://mp.weixin.qq.com/s/first"
series = "江边纪事"
ordinal = 1
"#;

fn sources() -> Vec<Source> {
    let articles = vec![instalment(2, "江上晨雾"), instalment(3, "夜航"), instalment(4, "归帆")];
    let publication = support::publication(articles, &[]);
    publication.entries().map(|entry| entry.source.clone()).collect()
}

#[test]
fn the_list_of_published_posts_knows_articles_by_their_titles() {
    let read = Published::read("lists/published.toml", LIST, &sources());
    assert_eq!(read.findings, []);
    let urls: Vec<_> = read.value.posts.iter().map(|post| post.url.as_str()).collect();
    assert_eq!(urls, ["https://mp.weixin.qq.com/s/second", "https://mp.weixin.qq.com/s/first"]);
    assert_eq!(read.value.of(&sources()[0]).unwrap().date.unwrap().to_string(), "2023-05-06");
    assert_eq!(read.value.of(&sources()[1]), None);
}

#[test]
fn what_is_wrong_in_the_list_of_published_posts_is_told_with_its_line() {
    let told = |text: &str| {
        let read = Published::read("lists/published.toml", text, &sources());
        let told = read.findings.iter().map(|f| (f.code.name(), f.line.unwrap()));
        (told.collect::<Vec<_>>(), read.value.posts.len())
    };
    let post = |title: &str, url: &str| format!("[[post]]\ntitle = \"{title}\"\nurl = \"{url}\"\n");
    let good = post("夜航", "https://mp.weixin.qq.com/s/a");
    assert_eq!(told(&good), (vec![], 1));
    let unknown = good.clone() + &post("夜行", "https://mp.weixin.qq.com/s/b");
    assert_eq!(told(&unknown), (vec![("published-unknown", 5)], 1));
    for wrong in ["http://mp.weixin.qq.com/s/b", "https://mp.weixin.qq.com/", "news.example", ""] {
        let wrong = good.clone() + &post("归帆", wrong);
        assert_eq!(told(&wrong), (vec![("published-address", 6)], 1));
    }
    let twice = good.clone() + &post("归帆", "https://mp.weixin.qq.com/s/a");
    assert_eq!(told(&twice), (vec![("published-twice", 6)], 1));
    let no_day = good.clone() + "date = 2023-05-06T08:00:00\n";
    assert_eq!(told(&no_day), (vec![("published-no-such-date", 4)], 1));
    assert_eq!(told(&(good.clone() + "link = \"x\"\n")), (vec![("project-unknown-key", 4)], 0));
    // An entry that has not the form of one takes no other with it.
    let other = post("江上晨雾", "https://mp.weixin.qq.com/s/b");
    let between = |wrong: &str| good.clone() + "[[post]]\n" + wrong + &other;
    let unknown = between("title = \"夜行\"\nurl = \"x\"\nlink = \"x\"\n");
    assert_eq!(told(&unknown), (vec![("project-unknown-key", 7)], 2));
    let told_of = told(&between("title = \"夜行\"\n"));
    assert_eq!((told_of.0.len(), told_of.1), (1, 2), "{told_of:?}");
    let told_of = told(&between("title = 3\nurl = \"x\"\n"));
    assert_eq!((told_of.0[0].1, told_of.0.len(), told_of.1), (5, 1, 2), "{told_of:?}");
    let broken = told(&(good + "[[post]\n"));
    assert_eq!((broken.0[0].1, broken.0.len(), broken.1), (4, 1, 0));
}

#[test]
fn an_instalment_ends_with_links_to_those_before_it() {
    let mut articles =
        vec![instalment(2, "江上晨雾"), instalment(3, "夜航"), instalment(4, "归帆")];
    // A link to where another first appeared leads to its post.
    articles[2].body.push(Block::Paragraph(vec![Inline::Link {
        url: "https://news.yunlan.example/2.html".into(),
        content: text("晨雾那一期"),
    }]));
    let mut publication = support::publication(articles, &[]);
    let list = LIST.to_owned()
        + "[[post]]\ntitle = \"夜航\"\nurl = \"https://mp.weixin.qq.com/s/third\"\n";
    publication.apparatus.published = Published::read("list", &list, &sources()).value;
    let Some(made) = posts(&publication, &campus(), "") else { return };
    let links = |name: &str| {
        let fragment = words(file(&made.value, &format!("{name}/article.html")));
        let links = fragment.split("href=\"https://mp.weixin.qq.com/s/").skip(1);
        links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(links("01-江上晨雾"), ["first"]);
    assert_eq!(links("02-夜航"), ["second", "first"], "the latest first");
    assert_eq!(links("03-归帆"), ["second", "third", "second", "first"]);
    assert!(words(file(&made.value, "03-归帆/article.html")).contains("往期"));
    let source = words(file(&made.value, "03-归帆/draft.json"));
    assert!(source.contains(r#""content_source_url": "https://news.yunlan.example/4.html""#));
    let index = words(file(&made.value, "wechat/index.html"));
    assert_eq!(index.matches(r#"data-sent="1""#).count(), 2);
    let Some(few) = posts(&publication, &campus(), "earlier = 1") else { return };
    assert!(!words(file(&few.value, "02-夜航/article.html")).contains("s/first"));
}

#[test]
fn a_file_of_wrong_entries_is_given_up_soon() {
    let start = std::time::Instant::now();
    let read = Published::read("list", &"[[post]]\nlink = 1\n".repeat(6_000), &sources());
    assert!(read.findings.len() < 100, "{}", read.findings.len());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
