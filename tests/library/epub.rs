//! The e-book: what is in the container. What outside judges find in it stands in
//! `epub_looks.rs`, for every look.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use kanyin::article::{Article, Block, Figure, Heading, Image, plain_text};
use kanyin::diag::{Fault, FaultKind, Finding, Silent};
use kanyin::export::{Job, epub, html};
use kanyin::layout::{self, FontShelf, Look, Medium};
use kanyin::media::{Album, Store};
use kanyin::publication::Publication;

use crate::pdf::fonts;
use crate::support;
use crate::support::{look, plain_article, publication, specimen_article, text, view_of};

/// A finished e-book.
struct Book {
    bytes: Vec<u8>,
    findings: Vec<Finding>,
}

impl Book {
    fn names(&self) -> Vec<String> {
        let zip = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        zip.file_names().map(|name| name.unwrap().into_owned()).collect()
    }

    fn file(&self, path: &str) -> Vec<u8> {
        let mut zip = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut bytes = Vec::new();
        zip.by_name(path).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.file(path)).unwrap()
    }

    /// The pages in the order of the spine.
    fn spine(&self) -> Vec<String> {
        let package = self.text("EPUB/package.opf");
        let values = |start: &str| -> Vec<String> {
            let pieces = package.split(start).skip(1);
            pieces.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let href = |id: &String| {
            let item = package.split(&format!("<item id=\"{id}\" href=\"")).nth(1).unwrap();
            item.split('"').next().unwrap().to_owned()
        };
        values("<itemref idref=\"").iter().map(href).collect()
    }

    fn codes(&self) -> Vec<&str> {
        self.findings.iter().map(|f| f.code.name()).collect()
    }
}

fn plain() -> Look {
    look(Medium::Epub, "plain")
}

/// The built-in look with one file replaced, as a project may do.
fn with_own(file: &str, content: &str) -> Look {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("epub/plain").join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    layout::find(Some(folder.path()), Medium::Epub, "plain").unwrap()
}

fn make(publication: &Publication, look: &Look, fonts: &FontShelf) -> Result<Book, Fault> {
    let store = tempfile::tempdir().unwrap();
    let view = view_of(publication, look);
    let pictures = publication.pictures().into_iter().cloned();
    let album = Album::new(Store::new(store.path()), pictures);
    let job = Job { view: &view, look, fonts, album: &album, progress: &Silent };
    let made = epub::export(job)?;
    let mut bytes = Cursor::new(Vec::new());
    for artifact in made.value {
        assert_eq!(artifact.path, "specimen.epub");
        artifact.write(&mut bytes).unwrap();
    }
    Ok(Book { bytes: bytes.into_inner(), findings: made.findings })
}

/// The specimen with one picture there and the others missing, and an article
/// outside its series, so that there are two parts.
fn specimen(folder: &Path) -> Publication {
    let other = plain_article("校庆侧记 灯火三十年", &["校庆日，灯火如昨。"]);
    publication(vec![specimen_article(), other], &[("library.jpg", photo(folder))])
}

fn photo(folder: &Path) -> PathBuf {
    let path = folder.join("library.jpg");
    let pixels = image::RgbImage::from_fn(120, 80, |x, y| image::Rgb([x as u8, y as u8, 90]));
    pixels.save(&path).unwrap();
    path
}

/// What stands between the tags of a page.
fn words(page: &str) -> String {
    let body = &page[page.find("<body").unwrap()..];
    body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect()
}

