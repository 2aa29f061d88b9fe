//! Finished files that were damaged after they were made: each damage is caught, with
//! page and place of the first difference, and readers that are not ours see it, too.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use kanyin::article::script::counts;
use kanyin::article::{Article, Block};
use kanyin::diag::Silent;
use kanyin::pipeline::{ReadBack, read_back};
use kanyin::verify::{Kept, Missing, epub, html, pdf, without_pictures};
use lopdf::content::Content;
use lopdf::{Document, Object};

use crate::judges;
use crate::support::{plain_article, publication};
use crate::verify::{file, kept, made, sorted};

const BELL: [&str; 3] = ["钟楼的钟一天敲三遍。", "敲钟的人姓秦。", "最后一遍在夜里十点。"];
const WELL: [&str; 3] = ["井边的树是槐树。", "树下有一张石桌。", "石桌上刻着一局棋。"];

fn two() -> Vec<Article> {
    vec![plain_article("敲钟人", &BELL), plain_article("井边的树", &WELL)]
}

fn counted(text: &str) -> String {
    text.chars().filter(|c| counts(*c)).collect()
}

fn first(kept: &Kept) -> &Missing {
    kept.missing.first().expect("the damage is caught")
}

// --- PDF -------------------------------------------------------------------------------

/// The PDF after something was done to what its pages draw: to each page's operations,
/// by the page's number. Gives the file and the page on which something was done.
fn redrawn(book: &[u8], mut damage: impl FnMut(&mut Content) -> bool) -> (Vec<u8>, usize) {
    let mut document = Document::load_mem(book).unwrap();
    for (number, page) in document.get_pages() {
        let mut content = Content::decode(&document.get_page_content(page)).unwrap();
        if damage(&mut content) {
            document.change_page_content(page, content.encode().unwrap()).unwrap();
            let mut out = Vec::new();
            document.save_to(&mut out).unwrap();
            return (out, number as usize);
        }
    }
    panic!("no page was damaged");
}

/// The strings that the longest piece of text on a page shows; none on a page with
/// little.
fn longest(content: &mut Content) -> Option<&mut Vec<Object>> {
    let shows =
        content.operations.iter_mut().filter(|op| op.operator == "TJ" || op.operator == "Tj");
    let length = |operands: &Vec<Object>| -> usize { strings(operands).map(Vec::len).sum() };
    shows.map(|op| &mut op.operands).filter(|o| length(o) >= 16).max_by_key(|o| length(o))
}

fn strings(operands: &[Object]) -> impl Iterator<Item = &Vec<u8>> {
    let flat = operands.iter().flat_map(|operand| match operand {
        Object::Array(items) => items.iter().collect::<Vec<_>>(),
        other => vec![other],
    });
    flat.filter_map(|object| match object {
        Object::String(bytes, _) => Some(bytes),
        _ => None,
    })
}

/// Does this to each string; true as soon as one says that it is done.
fn each_string(operands: &mut [Object], act: &mut dyn FnMut(&mut Vec<u8>) -> bool) -> bool {
    operands.iter_mut().any(|operand| match operand {
        Object::Array(items) => each_string(items, act),
        Object::String(bytes, _) => act(bytes),
        _ => false,
    })
}

/// What poppler reads of a file, page by page.
fn poppler(bytes: &[u8]) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.pdf");
    fs::write(&path, bytes).unwrap();
    let text = judges::pdftotext(&path)?;
    Some(text.split_terminator('\u{c}').map(str::to_owned).collect())
}

/// Holds that poppler reads of each page what we read of it.
fn read_alike(bytes: &[u8]) {
    let Some(theirs) = poppler(bytes) else { return };
    let ours = pdf(bytes.to_vec()).unwrap();
    assert_eq!(ours.pages(), theirs.len());
    for (number, page) in theirs.iter().enumerate() {
        let said = ours.page_text(number) + ours.page_furniture(number);
        assert_eq!(sorted(&said), sorted(page), "page {}", number + 1);
    }
}

