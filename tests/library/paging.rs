//! The pages of print in the e-book: where their marks stand in the text, and that the
//! printed page says the same.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use kanyin::article::script::is_han;
use kanyin::article::{Article, Block, Inline, List, Part, Place, Step};
use kanyin::export::html::{Templates, value};
use kanyin::export::view::View;
use kanyin::layout::Medium;
use kanyin::publication::{Begins, PrintPage};

use crate::editions::{pages, sample, solid};
use crate::judges;
use crate::support::{look, plain_article, publication, text, view_of};

/// The page of an article whose text is marked at these places.
fn marked(article: Article, places: &[(&[Step], usize)]) -> (View, String) {
    let look = look(Medium::Epub, "plain");
    let mut view = view_of(&publication(vec![article], &[]), &look);
    let page = |(n, (steps, offset)): (usize, &(&[Step], usize))| PrintPage {
        label: (n + 1).to_string(),
        begins: Begins::Text {
            entry: 0,
            place: Place { part: Part::Body, steps: steps.to_vec() },
            offset: *offset,
        },
    };
    view.mark_pages(&places.iter().enumerate().map(page).collect::<Vec<_>>());
    let article = value(&view.parts[0].articles[0]);
    let values = minijinja::context! { view => value(&view), article, pictures => () };
    let page = Templates::new(&look).unwrap().render("article.xhtml.j2", &values).unwrap();
    (view, page)
}

/// The lines of a page that hold a mark, each mark as `[number]`, without other mark-up.
fn lines(page: &str) -> Vec<String> {
    let marks = page.replace("<div epub:type=\"pagebreak\"", "<span epub:type=\"pagebreak\"");
    let mut out = String::new();
    for (n, piece) in marks.split("<span epub:type=\"pagebreak\"").enumerate() {
        if n == 0 {
            out.push_str(piece);
            continue;
        }
        let (tag, rest) = piece.split_once('>').unwrap();
        let label = tag.split("aria-label=\"").nth(1).unwrap().split('"').next().unwrap();
        out.push_str(&format!("[{label}]{rest}"));
    }
    let mut inside = false;
    out.retain(|c| {
        let mark_up = inside || c == '<';
        inside = mark_up && c != '>';
        !mark_up
    });
    out.lines().filter(|line| line.contains('[')).map(str::to_owned).collect()
}

#[test]
fn a_mark_stands_before_the_character_that_its_page_begins_with() {
    let paragraph = |inlines| Block::Paragraph(inlines);
    let article = Article {
        body: vec![
            paragraph(text("钟楼响了。江上起雾 了，船还没有来。")),
            paragraph(vec![
                Inline::Text("灯下".into()),
                Inline::Strong(text("有人。灯外无人")),
                Inline::Note(vec![Block::Paragraph(text("注"))]),
                Inline::Ruby { base: "翀".into(), text: "chōng".into() },
                Inline::Text("，向上飞".into()),
            ]),
            Block::List(List {
                start: None,
                items: vec![
                    vec![Block::Paragraph(text("一把椅子"))],
                    vec![Block::Paragraph(text("一盏灯"))],
                ],
            }),
        ],
        ..plain_article("灯下", &[])
    };
    let places: &[(&[Step], usize)] = &[
        (&[Step::Block(0)], 5),
        (&[Step::Block(0)], 9),
        (&[Step::Block(1)], 0),
        (&[Step::Block(1)], 5),
        (&[Step::Block(1)], 9),
        (&[Step::Block(2), Step::Item(1), Step::Block(0)], 0),
    ];
    let (view, page) = marked(article, places);
    assert_eq!(
        lines(&page),
        [
            "钟楼响了。[1]江上起雾 [2]了，船还没有来。",
            "[3]",
            "灯下有人。[4]灯外无人①[5]翀（chōng），向上飞",
            "[6]一盏灯",
        ]
    );
    let listed: Vec<_> = view.printed_pages.iter().map(|page| page.label.as_str()).collect();
    assert_eq!(listed, ["1", "2", "3", "4", "5", "6"]);
}