#[test]
fn every_paragraph_is_there_in_the_order_of_the_spine() {
    let Some(fonts) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let book = make(&specimen(folder.path()), &plain(), &fonts).unwrap();
    let spine = book.spine();
    let pages = spine.iter().map(|href| book.text(&format!("EPUB/{href}")));
    let all: String = pages.map(|page| words(&page)).collect();
    let wanted = [
        "第一部分",
        "云澜人物之三",
        "校园纪事",
        "云澜大学图书馆彻夜亮灯 二十年守护读书人",
        "——写在新馆启用之际",
        "编者按",
        "新馆启用百日，本刊记者走访馆内外，记下灯下的人与事。",
        "馆藏一百二十万册，夜读区每晚座无虚席；读书即远行，不可不读。水为 H2O，面积 3.6 万 m2，",
        "室新开①，详见图书馆网站。灯下有人。",
        "新馆夜景",
        "一、灯下",
        "（一）值夜人",
        "每两小时一次。",
        "3.借书",
        "4.还书",
        "1.自助还书",
        "各馆座位",
        "另有研讨间三十间",
        "书籍是屹立在时间的汪洋大海中的灯塔。",
        "延伸阅读：老馆的最后一夜",
        "夜读区一角",
        "第二行",
        "文：林溪、周远",
        "阅览室开放时间以馆内公告为准。",
        "第二部分",
        "校庆侧记 灯火三十年",
        "校庆日，灯火如昨。",
        "版权页",
    ];
    let mut from = 0;
    for text in wanted {
        let found = all[from..].find(text).unwrap_or_else(|| panic!("{text} is not in its place"));
        from += found + text.len();
    }
}

#[test]
fn the_same_publication_gives_the_same_bytes() {
    let Some(fonts) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let publication = specimen(folder.path());
    let once = make(&publication, &plain(), &fonts).unwrap();
    let again = make(&publication, &plain(), &fonts).unwrap();
    assert!(once.bytes == again.bytes);
}

#[test]
fn the_file_begins_with_its_media_type_and_holds_no_clock() {
    let Some(fonts) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let book = make(&specimen(folder.path()), &plain(), &fonts).unwrap();
    let field = |at: usize| u16::from_le_bytes([book.bytes[at], book.bytes[at + 1]]);
    assert_eq!(field(8), 0, "mimetype is stored");
    assert_eq!(field(28), 0, "mimetype has no extra field");
    assert_eq!(&book.bytes[30..58], b"mimetypeapplication/epub+zip");
    let mut zip = zip::ZipArchive::new(Cursor::new(&book.bytes)).unwrap();
    for i in 0..zip.len() {
        assert_eq!(zip.by_index(i).unwrap().last_modified(), Some(zip::DateTime::DEFAULT));
    }
    let package = book.text("EPUB/package.opf");
    assert!(package.contains("\"dcterms:modified\">2023-05-04T00:00:00Z<"));
}

#[test]
fn each_role_has_a_face_with_its_characters_and_no_more() {
    let Some(fonts) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let book = make(&specimen(folder.path()), &plain(), &fonts).unwrap();
    let has = |face: &str, c: char| {
        let bytes = book.file(&format!("EPUB/fonts/{face}.ttf"));
        let font = ttf_parser::Face::parse(&bytes, 0).unwrap();
        font.glyph_index(c).is_some_and(|g| font.glyph_bounding_box(g).is_some())
    };
    assert!("校庆侧记灯火三十年".chars().all(|c| has("serif-bold", c)));
    assert!("一、灯下（一）值夜人各馆座位".chars().all(|c| has("sans-bold", c)));
    assert!("书籍是屹立新馆夜景".chars().all(|c| has("kai-regular", c)));
    assert!("阅yuèlǎn①".chars().all(|c| has("serif-regular", c)));
    assert!(!has("serif-bold", '籍') && !has("serif-regular", '龘'));
}

#[test]
fn a_subset_does_not_carry_a_reserved_name() {
    let Some(fonts) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let book = make(&specimen(folder.path()), &plain(), &fonts).unwrap();
    let bytes = book.file("EPUB/fonts/kai-regular.ttf");
    let font = ttf_parser::Face::parse(&bytes, 0).unwrap();
    let name = |id: u16| font.names().into_iter().find(|n| n.name_id == id)?.to_string();
    for id in [1, 3, 4, 6] {
        let name = name(id).unwrap();
        assert!(!name.contains("LXGW") && !name.contains("霞鹜"), "{name}");
    }
    assert!(name(0).unwrap().contains("LXGW"), "whose it is stays in it");
    assert_eq!(name(13).unwrap(), "OFL-1.1");
}

#[test]
fn a_look_may_leave_the_fonts_to_the_reader() {
    let Some(fonts) = fonts() else { return };
    let mut look = plain();
    look.settings.options.insert("fonts".into(), "none".into());
    let publication = publication(vec![plain_article("题", &["文。"])], &[]);
    let book = make(&publication, &look, &fonts).unwrap();
    assert!(!book.names().iter().any(|name| name.contains("fonts/")));
    assert!(!book.text("EPUB/style.css").contains("@font-face"));
}