/// The page on which a paragraph stands, from 1.
fn page_of(book: &[u8], words: &str) -> usize {
    let text = pdf(book.to_vec()).unwrap();
    let stands = |page: &usize| text.page_text(*page).contains(words);
    (0..text.pages()).rev().find(stands).expect("it stands there") + 1
}

#[test]
fn a_run_dropped_from_a_pdf_is_caught_on_its_page() {
    for end in ["specimen.pdf", "-print.pdf"] {
        let files = made(&two());
        let Some(book) = file(&files, end) else { return };
        let mut dropped = 0;
        let page = page_of(book, BELL[0]);
        let mut seen = 0;
        let (damaged, on) = redrawn(book, |content| {
            seen += 1;
            let Some(operands) = longest(content).filter(|_| seen == page) else { return false };
            dropped = strings(operands).map(Vec::len).sum::<usize>() / 2;
            operands.iter_mut().for_each(|operand| *operand = Object::Array(Vec::new()));
            true
        });
        let kept = kept(&two(), end, &damaged);
        assert!(kept.lost() > 0 && kept.lost() <= dropped, "{end}: {} of {dropped}", kept.lost());
        assert_eq!((first(&kept).page, on), (Some(page), page), "{end}: {:?}", kept.missing);
        assert_eq!(first(&kept).file, "sources/00.md");
        assert!(first(&kept).place.to_string().starts_with("body/"), "{:?}", kept.missing);
        read_alike(book);
        read_alike(&damaged);
    }
}

#[test]
fn a_character_without_a_glyph_is_caught_in_a_pdf() {
    let files = made(&two());
    let Some(book) = file(&files, "specimen.pdf") else { return };
    let page = page_of(book, BELL[0]);
    let mut seen = 0;
    let (damaged, _) = redrawn(book, |content| {
        seen += 1;
        let Some(operands) = longest(content).filter(|_| seen == page) else { return false };
        each_string(operands, &mut |bytes| {
            // The font's glyph 0 is the box that stands in for what it does not have.
            let has_room = bytes.len() >= 18;
            if has_room {
                bytes[16..18].fill(0);
            }
            has_room
        })
    });
    let kept = kept(&two(), "specimen.pdf", &damaged);
    assert_eq!((kept.lost(), kept.missing.len()), (1, 1), "{:?}", kept.missing);
    assert_eq!(first(&kept).page, Some(page));
    assert!(first(&kept).found.contains('\u{fffd}'), "{:?}", kept.missing);
    let (Some(before), Some(after)) = (poppler(book), poppler(&damaged)) else { return };
    assert_ne!(sorted(&before[page - 1]), sorted(&after[page - 1]), "poppler misses it, too");
}

#[test]
fn a_page_taken_out_of_a_pdf_is_caught_with_what_stood_on_it() {
    let files = made(&two());
    let Some(book) = file(&files, "specimen.pdf") else { return };
    let page = page_of(book, WELL[1]);
    let mut document = Document::load_mem(book).unwrap();
    document.delete_pages(&[page as u32]);
    let mut damaged = Vec::new();
    document.save_to(&mut damaged).unwrap();
    let kept = kept(&two(), "specimen.pdf", &damaged);
    assert!(kept.lost() >= WELL.concat().chars().count(), "{} lost", kept.lost());
    assert!(kept.missing.iter().any(|m| m.file == "sources/01.md"), "{:?}", kept.missing);
    let Some(theirs) = poppler(&damaged) else { return };
    assert!(!theirs.concat().contains("石桌"), "poppler misses it, too");
}