#[test]
fn a_page_whose_place_is_not_there_is_in_no_list() {
    let article = plain_article("灯下", &["一段。"]);
    let (view, page) = marked(article, &[(&[Step::Block(0)], 99), (&[Step::Block(7)], 0)]);
    assert!(view.printed_pages.is_empty(), "{:?}", view.printed_pages);
    assert!(!page.contains("pagebreak"), "{page}");
}

/// A file of an e-book as text.
fn file(book: &Path, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(File::open(book).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Only the Chinese characters: readings stand above them on paper, marks are half as
/// wide, notes have moved.
fn han(text: &str) -> String {
    text.chars().filter(|c| is_han(*c)).collect()
}

/// The text behind a mark; of an article that begins there, its title.
fn text_behind(page: &str, id: &str) -> String {
    let behind = page.split(&format!("id=\"{id}\"")).nth(1).unwrap();
    let behind = behind.split_once('>').unwrap().1;
    let opens = behind.trim_start().starts_with("</div>\n<section");
    let behind = if opens { behind.split("<h1").nth(1).unwrap() } else { behind };
    let mut out = String::new();
    for piece in behind.split('<') {
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        // What follows another block on paper may stand elsewhere.
        let ends = ["/p", "/h", "/td", "span class=\"credit\""];
        if ends.iter().any(|end| tag.starts_with(end)) && han(&out).chars().count() >= 5 {
            break;
        }
        if !["rt", "rp", "a class=\"duokan"].iter().any(|skipped| tag.starts_with(skipped)) {
            out.push_str(words);
        }
    }
    han(&out).chars().take(12).collect()
}

/// How many sentences end in a text.
fn sentences(text: &str) -> usize {
    text.split(['。', '！', '？']).count() - 1
}

/// A page of the list of an e-book: its number, its file and its id there.
fn listed(book: &Path) -> Vec<[String; 3]> {
    let nav = file(book, "EPUB/nav.xhtml");
    let list = nav.split("epub:type=\"page-list\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let entry = |entry: &str| {
        let (address, rest) = entry.split_once('"').unwrap();
        let (file, id) = address.split_once('#').unwrap();
        let label = rest.split(['>', '<']).nth(1).unwrap();
        [label, file, id].map(str::to_owned)
    };
    list.split("href=\"").skip(1).map(entry).collect()
}

#[test]
fn each_page_of_the_sample_begins_where_the_e_book_says() {
    let Some(sample) = sample() else { return };
    for (book, paper, least) in [
        ("yearbook/yearbook.epub", "yearbook/yearbook.pdf", 50),
        ("series/series.epub", "series/series.pdf", 12),
    ] {
        let Some(paper) = pages(&sample.file(paper)) else { return };
        let book = sample.file(book);
        let listed = listed(&book);
        assert!(listed.len() >= least, "{listed:?}");
        if let Some(read) = judges::another_reader(&book) {
            let pages = read.unwrap()["pages"].clone();
            let pages = pages.as_array().unwrap().iter();
            let pages: Vec<String> =
                pages.map(|page| page["label"].as_str().unwrap().to_owned()).collect();
            assert!(pages.iter().eq(listed.iter().map(|[label, ..]| label)), "{pages:?}");
        }
        let mut before = None;
        for [label, name, id] in listed {
            let behind = text_behind(&file(&book, &format!("EPUB/{name}")), &id);
            // The opening of a part bears no number, nor does a page of pictures.
            let here = |(_, page): &(usize, &String)| han(page).contains(&behind);
            let after = paper.iter().enumerate().filter(|(n, _)| Some(*n) > before);
            let (n, page) = after.clone().find(here).unwrap_or_else(|| {
                panic!("{label} of {}: {behind} is on no page after {before:?}", book.display())
            });
            let folio = page.lines().map(str::trim).find(|line| *line == label);
            let numbered = page.lines().any(|line| {
                let line = line.trim();
                !line.is_empty() && line.chars().all(|c| c.is_ascii_digit())
            });
            assert!(folio.is_some() || !numbered, "{label} is on another page:\n{page}");
            // Of what stands above it on its page, only the running head and the end of
            // one sentence.
            let head = behind.chars().next().unwrap();
            let above = solid(page);
            let above = above.split(head).next().unwrap();
            assert!(sentences(above) <= 1, "{label}: too much stands above {behind}: {above}");
            before = Some(n);
        }
    }
}
