//! What shows only across all articles: series, and articles that stand twice.

use kanyin::article::{Article, Block, Date, Meta, Series};
use kanyin::check::{Member, duplicates, series};

use crate::support::text;

fn instalment(name: &str, ordinal: u32, day: u8) -> Article {
    let series = Series { name: name.to_owned(), ordinal, raw: ordinal.to_string() };
    let meta = Meta { series: Some(series), date: Date::new(2022, 1, day), ..Meta::default() };
    Article { meta, ..Article::default() }
}

/// What is found of these instalments, as code, number of the article and values.
fn said(articles: &[Article]) -> Vec<String> {
    let members: Vec<Member<'_>> =
        articles.iter().map(|article| Member { file: "某篇.txt", article }).collect();
    let mut out: Vec<String> = series(&members)
        .findings
        .iter()
        .map(|(n, finding)| {
            let value = |key: &str| finding.args.iter().find(|(k, _)| *k == key);
            let missing = value("missing").map(|(_, v)| format!(" {v}")).unwrap_or_default();
            format!("{n} {}{missing}", finding.code.name())
        })
        .collect();
    out.sort();
    out
}

#[test]
fn a_series_in_order_is_confirmed_and_nothing_is_said() {
    let articles = [
        instalment("云澜人物", 5, 3),
        instalment("云澜人物", 4, 2),
        instalment("云澜人物", 6, 4),
        instalment("孤篇", 2, 4),
    ];
    assert_eq!(said(&articles), [""; 0]);
    let members: Vec<Member<'_>> =
        articles.iter().map(|article| Member { file: "某篇.txt", article }).collect();
    assert_eq!(series(&members).confirmed.into_iter().collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn a_missing_number_a_double_and_dates_against_the_order_are_found() {
    let articles = [
        instalment("云澜人物", 3, 3),
        instalment("云澜人物", 5, 6),
        instalment("云澜人物", 5, 7),
        instalment("云澜人物", 9, 2),
    ];
    assert_eq!(
        said(&articles),
        ["1 series-gap 4", "2 series-double", "3 series-dates", "3 series-gap 6–8"]
    );
}

#[test]
fn nearly_the_same_name_is_proposed_as_one() {
    let marks = [
        instalment("云澜人物", 1, 1),
        instalment("云澜人物", 2, 2),
        instalment("《云澜》人物", 3, 3),
    ];
    assert_eq!(said(&marks), ["2 series-spelt-differently"]);
    let letter = [
        instalment("党史学习综述", 1, 1),
        instalment("党史学习综述", 2, 2),
        instalment("党史学习纵述", 3, 3),
    ];
    assert_eq!(said(&letter), ["2 series-names-alike"]);
    for other in ["2022年回眸", "团史学习教育综述"] {
        let articles = [instalment("2021年回眸", 1, 1), instalment(other, 1, 1)];
        assert_eq!(said(&articles), [""; 0], "{other}");
    }
}

fn article(title: &str, paragraphs: &[&str]) -> Article {
    let body = paragraphs.iter().map(|p| Block::Paragraph(text(p))).collect();
    Article { meta: Meta { title: text(title), ..Meta::default() }, body }
}

const FIRST: &str = "九月的第一个清晨，校门口的志愿者已经忙碌了起来，新生从全国各地来到云澜山下。";
const SECOND: &str =
    "各学院辅导员逐一走访寝室，为新生讲解安全须知和作息安排，并与家长交流学习情况。";
const OTHER: &str =
    "十月的云澜山层林尽染，师生三百余人清晨出发，沿着石阶一路向上，在山顶合影留念。";

#[test]
fn one_article_in_two_formats_is_recognised_whatever_its_marks() {
    let word = article("迎新第一天", &[FIRST, SECOND]);
    let pasted = article("迎新第一天", &[&FIRST.replace('，', ","), &SECOND.replace('，', " ")]);
    let other = article("秋游", &[OTHER, OTHER]);
    let retitled = article("新生来了", &[FIRST, SECOND]);
    let all = [&word, &other, &pasted, &retitled];
    assert_eq!(duplicates(&all), [vec![0, 2, 3]]);
}

#[test]
fn a_version_without_captions_is_the_same_only_under_the_same_title() {
    let whole = article("迎新第一天", &[FIRST, SECOND, OTHER]);
    let part = article("迎新第一天", &[FIRST, SECOND]);
    assert_eq!(duplicates(&[&whole, &part]), [vec![0, 1]]);
    let other = article("开学", &[FIRST, SECOND]);
    assert!(duplicates(&[&whole, &other]).is_empty());
}

#[test]
fn two_dates_tell_two_notices_of_one_form_apart() {
    let dated = |year, body: &[&str]| {
        let mut article = article("放假通知", body);
        article.meta.date = Date::new(year, 9, 20);
        article
    };
    let form = format!("{FIRST}{SECOND}各单位请于9月20日前报送值班表。");
    let later = form.replace("9月20日", "9月18日");
    let (old, new) = (dated(2022, &[&form]), dated(2023, &[&later]));
    assert!(duplicates(&[&old, &new]).is_empty());
    assert_eq!(duplicates(&[&old, &dated(2022, &[&later])]), [vec![0, 1]]);
    assert_eq!(duplicates(&[&old, &dated(2023, &[&form])]), [vec![0, 1]], "the very same text");
}

#[test]
fn too_little_text_is_never_a_copy() {
    let short = article("简讯", &["今天放假。"]);
    assert!(duplicates(&[&short, &short.clone()]).is_empty());
}