#[test]
fn two_paragraphs_swapped_are_caught_and_seen_by_other_readers() {
    let mut swapped = two();
    swapped[0].body.swap(0, 2);
    let files = made(&swapped);
    for (path, bytes) in &files {
        if path.contains("wechat") && !path.contains("wechat/01") {
            continue;
        }
        let sound = if path.contains("wechat") { two()[..1].to_vec() } else { two() };
        let kept = kept(&sound, path, bytes);
        assert!(!kept.missing.is_empty(), "{path}");
        assert!(first(&kept).place.to_string().starts_with("body/"), "{path}: {:?}", kept.missing);
        assert_eq!(first(&kept).file, "sources/00.md");
        let text = match path.rsplit_once('.').unwrap().1 {
            "pdf" => poppler(bytes).map(|pages| pages.concat()),
            "epub" => another_reader(bytes).map(|pages| pages.concat()),
            _ => in_a_browser(bytes),
        };
        let Some(text) = text.map(|text| counted(&text)) else { continue };
        assert!(text.find(BELL[2]).unwrap() < text.find(BELL[0]).unwrap(), "{path}");
    }
}

// --- e-book ----------------------------------------------------------------------------

/// The e-book after something was done to the text of its entries.
fn repacked(book: &[u8], damage: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let (name, stored) = (entry.name().unwrap().into_owned(), entry.compression());
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name.ends_with(".xhtml") || name.ends_with(".opf") {
            bytes = damage(&name, String::from_utf8(bytes).unwrap()).into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default().compression_method(stored);
        out.start_file(name, options).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// What another reader reads of an e-book, page by page, mark-up left out.
fn another_reader(bytes: &[u8]) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.epub");
    fs::write(&path, bytes).unwrap();
    let read = judges::another_reader(&path)?.expect("it is a book");
    let pages = read["text"].as_array().unwrap().iter();
    Some(pages.map(|page| html(page.as_str().unwrap()).page_text(0)).collect())
}

#[test]
fn another_reader_reads_the_same_of_an_e_book() {
    let files = made(&two());
    let Some(book) = file(&files, ".epub") else { return };
    let ours = epub(Cursor::new(book)).unwrap();
    let pages: Vec<String> = (0..ours.pages()).map(|page| ours.page_text(page)).collect();
    if let Some(theirs) = another_reader(book) {
        assert_eq!(pages, theirs);
    }
}

#[test]
fn what_is_gone_from_an_e_book_is_caught_and_seen_by_another_reader() {
    let files = made(&two());
    let Some(book) = file(&files, ".epub") else { return };
    for (from, to, lost) in [("敲钟的人姓秦。", "", 7), ("三遍。", "三□。", 1)] {
        let damaged = repacked(book, |_, text| text.replace(from, to));
        let kept = kept(&two(), "specimen.epub", &damaged);
        assert_eq!((kept.lost(), kept.missing.len()), (lost, 1), "{from}: {:?}", kept.missing);
        assert_eq!(first(&kept).file, "sources/00.md");
        let place = BELL.iter().position(|paragraph| paragraph.contains(from)).unwrap();
        assert_eq!(first(&kept).place.to_string(), format!("body/{place}"));
        let Some(theirs) = another_reader(&damaged) else { continue };
        assert!(!theirs.concat().contains(from), "{from}");
    }
}

#[test]
fn an_e_book_that_unpacks_without_end_is_refused() {
    let files = made(&two());
    let Some(book) = file(&files, ".epub") else { return };
    let endless = " ".repeat(70 << 20);
    let damaged = repacked(book, |name, text| match name.ends_with("a0001.xhtml") {
        true => endless.clone(),
        false => text,
    });
    assert!(damaged.len() < 8 << 20);
    assert_eq!(epub(Cursor::new(damaged)).unwrap_err().code.name(), "verify-too-large");
}

// --- posts -----------------------------------------------------------------------------

/// What a browser shows of a post.
fn in_a_browser(bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("article.html");
    let mut page = b"<!DOCTYPE html><meta charset=\"utf-8\">".to_vec();
    page.extend(bytes);
    fs::write(&path, page).unwrap();
    let said = judges::browser("text.mjs", &[&path.display().to_string()])?;
    let mut texts: Vec<String> = serde_json::from_str(&said).expect("a list of texts");
    texts.pop()
}

#[test]
fn a_browser_shows_the_same_of_a_post() {
    let articles = vec![crate::support::specimen_article()];
    let files = made(&articles);
    let Some(post) = file(&files, "article.html") else { return };
    let ours = html(std::str::from_utf8(post).unwrap()).page_text(0);
    let Some(theirs) = in_a_browser(post) else { return };
    assert_eq!(sorted(&ours), sorted(&theirs));
}

/// The posts of the two articles in a folder, read back after something was done.
fn posts_after(damage: impl Fn(&Path, &[String])) -> Option<ReadBack> {
    let files = made(&two());
    file(&files, "article.html")?;
    let folder = tempfile::tempdir().unwrap();
    let mut posts: Vec<String> = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("/article.html")) {
        let post = folder.path().join(path);
        fs::create_dir_all(post.parent().unwrap()).unwrap();
        fs::write(post, bytes).unwrap();
        posts.push(path.clone());
    }
    damage(folder.path(), &posts);
    let there = posts.iter().filter(|path| folder.path().join(path).exists()).map(String::as_str);
    Some(read_back(folder.path(), there, &publication(two(), &[]), &Silent))
}

