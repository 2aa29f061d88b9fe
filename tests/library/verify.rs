//! Reading finished files back: what is whole passes, and whatever damages the
//! text is caught.

mod repeats;
mod unreadable;

use std::io::{Cursor, Read as _, Write as _};
use std::sync::OnceLock;

use kanyin::article::{Article, Block, Cell, Figure, Image, Inline, List, Place, Step, Table};
use kanyin::diag::Silent;
use kanyin::export::pdf::Edition;
use kanyin::export::{self, Artifact, Job};
use kanyin::layout::Medium;
use kanyin::media::{Album, Store};
use kanyin::publication::{Entry, Publication};
use kanyin::verify::{FileText, Kept, Shown, compare, epub, html, pdf};

use crate::judges;
use crate::pdf::{fonts, press_order};
use crate::support::{look, plain_article, publication, specimen_article, text, view_of};

/// The finished files of these articles, by their paths.
pub fn made(articles: &[Article]) -> Vec<(String, Vec<u8>)> {
    let Some(fonts) = fonts() else { return Vec::new() };
    let publication = publication(articles.to_vec(), &[]);
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (medium, name) in
        [(Medium::Print, "plain"), (Medium::Epub, "plain"), (Medium::Wechat, "campus")]
    {
        let look = look(medium, name);
        let view = view_of(&publication, &look);
        let album = Album::new(Store::new(folder.path()), []);
        let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
        let done = match medium {
            Medium::Print => {
                let order = press_order(&fonts);
                let printed = export::pdf::export(job, &[Edition::Screen, Edition::Press(&order)]);
                printed.unwrap().value.artifacts
            }
            Medium::Epub => export::epub::export(job).unwrap().value,
            _ => export::wechat::export(job).unwrap().value,
        };
        let bytes = |artifact: Artifact<'_>| {
            let mut out = Cursor::new(Vec::new());
            artifact.write(&mut out).unwrap();
            out.into_inner()
        };
        files.extend(done.into_iter().map(|a| (a.path.clone(), bytes(a))));
    }
    files.retain(|(path, _)| {
        path.ends_with(".epub")
            || path.ends_with("specimen.pdf")
            || path.ends_with("-print.pdf")
            || path.ends_with("/article.html")
    });
    files
}

/// The files of the specimen, made once.
fn whole() -> &'static [(String, Vec<u8>)] {
    static FILES: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    FILES.get_or_init(|| made(&[specimen_article()]))
}

/// The file whose path has this end.
pub fn file<'a>(files: &'a [(String, Vec<u8>)], end: &str) -> Option<&'a [u8]> {
    files.iter().find(|(path, _)| path.ends_with(end)).map(|(_, bytes)| bytes.as_slice())
}

/// What a finished file holds of these articles.
pub fn kept(articles: &[Article], path: &str, bytes: &[u8]) -> Kept {
    let publication = publication(articles.to_vec(), &[]);
    let entries: Vec<&Entry> = publication.entries().collect();
    if path.ends_with(".pdf") {
        compare(&entries, Shown::Whole, &pdf(bytes.to_vec()).unwrap())
    } else if path.ends_with(".epub") {
        compare(&entries, Shown::Whole, &epub(Cursor::new(bytes)).unwrap())
    } else {
        let text = html(std::str::from_utf8(bytes).unwrap());
        compare(&entries, Shown::WithoutTitle, &text)
    }
}

/// What pages of plain words hold of an article, as in a PDF.
fn on_pages(article: &Article, pages: &[&str]) -> Kept {
    let publication: Publication = publication(vec![article.clone()], &[]);
    let entries: Vec<&Entry> = publication.entries().collect();
    compare(&entries, Shown::Whole, &FileText::new(pages, true))
}

fn paragraph(article: &mut Article, index: usize) -> &mut String {
    match &mut article.body[index] {
        Block::Paragraph(inlines) => match &mut inlines[0] {
            Inline::Text(text) => text,
            other => panic!("no text: {other:?}"),
        },
        other => panic!("no paragraph: {other:?}"),
    }
}

const FIRST: &str =
    "山门外的石阶有一百零八级，清晨扫地的声音从最上面一级传下来，扫到山脚，天就亮了。";
const SECOND: &str = "扫地的人姓贺，今年六十一岁，扫了三十年，他说石阶每年磨薄一张纸那么多。";
const THIRD: &str = "游客问他为什么不用机器，他把扫帚竖起来，说机器听不见落叶是干的还是湿的。";