#[test]
fn a_character_in_no_face_is_a_fault_with_its_article() {
    let Some(fonts) = fonts() else { return };
    let articles = vec![plain_article("题", &["文。"]), plain_article("题", &["古埃及文𓀀。"])];
    let fault = make(&publication(articles, &[]), &plain(), &fonts).err().unwrap();
    let finding = &fault.findings[0];
    assert_eq!((fault.kind, finding.code.name()), (FaultKind::Work, "epub-character-missing"));
    assert_eq!(finding.file.as_deref(), Some("sources/01.md"));
    let value = |name: &str| finding.args.iter().find(|(n, _)| *n == name).unwrap().1.clone();
    assert_eq!((value("code"), value("role")), ("U+13000".into(), "body".into()));
}

#[test]
fn a_pictograph_is_left_to_the_reading_system_aloud() {
    let Some(fonts) = fonts() else { return };
    let articles = vec![plain_article("题", &["今天的晚霞真好😀，一直红到江边☔。"])];
    let book = make(&publication(articles, &[]), &plain(), &fonts).unwrap();
    assert!(book.text("EPUB/text/a0001.xhtml").contains("真好😀，"));
    let told = book.codes().iter().filter(|code| **code == "epub-pictograph").count();
    assert_eq!(told, 2, "{:?}", book.findings);
}

#[test]
fn a_missing_picture_has_a_frame_and_a_present_one_is_copied() {
    let Some(fonts) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let book = make(&specimen(folder.path()), &plain(), &fonts).unwrap();
    let page = book.text("EPUB/text/a0001.xhtml");
    assert_eq!(page.matches("<img ").count(), 1);
    assert!(page.contains("alt=\"夜色中的图书馆\""));
    assert!(page.contains("图片待补：desk.jpg") && page.contains("图片待补：missing.jpg"));
    assert_eq!(book.names().iter().filter(|n| n.starts_with("EPUB/images/")).count(), 1);
}

#[test]
fn accessibility_is_claimed_where_every_picture_is_described() {
    let Some(fonts) = fonts() else { return };
    let figure = |alt: Option<&str>| {
        let image = Image { name: "a.jpg".into(), alt: alt.map(str::to_owned) };
        Block::Figure(Figure { images: vec![image], caption: text("馆景"), credit: None })
    };
    let article = |alt| Article { body: vec![figure(alt)], ..plain_article("题", &[]) };
    let claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";

    let folder = tempfile::tempdir().unwrap();
    let there = [("a.jpg", photo(folder.path()))];
    let told = publication(vec![article(Some("夜色"))], &there);
    let told = make(&told, &plain(), &fonts).unwrap();
    assert!(told.text("EPUB/package.opf").contains(claim));
    assert_eq!(told.codes(), Vec::<&str>::new());

    // A frame with a file's name tells nobody what the picture shows.
    let missing = make(&publication(vec![article(Some("夜色"))], &[]), &plain(), &fonts).unwrap();
    assert!(!missing.text("EPUB/package.opf").contains(claim));

    let untold = vec![article(None), article(None)];
    let untold = make(&publication(untold, &[]), &plain(), &fonts).unwrap();
    assert!(!untold.text("EPUB/package.opf").contains(claim));
    assert_eq!(untold.codes(), ["epub-alt-from-caption"]);
    assert_eq!(untold.findings[0].args, [("count", "2".to_owned())]);
}

#[test]
fn headings_skip_no_level() {
    let Some(fonts) = fonts() else { return };
    let heading = |level| Block::Heading(Heading { level, text: text("节") });
    let body = [3, 1, 4, 4, 2].map(heading).to_vec();
    let article = Article { body, ..plain_article("题", &[]) };
    let book = make(&publication(vec![article], &[]), &plain(), &fonts).unwrap();
    let page = book.text("EPUB/text/a0001.xhtml");
    let tags: Vec<&str> = page.split("<h").skip(1).filter_map(|rest| rest.get(..1)).collect();
    let levels: Vec<&str> = tags.into_iter().filter(|t| t.parse::<u8>().is_ok()).collect();
    assert_eq!(levels, ["1", "2", "2", "3", "3", "3"]);
}