fn whole(read: &ReadBack) -> Vec<bool> {
    read.kept.iter().map(|one| one.kept.is_whole()).collect()
}

#[test]
fn posts_that_are_whole_are_found_whole() {
    let Some(read) = posts_after(|_, _| {}) else { return };
    assert_eq!((whole(&read), read.findings.len()), (vec![true, true], 0));
}

#[test]
fn two_posts_in_each_others_place_are_caught() {
    let swap = |folder: &Path, posts: &[String]| {
        let [a, b] = [0, 1].map(|n| fs::read(folder.join(&posts[n])).unwrap());
        fs::write(folder.join(&posts[0]), b).unwrap();
        fs::write(folder.join(&posts[1]), a).unwrap();
    };
    let Some(read) = posts_after(swap) else { return };
    assert_eq!((whole(&read), read.findings.len()), (vec![false, false], 2));
}

#[test]
fn an_article_that_is_in_no_post_is_missed_and_no_other() {
    let remove = |folder: &Path, posts: &[String]| fs::remove_file(folder.join(&posts[0])).unwrap();
    let Some(read) = posts_after(remove) else { return };
    assert_eq!(whole(&read), [true, false], "the second post is held against the second article");
    let lost = &read.kept[1];
    assert_eq!((lost.file.as_str(), first(&lost.kept).file.as_str()), ("wechat/", "sources/00.md"));
    assert_eq!(read.findings.len(), 1);
}

#[test]
fn what_is_gone_from_a_post_is_caught_and_not_shown_by_a_browser() {
    let files = made(&two());
    let Some(post) = file(&files, "article.html") else { return };
    let text = std::str::from_utf8(post).unwrap();
    let damaged = text.replace("敲钟的人姓秦。", "");
    let one = vec![plain_article("敲钟人", &BELL)];
    let kept = kept(&one, "article.html", damaged.as_bytes());
    assert_eq!((kept.lost(), first(&kept).place.to_string()), (7, "body/1".to_owned()));
    assert!(matches!(one[0].body[1], Block::Paragraph(_)));
    let Some(theirs) = in_a_browser(damaged.as_bytes()) else { return };
    assert!(!counted(&theirs).contains("姓秦"));
}

// --- files made to harm ------------------------------------------------------------------

