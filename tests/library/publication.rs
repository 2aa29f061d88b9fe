//! The room `publication`: what is selected, in which order, in which parts, with
//! which numbers.

use std::sync::Arc;

use kanyin::article::{Article, Date, Meta, Series};
use kanyin::publication::{
    Apparatus, Arrangement, Frame, Kind, Order, PartsBy, Publication, Selection, Source, assemble,
    matches, note_mark, numeral,
};

use crate::support::text;

/// An article in this file, of this day, of this place in the series 江边.
fn source(file: &str, day: Option<u8>, ordinal: Option<u32>) -> Source {
    let meta = Meta {
        title: text(file),
        date: day.and_then(|day| Date::new(2024, 3, day)),
        series: ordinal.map(|ordinal| Series {
            name: "江边".into(),
            ordinal,
            raw: numeral(ordinal as usize),
        }),
        ..Meta::default()
    };
    let article = Arc::new(Article { meta, body: Vec::new() });
    Source { file: file.into(), part: 0, article, pictures: Vec::new() }
}

fn arranged(sources: &[Source], selection: Selection, arrangement: Arrangement) -> Publication {
    let frame = Frame {
        id: "book".into(),
        kind: Kind::Compilation,
        title: "汇编".into(),
        subtitle: String::new(),
        press: "云澜大学".into(),
        unit: "宣传部".into(),
        issue: None,
        document: None,
        colophon: None,
        apparatus: Apparatus::default(),
    };
    assemble(frame, sources, &selection, &arrangement)
}

/// The files part by part.
fn files(publication: &Publication) -> Vec<Vec<&str>> {
    let parts = publication.parts.iter();
    parts.map(|p| p.articles.iter().map(|e| e.source.file.as_str()).collect()).collect()
}

fn some_sources() -> Vec<Source> {
    vec![
        source("sources/a.md", Some(9), Some(2)),
        source("sources/b.md", Some(3), None),
        source("sources/c.md", None, Some(1)),
        source("sources/卷首/前言.md", None, None),
        source("sources/卷首/凡例.md", Some(5), None),
    ]
}

#[test]
fn by_date_undated_articles_come_last() {
    let arrangement =
        Arrangement { front: vec!["sources/卷首/*".into()], ..Arrangement::default() };
    let book = arranged(&some_sources(), Selection::default(), arrangement);
    assert_eq!(files(&book), [["sources/b.md", "sources/a.md", "sources/c.md"]]);
}

#[test]
fn a_series_follows_its_numbers() {
    let arrangement = Arrangement {
        order: Order::Series,
        parts: PartsBy::Series,
        rest: "其他".into(),
        ..Arrangement::default()
    };
    let book = arranged(&some_sources()[..3], Selection::default(), arrangement);
    assert_eq!(files(&book), [vec!["sources/c.md", "sources/a.md"], vec!["sources/b.md"]]);
    let titles: Vec<_> = book.parts.iter().map(|p| p.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["江边", "其他"]);
    let numbers: Vec<_> = book.entries().map(|e| e.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn front_and_back_stand_apart_whatever_is_selected() {
    let arrangement = Arrangement {
        front: vec!["sources/卷首/前言.md".into(), "sources/卷首/*".into()],
        back: vec!["sources/c.md".into(), "sources/卷首/前言.md".into()],
        ..Arrangement::default()
    };
    let first = Date::new(2024, 3, 4);
    let selection = Selection { from: first, ..Selection::default() };
    let book = arranged(&some_sources(), selection, arrangement);
    let names = |entries: &[kanyin::publication::Entry]| -> Vec<(usize, String)> {
        entries.iter().map(|e| (e.number, e.source.file.clone())).collect()
    };
    assert_eq!(
        names(&book.front),
        [(1, "sources/卷首/前言.md".into()), (2, "sources/卷首/凡例.md".into())]
    );
    assert_eq!(files(&book), [["sources/a.md"]]);
    assert_eq!(names(&book.back), [(1, "sources/c.md".into())], "nothing stands twice");
}

#[test]
fn a_star_stays_in_its_folder_and_two_cross_them() {
    for (pattern, file, expected) in [
        ("sources/*.md", "sources/a.md", true),
        ("sources/*.md", "sources/甲/a.md", false),
        ("sources/**", "sources/甲/a.md", true),
        ("sources/**/a.md", "sources/a.md", true),
        ("sources/**/a.md", "sources/甲/乙/a.md", true),
        ("sources/甲*", "sources/甲/a.md", false),
        ("sources/a.md", "sources/a.md", true),
        ("sources/a", "sources/a.md", false),
    ] {
        assert_eq!(matches(pattern, file), expected, "{pattern} {file}");
    }
}

#[test]
fn marks_and_numbers_are_words() {
    assert_eq!([1, 20, 21].map(note_mark), ["①", "⑳", "㉑"]);
    assert_eq!([1, 10, 12, 20, 105].map(numeral), ["一", "十", "十二", "二十", "一百零五"]);
}
