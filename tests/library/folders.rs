//! Whole folders: which picture belongs to which article, and which place it fills.
//!
//! A folder `tests/cases/folders/<name>/` holds `tree.txt`, the files of a folder one a
//! line, an article's title behind a bar; and `expected.txt`, each picture with the
//! article it belongs to and its number there, sorted, or a dash.

use std::fs;

use kanyin::canonical::{Canonical, parse, write};
use kanyin::import::{Named, Offered, Place, belonging, fill, is_picture};

use crate::support::root;

#[test]
fn each_picture_finds_the_article_it_belongs_to() {
    let mut cases = 0;
    for entry in fs::read_dir(root().join("tests/cases/folders")).unwrap() {
        let folder = entry.unwrap().path();
        let tree = fs::read_to_string(folder.join("tree.txt")).unwrap();
        let (pictures, articles): (Vec<&str>, Vec<&str>) =
            tree.lines().partition(|line| is_picture(line));
        let articles: Vec<Named<'_>> = articles
            .into_iter()
            .map(|line| line.split_once(" | ").unwrap_or((line, "")))
            .map(|(path, title)| Named { path, title })
            .collect();
        let found = belonging(&articles, &pictures);
        let mut lines: Vec<String> = pictures
            .iter()
            .zip(found)
            .map(|(picture, found)| match found {
                None => format!("{picture} → –\n"),
                Some(found) => {
                    let number = found.number.map(|n| format!(" {n}")).unwrap_or_default();
                    format!("{picture} → {}{number}\n", articles[found.article].path)
                }
            })
            .collect();
        lines.sort();
        let expected = fs::read_to_string(folder.join("expected.txt")).unwrap();
        let mut expected: Vec<String> = expected.lines().map(|l| format!("{l}\n")).collect();
        expected.sort();
        assert_eq!(lines.concat(), expected.concat(), "{}", folder.display());
        cases += 1;
    }
    assert!(cases >= 7);
}

/// Fills the body of an article, no file of which is there, with these pictures; gives
/// the body, and how each picture was placed.
fn filled(body: &str, pictures: &[(&str, Option<u32>)]) -> (String, Vec<(usize, Place)>) {
    let text = format!("+++\n+++\n\n{body}\n");
    let mut article = parse("case.md", &text).unwrap().value.article;
    let offered: Vec<Offered<'_>> = pictures
        .iter()
        .map(|(file, number)| Offered { file, number: *number, name: file })
        .collect();
    let filled = fill(&mut article, &offered, &|_| true);
    let body = write(&Canonical { article, made_from: None, made_from_sum: None });
    let mut placed = filled.placed;
    placed.sort_by_key(|(n, _)| *n);
    assert_eq!(placed.len() + filled.left.len(), pictures.len(), "no picture is dropped");
    (body.trim_start_matches("+++\n+++\n\n").trim_end().to_owned(), placed)
}

#[test]
fn marks_in_the_text_are_filled_by_their_number() {
    let (body, placed) = filled(
        "第一段。\n\n【图2】志愿者在校门口\n\n第二段。\n\n（此处插入图一）\n\n图为校门\n\n第三段（见图3）。",
        &[("a1.jpg", Some(1)), ("a2.jpg", Some(2)), ("a3.jpg", Some(3)), ("a4.jpg", Some(4))],
    );
    assert_eq!(
        body,
        "第一段。\n\n:::figure\n![](a2.jpg)\n图注：志愿者在校门口\n:::\n\n第二段。\n\n\
         :::figure\n![](a1.jpg)\n图注：图为校门\n:::\n\n第三段（见图3）。\n\n\
         :::figure\n![](a3.jpg)\n:::"
    );
    assert_eq!(placed, [(0, Place::Number), (1, Place::Number), (2, Place::Number)]);
}

#[test]
fn a_name_with_another_ending_or_in_other_letters_is_that_picture() {
    let (body, placed) = filled(
        ":::figure\n![](图/校门.JPG)\n:::\n\n图片：操场\n\n图片：宣传部",
        &[("校门.png", None), ("操场.jpg", None)],
    );
    assert_eq!(placed, [(0, Place::Name), (1, Place::Name)]);
    assert_eq!(
        body,
        ":::figure\n![](校门.png)\n:::\n\n:::figure\n![](操场.jpg)\n图注：操场\n:::\n\n图片：宣传部"
    );
}

#[test]
fn order_decides_only_where_there_are_as_many_pictures_as_places() {
    let two = ":::figure\n![](校门.jpg)\n:::\n\n第一段。\n\n:::figure\n![](操场.jpg)\n:::";
    let (body, placed) = filled(two, &[("IMG_10.jpg", Some(2)), ("IMG_9.jpg", Some(1))]);
    assert_eq!(placed, [(0, Place::Order), (1, Place::Order)]);
    assert!(body.find("IMG_9.jpg") < body.find("IMG_10.jpg"), "{body}");
    let (body, placed) = filled(two, &[("IMG_9.jpg", Some(1))]);
    assert_eq!((body.as_str(), placed), (two, vec![]), "nobody knows which of the two it is");
}

#[test]
fn what_only_looks_like_a_mark_stays_text() {
    for text in [
        "图书馆开放。",
        "（图：张三）",
        "[图腾]",
        "图一时之快。",
        "【图书】",
        "（图2）之后，大家散去。",
    ] {
        let (body, placed) = filled(text, &[]);
        assert_eq!(placed, []);
        assert_eq!(body.replace('\\', ""), text);
    }
}
