//! Reading finished files back: what is whole passes, and whatever damages the
//! text is caught.

mod pages;
mod repeats;
mod unreadable;

use std::io::{Cursor, Read as _, Write as _};
use std::sync::OnceLock;

use kanyin::article::script::counts;
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

/// The characters of a text that count, in order of their numbers: readers tell what
/// stands beside the text in orders of their own.
pub fn sorted(text: &str) -> Vec<char> {
    let mut all: Vec<char> = text.chars().filter(|c| counts(*c)).collect();
    all.sort_unstable();
    all
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
        let said = ours.page_text(number) + ours.page_furniture(number);
        assert_eq!(sorted(&said), sorted(page), "page {}", number + 1);
    }
}

#[test]
fn running_heads_and_folios_are_no_text_where_the_file_marks_them() {
    let furnished = |text: &FileText| {
        (0..text.pages()).filter(|page| !text.page_furniture(*page).is_empty()).count()
    };
    let Some(book) = file(whole(), "specimen.pdf") else { return };
    let book = pdf(book.to_vec()).unwrap();
    assert!(furnished(&book) > 2);
    let Some(press) = file(whole(), "-print.pdf") else { return };
    let press = pdf(press.to_vec()).unwrap();
    assert_eq!(furnished(&press), 0);
    // The press edition has no marks: there they stand among the text.
    let page = (0..book.pages()).find(|page| !book.page_furniture(*page).is_empty()).unwrap();
    let both = book.page_text(page) + book.page_furniture(page);
    assert!((0..press.pages()).any(|n| sorted(&press.page_text(n)) == sorted(&both)));
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