fn three() -> Article {
    plain_article("扫石阶的人", &[FIRST, SECOND, THIRD])
}

// --- whole files --------------------------------------------------------------------

#[test]
fn every_edition_of_the_specimen_holds_every_character() {
    // Reading and dots, notes, tables, lists, captions, credits, what was not placed.
    for (path, bytes) in whole() {
        let kept = kept(&[specimen_article()], path, bytes);
        assert_eq!(kept.missing, [], "{path}");
        assert_eq!(kept.found, kept.characters, "{path}");
        assert!(kept.characters > 250, "{path}: {}", kept.characters);
    }
}

#[test]
fn lists_in_notes_and_lists_nested_deeply_are_kept_in_every_edition() {
    let list = |start, text: &str| List { start, items: vec![vec![paragraph_of(text)]] };
    let mut deep = list(Some(1), "第七层");
    for text in ["第六层", "第五层", "第四层", "第三层", "第二层", "第一层"] {
        deep = List { start: Some(1), items: vec![vec![paragraph_of(text), Block::List(deep)]] };
    }
    let note = vec![
        paragraph_of("注文的第一段。"),
        Block::List(list(None, "注里的一项")),
        Block::List(list(Some(3), "注里有编号的一项")),
    ];
    let mut article = three();
    article.body.push(Block::Paragraph(vec![
        Inline::Text("石阶的来历另有说法".into()),
        Inline::Note(note),
        Inline::Text("。".into()),
    ]));
    article.body.push(Block::List(deep));
    for (path, bytes) in made(std::slice::from_ref(&article)) {
        let kept = kept(std::slice::from_ref(&article), &path, &bytes);
        assert_eq!(kept.missing, [], "{path}");
    }
}

fn paragraph_of(words: &str) -> Block {
    Block::Paragraph(text(words))
}

#[test]
fn a_post_is_not_asked_for_its_title() {
    let Some(post) = file(whole(), "article.html") else { return };
    assert!(!std::str::from_utf8(post).unwrap().contains("二十年守护读书人"));
    assert!(kept(&[specimen_article()], "article.html", post).is_whole());
}

#[test]
fn poppler_reads_the_same_characters() {
    let Some(book) = file(whole(), "specimen.pdf") else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("specimen.pdf");
    std::fs::write(&path, book).unwrap();
    let Some(theirs) = judges::pdftotext(&path) else { return };
    let pages: Vec<&str> = theirs.split_terminator('\u{c}').collect();
    let ours = pdf(book.to_vec()).unwrap();
    assert_eq!(ours.pages(), pages.len());
    for (number, page) in pages.iter().enumerate() {
        // Readings and raised marks are told in another order: the same characters.
        let sorted = |text: &str| {
            let mut all: Vec<char> =
                text.chars().filter(|c| kanyin::article::script::counts(*c)).collect();
            all.sort_unstable();
            all.into_iter().collect::<String>()
        };
        assert_eq!(sorted(&ours.page_text(number)), sorted(page), "page {}", number + 1);
    }
}

// --- damaged files ------------------------------------------------------------------

/// Each edition, made of a damaged model and held against the sound one, must be
/// found lacking, and the first difference must be at `place`.
fn caught(sound: &Article, damaged: &Article, place: &str) {
    for (path, bytes) in made(std::slice::from_ref(damaged)) {
        let kept = kept(std::slice::from_ref(sound), &path, &bytes);
        assert!(!kept.is_whole(), "{path}: {place} is not missed");
        let places: Vec<String> = kept.missing.iter().map(|m| m.place.to_string()).collect();
        assert!(places.iter().any(|p| p == place), "{path}: {places:?}");
    }
}

#[test]
fn a_dropped_run_is_caught() {
    let mut damaged = three();
    let dropped = paragraph(&mut damaged, 1).replace("扫了三十年，", "");
    *paragraph(&mut damaged, 1) = dropped;
    caught(&three(), &damaged, "body/1");
}

#[test]
fn a_changed_character_is_caught_be_it_the_last() {
    for (index, from, to) in [(0, "一百零八级", "一百零九级"), (2, "湿的。", "湿的！")]
    {
        let mut damaged = three();
        let changed = paragraph(&mut damaged, index).replace(from, to);
        *paragraph(&mut damaged, index) = changed;
        for (path, bytes) in made(std::slice::from_ref(&damaged)) {
            let kept = kept(&[three()], &path, &bytes);
            assert_eq!((kept.lost(), kept.missing.len()), (1, 1), "{path}: {:?}", kept.missing);
            let missing = &kept.missing[0];
            assert!(missing.expected.contains(from), "{path}: {missing:?}");
            assert!(missing.found.contains(to), "{path}: {missing:?}");
        }
    }
}

