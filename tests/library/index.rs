//! The index before it meets its pages: the order of names, what counts as a mention,
//! and what each edition is told.

use kanyin::export::view::{Block, Inline, View};
use kanyin::layout::Medium;
use kanyin::publication::{Apparatus, Heading, Index, Listed};

use crate::support;

fn heading(listed: Listed, name: &str, forms: &[&str]) -> Heading {
    let forms = forms.iter().map(|form| (*form).to_owned()).collect();
    Heading { listed, name: name.to_owned(), forms }
}

fn in_order(listed: Listed, names: &[&str], readings: &[(&str, &str)]) -> Vec<String> {
    let headings: Vec<_> = names.iter().map(|name| heading(listed, name, &[])).collect();
    let index = Index::new(&headings, readings.iter().copied()).unwrap();
    index.lines().iter().map(|line| line.name.clone()).collect()
}

#[test]
fn an_index_stands_in_the_order_of_pinyin_then_of_tones() {
    let names =
        ["张一鸣", "安和", "章望舒", "方敬之", "韩立雪", "贺知远", "何晏", "吕秋", "鲁望", "栾树"];
    // Hé before hè; lǔ, lǚ, luán.
    let expected =
        ["安和", "方敬之", "韩立雪", "何晏", "贺知远", "鲁望", "吕秋", "栾树", "张一鸣", "章望舒"];
    assert_eq!(in_order(Listed::People, &names, &[]), expected);
}

#[test]
fn a_surname_is_read_as_a_surname_and_only_in_a_person() {
    let names = ["单可欣", "曾一白", "解语", "仇实", "夏侯明", "令狐远"];
    let expected = ["令狐远", "仇实", "单可欣", "夏侯明", "解语", "曾一白"];
    assert_eq!(in_order(Listed::People, &names, &[]), expected);
    // 单 is shàn in a name, dān in 单位.
    assert_eq!(in_order(Listed::Topics, &["单位", "导师"], &[]), ["单位", "导师"]);
    assert_eq!(in_order(Listed::People, &["单位", "导师"], &[]), ["导师", "单位"]);
}

#[test]
fn the_departments_readings_decide() {
    let names = ["长桥", "重阳楼", "词典室"];
    let readings = [("长桥", "cháng qiáo"), ("重阳", "chóng yáng")];
    assert_eq!(in_order(Listed::Topics, &names, &readings), ["长桥", "重阳楼", "词典室"]);
    let readings = [("长桥", "zhǎng qiáo"), ("重阳", "zhòng yáng")];
    assert_eq!(in_order(Listed::Topics, &names, &readings), ["词典室", "长桥", "重阳楼"]);
    // One that does not give each character its syllable decides nothing.
    let readings = [("词典室", "zhuō")];
    assert_eq!(in_order(Listed::Topics, &names[2..], &readings), ["词典室"]);
}

/// The names that a text mentions, each by the name it leads to.
fn mentioned(index: &Index, text: &str) -> Vec<(usize, String)> {
    let lines = index.lines();
    let found = index.find(text);
    found.map(|f| (f.at, lines[lines[f.line].leads_to].name.clone())).collect()
}

#[test]
fn the_longest_name_is_meant_and_short_forms_lead_to_the_full_one() {
    let index = Index::new(
        &[
            heading(Listed::People, "方敬之", &[]),
            heading(Listed::People, "方敬", &[]),
            heading(Listed::Units, "方敬之图书馆", &["图书馆"]),
            heading(Listed::Topics, "AI", &[]),
        ],
        [],
    )
    .unwrap();
    let names = |text| mentioned(&index, text).into_iter().map(|(_, n)| n).collect::<Vec<_>>();
    assert_eq!(names("方敬之走进方敬之图书馆，方敬留在门外。"), ["方敬之", "方敬之图书馆", "方敬"]);
    assert_eq!(names("图书馆的灯"), ["方敬之图书馆"]);
    assert_eq!(names("AI与AIR，MAIL，用AI写"), ["AI", "AI"]);
    assert_eq!(mentioned(&index, "灯下，方敬之")[0].0, "灯下，".len());
}