#[test]
fn characters_that_xml_cannot_hold_are_left_out_aloud() {
    let Some(fonts) = fonts() else { return };
    let articles = vec![plain_article("题", &["甲\u{b}乙\u{1}丙"])];
    let book = make(&publication(articles, &[]), &plain(), &fonts).unwrap();
    assert!(book.text("EPUB/text/a0001.xhtml").contains("<p>甲乙丙</p>"));
    assert_eq!(book.codes(), ["epub-illegal-characters"]);
    assert_eq!(book.findings[0].file.as_deref(), Some("sources/00.md"));
}

#[test]
fn what_an_article_says_stays_text() {
    let Some(fonts) = fonts() else { return };
    let articles = vec![plain_article("<b> & {{ view.id }}", &["<script>a && b</script> \"引\""])];
    let book = make(&publication(articles, &[]), &plain(), &fonts).unwrap();
    let page = book.text("EPUB/text/a0001.xhtml");
    assert!(page.contains("<p>&lt;script&gt;a &amp;&amp; b&lt;/script&gt; &quot;引&quot;</p>"));
    assert!(page.contains("{{") && !page.contains("<b>"));
}

#[test]
fn a_broken_template_is_told_with_file_and_line() {
    let fonts = FontShelf::open(&[]);
    let publication = publication(vec![plain_article("题", &["文。"])], &[]);
    for (wrong, line) in [("{% if %}", 3), ("{{ article.titel }}", 3), ("{{ nothing }}", 3)] {
        let look = with_own("article.xhtml.j2", &format!("<p>\n</p>\n{wrong}\n"));
        let fault = make(&publication, &look, &fonts).err().unwrap();
        assert_eq!(fault.kind, FaultKind::Configuration);
        assert_eq!(
            fault.findings[0].file.as_deref(),
            Some("layouts/epub/plain/article.xhtml.j2"),
            "{wrong}"
        );
        assert_eq!(fault.findings[0].line, Some(line), "{wrong}");
    }
}

#[test]
fn a_broken_cover_is_told_with_file_and_line() {
    let Some(fonts) = fonts() else { return };
    let publication = publication(vec![plain_article("题", &["文。"])], &[]);
    let look = with_own("cover.typ", "#set page(width: 10pt)\n#nobody\n");
    let fault = make(&publication, &look, &fonts).err().unwrap();
    assert_eq!(fault.findings[0].file.as_deref(), Some("layouts/epub/plain/cover.typ"));
    assert_eq!(fault.findings[0].line, Some(2));
}

#[test]
fn the_sample_is_whole_in_the_e_book() {
    let Some(folder) = support::shared("samples") else { return };
    let Some(fonts) = fonts() else { return };
    let name = "党史学习教育综述五.txt";
    let bytes = fs::read(folder.join(name)).unwrap();
    let article = support::import(name, &bytes).unwrap().remove(0).value.article;
    let mut runs = Vec::new();
    article.for_each_run(&mut |run| runs.push(plain_text(run.inlines)));
    let book = make(&publication(vec![article], &[]), &plain(), &fonts).unwrap();
    let page = words(&book.text("EPUB/text/a0001.xhtml"));
    assert!(runs.len() > 12);
    for run in runs {
        assert!(page.contains(&html::escape(&run).into_owned()), "{run}");
    }
}

#[test]
fn a_template_that_makes_no_xml_is_named() {
    let Some(fonts) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let look = with_own("part.xhtml.j2", "<html><body><p>{{ part.title }}</body></html>");
    let fault = make(&specimen(folder.path()), &look, &fonts).err().unwrap();
    assert_eq!(fault.kind, FaultKind::Configuration);
    assert_eq!(fault.findings[0].code.name(), "epub-page-malformed");
    assert_eq!(fault.findings[0].file.as_deref(), Some("layouts/epub/plain/part.xhtml.j2"));
}

#[test]
fn signs_that_the_han_faces_lack_come_from_another_face() {
    let Some(fonts) = fonts() else { return };
    let article = plain_article("CO₂减排研究获突破", &["浓度降低⅓，即∙处所示。"]);
    make(&publication(vec![article], &[]), &plain(), &fonts).expect("some face has each");
}