/// A PDF of these objects, numbered from 1, with one classic table.
fn file_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.6\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out.extend(format!("{} 0 obj\n", n + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let at = out.len();
    table += &format!("trailer\n<</Size {}/Root 1 0 R{trailer}>>\n", objects.len() + 1);
    out.extend(table.bytes());
    out.extend(format!("startxref\n{at}\n%%EOF\n").bytes());
    out
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dictionary}/Length {}>>stream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// A page that shows "Yunlan" and a picture of 200,000 bytes.
fn with_picture(length: &str) -> Vec<Vec<u8>> {
    let mut picture = format!("<</Type/XObject/Subtype/Image/Width 500/Height 400/BitsPerComponent 8/ColorSpace/DeviceGray/Length {length}>>stream\n").into_bytes();
    picture.extend(vec![0x55; 200_000]);
    picture.extend(b"\nendstream");
    vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 6 0 R/Resources<</Font<</F 4 0 R>>/XObject<</I 5 0 R>>>>>>".to_vec(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
        picture,
        stream("", b"BT /F 9 Tf (Yun) Tj [(l) 3 (an)] TJ ET /I Do"),
        b"200000".to_vec(),
    ]
}

#[test]
fn large_pictures_are_cut_short_only_where_that_is_safe() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.pdf");
    for (length, trailer, is_cut) in [
        ("200000", "", true),
        // Its length stands elsewhere.
        ("7 0 R", "", false),
        // The length is a lie.
        ("20", "", false),
        // There are older tables.
        ("200000", "/Prev 9", false),
    ] {
        let whole = file_of(&with_picture(length), trailer);
        fs::write(&path, &whole).unwrap();
        let read = without_pictures(&path).unwrap();
        assert_eq!(read.len() < 10_000, is_cut, "{length} {trailer}: {}", read.len());
        assert!(is_cut || read == whole, "{length} {trailer}");
        assert_eq!(pdf(read).unwrap().page_text(0), "Yunlan", "{length} {trailer}");
    }
}

#[test]
fn strings_of_every_kind_are_read() {
    let content = br"/Span <</Lang (zh) /ActualText <FEFF4E91>>> BDC BT /F 9 Tf (x) Tj EMC
        (a\(b\)\\\101\
c(d)) Tj <6 16 2 6> ' 1 2 (e\7f) % (no) Tj
        Tj /P <</MCID 1 /X [<</Y (>>)>>]>> BDC 3 4 (g) \x22 EMC
        BI /W 1 /H 1 /BPC 8 /CS /G ID (Q) Tj EI (h) Tj ET";
    let content = String::from_utf8_lossy(content).replace("\\x22", "\"");
    let mut objects = with_picture("200000");
    objects[5] = stream("", content.as_bytes());
    let text = pdf(file_of(&objects, "")).unwrap().page_text(0);
    assert_eq!(text, "云a(b)\\Ac(d)ab`efgh");
}

#[test]
fn forms_that_multiply_are_given_up() {
    let mut objects = with_picture("200000");
    objects[4] = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 5 0 R>>>>",
        &b"/I Do ".repeat(20),
    );
    let refused = pdf(file_of(&objects, "")).unwrap_err();
    assert_eq!(refused.code.name(), "verify-too-large");
}

#[test]
fn brackets_without_end_in_a_packed_page_are_borne() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&b"[".repeat(4_000_000)).unwrap();
    packed.write_all(b" BT /F 9 Tf (end) Tj /P ").unwrap();
    packed.write_all(&b"<<".repeat(4_000_000)).unwrap();
    let mut objects = with_picture("200000");
    objects[5] = stream("/Filter/FlateDecode", &packed.finish().unwrap());
    assert_eq!(pdf(file_of(&objects, "")).unwrap().page_text(0), "end");
}

#[test]
fn a_stream_of_objects_that_is_named_often_is_unpacked_once() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 8 << 20]).unwrap();
    let mut objects = with_picture("200000");
    let names = "/ObjStm".repeat(400);
    objects.push(stream(
        &format!("/First 0/N 0/Filter/FlateDecode/X[{names}]"),
        &packed.finish().unwrap(),
    ));
    let start = std::time::Instant::now();
    assert_eq!(pdf(file_of(&objects, "")).unwrap().page_text(0), "Yunlan");
    // Each time again would take minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
