//! What stands about the title of a page: words beside date and source, what was left
//! out, and that nothing of it vanishes.

use kanyin::diag::Severity;

use super::{read, words};

const FIRST: &str =
    "三月里，云澜大学的师生在老桥边种下两百棵玉兰，还为每一棵树挂上了写着名字的木牌。";
const SECOND: &str =
    "参加的同学说，等到毕业那年再回来看，树荫应当已经遮得住一整张长椅了，那时再来读书。";

fn vsb(info: &str, more: &str) -> String {
    format!(
        "<meta charset=utf-8><title>老桥种树-云澜大学</title><form name=_newscontent_fromname>\
         <h2>老桥种树</h2><div class=info>{info}</div><div id=vsb_content><div class=v_news_content>\
         <p>{FIRST}</p><p>{SECOND}</p></div></div>{more}</form>"
    )
}

#[test]
fn words_without_a_label_beside_the_date_are_kept() {
    for (info, kept) in [
        ("何知秋 学生工作部 2022-03-12", &["何知秋", "学生工作部"][..]),
        ("2022年03月12日 10:20 &nbsp; 学生工作部 &nbsp; 点击：[]", &["学生工作部"]),
        (
            "选自：校报 | 发布人：沈小舟 | 发布时间：2022-03-12 | 阅读量：12",
            &["选自：校报", "沈小舟"],
        ),
        ("时间：2022-03-12 玉兰园", &["玉兰园"]),
    ] {
        let article = read("a.html", vsb(info, "")).value.article;
        let meta = &article.meta;
        let credits = meta.credits.iter().flat_map(|c| &c.names).cloned();
        let values = meta.extra.values().cloned().chain(meta.source.clone()).chain(credits);
        let all = words(&article) + &values.collect::<Vec<_>>().join(" ");
        assert!(kept.iter().all(|word| all.contains(word)), "{info}: {all}");
        assert_eq!(meta.date.map(|d| d.to_string()).as_deref(), Some("2022-03-12"), "{info}");
    }
}

#[test]
fn a_sentence_between_title_and_text_becomes_a_paragraph() {
    let info = "2022-03-12</div><div class=lead>两百棵玉兰，两百个名字。春天种下，秋天来看。";
    let article = read("a.html", vsb(info, "")).value.article;
    assert!(words(&article).contains("两百棵玉兰，两百个名字。春天种下，秋天来看。"));
    assert_eq!(article.body.len(), 3);
}

#[test]
fn sentences_left_out_are_quoted_and_warned_of() {
    let left = |more: &str| {
        let findings = read("a.html", vsb("2022-03-12", more)).findings;
        let found = findings.into_iter().find(|f| f.code.name() == "web-left-out");
        found.map(|f| (f.severity, f.excerpt.unwrap_or_default()))
    };
    let told = left(
        "<div class=box><h3>老桥小记</h3><p>老桥是建校那年修的，三孔石拱，桥头立着两只石狮子，一直用到今天。</p></div>",
    );
    let (severity, excerpt) = told.expect("it is said");
    assert_eq!(severity, Severity::Warning);
    assert!(excerpt.starts_with("老桥小记 / 老桥是建校那年修的"), "{excerpt}");
    let (severity, excerpt) = left("<p>版权所有 云澜大学</p><p>老桥头</p>").expect("it is said");
    assert_eq!(severity, Severity::Note);
    assert_eq!(excerpt, "版权所有 云澜大学 / 老桥头");
}

#[test]
fn a_source_that_the_text_states_goes_before_the_name_of_the_account() {
    let page = format!(
        "<meta charset=utf-8><div id=js_article><h1 id=activity-name>老桥种树</h1><a id=js_name>云澜大学</a>\
         <div id=js_content><p>{FIRST}</p><p>{SECOND}</p><p>来源 | 学生工作部</p></div></div>"
    );
    let meta = read("a.html", page).value.article.meta;
    assert_eq!(meta.source.as_deref(), Some("学生工作部"));
    assert_eq!(meta.extra.get("meta-line").map(String::as_str), Some("云澜大学"));
}

#[test]
fn a_page_that_states_its_day_for_machines_alone_is_dated() {
    for stated in [
        "<meta property=article:published_time content=2022-03-12T23:30:00+08:00>",
        "<time datetime='2022-03-12 08:00'>春天</time>",
    ] {
        let page = format!(
            "<meta charset=utf-8><title>老桥种树</title>{stated}<article><h1>老桥种树</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
        );
        let date = read("a.html", page).value.article.meta.date;
        assert_eq!(date.map(|d| d.to_string()).as_deref(), Some("2022-03-12"), "{stated}");
    }
}

#[test]
fn an_embedded_film_with_any_address_does_not_end_the_reading() {
    for address in ["澜youtube.com", "云澜大学www.youtube.com/老桥", "//老v.qq.com/桥"] {
        let page = format!(
            "<meta charset=utf-8><title>老桥种树</title><article><h1>老桥种树</h1><p>{FIRST}</p>\
             <iframe src='{address}'></iframe><object data='{address}'>老{address}</object><p>{SECOND}</p></article>"
        );
        let text = words(&read("a.html", page).value.article);
        assert!(text.contains(FIRST) && text.contains(SECOND), "{address}: {text}");
    }
}