#[test]
fn two_paragraphs_in_each_others_place_are_caught() {
    let mut damaged = three();
    damaged.body.swap(0, 1);
    for (path, bytes) in made(std::slice::from_ref(&damaged)) {
        let kept = kept(&[three()], &path, &bytes);
        assert_eq!(kept.missing.len(), 1, "{path}: {:?}", kept.missing);
    }
}

#[test]
fn whatever_kind_of_text_is_gone_is_caught() {
    let sound = specimen_article();
    for (index, block) in sound.body.iter().enumerate() {
        if matches!(block, Block::Rule) {
            continue;
        }
        let publication = publication(vec![sound.clone()], &[]);
        let mut without = sound.clone();
        without.body.remove(index);
        let Some(post) = file(&made_post(&without), "article.html").map(<[u8]>::to_vec) else {
            return;
        };
        let entries: Vec<&Entry> = publication.entries().collect();
        let text = html(std::str::from_utf8(&post).unwrap());
        let kept = compare(&entries, Shown::WithoutTitle, &text);
        let gone = Place::block(index).to_string();
        assert!(
            kept.missing.iter().any(|m| m.place.to_string().starts_with(&gone)),
            "{gone} is not missed: {:?}",
            kept.missing
        );
    }
}

fn made_post(article: &Article) -> Vec<(String, Vec<u8>)> {
    let Some(fonts) = fonts() else { return Vec::new() };
    let look = look(Medium::Wechat, "campus");
    let view = view_of(&publication(vec![article.clone()], &[]), &look);
    let folder = tempfile::tempdir().unwrap();
    let album = Album::new(Store::new(folder.path()), []);
    let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
    let done = export::wechat::export(job).unwrap().value.into_iter();
    done.map(|artifact| {
        let (path, mut out) = (artifact.path.clone(), Cursor::new(Vec::new()));
        artifact.write(&mut out).unwrap();
        (path, out.into_inner())
    })
    .collect()
}

#[test]
fn a_page_removed_from_a_pdf_is_caught() {
    let Some(book) = file(whole(), "specimen.pdf") else { return };
    let kids = find(book, b"/Kids[") + b"/Kids[".len();
    let end = kids + find(&book[kids..], b"]");
    let tree = String::from_utf8(book[kids..end].to_vec()).unwrap();
    let pages: Vec<&str> = tree.split_inclusive(" R").collect();
    let mut caught = 0;
    for n in 0..pages.len() {
        let before: usize = pages[..n].iter().map(|p| p.len()).sum();
        let mut damaged = book.to_vec();
        damaged[kids + before..kids + before + pages[n].len()].fill(b' ');
        let kept = kept(&[specimen_article()], "specimen.pdf", &damaged);
        caught += usize::from(!kept.is_whole());
    }
    // Cover, its inside, title page, colophon and contents hold none of the text.
    assert!(caught >= 1 && caught < pages.len(), "{caught} of {}", pages.len());
}

fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|w| w == wanted).expect("it is there")
}