#[test]
fn nothing_to_list_is_no_index() {
    assert!(Index::new(&[], []).is_none());
    assert!(Index::new(&[heading(Listed::People, "单", &[])], []).is_none());
}

/// The marks of the first paragraph of the first article.
fn marks(view: &View) -> Vec<(usize, &str)> {
    let article = view.articles().next().unwrap();
    let Block::Paragraph { inlines, .. } = &article.blocks[0] else {
        panic!("{:?}", article.blocks)
    };
    let Inline::Text { marks, .. } = &inlines[0] else { panic!("{inlines:?}") };
    marks.iter().map(|mark| (mark.at, mark.name.as_str())).collect()
}

#[test]
fn books_are_told_of_names_and_days_and_posts_are_not() {
    let article = support::plain_article("夜读区的一夜", &["灯下，夜读，第十夜。"]);
    let mut book = support::publication(vec![article], &[]);
    book.apparatus = Apparatus {
        index: Index::new(
            &[heading(Listed::Topics, "夜读区", &["夜读"]), heading(Listed::Topics, "钟楼", &[])],
            [],
        ),
        chronicle: vec!["sources/*".to_owned()],
        figures: true,
        ..Apparatus::default()
    };
    let view = support::view_of(&book, &support::look(Medium::Print, "yearbook"));
    let [list] = &view.index[..] else { panic!("{:?}", view.index) };
    // 夜读 would stand right above 夜读区 and leads nowhere; 钟楼 is not in the text.
    assert_eq!(list.letters.len(), 1);
    assert_eq!(list.letters[0].letter, "Y");
    let [name] = &list.letters[0].names[..] else { panic!("{:?}", list.letters) };
    assert_eq!((name.name.as_str(), name.see.as_str()), ("夜读区", ""));
    assert_eq!(view.articles().next().unwrap().names, [name.id.as_str()]);
    assert_eq!(marks(&view), [("灯下，".len(), name.id.as_str())]);
    let [month] = &view.chronicle[..] else { panic!("{:?}", view.chronicle) };
    assert_eq!((month.title.as_str(), month.events[0].day.as_str()), ("5月", "4日"));
    assert_eq!(month.events[0].article, "a0001");

    let view = support::view_of(&book, &support::look(Medium::Epub, "plain"));
    // The title has the name, and without pages one place an article is enough.
    let name = &view.index[0].letters[0].names[0];
    let places: Vec<_> =
        name.places.iter().map(|p| (p.article.as_str(), p.place.as_str())).collect();
    assert_eq!((places, view.chronicle.len()), (vec![("a0001", "title")], 1));
    assert!(marks(&view).is_empty());

    let view = support::view_of(&book, &support::look(Medium::Wechat, "campus"));
    assert!(view.index.is_empty() && view.chronicle.is_empty() && view.figures.is_empty());
    assert!(marks(&view).is_empty() && view.articles().next().unwrap().names.is_empty());
}

#[test]
fn a_short_form_that_stands_elsewhere_says_where_to_look() {
    let article = support::plain_article("灯下", &["宣传部的灯。"]);
    let mut book = support::publication(vec![article], &[]);
    let units = [heading(Listed::Units, "云澜大学宣传部", &["宣传部", "宣传处"])];
    book.apparatus.index = Index::new(&units, []);
    let view = support::view_of(&book, &support::look(Medium::Print, "yearbook"));
    let names = view.index[0].letters.iter().flat_map(|letter| &letter.names);
    let names: Vec<_> = names.map(|n| (n.name.as_str(), n.see.as_str())).collect();
    assert_eq!(names, [("宣传部", "云澜大学宣传部"), ("云澜大学宣传部", "")]);
}