#[test]
fn a_page_left_out_of_an_e_books_spine_is_caught() {
    let Some(book) = file(whole(), ".epub") else { return };
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name.ends_with(".opf") {
            let package = String::from_utf8(bytes).unwrap();
            let page =
                package.split("<itemref ").skip(1).find(|r| r.contains("\"a0001\"")).unwrap();
            let page = format!("<itemref {}>", page.split('>').next().unwrap());
            bytes = package.replace(&page, "").into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    let damaged = out.finish().unwrap().into_inner();
    let kept = kept(&[specimen_article()], "specimen.epub", &damaged);
    assert!(kept.lost() * 2 > kept.characters, "{} of {}", kept.lost(), kept.characters);
}

// --- what may stand between -----------------------------------------------------------

#[test]
fn heads_and_folios_do_not_matter() {
    let pages = [
        "云澜大学新闻汇编 目录 扫石阶的人 1",
        &format!("扫石阶的人{FIRST}{SECOND} 1"),
        &format!("第一部分 云澜大学新闻汇编{THIRD} 2"),
    ];
    assert_eq!(on_pages(&three(), &pages).missing, []);
}

#[test]
fn a_paragraph_may_go_on_over_a_pages_end_but_nowhere_else() {
    let (head, tail) = SECOND.split_at(SECOND.find("扫了").unwrap());
    let over = [
        &*format!("扫石阶的人{FIRST}{head}①一级约合十六厘米。 12"),
        &*format!("扫石阶的人 图一 山门{tail}{THIRD}13"),
    ];
    assert_eq!(on_pages(&three(), &over).missing, []);
    let within = format!("扫石阶的人{FIRST}{head}①一级约合十六厘米。{tail}{THIRD}");
    assert_eq!(on_pages(&three(), &[&within, "13"]).missing.len(), 1);
}

#[test]
fn what_stands_at_the_foot_of_a_page_may_begin_like_the_rest() {
    let (head, tail) = SECOND.split_at(SECOND.find("扫了").unwrap());
    let pages = [&*format!("扫石阶的人{FIRST}{head}扫地工具说明"), &*format!("{tail}{THIRD}")];
    assert_eq!(on_pages(&three(), &pages).missing, []);
}

#[test]
fn a_running_head_may_say_the_same_as_the_sentence_that_goes_on_below_it() {
    let said = |name: &str| {
        ["修好了湖边的路", "修好了湖边的桥", "修好了湖边的灯"].map(|what| format!("{name}{what}，"))
    };
    // What the head ends in does not begin the rest: nobody could tell the two apart.
    let (title, text) = (said("去年").concat() + "记事", said("今年").concat());
    let article = plain_article(&title, &[FIRST, &text]);
    for at in text.char_indices().map(|(at, _)| at).skip(1) {
        let (head, rest) = text.split_at(at);
        let pages = [&*format!("{title}{FIRST}{head}12"), &*format!("{title}{rest}13")];
        assert_eq!(on_pages(&article, &pages).missing, [], "{head}");
        // And it does not stand for what is gone, but where it has all that is left to say.
        if title.contains(rest) {
            continue;
        }
        for (gone, c) in rest.char_indices() {
            let left = rest[..gone].to_owned() + &rest[gone + c.len_utf8()..];
            let pages = [pages[0], &format!("{title}{left}13")];
            let lost = on_pages(&article, &pages).lost();
            assert!(lost > 0, "{head}|{left}");
        }
    }
}

#[test]
fn what_stands_below_a_paragraph_may_say_the_same_as_what_follows() {
    let (head, tail) = SECOND.split_at(SECOND.find("扫了").unwrap());
    // The note at the foot of the page begins like the rest, for a long way.
    let foot = format!("{}也就这么多", tail.strip_suffix("那么多。").unwrap());
    let pages = [&*format!("扫石阶的人{FIRST}{head}{foot}"), &*format!("{tail}{THIRD}")];
    assert_eq!(on_pages(&three(), &pages).missing, []);
}

#[test]
fn the_last_words_of_a_paragraph_are_not_taken_from_anywhere() {
    let short = SECOND.strip_suffix('。').unwrap();
    let pages = [&*format!("扫石阶的人{FIRST}{short}"), THIRD];
    let kept = on_pages(&three(), &pages);
    assert_eq!((kept.lost(), kept.missing.len()), (1, 1), "{:?}", kept.missing);
}

#[test]
fn a_heading_does_not_take_a_word_of_a_caption() {
    let mut article = three();
    let image = Image { name: "a.jpg".into(), alt: None };
    let caption = text("扫地的贺师傅，石阶上");
    article.body.insert(
        1,
        Block::Figure(Figure { images: vec![image], caption, credit: Some("石阶".into()) }),
    );
    article.body.insert(2, Block::Paragraph(text("石阶")));
    let page = format!("扫石阶的人{FIRST}扫地的贺师傅，石阶上 石阶 石阶{SECOND}{THIRD}");
    assert_eq!(on_pages(&article, &[&page]).missing, []);
    let page = format!("扫石阶的人{FIRST}扫地的贺师傅，石阶上 石阶{SECOND}{THIRD}");
    assert_eq!(on_pages(&article, &[&page]).lost(), 2);
}

#[test]
fn a_short_cell_does_not_take_a_figure_of_a_longer_one() {
    let cell = |s: &str| Cell { blocks: vec![Block::Paragraph(text(s))], ..Cell::default() };
    let rows = vec![vec![cell("1"), cell("1,100")], vec![cell("100"), cell("1")]];
    let mut article = three();
    article.body.push(Block::Table(Table { rows, ..Table::default() }));
    let page = |cells: &str| format!("扫石阶的人{FIRST}{SECOND}{THIRD}{cells}");
    assert_eq!(on_pages(&article, &[&page("1,100 1 1 100")]).missing, []);
    let kept = on_pages(&article, &[&page("1,100 1 100")]);
    assert_eq!(kept.missing.len(), 1, "{:?}", kept.missing);
    assert!(matches!(kept.missing[0].place.steps.get(1), Some(Step::Cell(..))));
}

#[test]
fn a_date_line_does_not_take_the_date_that_a_notice_ends_in() {
    let notice = ["各位同学：", "大家好。祝好。", "此致", "敬礼", "宣传部", "2024年1月4日"];
    let article = plain_article("信", &notice);
    let sound = ["目录信3", "信2024年1月4日各位同学：大家好。祝好。此致敬礼宣传部2024年1月4日3"];
    assert_eq!(on_pages(&article, &sound).missing, []);
    let unsigned = ["目录信3", "信2024年1月4日各位同学：大家好。祝好。此致敬礼宣传部3"];
    assert!(!on_pages(&article, &unsigned).is_whole());
    let unclosed = ["目录信3", "信2024年1月4日各位同学：大家好。祝好。此致宣传部2024年1月4日3"];
    let kept = on_pages(&article, &unclosed);
    assert!(kept.missing.iter().any(|m| m.expected == "敬礼"), "{:?}", kept.missing);
}

#[test]
fn many_short_lines_find_room_for_all() {
    let mut lines = vec!["1".to_owned(); 20];
    lines.extend((0..50).map(|n| n.to_string()));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let article = plain_article("数", &lines);
    let all = lines.concat();
    assert_eq!(on_pages(&article, &["数2024年1月4日", &all]).missing, []);
    for gone in [lines[..40].concat() + &lines[41..].concat(), lines[..69].concat()] {
        assert!(!on_pages(&article, &["数2024年1月4日", &gone]).is_whole());
    }
}

#[test]
fn a_reading_is_missed_where_it_is_not_beside_its_characters() {
    let ruby = Inline::Ruby { base: "翀".into(), text: "chōng".into() };
    let mut article = three();
    article.body[0] =
        Block::Paragraph(vec![ruby, Inline::Text("，向上直飞的意思，名字是祖父起的。".into())]);
    let page =
        |name: &str| format!("扫石阶的人{name}，向上直飞的意思，名字是祖父起的。{SECOND}{THIRD}");
    for told in ["翀chōng", "chōng翀"] {
        assert_eq!(on_pages(&article, &[&page(told)]).missing, [], "{told}");
    }
    assert_eq!(on_pages(&article, &[&page("翀")]).lost(), 5);
}

#[test]
fn a_title_in_the_contents_does_not_stand_for_the_one_above_the_text() {
    let kept = on_pages(&three(), &["目录 扫石阶的人 1", &format!("{FIRST}{SECOND}{THIRD}")]);
    assert!(kept.is_whole(), "what is there is there, once");
    let twice = vec![
        three(),
        plain_article("扫石阶的人", &["又一年，石阶又薄了一张纸，扫地的人换了一把新扫帚。"]),
    ];
    let publication = publication(twice, &[]);
    let entries: Vec<&Entry> = publication.entries().collect();
    let pages =
        ["扫石阶的人", FIRST, SECOND, THIRD, "又一年，石阶又薄了一张纸，扫地的人换了一把新扫帚。"];
    let kept = compare(&entries, Shown::Whole, &FileText::new(&pages, false));
    assert_eq!(kept.missing.len(), 1);
    assert_eq!(kept.missing[0].place.to_string(), "title");
}

#[test]
fn a_large_book_is_compared_in_no_time() {
    let sentence = |n: usize| format!("第{n}段：{}", FIRST.repeat(3));
    let articles: Vec<Article> = (0..99)
        .map(|a| {
            let paragraphs: Vec<String> = (0..33).map(|p| sentence(a * 100 + p)).collect();
            let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
            plain_article(&format!("第{a}篇"), &paragraphs)
        })
        .collect();
    let pages: Vec<String> = articles
        .iter()
        .enumerate()
        .map(|(a, _)| {
            format!("第{a}篇{}", (0..33).map(|p| sentence(a * 100 + p)).collect::<String>())
        })
        .collect();
    let publication = publication(articles, &[]);
    let entries: Vec<&Entry> = publication.entries().collect();
    let text = FileText::new(&pages, true);
    let start = std::time::Instant::now();
    let kept = compare(&entries, Shown::Whole, &text);
    assert_eq!(kept.missing.first(), None);
    assert!(kept.characters > 300_000, "{}", kept.characters);
    // Measured at a hundredth of this; a square of the length would take minutes.
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}
